"""Performances: bodies that do an exercise, and what is known about them."""

import math
from dataclasses import replace
from itertools import pairwise

import pytest

from patella.files.library import own_library, read_movement
from patella.motion.body import Body
from patella.motion.camera import camera_round
from patella.motion.performance import (
    Attempt,
    Fault,
    Moment,
    Performance,
    filmed,
    length_s,
    perform,
    takes_of,
    with_fault,
)
from patella.motion.pose import Joint
from patella.motion.tempo import Tempo

TEMPO = Tempo(up_s=1.0, hold_s=0.5, down_s=1.5, rest_s=0.5)
EXTENSION = read_movement("terminal-knee-extension")
SQUAT = read_movement("squat")


def performance(exercise: str, *attempts: Attempt, side: str = "R", walk_s: float = 0.0) -> Performance:
    return Performance(
        body=Body(), movement=read_movement(exercise), attempts=attempts or (Attempt(tempo=TEMPO),), side=side,
        walk_s=walk_s, still_s=1.0, after_s=1.0,
    )  # fmt: skip


def at_peak(told: Performance) -> Moment:
    take = takes_of(told)[-1]
    return min(perform(told, 8), key=lambda m: abs(m.t_s - (take.peak_s + take.peak_end_s) / 2))


def test_attempts_follow_each_other_at_their_tempo() -> None:
    told = performance("squat", Attempt(tempo=TEMPO), Attempt(tempo=TEMPO, fault=Fault.DROPPED_LOWERING))
    first, second = takes_of(told)
    assert (first.start_s, first.peak_s, first.peak_end_s, first.end_s) == (1.0, 2.0, 2.5, 4.0)
    assert second.start_s == 4.5
    assert second.end_s - second.peak_end_s < 0.6
    assert length_s(told) == second.end_s + 0.5 + 1.0


def test_the_knee_goes_from_the_first_key_pose_to_the_last_and_back() -> None:
    told = performance("terminal-knee-extension")
    moments = list(perform(told, 20))
    knees = [m.knee_flexion_deg("R") for m in moments]
    take = takes_of(told)[0]
    start, end = (EXTENSION.poses[name].values["knee.R"] for name in ("start", "end"))
    for moment, knee in zip(moments, knees, strict=True):
        if moment.t_s <= take.start_s or moment.t_s >= take.end_s:
            assert knee == pytest.approx(start)
        if take.peak_s <= moment.t_s <= take.peak_end_s:
            assert knee == pytest.approx(end, abs=0.1)
    assert moments[0].t_s == 0
    assert moments[-1].t_s == pytest.approx(length_s(told), abs=0.05)


def test_the_other_side_is_the_mirror_image() -> None:
    right, left = (at_peak(performance("terminal-knee-extension", side=s)) for s in "RL")
    assert left.knee_flexion_deg("L") == right.knee_flexion_deg("R")
    x, y, z = right.points[Joint.RIGHT_HEEL]
    assert left.points[Joint.LEFT_HEEL] == pytest.approx((-x, y, z))
    lying = [at_peak(performance("side-lying-hip-abduction", side=s)) for s in "RL"]
    x, y, z = lying[0].points[Joint.RIGHT_ANKLE]
    assert lying[1].points[Joint.LEFT_ANKLE] == pytest.approx((-x, y, z))


def test_a_shallow_attempt_goes_a_third_of_the_way() -> None:
    deep, shallow = (at_peak(performance("squat", Attempt(tempo=TEMPO, fault=f))) for f in (None, Fault.SHALLOW))
    start = SQUAT.poses["start"].values["knee.R"]
    whole = (deep.knee_flexion_deg("R") or 0) - start
    assert 0.3 < ((shallow.knee_flexion_deg("R") or 0) - start) / whole < 0.4


def test_a_rising_heel_leaves_the_floor_and_the_ball_of_the_foot_stays() -> None:
    plain, risen = (
        at_peak(performance("terminal-knee-extension", Attempt(tempo=TEMPO, fault=f))) for f in (None, Fault.HEEL_RISE)
    )
    assert risen.points[Joint.RIGHT_HEEL][2] - plain.points[Joint.RIGHT_HEEL][2] == pytest.approx(0.045, abs=0.005)
    assert risen.points[Joint.RIGHT_FOOT_INDEX][2] == pytest.approx(plain.points[Joint.RIGHT_FOOT_INDEX][2], abs=0.01)


def test_an_overstretched_knee_bends_backwards() -> None:
    told = performance("terminal-knee-extension", Attempt(tempo=TEMPO, fault=Fault.HYPEREXTENSION))
    assert (at_peak(told).knee_flexion_deg("R") or 0) < -7


