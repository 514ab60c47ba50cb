"""A film's tempo against what was asked: only what cannot be somebody in time is called too fast."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion.rehearsal import Scene, chance, movement_of, with_role
from patella.files.library import own_library
from patella.motion.coach import analyse
from patella.motion.event import Rep
from patella.motion.flaws import Flaws, flawed
from patella.motion.performance import Performance, filmed
from patella.motion.pose import Side
from patella.motion.spec import Role
from patella.motion.tempo import TOO_FAST, Tempo, Way, too_fast

SQUAT = Tempo(up_s=3, hold_s=0, down_s=2, rest_s=1)
CAMERAS = [(-30.0, 1.55, Side.LEFT), (15.0, 1.92, Side.RIGHT)]


def test_down_in_seven_tenths_instead_of_three_seconds_is_too_fast() -> None:
    assert too_fast(SQUAT, 0.7, 2.0) == (Way.OUT,)
    assert too_fast(SQUAT, 2.8, 0.5) == (Way.BACK,)
    assert too_fast(SQUAT, 0.7, 0.5) == (Way.OUT, Way.BACK)


def test_a_bit_quicker_and_any_slower_is_fine() -> None:
    assert too_fast(SQUAT, 1.3, 0.9) == ()
    assert too_fast(SQUAT, 30.0, 30.0) == ()


@given(up_s=st.floats(0, 100), down_s=st.floats(0, 100))
def test_where_no_tempo_is_asked_nothing_is_too_fast(up_s: float, down_s: float) -> None:
    assert too_fast(None, up_s, down_s) == ()


@given(up_s=st.floats(0.5, 8), share=st.floats(0, 3))
def test_the_line_is_one_share_of_what_was_asked(up_s: float, share: float) -> None:
    asked = Tempo(up_s=up_s, hold_s=0, down_s=1, rest_s=0)
    assert (Way.OUT in too_fast(asked, share * up_s, 1)) == (share * up_s < TOO_FAST * up_s)


@cache
def reps_at(exercise: str, share: float) -> list[Rep]:
    """Repetitions of an exercise in a share of its time, each way, as trembling cameras all round see them."""
    found: list[Rep] = []
    for seed, (yaw_deg, stature_m, side) in enumerate(CAMERAS):
        scene = Scene(exercise=exercise, reps=2, side=side, yaw_deg=yaw_deg, stature_m=stature_m)
        hurried = _hurried(scene.told(), share)
        frames = flawed(filmed(hurried, scene.camera(), 15), Flaws(), chance(seed))
        found += analyse(scene.spec, frames, side, running=False).reps
    return found


def _hurried(told: Performance, share: float) -> Performance:
    tempo = told.attempts[0].tempo
    quick = replace(tempo, up_s=tempo.up_s * share, down_s=tempo.down_s * share)
    return replace(told, attempts=tuple(replace(a, tempo=quick) for a in told.attempts))


@pytest.mark.parametrize("exercise", with_role(Role.REPS))
def test_nobody_in_time_is_told_that_they_were_too_fast_and_who_hurries_is(exercise: str) -> None:
    """One of four may be missed: who picks a bell up first begins slowly."""
    tempo = movement_of(exercise).tempo
    in_time = reps_at(exercise, 1.0)
    assert len(in_time) == 4
    assert [r for r in in_time if too_fast(tempo, r.up_s, r.down_s)] == []
    hurried = reps_at(exercise, 0.25)
    told = [r for r in hurried if too_fast(tempo, r.up_s, r.down_s)]
    assert len(hurried) == 4
    assert len(told) >= 3


@pytest.mark.slow
def test_nineteen_of_twenty_hurried_repetitions_are_told() -> None:
    found = [(movement_of(exercise).tempo, r) for exercise in with_role(Role.REPS) for r in reps_at(exercise, 0.25)]
    told = [r for tempo, r in found if too_fast(tempo, r.up_s, r.down_s)]
    assert len(told) >= 0.95 * len(found)


def test_the_tempo_of_the_movement_is_the_one_of_the_dose() -> None:
    """What the made-up bodies keep is what people are asked."""
    for exercise in own_library().exercises.values():
        if exercise.dose.tempo:
            assert movement_of(exercise.id).tempo == exercise.dose.tempo
