"""A repetition leaves the start, goes far enough and comes back; everything else counts nothing."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motion.stick import Stick, between, film, follow, there_and_back
from patella.files.library import read_spec
from patella.motion.event import Event, Rep, Short
from patella.motion.pose import PoseFrame, Side
from patella.motion.reps import surely
from patella.motion.spec import Leg, Spec

BAND = read_spec("terminal-knee-extension")
SQUAT = read_spec("squat")
BELL = read_spec("kettlebell-knee-extension")
LIFT = read_spec("straight-leg-raise")


def reps(events: Sequence[Event]) -> list[Rep]:
    return [e for e in events if isinstance(e, Rep)]


def counted(spec: Spec, pose: Callable[[float], Stick], seconds: float, *, running: bool = False) -> list[Rep]:
    return reps(follow(spec, film(pose, seconds), running=running))


def squatting(t_s: float) -> Stick:
    knee = there_and_back(t_s, 4, 60)
    return Stick(knee=knee, far_knee=knee, lean=knee / 3)


def extending(t_s: float, straight: float = 0.0, bent: float = 34.0) -> Stick:
    """Stands, lets the band draw the knee forward, and straightens it again and again."""
    knee = between(2, bent, t_s - 2.5) if t_s < 5 else there_and_back(t_s - 5, bent, straight, still_s=0.8)
    return Stick(knee=knee, far_knee=knee)


def test_squats_are_counted_when_they_are_over() -> None:
    found = counted(SQUAT, squatting, 12.2)
    assert [(r.n, r.side, r.faults) for r in found] == [(1, "both", ()), (2, "both", ())]
    for rep, start_s in zip(found, (2.0, 7.0), strict=True):
        assert rep.start_s == pytest.approx(start_s, abs=0.6)
        assert rep.peak_s == pytest.approx(start_s + 1.75, abs=0.4)
        assert rep.end_s == pytest.approx(start_s + 4.2, abs=0.5)
        assert rep.range_deg == pytest.approx(56, abs=4)
        assert rep.reach_deg == pytest.approx(56, abs=5)
        assert 0.8 < rep.up_s < 2
        assert 0.8 < rep.down_s < 2


def test_a_squat_that_does_not_come_back_up_is_none() -> None:
    assert counted(SQUAT, lambda t_s: squatting(min(t_s, 4.0)), 30) == []


def test_bending_before_the_first_extension_and_standing_up_after_the_last_are_no_repetitions() -> None:
    def pose(t_s: float) -> Stick:
        if t_s < 15.8:
            return extending(t_s)
        return Stick(knee=between(34, 2, t_s - 16))

    found = counted(BAND, pose, 20)
    assert [r.side for r in found] == ["right", "right"]
    assert all(r.reach_deg == pytest.approx(0, abs=4) for r in found)


def test_an_extension_of_a_few_degrees_is_short_and_not_counted() -> None:
    events = follow(BAND, film(lambda t_s: extending(t_s, straight=23), 15))
    assert reps(events) == []
    short = [e for e in events if isinstance(e, Short)]
    assert len(short) == 2
    assert all(e.range_deg == pytest.approx(10, abs=3) for e in short)


def test_a_short_one_that_turns_as_soon_as_it_has_left_was_furthest_in_between() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(knee=between(4, 16, (t_s - 2) / 0.4) if t_s < 2.4 else between(16, 4, (t_s - 2.4) / 0.4))

    (short,) = [e for e in follow(SQUAT, film(pose, 6, fps=5)) if isinstance(e, Short)]
    assert short.start_s < short.peak_s < short.end_s
    assert short.peak_s == pytest.approx(2.4, abs=0.2)


def test_a_tremble_is_nothing_at_all() -> None:
    events = follow(BAND, film(lambda t_s: extending(t_s, straight=31), 15))
    assert [e for e in events if isinstance(e, Rep | Short)] == []


def test_a_wobble_at_the_top_is_one_repetition() -> None:
    def pose(t_s: float) -> Stick:
        t_s -= 2
        points = [(0, 4), (1.5, 60), (2.0, 48), (2.6, 61), (4.0, 4)]
        for (a, low), (b, high) in pairwise(points):
            if a <= t_s < b:
                return Stick(knee=between(low, high, (t_s - a) / (b - a)))
        return Stick(knee=4)

    assert len(counted(SQUAT, pose, 9)) == 1


def test_one_that_turns_round_before_it_is_all_the_way_back_counts_all_the_same() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(knee=4 if t_s < 2 else there_and_back(t_s, 20 if t_s > 4 else 4, 75, rep_s=3.0))

    assert len(counted(SQUAT, pose, 11.2)) == 3


def test_a_jerk_is_too_quick_to_be_one() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(knee=there_and_back(t_s, 4, 60, rep_s=0.5) if t_s < 2.5 else 4)

    assert counted(SQUAT, pose, 6) == []


def test_one_that_takes_for_ever_is_none() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(knee=between(4, 70, (t_s - 2) / 2) if t_s < 25 else between(70, 4, (t_s - 25) / 2))

    assert counted(SQUAT, pose, 30) == []


def test_a_start_that_drifts_is_counted_all_the_same() -> None:
    def pose(t_s: float) -> Stick:
        knee = between(2, 34, t_s - 2.5) if t_s < 5 else there_and_back(t_s - 5, 34 - (t_s - 5) / 4, 0, still_s=0.8)
        return Stick(knee=knee, far_knee=knee)

    assert len(counted(BAND, pose, 36)) == 6


def test_somebody_who_walks_bends_the_knees_and_counts_nothing() -> None:
    def pose(t_s: float) -> Stick:
        swing = there_and_back(t_s, 3, 60, still_s=0, rep_s=1.2)
        return Stick(knee=swing, far_knee=60 - swing, at=(-0.25 + 0.4 * t_s, 0))

    assert counted(SQUAT, pose, 10) == []
    assert counted(BAND, pose, 10, running=True) == []


def test_a_step_in_the_middle_ends_it_uncounted() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(knee=there_and_back(t_s, 4, 60), at=(0.3 if t_s > 3.6 else 0.0, 0))

    assert counted(SQUAT, pose, 7) == []


def test_a_film_may_begin_in_the_middle_of_a_set() -> None:
    def pose(t_s: float) -> Stick:
        return squatting(t_s + 2)

    assert len(counted(SQUAT, pose, 10.2, running=True)) == 2
    assert len(counted(SQUAT, pose, 10.2)) == 1


def test_sitting_one_leg_is_straightened_and_found_without_being_named() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(pose="sitting", knee=there_and_back(t_s, 90, 15), far_knee=88)

    assert [r.side for r in counted(BELL, pose, 12.2)] == ["right", "right"]


def test_the_far_leg_is_found_when_it_is_the_one_that_moves_and_loses_no_repetition() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(pose="sitting", knee=88, far_knee=there_and_back(t_s, 90, 15))

    assert [r.side for r in counted(BELL, pose, 12.2)] == ["left", "left"]


def test_a_leg_that_was_asked_for_stays_the_one() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(pose="sitting", knee=88, far_knee=there_and_back(t_s, 90, 15))

    assert reps(follow(BELL, film(pose, 12.2), Side.RIGHT)) == []
    assert [r.side for r in reps(follow(BELL, film(pose, 12.2), Side.LEFT))] == ["left", "left"]


def swapped(frame: PoseFrame) -> PoseFrame:
    """A pose model that takes one leg for the other."""
    image = list(frame.image)
    for left in (25, 27, 29, 31):
        a, b = 4 * left, 4 * left + 4
        image[a : a + 4], image[b : b + 4] = image[b : b + 4], image[a : a + 4]
    return PoseFrame(t_s=frame.t_s, width_px=640, height_px=480, image=tuple(image), world=frame.world)


def test_a_raised_leg_is_counted_although_the_model_swaps_the_legs_again_and_again() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(pose="lying", raised=there_and_back(t_s, 0, 45))

    frames = [swapped(f) if int(f.t_s * 2) % 5 == 0 else f for f in film(pose, 17.2)]
    assert [r.side for r in reps(follow(LIFT, frames))] == ["right", "right", "right"]
    assert [r.side for r in reps(follow(LIFT, frames, Side.LEFT))] == ["left", "left", "left"]


def facing_to(facing: int, t_s: float) -> Stick:
    return Stick(knee=extending(t_s).knee, facing=facing)


def test_the_mirror_image_gives_the_other_side() -> None:
    for facing, side in ((1, "right"), (-1, "left")):
        found = follow(BAND, film(partial(facing_to, facing), 15.8))
        assert [r.side for r in reps(found)] == [side, side]


@settings(max_examples=25)
@given(
    depth=st.floats(32, 110),
    rep_s=st.floats(2.0, 10.0),
    fps=st.sampled_from([10, 15, 24, 30, 60]),
    reps_done=st.integers(0, 4),
    size=st.floats(0.5, 1.1),
)
def test_as_many_are_counted_as_are_done(depth: float, rep_s: float, fps: int, reps_done: int, size: float) -> None:
    def pose(t_s: float) -> Stick:
        done = t_s > 2 + reps_done * rep_s
        knee = 3 if done else there_and_back(t_s, 3, depth, rep_s=rep_s)
        return Stick(knee=knee, lean=min(40, knee / 3), size=size)

    frames = film(pose, 3 + reps_done * rep_s, fps=fps)
    assert len(reps(follow(SQUAT, frames))) == reps_done


def test_without_the_joints_that_count_nothing_is_counted() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(pose="sitting", knee=there_and_back(t_s, 90, 15), far_knee=88, hide=(27,) if t_s > 3 else ())

    assert counted(BELL, pose, 8) == []


def test_a_leg_that_comes_half_way_back_and_goes_out_again_is_still_on_its_way() -> None:
    def pose(t_s: float) -> Stick:
        points = [(2, 4), (4, 90), (5, 62), (6.5, 92), (9, 4)]
        for (a, low), (b, high) in pairwise(points):
            if a <= t_s < b:
                return Stick(knee=between(low, high, (t_s - a) / (b - a)))
        return Stick(knee=4)

    (rep,) = counted(SQUAT, pose, 11)
    assert rep.start_s == pytest.approx(2.5, abs=0.5)
    assert rep.end_s == pytest.approx(8.8, abs=0.5)


ABDUCTION = read_spec("side-lying-hip-abduction")


def test_lying_on_the_side_the_upper_leg_works_whatever_the_model_calls_it() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(pose="lying", yaw=0, facing=-1, raised=there_and_back(t_s, 3, 35), far_raised=0)

    frames = [swapped(f) if 6 < f.t_s < 8 else f for f in film(pose, 12.2)]
    assert [r.side for r in reps(follow(ABDUCTION, frames))] == ["left", "left"]


def test_a_knee_that_bends_on_beyond_the_start_is_not_at_the_start() -> None:
    def pose(t_s: float) -> Stick:
        knee = extending(t_s).knee if t_s < 5.5 else between(34, 100, (t_s - 5.5) / 2)
        return Stick(knee=knee if t_s < 9 else between(100, 80, t_s - 9), far_knee=knee)

    assert counted(BAND, pose, 12) == []


def test_a_joint_that_is_not_needed_and_not_seen_counts_nothing() -> None:
    easy = replace(BELL, needs=(23,), leg=Leg.NEAR)

    def pose(t_s: float) -> Stick:
        return Stick(pose="sitting", knee=there_and_back(t_s, 90, 15), far_knee=88, hide=(27,) if t_s > 3 else ())

    assert counted(easy, pose, 8) == []
    assert counted(replace(easy, leg=Leg.MOVING), pose, 8) == []


def test_a_twitch_is_not_even_short() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(knee=21 if 7 <= t_s < 7.25 else between(2, 34, t_s - 2.5))

    events = follow(BAND, film(pose, 10))
    assert [e for e in events if isinstance(e, Rep | Short)] == []


def test_a_far_leg_that_nobody_sees_does_not_trouble_the_near_one() -> None:
    def hidden(frame: PoseFrame) -> PoseFrame:
        image = list(frame.image)
        image[4 * 25 + 3] = 0.1
        return replace(frame, image=tuple(image))

    def pose(t_s: float) -> Stick:
        return Stick(pose="sitting", knee=there_and_back(t_s, 90, 15), far_knee=88)

    found = reps(follow(BELL, [hidden(f) for f in film(pose, 12.2)]))
    assert [r.side for r in found] == ["right", "right"]


def through(*points: tuple[float, float]) -> Callable[[float], Stick]:
    """A knee that eases from each of these to the next: seconds and degrees."""

    def pose(t_s: float) -> Stick:
        for (a, low), (b, high) in pairwise(points):
            if t_s < b:
                return Stick(knee=between(low, high, (t_s - a) / (b - a)))
        return Stick(knee=points[-1][1])

    return pose


def test_one_that_turns_round_a_third_of_the_way_from_the_start_ends_there_and_the_next_begins() -> None:
    first, second = counted(SQUAT, through((2, 4), (3.5, 80), (5, 32), (6.5, 80), (8, 4)), 10)
    assert first.end_s == second.start_s == pytest.approx(5, abs=0.25)


def test_a_leg_that_is_bent_from_one_picture_to_the_next_is_a_joint_taken_for_another() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(knee=4 if t_s < 3 else between(38, 4, (t_s - 4) / 2))

    assert counted(SQUAT, pose, 8) == []


def test_one_that_comes_to_rest_near_the_start_is_over_within_half_a_second() -> None:
    (rep,) = counted(SQUAT, through((2, 4), (3.5, 60), (5, 15)), 8)
    assert 5 < rep.end_s < 5.5


def test_who_hesitates_on_the_way_down_does_one_squat_and_none_that_is_short() -> None:
    events = follow(SQUAT, film(through((2, 4), (3, 23), (3.6, 14), (4.6, 60), (6, 4)), 8))
    assert len(reps(events)) == 1
    assert [e for e in events if isinstance(e, Short)] == []


def test_a_measure_that_trembles_asks_for_more_of_a_whole_one_and_of_a_short_one_in_proportion() -> None:
    assert SQUAT.rep is not None
    more = surely(SQUAT.rep, 20)
    assert more.least > 2 * SQUAT.rep.least
    assert more.noticed / more.least == pytest.approx(SQUAT.rep.noticed / SQUAT.rep.least)
    assert surely(SQUAT.rep, 1) == SQUAT.rep
