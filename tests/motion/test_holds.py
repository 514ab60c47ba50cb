"""A hold runs in posture only, forgives a moment, and is over at the last moment in posture."""

import math
from dataclasses import replace
from itertools import pairwise

import pytest

from motion.rehearsal import Scene, chance, with_role
from motion.stick import Stick, between, film, follow, followed, there_and_back
from patella.files.library import read_spec
from patella.motion.camera import nobody
from patella.motion.coach import analyse, begin, finish
from patella.motion.event import Event, Hold, HoldEnded
from patella.motion.flaws import Flaws, flawed
from patella.motion.performance import Fault, filmed, takes_of
from patella.motion.pose import PoseFrame, Side
from patella.motion.spec import Role, Toward

STRAP = read_spec("strap-stretch")
HEEL = read_spec("quadriceps-stretch")
PLANK = read_spec("side-plank")
SQUEEZE = read_spec("medicine-ball-squeeze")


def ended(events: list[Event]) -> list[HoldEnded]:
    return [e for e in events if isinstance(e, HoldEnded)]


def strapped(t_s: float) -> Stick:
    """One leg goes up from 3 to 5 s, stays for ten seconds, and comes down from 15 to 17 s."""
    return Stick(pose="lying", raised=between(0, 75, (t_s - 3) / 2) if t_s < 15 else between(75, 0, (t_s - 15) / 2))


def heel_drawn(t_s: float) -> Stick:
    """Standing on one leg, the near knee is bent from 2 to 3 s, held for seven seconds, and let down."""
    return standing(between(5, 120, t_s - 2) if t_s < 9 else between(120, 5, t_s - 10))


def standing(knee: float) -> Stick:
    """The thigh hangs, the shin is drawn up behind."""
    return Stick(pose="sitting", thigh=-90, knee=knee, far_knee=5)


def test_a_stretch_is_timed_from_where_the_leg_comes_to_rest_to_where_it_leaves() -> None:
    (found,) = ended(follow(STRAP, film(strapped, 19)))
    assert found.start_s == pytest.approx(5, abs=0.4)
    assert found.end_s == pytest.approx(15, abs=0.4)
    assert found.seconds == pytest.approx(10, abs=0.5)
    assert found.seconds == found.end_s - found.start_s
    assert (found.side, found.faults) == ("right", ())


def test_a_leg_that_is_swapped_by_the_model_is_held_all_the_same() -> None:
    def swap(frame: PoseFrame) -> PoseFrame:
        image = list(frame.image)
        for left in (25, 27, 29, 31):
            image[4 * left : 4 * left + 8] = image[4 * left + 4 : 4 * left + 8] + image[4 * left : 4 * left + 4]
        return PoseFrame(t_s=frame.t_s, width_px=640, height_px=480, image=tuple(image), world=frame.world)

    frames = [swap(f) if 7 < f.t_s < 9 else f for f in film(strapped, 19)]
    (found,) = ended(follow(STRAP, frames))
    assert found.seconds == pytest.approx(10, abs=0.5)
    assert found.side == "right"


def test_a_leg_that_sinks_slowly_is_held_until_it_goes_down() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(pose="lying", raised=strapped(t_s).raised - (max(0.0, min(t_s, 15) - 5) if t_s < 16 else 0))

    (found,) = ended(follow(STRAP, film(pose, 19)))
    assert found.seconds == pytest.approx(10, abs=1.0)


def twice(t_s: float) -> Stick:
    """The starting position bends the knee by 92 degrees, within the hold's line; held at 120 for two times 6 s."""
    since = t_s - 3 if t_s < 14 else t_s - 14
    return standing(between(92, 120, since) if since < 7 else between(120, 92, since - 7))


def test_a_starting_position_within_the_line_of_the_hold_is_no_part_of_it() -> None:
    events = follow(HEEL, film(twice, 26))
    assert [h.seconds for h in ended(events)] == pytest.approx([6, 6], abs=0.7)
    assert [h.start_s for h in ended(events)] == pytest.approx([4, 15], abs=0.6)


