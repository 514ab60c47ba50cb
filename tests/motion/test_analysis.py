"""A film in one answer: its sets, its curve, and what stood in the way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from motion.rehearsal import Scene
from patella.motion.analysis import Analysis, Curve, analysis_to_json
from patella.motion.angles import Measure
from patella.motion.coach import analyse
from patella.motion.event import HoldEnded, Rep
from patella.motion.pose import PoseFrame
from patella.motion.tempo import Tempo


def rep(n: int, start_s: float, side: str = "right", faults: tuple[str, ...] = (), took_s: float = 4.0) -> Rep:
    return Rep(
        n=n, side=side, start_s=start_s, peak_s=start_s + took_s / 2, end_s=start_s + took_s, range_deg=40,
        reach_deg=60, up_s=took_s / 2, down_s=took_s / 2, faults=faults,
    )  # fmt: skip


def found(*reps: Rep, holds: tuple[HoldEnded, ...] = (), curve: Curve | None = None) -> Analysis:
    return Analysis(
        side="right", view="side", off_deg=None, duration_s=60, seen_fraction=0.9, reps=reps, short=(), holds=holds,
        lost=(), notes=(), curve=curve,
    )  # fmt: skip


def test_a_long_pause_or_the_other_side_begins_another_set() -> None:
    film = found(rep(1, 0), rep(2, 5), rep(3, 40), rep(4, 45, "left"), rep(5, 50, "left"))
    assert [(s.side, [r.n for r in s.reps]) for s in film.sets(20)] == [
        ("right", [1, 2]), ("right", [3]), ("left", [4, 5]),
    ]  # fmt: skip
    assert [len(s.reps) for s in film.sets(60)] == [3, 2]


def test_a_film_without_a_movement_has_no_set() -> None:
    assert found().sets(20) == ()
    assert not found().counted
    assert found(rep(1, 0)).counted


def test_holds_make_sets_as_well() -> None:
    holds = tuple(HoldEnded(side="both", start_s=s, end_s=s + 6, seconds=6, faults=()) for s in (0.0, 10.0, 60.0))
    assert [len(s.holds) for s in found(holds=holds).sets(13)] == [2, 1]


def test_the_form_of_a_set_is_its_share_of_clean_repetitions() -> None:
    [one] = found(rep(1, 0), rep(2, 5, faults=("heel_rise",))).sets(20)
    assert (one.seen_fraction, one.form) == (0.9, 0.5)


def test_a_set_of_which_too_little_was_seen_says_nothing_of_form() -> None:
    dark = Curve(measure=Measure.KNEE_FLEXION, t_s=(0.0, 1.0, 2.0, 3.0), values=(5.0, None, None, None))
    [one] = found(rep(1, 0), curve=dark).sets(20)
    assert (one.seen_fraction, one.form) == (0.25, None)
    assert dark.seen_between(8, 9) == 0


def test_a_film_of_an_exercise_has_the_curve_of_its_measure() -> None:
    scene = Scene(exercise="squat", reps=2)
    seen = analyse(scene.spec, scene.film())
    assert seen.curve is not None
    assert seen.curve.measure is Measure.KNEE_FLEXION
    assert seen.curve.t_s == tuple(f.t_s for f in scene.film())
    for one in seen.reps:
        inside = [v for t, v in zip(seen.curve.t_s, seen.curve.values, strict=True) if one.start_s <= t <= one.end_s]
        deepest = max(v for v in inside if v is not None)
        assert deepest == pytest.approx(one.reach_deg, abs=3)


def test_what_is_not_seen_is_a_gap_in_the_curve() -> None:
    scene = Scene(exercise="squat", reps=1)
    frames = [replace(f, image=(), people=0) if 2 < f.t_s < 3 else f for f in scene.film()]
    curve = analyse(scene.spec, frames).curve
    assert curve is not None
    assert all(v is None for t, v in zip(curve.t_s, curve.values, strict=True) if 2 < t < 3)


def test_what_stood_in_the_way_for_longest_is_named() -> None:
    scene = Scene(exercise="squat")
    nobody = [PoseFrame(t_s=n / 15, width_px=640, height_px=480, image=(), people=0) for n in range(40)]
    seen = analyse(scene.spec, nobody)
    assert (seen.in_the_way, seen.counted) == ("nobody", False)
    short = analyse(scene.spec, scene.film())
    assert short.in_the_way in (None, *short.notes)


def test_the_plain_form_says_which_way_was_too_fast() -> None:
    tempo = Tempo(up_s=3, hold_s=0, down_s=2, rest_s=1)
    quick = replace(rep(1, 0), up_s=0.7)
    assert told_fast(analysis_to_json("squat", found(quick, rep(2, 5)), tempo)) == [["out"], []]
    assert told_fast(analysis_to_json("squat", found(quick))) == [[]]


def told_fast(plain: dict[str, Any]) -> list[list[str]]:
    return [r["too_fast"] for r in plain["reps"]]