@pytest.mark.parametrize(("fault", "least_deg"), [(Fault.TRUNK_LEAN, 8), (Fault.TRUNK_LEAN_BACK, -8)])
def test_a_trunk_leans_forward_or_back(fault: Fault, least_deg: float) -> None:
    def lean(moment: Moment) -> float:
        (_, hy, hz), (_, sy, sz) = moment.points[Joint.RIGHT_HIP], moment.points[Joint.RIGHT_SHOULDER]
        return math.degrees(math.atan2(hy - sy, sz - hz))

    exercise = "kettlebell-knee-extension"
    plain, leaning = (at_peak(performance(exercise, Attempt(tempo=TEMPO, fault=f))) for f in (None, fault))
    assert (lean(leaning) - lean(plain)) / least_deg > 1


def test_a_bent_knee_a_lagging_knee_a_lifted_thigh_and_another_leg_are_what_they_say() -> None:
    def pose(exercise: str, fault: Fault) -> tuple[dict[str, float], dict[str, float]]:
        both = [at_peak(performance(exercise, Attempt(tempo=TEMPO, fault=f))).pose for f in (None, fault)]
        return both[0] or {}, both[1] or {}

    plain, wrong = pose("strap-stretch", Fault.KNEE_BEND)
    assert wrong["knee.R"] - plain["knee.R"] > 20
    plain, wrong = pose("straight-leg-raise", Fault.KNEE_LAG)
    assert wrong["knee.R"] - plain["knee.R"] > 15
    plain, wrong = pose("kettlebell-knee-extension", Fault.THIGH_NOT_HORIZONTAL)
    assert wrong["hip.R"] - plain["hip.R"] > 10
    plain, wrong = pose("strap-stretch", Fault.OTHER_LEG_LIFTS)
    assert wrong["hip.L"] - plain.get("hip.L", 0) > 20


def test_faults_of_range_and_tempo_leave_the_movement_as_it_is() -> None:
    assert with_fault(SQUAT, Fault.SHALLOW) is SQUAT
    assert with_fault(SQUAT, Fault.DROPPED_LOWERING) is SQUAT
    assert with_fault(SQUAT, None) is SQUAT


def test_who_walks_in_moves_through_the_picture_without_a_jump() -> None:
    told = performance("terminal-knee-extension", walk_s=2.0)
    moments = list(perform(told, 30))
    assert moments[0].pose is None
    assert moments[0].knee_flexion_deg("R") is None
    assert moments[-1].pose is not None
    hips = [m.points[Joint.RIGHT_HIP] for m in moments]
    assert math.dist(hips[0], hips[-1]) > 1.5
    assert max(math.dist(a, b) for a, b in pairwise(hips)) < 0.08


def test_without_attempts_the_body_only_keeps_still() -> None:
    told = Performance(body=Body(), movement=SQUAT, attempts=(), still_s=1.0, after_s=1.0)
    places = {m.points for m in perform(told, 10)}
    assert len(places) == 1
    assert length_s(told) == 2.0


@pytest.mark.parametrize("exercise", sorted(own_library().exercises))
def test_every_exercise_can_be_performed_and_filmed_without_a_jump(exercise: str) -> None:
    tempo = replace(read_movement(exercise).tempo, hold_s=0.5, rest_s=0.5)
    told = performance(exercise, Attempt(tempo=tempo), side="L")
    frames = list(filmed(told, camera_round((0.0, 0.0, 0.7), 20), 8))
    assert all(f.people == 1 and all(map(math.isfinite, (*f.image, *f.world))) for f in frames)
    points = [m.points for m in perform(told, 10)]
    fastest = max(math.dist(a, b) * 10 for p, q in pairwise(points) for a, b in zip(p, q, strict=True))
    assert fastest < 4  # metres a second


def test_who_comes_up_walks_picks_something_up_stands_and_talks_before_the_first_attempt() -> None:
    told = replace(performance("terminal-knee-extension", walk_s=2.0), picks_up=True, talks_s=4.0)
    moments = list(perform(told, 10))
    lowest = min(m.points[Joint.NOSE][2] for m in moments if m.t_s < told.upright_s)
    tall = [m for m in moments if told.upright_s - 1 < m.t_s < told.upright_s]
    talks = [m for m in moments if told.placed_s + 1 < m.t_s < told.placed_s + told.talks_s]
    assert lowest < 0.6 * min(m.points[Joint.NOSE][2] for m in tall)
    hands = [m.points[Joint.RIGHT_WRIST][2] for m in talks]
    assert max(hands) - min(hands) > 0.15
    assert takes_of(told)[0].start_s == pytest.approx(told.placed_s + 4.0 + 1.0)


def test_feet_stay_where_they_are_while_something_is_picked_up() -> None:
    told = replace(performance("terminal-knee-extension"), picks_up=True)
    feet = [m.points[Joint.RIGHT_ANKLE] for m in perform(told, 10) if m.t_s < told.upright_s]
    for axis in (1, 2):
        assert max(p[axis] for p in feet) - min(p[axis] for p in feet) < 0.03