def test_a_stretch_that_is_deepened_late_keeps_what_was_held_before() -> None:
    def pose(t_s: float) -> Stick:
        up = between(0, 60, (t_s - 3) / 2) + between(0, 15, t_s - 16)
        return Stick(pose="lying", raised=up if t_s < 22 else between(75, 0, (t_s - 22) / 2))

    (found,) = ended(follow(STRAP, film(pose, 26)))
    assert found.seconds == pytest.approx(17, abs=0.7)


def test_a_hold_near_its_line_is_not_broken_by_what_trembles_over_it() -> None:
    def pose(t_s: float) -> Stick:
        return standing(between(5, 86, t_s - 2) - (3 if t_s > 4 and t_s % 2 < 1 else 0) if t_s < 12 else 5)

    (found,) = ended(follow(HEEL, film(pose, 14)))
    assert found.seconds == pytest.approx(9, abs=0.7)


def test_while_it_goes_the_seconds_are_told_four_times_a_second() -> None:
    told = [e for e in follow(HEEL, film(heel_drawn, 12)) if isinstance(e, Hold)]
    running = [e for e in told if e.running]
    assert [b.t_s - a.t_s for a, b in pairwise(running)] == pytest.approx([0.25] * (len(running) - 1), abs=0.06)
    assert running[-1].seconds == pytest.approx(7, abs=0.4)
    assert not told[-1].running


def test_leaving_the_posture_for_a_moment_is_forgiven_and_for_longer_is_not() -> None:
    def pose(t_s: float, away_s: float) -> Stick:
        return standing(60) if 6 <= t_s < 6 + away_s else heel_drawn(t_s)

    (one,) = ended(follow(HEEL, film(lambda t_s: pose(t_s, 0.4), 12)))
    assert one.seconds == pytest.approx(7, abs=0.4)
    two = ended(follow(HEEL, film(lambda t_s: pose(t_s, 1.2), 12)))
    assert [round(h.start_s) for h in two] == [3, 7]
    assert two[0].end_s == pytest.approx(6, abs=0.35)


def test_nobody_in_sight_for_some_seconds_ends_it_where_it_was_last_seen() -> None:
    nobody = [PoseFrame(t_s=t / 20, width_px=640, height_px=480, image=(), people=0) for t in range(120, 180)]
    frames = [*film(heel_drawn, 6), *nobody]
    (found,) = ended(follow(HEEL, frames))
    assert found.end_s == pytest.approx(6, abs=0.1)


def test_somebody_who_walks_past_does_not_split_a_hold_and_what_nobody_saw_is_not_counted() -> None:
    frames = [replace(f, people=2) if 5 < f.t_s < 6.5 else f for f in film(heel_drawn, 12)]
    (found,) = ended(follow(HEEL, frames))
    assert found.end_s - found.start_s == pytest.approx(7, abs=0.4)
    assert found.seconds == pytest.approx(5.5, abs=0.5)


def test_what_is_over_within_a_second_is_no_hold() -> None:
    assert ended(follow(HEEL, film(lambda t_s: standing(120 if 3 <= t_s < 3.9 else 5), 7))) == []


def test_who_sways_over_the_line_of_a_stretch_holds_nothing_and_who_goes_into_it_slowly_does() -> None:
    def swaying(t_s: float) -> Stick:
        return standing(84 - 5 * math.cos(math.tau * t_s / 6))

    def creeping(t_s: float) -> Stick:
        return standing(between(79, 89, (t_s - 3) / 2) if t_s < 11 else between(89, 5, t_s - 11))

    assert ended(follow(HEEL, film(swaying, 18))) == []
    (found,) = ended(follow(HEEL, film(creeping, 14)))
    assert found.seconds == pytest.approx(6.5, abs=1)


def test_one_that_still_runs_when_the_film_ends_is_told_at_the_end() -> None:
    state, events = followed(HEEL, begin(HEEL), film(heel_drawn, 8))
    assert ended(events) == []
    after, last = finish(HEEL, state)
    assert [h.seconds for h in ended(list(last))] == [pytest.approx(5, abs=0.4)]
    assert finish(HEEL, after)[1] == ()
    assert state.held_s is not None


