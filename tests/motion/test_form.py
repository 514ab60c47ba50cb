"""Form is judged by what the routine asks for, in what is seen; what is not seen is never a fault."""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from motion.rehearsal import Scene
from motion.stick import Stick, between, film, follow, there_and_back
from patella.files.library import read_spec
from patella.motion.coach import analyse
from patella.motion.event import Cue, Event, HoldEnded, Rep
from patella.motion.form import CUE_EVERY_S
from patella.motion.performance import Fault

BAND = read_spec("terminal-knee-extension")
BELL = read_spec("kettlebell-knee-extension")
SQUAT = read_spec("squat")
LIFT = read_spec("straight-leg-raise")
STRAP = read_spec("strap-stretch")
SQUEEZE = read_spec("medicine-ball-squeeze")
PAUSE_S = 5.0


def faults(events: Sequence[Event]) -> list[tuple[str, ...]]:
    return [e.faults for e in events if isinstance(e, Rep)]


def cues(events: Sequence[Event]) -> list[tuple[str, str]]:
    return [(e.code, e.fault) for e in events if isinstance(e, Cue)]


def nth(t_s: float) -> int:
    """Which repetition is under way, from 1; the first begins at 5.8 s."""
    return int((t_s - 5.8) // PAUSE_S) + 1 if t_s >= 5.8 else 0


def extending(t_s: float, straight: float = 1.0) -> Stick:
    knee = between(2, 34, t_s - 2.5) if t_s < 5 else there_and_back(t_s - 5, 34, straight, still_s=0.8)
    return Stick(knee=knee, far_knee=knee)


def top(t_s: float) -> bool:
    """Whether the knee is nearly straight."""
    return t_s > 5 and extending(t_s).knee < 8


def test_a_clean_set_has_no_faults_and_needs_no_cue() -> None:
    events = follow(BAND, film(extending, 21))
    assert faults(events) == [(), (), ()]
    assert cues(events) == []


def test_a_heel_that_rises_is_told_against_the_persons_own_flattest() -> None:
    def pose(t_s: float) -> Stick:
        return replace(extending(t_s), heel=0.006 + (0.016 if nth(t_s) == 2 and top(t_s) else 0.0))

    events = follow(BAND, film(pose, 21))
    assert faults(events) == [(), ("heel_rise",), ()]
    assert cues(events) == [("heel_rise", "heel_rise")]


def test_a_heel_that_rises_in_every_repetition_is_told_against_where_it_rests() -> None:
    def pose(t_s: float) -> Stick:
        return replace(extending(t_s), heel=0.02 if t_s > 5.8 and extending(t_s).knee < 16 else 0.0)

    assert faults(follow(BAND, film(pose, 21))) == [("heel_rise",)] * 3


def test_a_heel_that_trembles_at_rest_must_rise_by_more() -> None:
    """What a light model at few pictures a second makes of a heel that stays down."""

    def pose(t_s: float, up: float = 0.0) -> Stick:
        trembles = 0.005 * math.sin(9 * t_s) + 0.006 * math.sin(3.1 * t_s)
        raised = up if nth(t_s) == 2 and top(t_s) else 0.0
        return replace(extending(t_s), heel=0.02 + trembles + raised)

    assert faults(follow(BAND, film(pose, 31, fps=8))) == [()] * 5
    assert faults(follow(BAND, film(lambda t_s: pose(t_s, 0.06), 21, fps=8)))[1] == ("heel_rise",)


def test_a_heel_that_trembles_all_the_while_is_not_told_as_risen() -> None:
    def pose(t_s: float) -> Stick:
        trembles = 0.009 * math.sin(9 * t_s) + 0.011 * math.sin(3.1 * t_s)
        return replace(extending(t_s), heel=0.03 + trembles)

    assert faults(follow(BAND, film(pose, 31, fps=8))) == [()] * 5


def test_what_moves_as_the_knee_comes_to_rest_is_no_trembling_and_hides_no_fault() -> None:
    """A foot that settles after each repetition, and a heel that rises in the third."""

    def pose(t_s: float) -> Stick:
        since = (t_s - 5.8) % PAUSE_S if t_s > 5.8 else 0.0
        settles = 0.03 if 4.2 < since < 4.6 else 0.0
        return replace(extending(t_s), heel=0.006 + settles + (0.016 if nth(t_s) == 3 and top(t_s) else 0.0))

    assert faults(follow(BAND, film(pose, 26))) == [(), (), ("heel_rise",), ()]


def test_in_a_squat_a_heel_that_rises_is_told_against_the_flattest_so_far() -> None:
    def pose(t_s: float) -> Stick:
        knee = there_and_back(t_s, 4, 70)
        second = 7 <= t_s < 12
        return Stick(knee=knee, far_knee=knee, lean=knee / 3, heel=0.02 if second and knee > 60 else 0.0)

    assert faults(follow(SQUAT, film(pose, 17.5))) == [(), ("heel_rise",), ()]


def test_a_heel_that_nobody_sees_is_no_fault() -> None:
    def pose(t_s: float) -> Stick:
        hidden = (29, 31) if nth(t_s) == 2 else ()
        return replace(extending(t_s), heel=0.03 if nth(t_s) == 2 else 0.0, hide=hidden)

    assert faults(follow(BAND, film(pose, 21))) == [(), (), ()]


def test_a_knee_that_goes_beyond_straight_is_told_and_one_that_is_straight_is_not() -> None:
    def pose(t_s: float) -> Stick:
        return extending(t_s, straight=-9 if nth(t_s) == 2 else 0)

    assert faults(follow(BAND, film(pose, 21))) == [(), ("hyperextension",), ()]


def test_a_persons_own_offset_is_taken_off_before_a_knee_is_called_hyperextended() -> None:
    """A knee that reads 8 degrees beyond straight when it stands straight is straight there."""

    def pose(t_s: float) -> Stick:
        knee = between(-8, 26, t_s - 2.5) if t_s < 5 else there_and_back(t_s - 5, 26, -8, still_s=0.8)
        return Stick(knee=knee, far_knee=knee)

    assert faults(follow(BAND, film(pose, 16))) == [(), ()]


@pytest.mark.parametrize(("straight", "fault"), [(-8, ()), (-12, ("hyperextension",))])
def test_whose_own_straight_was_never_seen_is_called_hyperextended_only_well_beyond_it(
    straight: float, fault: tuple[str, ...]
) -> None:
    """A film that begins in the middle of a set: how a straight knee of this person reads is not known."""
    events = follow(BAND, film(lambda t_s: extending(t_s + 5, straight), 11), running=True)
    assert faults(events) == [fault] * 2


def test_a_bent_knee_that_is_passed_on_the_way_is_not_taken_for_straight() -> None:
    """Somebody who walks straight into the first repetition: nothing of the walk says how straight reads."""

    def pose(t_s: float) -> Stick:
        if t_s < 3:
            return Stick(knee=12, far_knee=12, at=(-0.06 * ((3 - t_s) // 0.45), 0))
        knee = between(12, 34, t_s - 3) if t_s < 5 else there_and_back(t_s - 5, 34, -4, still_s=0.8)
        return Stick(knee=knee, far_knee=knee)

    assert faults(follow(BAND, film(pose, 16))) == [(), ()]


@pytest.mark.parametrize("lean", [20, -20])
def test_a_trunk_that_leans_either_way_is_told(lean: float) -> None:
    def pose(t_s: float) -> Stick:
        return replace(extending(t_s), lean=lean if nth(t_s) == 2 and top(t_s) else 1)

    assert faults(follow(BAND, film(pose, 21))) == [(), ("trunk_lean",), ()]


def test_from_too_far_off_the_side_it_counts_but_judges_nothing() -> None:
    events = follow(BAND, film(lambda t_s: replace(extending(t_s, straight=-12), yaw=44), 16))
    assert faults(events) == [(), ()]


def test_sitting_the_thigh_stays_level_and_the_trunk_upright() -> None:
    def pose(t_s: float) -> Stick:
        knee = there_and_back(t_s, 90, 10)
        at = int((t_s - 2) // PAUSE_S) + 1
        up = 22 * (90 - knee) / 80 if at == 2 else 0
        back = -20 * (90 - knee) / 80 if at == 4 else 0
        return Stick(pose="sitting", knee=knee, far_knee=88, thigh=up, lean=back)

    events = follow(BELL, film(pose, 22.2))
    assert faults(events) == [(), ("thigh_not_horizontal",), (), ("trunk_lean_back",)]
    assert cues(events)[:2] == [("thigh_not_horizontal",) * 2, ("trunk_lean", "trunk_lean_back")]


def test_a_leg_that_falls_is_told_as_dropped() -> None:
    def pose(t_s: float) -> Stick:
        knee = between(90, 10, (t_s - 2) / 1.5) if t_s < 4.5 else between(10, 90, (t_s - 4.5) / 0.5)
        return Stick(pose="sitting", knee=knee, far_knee=88)

    events = follow(BELL, film(pose, 7))
    assert faults(events) == [("dropped_lowering",)]
    assert cues(events) == [("dropped_lowering", "dropped_lowering")]


def test_a_squat_that_stays_high_counts_and_is_shallow() -> None:
    events = follow(SQUAT, film(lambda t_s: Stick(knee=there_and_back(t_s, 3, 29)), 7.5))
    assert faults(events) == [("shallow",)]


def test_a_knee_that_lags_behind_a_lifted_leg_is_told() -> None:
    def pose(t_s: float) -> Stick:
        raised = there_and_back(t_s, 0, 40)
        return Stick(pose="lying", raised=raised, knee=(35 if t_s > 7 else 4) * raised / 40)

    events = follow(LIFT, film(pose, 12.2))
    assert faults(events) == [(), ("knee_lag",)]
    assert cues(events) == [("knee_bend", "knee_lag")]


def stretched(t_s: float) -> Stick:
    raised = between(0, 75, (t_s - 3) / 2) if t_s < 20 else between(75, 0, (t_s - 20) / 2)
    return Stick(pose="lying", raised=raised)


@pytest.mark.parametrize(
    ("knee", "other", "fault"), [(0, 0, ()), (27, 0, ("knee_bend",)), (0, 20, ("other_leg_lifts",))]
)
def test_in_the_strap_the_knee_is_straight_and_the_other_leg_stays_down(
    knee: float, other: float, fault: tuple[str, ...]
) -> None:
    def pose(t_s: float) -> Stick:
        stick = stretched(t_s)
        return replace(stick, knee=knee, far_raised=other) if 10 <= t_s < 13 else stick

    (found,) = [e for e in follow(STRAP, film(pose, 23)) if isinstance(e, HoldEnded)]
    assert found.faults == fault


def test_a_fault_that_passes_in_a_moment_is_none() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(pose="lying", raised=75, knee=27) if 10 <= t_s < 10.4 else stretched(t_s)

    (found,) = [e for e in follow(STRAP, film(pose, 23)) if isinstance(e, HoldEnded)]
    assert found.faults == ()


def test_sitting_tall_is_watched_while_the_timer_runs() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(pose="sitting", knee=90, yaw=0, lean=16 if t_s > 5 else 0)

    assert cues(follow(SQUEEZE, film(pose, 8)))[:1] == [("trunk_lean", "trunk_lean")]


def test_thighs_that_lift_during_the_squeeze_are_told() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(pose="sitting", knee=90, yaw=0, thigh=14 if t_s > 5 else 0)

    assert cues(follow(SQUEEZE, film(pose, 8)))[:1] == [("moving", "thighs_move")]
    assert cues(follow(SQUEEZE, film(lambda t_s: replace(pose(t_s), thigh=2 if t_s > 5 else 0), 8))) == []


def test_thighs_that_are_quick_while_somebody_settles_are_not_where_they_rest() -> None:
    def pose(t_s: float) -> Stick:
        kick = max(0.0, 20 * (1 - abs(t_s - 1.3) / 0.3))
        return Stick(pose="sitting", knee=90, yaw=0, thigh=10 if t_s > 5 else kick)

    assert cues(follow(SQUEEZE, film(pose, 9))) == [("moving", "thighs_move")]


def test_one_thing_is_said_at_a_time_and_none_within_six_seconds() -> None:
    def pose(t_s: float) -> Stick:
        return replace(extending(t_s, straight=-10), lean=20 if top(t_s) else 0)

    told = [e for e in follow(BAND, film(pose, 60)) if isinstance(e, Cue)]
    assert len(told) > 4
    assert all(b.t_s - a.t_s >= CUE_EVERY_S for a, b in pairwise(told))


def test_a_heel_that_was_up_when_it_went_out_of_sight_is_not_held_against_anybody() -> None:
    def pose(t_s: float) -> Stick:
        hidden = (29, 31) if nth(t_s) == 2 and extending(t_s).knee < 12 else ()
        return replace(extending(t_s), heel=0.03 if nth(t_s) == 2 else 0.0, hide=hidden)

    assert faults(follow(BAND, film(pose, 21))) == [(), (), ()]


def test_a_heel_that_creeps_up_from_one_repetition_to_the_next_is_told_against_the_flattest_of_them() -> None:
    def pose(t_s: float) -> Stick:
        up = (0.0, 0.0, 0.004, 0.009, 0.0)[nth(t_s)]
        return replace(extending(t_s), heel=0.006 + (up if top(t_s) else 0.0))

    assert faults(follow(BAND, film(pose, 21))) == [(), (), ("heel_rise",)]


@pytest.mark.parametrize(("exercise", "fault"), [("split-squat", Fault.TRUNK_LEAN), ("split-squat", Fault.HEEL_RISE)])
@pytest.mark.parametrize("yaw_deg", [-20, 0, 20])
def test_a_fault_of_one_repetition_on_one_leg_is_told_of_that_one_alone(
    exercise: str, fault: Fault, yaw_deg: float
) -> None:
    scene = Scene(exercise=exercise, faults=(None, fault, None), yaw_deg=yaw_deg, fps=15)
    found = analyse(scene.spec, scene.film(), scene.side, running=False)
    assert [r.faults for r in found.reps] == [(), (fault.value,), ()]