def test_a_posture_that_lasts_for_less_than_it_takes_is_no_hold() -> None:
    events = follow(HEEL, film(lambda t_s: standing(120 if 3 <= t_s < 3.3 else 5), 6))
    assert [e for e in events if isinstance(e, Hold | HoldEnded)] == []


def hips_down(frame: PoseFrame, hangs: float) -> PoseFrame:
    image = list(frame.image)
    for joint in (11, 12, 23, 24):
        image[4 * joint + 1] -= 0.14 if joint < 23 else 0.061 - hangs  # propped up on the elbow
    return PoseFrame(t_s=frame.t_s, width_px=640, height_px=480, image=tuple(image), world=frame.world)


def test_hips_in_line_with_shoulder_and_knee_are_a_plank_and_hanging_ones_are_not() -> None:
    def hang(t_s: float) -> float:
        return between(0.07, 0, 2 * (t_s - 2.5)) if t_s < 8 else between(0, 0.07, 2 * (t_s - 9))

    frames = [hips_down(f, hang(f.t_s)) for f in film(lambda _: Stick(pose="lying", yaw=0), 12)]
    (found,) = ended(follow(PLANK, frames))
    assert found.side == "both"
    assert found.seconds == pytest.approx(6, abs=0.6)


def test_a_posture_is_timed_and_a_squeeze_is_not_seen() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(pose="sitting", knee=90, yaw=0, lean=there_and_back(t_s, 0, 2))

    events = follow(SQUEEZE, film(pose, 8))
    assert [e for e in events if isinstance(e, Hold)]
    assert [e for e in events if e.kind == "rep"] == []


def test_a_stretch_that_deepens_as_it_begins_counts_from_where_it_is_deep() -> None:
    def pose(t_s: float) -> Stick:
        up = between(0, 60, (t_s - 3) / 1.5) if t_s < 5.5 else between(60, 75, t_s - 5.5)
        return Stick(pose="lying", raised=up if t_s < 15 else between(75, 0, (t_s - 15) / 2))

    (found,) = ended(follow(STRAP, film(pose, 19)))
    assert found.start_s == pytest.approx(6.4, abs=0.4)
    assert found.end_s == pytest.approx(15, abs=0.4)


def test_the_leg_that_is_drawn_up_is_found_on_either_side() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(pose="sitting", thigh=-90, knee=5, far_knee=heel_drawn(t_s).knee)

    assert [h.side for h in ended(follow(HEEL, film(pose, 12)))] == ["left"]


def test_a_hold_of_what_grows_less_is_timed_while_it_is_at_its_least() -> None:
    """The knee is bent far from the beginning, and held less bent, for seven seconds, with a way there and back."""
    assert HEEL.hold is not None
    less = replace(HEEL, hold=replace(HEEL.hold, toward=Toward.LESS))

    def pose(t_s: float) -> Stick:
        return standing(between(155, 110, t_s - 3) if t_s < 9 else between(110, 155, t_s - 11))

    (found,) = ended(follow(less, film(pose, 15)))
    assert found.start_s == pytest.approx(4, abs=0.6)
    assert found.end_s == pytest.approx(11, abs=0.6)


def with_others(times: list[tuple[float, float]]) -> list[PoseFrame]:
    """The drawn heel, seven seconds from 3 s on, with somebody else in the picture between these times."""
    return [replace(f, people=2 if any(a < f.t_s < b for a, b in times) else 1) for f in film(heel_drawn, 12)]


def test_the_clock_on_the_screen_stands_still_once_it_was_not_seen_for_longer_than_a_moment() -> None:
    told = [e for e in follow(HEEL, with_others([(5, 6.6)])) if isinstance(e, Hold)]
    assert [e.t_s for e in told if not e.running and e.t_s < 5.6] == []
    assert [e.running for e in told if 5.8 < e.t_s < 6.5] == [False] * 3
    assert any(e.running for e in told if e.t_s > 6.6)


def test_whatever_nobody_saw_of_a_hold_is_left_out_however_often_it_was_out_of_sight() -> None:
    (found,) = ended(follow(HEEL, with_others([(4.5, 6), (7, 8.5)])))
    assert found.end_s - found.start_s == pytest.approx(7, abs=0.4)
    assert found.seconds == pytest.approx(4, abs=0.5)


def test_as_a_hold_ends_the_screen_shows_the_seconds_that_are_counted() -> None:
    events = follow(HEEL, film(heel_drawn, 12))
    at = next(i for i, e in enumerate(events) if isinstance(e, HoldEnded))
    last, over = events[at - 1], ended(events)[0]
    assert isinstance(last, Hold)
    assert (last.seconds, last.running) == (over.seconds, False)


@pytest.mark.parametrize(("lean", "holds"), [(19.7, True), (20.3, False)])
def test_sitting_tall_ends_at_its_very_line_as_nothing_says_by_how_much_it_arrives(lean: float, holds: bool) -> None:  # noqa: FBT001
    found = follow(SQUEEZE, film(lambda t_s: Stick(pose="sitting", knee=90, yaw=0, lean=lean if t_s > 5 else 0), 9))
    assert (ended(found) == []) is holds


@pytest.mark.parametrize(("further_s", "start_s"), [(5.8, 6), (6.6, 5)])
def test_a_leg_that_goes_on_by_a_little_was_on_its_way_if_it_has_only_come_and_gives_if_it_came_long_ago(
    further_s: float, start_s: float
) -> None:
    """It comes within the line at about 4.2 s and rests at 60 degrees from 5 s; then it goes on by 3."""

    def pose(t_s: float) -> Stick:
        up = between(0, 60, (t_s - 3) / 2) + between(0, 3, (t_s - further_s) / 0.3)
        return Stick(pose="lying", raised=up if t_s < 15 else between(63, 0, (t_s - 15) / 2))

    (found,) = ended(follow(STRAP, film(pose, 19)))
    assert found.start_s == pytest.approx(start_s, abs=0.4)
    assert found.end_s == pytest.approx(15, abs=0.4)


def test_what_is_held_for_a_second_and_a_half_is_a_hold() -> None:
    (found,) = ended(follow(HEEL, film(lambda t_s: standing(between(5, 120, t_s - 2) if t_s < 4.6 else 5), 8)))
    assert 1 <= found.seconds < 2


def test_a_heel_that_sinks_well_past_its_line_is_let_go_although_it_sinks_no_further() -> None:
    def pose(t_s: float) -> Stick:
        return standing(between(5, 86, t_s - 2) - between(0, 7, (t_s - 8) / 0.5))

    (found,) = ended(follow(HEEL, film(pose, 14)))
    assert found.end_s == pytest.approx(8, abs=0.5)


def drawn_from(rests: float, *, until_s: float, held_s: float, then: float) -> list[HoldEnded]:
    """A knee that stands bent by `rests`, is drawn to 120 degrees at `until_s`, held there, and let down to `then`."""

    def pose(t_s: float) -> Stick:
        gone_s = until_s + 0.8 + held_s
        return standing(
            between(rests, 120, (t_s - until_s) / 0.8) if t_s < gone_s else between(120, then, t_s - gone_s)
        )

    return ended(follow(HEEL, film(pose, until_s + held_s + 4)))


@pytest.mark.parametrize("held_s", [1.4, 6])
def test_a_bent_knee_that_is_soon_drawn_up_further_counts_from_where_it_is_drawn(held_s: float) -> None:
    (found,) = drawn_from(92, until_s=5, held_s=held_s, then=5)
    assert found.start_s == pytest.approx(5.8, abs=0.4)
    assert found.seconds == pytest.approx(held_s, abs=0.5)


@pytest.mark.parametrize(("then", "seconds"), [(92, 6), (5, 18)])
def test_a_step_that_comes_late_deepens_a_hold_unless_the_way_back_ends_where_it_began(
    then: float, seconds: float
) -> None:
    (found,) = drawn_from(92, until_s=13, held_s=6, then=then)
    assert found.seconds == pytest.approx(seconds, abs=1)


def test_a_jerk_further_and_back_does_not_begin_the_hold_anew() -> None:
    def pose(t_s: float) -> Stick:
        return standing(116 if 7 <= t_s < 7.3 else between(5, 100, t_s - 2) if t_s < 11 else between(100, 5, t_s - 11))

    (found,) = ended(follow(HEEL, film(pose, 14)))
    assert found.start_s == pytest.approx(3, abs=0.4)


def test_whoever_has_let_the_leg_down_in_between_holds_anew_where_they_stood_before() -> None:
    """The first time it stood bent by 110 degrees and was drawn to 140; the second time it comes from below, to 112."""

    def pose(t_s: float) -> Stick:
        if t_s < 10:
            return standing(between(110, 140, t_s - 3) if t_s < 9 else between(140, 5, t_s - 9))
        return standing(between(5, 112, t_s - 12) if t_s < 18 else between(112, 5, t_s - 18))

    first, second = ended(follow(HEEL, film(pose, 21)))
    assert [first.seconds, second.seconds] == pytest.approx([5, 5], abs=0.6)


def test_two_moments_in_posture_with_none_between_them_make_no_hold() -> None:
    events = follow(HEEL, film(lambda t_s: standing(120 if 3 <= t_s < 3.3 or 5 <= t_s < 5.3 else 5), 8))
    assert [e for e in events if isinstance(e, Hold | HoldEnded)] == []


def test_a_heel_that_is_let_down_to_just_within_its_line_is_let_go() -> None:
    def pose(t_s: float) -> Stick:
        return standing(between(5, 120, t_s - 2) if t_s < 9 else between(120, 88, t_s - 9) - between(0, 83, t_s - 15))

    (found,) = ended(follow(HEEL, film(pose, 18)))
    assert found.end_s == pytest.approx(9, abs=0.4)


def watched(scene: Scene, *, way_s: float = 0.0, talks_s: float = 0.0, seed: int = 1) -> tuple[HoldEnded, ...]:
    """The holds of a made-up body, each with a way there and back of so long, after so long of talking."""
    told = replace(scene.told(), talks_s=talks_s)
    if way_s:
        slow = [replace(a, tempo=replace(a.tempo, up_s=way_s, down_s=way_s)) for a in told.attempts]
        told = replace(told, attempts=tuple(slow))
    frames = flawed(filmed(told, scene.camera(), scene.fps), Flaws(jitter_m=0.003), chance(seed))
    found = analyse(scene.spec, frames, scene.side, running=False).holds
    assert [t.start_s < h.start_s for h, t in zip(found, takes_of(told), strict=False)] == [True] * len(found)
    return found


@pytest.mark.parametrize("way_s", [1.0, 3.0])
@pytest.mark.parametrize("exercise", ["calf-stretch", "hip-flexor-stretch", "quadriceps-stretch", "side-plank"])
def test_a_slow_way_there_and_back_is_no_part_of_a_hold(exercise: str, way_s: float) -> None:
    found = watched(Scene(exercise=exercise, reps=2, faults=(None, None), fps=12), way_s=way_s)
    assert [h.seconds for h in found] == pytest.approx([6, 6], abs=0.8)


@pytest.mark.parametrize("yaw_deg", [-20.0, 15.0])
@pytest.mark.parametrize("exercise", with_role(Role.HOLD))
def test_who_talks_with_both_hands_in_the_starting_position_holds_nothing(exercise: str, yaw_deg: float) -> None:
    for side in Side:
        assert watched(Scene(exercise=exercise, reps=0, side=side, yaw_deg=yaw_deg, fps=12), talks_s=9) == ()


def test_a_knee_that_gives_while_somebody_talks_stretches_no_calf_and_what_is_held_after_that_is_timed() -> None:
    found = watched(Scene(exercise="calf-stretch", reps=2, fps=12), talks_s=9)
    assert [h.seconds for h in found] == pytest.approx([6, 6], abs=0.8)


def test_who_leans_forward_in_the_hip_flexor_stretch_is_timed_all_the_same() -> None:
    """The hips have moved forward over the knee; a trunk that comes along is a fault, no other exercise."""
    scene = Scene(exercise="hip-flexor-stretch", reps=2, faults=(Fault.TRUNK_LEAN, None), fps=12)
    assert [h.seconds for h in watched(scene, way_s=2)] == pytest.approx([6, 6], abs=0.6)


def test_who_sits_back_on_the_heel_stretches_no_hip() -> None:
    def pose(t_s: float) -> Stick:
        back = between(0, 30, t_s - 3) if t_s < 9 else between(30, 0, t_s - 9)
        return Stick(pose="sitting", thigh=-88 + back, knee=90 + back)

    assert ended(follow(read_spec("hip-flexor-stretch"), film(pose, 13))) == []


@pytest.mark.parametrize("exercise", ["squat", "split-squat"])
def test_who_bends_the_knees_over_feet_that_stand_stretches_no_hip(exercise: str) -> None:
    frames = Scene(exercise=exercise, reps=2, fps=12).poor_film(Flaws())
    assert analyse(read_spec("hip-flexor-stretch"), frames, Side.RIGHT, running=False).holds == ()


def test_a_hold_that_is_cut_off_by_the_films_end_begins_where_the_slow_way_there_was_over() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(pose="lying", raised=between(0, 75, (t_s - 2) / 4))

    state, _ = followed(STRAP, begin(STRAP), film(pose, 8.5))
    (found,) = ended(list(finish(STRAP, state)[1]))
    assert found.start_s == pytest.approx(6, abs=0.5)
    assert found.end_s == pytest.approx(8.5, abs=0.1)


@pytest.mark.parametrize("way_s", [1.0, 3.0])
@pytest.mark.parametrize(
    ("exercise", "fault"),
    [
        ("hip-flexor-stretch", Fault.TRUNK_LEAN),
        ("quadriceps-stretch", Fault.TRUNK_LEAN),
        ("calf-stretch", Fault.HEEL_RISE),
    ],
)
def test_a_fault_of_a_hold_is_told_however_slowly_it_was_gone_into_and_of_no_other(
    exercise: str, fault: Fault, way_s: float
) -> None:
    scene = Scene(exercise=exercise, reps=2, faults=(None, fault), fps=12)
    assert [h.faults for h in watched(scene, way_s=way_s)] == [(), (fault.value,)]


def test_hips_that_come_down_slowly_after_a_plank_are_not_told_to_be_low() -> None:
    def hang(t_s: float) -> float:
        return between(0.07, 0, 2 * (t_s - 2.5)) if t_s < 9 else between(0, 0.07, (t_s - 9) / 4)

    frames = [hips_down(f, hang(f.t_s)) for f in film(lambda _: Stick(pose="lying", yaw=0), 15)]
    assert [h.faults for h in ended(follow(PLANK, frames))] == [()]


@pytest.mark.parametrize("exercise", with_role(Role.HOLD))
def test_a_hold_in_whose_middle_the_film_begins_is_one_and_no_longer_than_it_was(exercise: str) -> None:
    scene = Scene(exercise=exercise, reps=1, fps=12)
    told = replace(scene.told(), after_s=10.0)
    took = replace(told.attempts[0].tempo, hold_s=12.0)
    told = replace(told, attempts=(replace(told.attempts[0], tempo=took),))
    from_s = takes_of(told)[0].peak_s + 1.0
    frames = [f for f in filmed(told, scene.camera(), scene.fps) if f.t_s > from_s]
    for seed in range(4):
        shaken = flawed(frames, Flaws(jitter_m=0.003, bias_m=0.01), chance(seed))
        (found,) = analyse(scene.spec, shaken, scene.side, running=False).holds
        assert 7 < found.seconds < 10.8  # of eleven, in the first of which nobody has been still for long enough yet


@pytest.mark.parametrize("exercise", with_role(Role.HOLD))
def test_a_model_that_finds_nobody_in_one_picture_of_ten_times_a_hold_all_the_same(exercise: str) -> None:
    scene = Scene(exercise=exercise, reps=1, fps=15)
    blinks = [nobody(f.t_s, f.width_px, f.height_px) if n % 10 == 3 else f for n, f in enumerate(scene.film())]
    (found,), (whole,) = (analyse(scene.spec, f, scene.side, running=False).holds for f in (blinks, scene.film()))
    assert found.seconds == pytest.approx(whole.seconds, abs=0.3)
