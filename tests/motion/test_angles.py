"""Angles of bodies whose angles are known exactly, whichever way they face and whatever shape the picture has."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion.stick import HEIGHT, WIDTH, Stick
from patella.motion.angles import (
    MEASURES,
    Measure,
    dorsiflexion_deg,
    facing,
    knee_flexion_deg,
    measured,
    turn_deg,
    yaw_deg,
)

ASPECT = WIDTH / HEIGHT
EXACT = 1e-6
NUMBERS = st.floats(-2, 3)
senses = pytest.mark.parametrize("sense", [1, -1])


def read(measure: Measure, stick: Stick) -> float:
    value = measured(measure, stick.frame(0).image, ASPECT, stick.near, float(stick.facing))
    assert value is not None
    return value


def front(**spots: tuple[float, float]) -> Sequence[float]:
    """A body from the front: shoulders, hips, knees as LEFT/RIGHT spots in heights of the picture."""
    image = [0.5, 0.5, 0.0, 1.0] * 33
    joints = {"shoulder": 11, "hip": 23, "knee": 25, "ankle": 27, "heel": 29, "toe": 31}
    for name, (x, y) in spots.items():
        part, side = name.split("_")
        at = 4 * (joints[part] + (side == "r"))
        image[at], image[at + 1] = x / ASPECT, y
    return image


STANDING = {
    "shoulder_l": (0.8, 0.3), "shoulder_r": (0.5, 0.3), "hip_l": (0.72, 0.6), "hip_r": (0.58, 0.6),
    "knee_l": (0.72, 0.8), "knee_r": (0.58, 0.8),
}  # fmt: skip


@senses
@pytest.mark.parametrize("flexion", [-10, 0, 5, 35, 90, 140])
def test_the_knee_is_0_straight_positive_bent_and_negative_beyond_straight(flexion: float, sense: int) -> None:
    assert read(Measure.KNEE_FLEXION, Stick(knee=flexion, facing=sense)) == pytest.approx(flexion, abs=EXACT)
    sitting = Stick(pose="sitting", knee=flexion, facing=sense)
    assert read(Measure.KNEE_FLEXION, sitting) == pytest.approx(flexion, abs=EXACT)
    lying = Stick(pose="lying", knee=flexion, raised=20, facing=sense)
    assert read(Measure.KNEE_FLEXION, lying) == pytest.approx(flexion, abs=EXACT)


@senses
def test_the_trunk_leans_forward_positively_and_lies_at_minus_90_on_the_back(sense: int) -> None:
    assert read(Measure.TRUNK_LEAN, Stick(lean=12, facing=sense)) == pytest.approx(12, abs=EXACT)
    assert read(Measure.TRUNK_LEAN, Stick(lean=-8, facing=sense)) == pytest.approx(-8, abs=EXACT)
    assert read(Measure.TRUNK_LEAN, Stick(pose="lying", facing=sense)) == pytest.approx(-90, abs=EXACT)


@senses
def test_the_hip_is_flexed_against_the_trunk(sense: int) -> None:
    assert read(Measure.HIP_FLEXION, Stick(pose="sitting", knee=90, facing=sense)) == pytest.approx(90, abs=EXACT)
    assert read(Measure.HIP_FLEXION, Stick(lean=10, facing=sense)) == pytest.approx(10, abs=EXACT)
    assert read(Measure.LEG_RAISE, Stick(pose="lying", raised=40, facing=sense)) == pytest.approx(40, abs=EXACT)
    both = Stick(pose="lying", raised=40, far_raised=5, facing=sense)
    assert read(Measure.LEGS_RAISE, both) == pytest.approx(45, abs=EXACT)


def test_segments_are_told_against_the_horizon() -> None:
    assert read(Measure.THIGH_INCLINATION, Stick(pose="sitting", thigh=15, knee=90)) == pytest.approx(15, abs=EXACT)
    assert read(Measure.THIGH_INCLINATION, Stick()) == pytest.approx(-90, abs=EXACT)
    assert read(Measure.SHIN_INCLINATION, Stick(knee=20)) == pytest.approx(-80, abs=EXACT)
    assert read(Measure.LEG_INCLINATION, Stick()) == pytest.approx(-90, abs=EXACT)


def test_a_knee_that_gives_a_little_hardly_changes_how_the_leg_stands() -> None:
    straight, bent = (Stick(pose="sitting", thigh=thigh, knee=knee) for thigh, knee in ((-60, 0), (-54, 12)))
    assert read(Measure.LEG_INCLINATION, straight) == pytest.approx(-60, abs=EXACT)
    assert read(Measure.LEG_INCLINATION, bent) == pytest.approx(-60, abs=0.5)


@senses
def test_the_foot_is_square_to_the_shin_at_0_and_drawn_up_positively(sense: int) -> None:
    assert read(Measure.DORSIFLEXION, Stick(knee=20, facing=sense)) == pytest.approx(10, abs=EXACT)
    assert read(Measure.DORSIFLEXION, Stick(pose="sitting", knee=90, facing=sense)) == pytest.approx(0, abs=EXACT)
    pointed = ((0.0, 0.0), (sense * math.sin(math.radians(30)), math.cos(math.radians(30))))
    assert dorsiflexion_deg((0, -1), (0, 0), pointed, sense) == pytest.approx(-60, abs=EXACT)
    far_down = ((0.0, 0.0), (-sense * math.sin(math.radians(10)), math.cos(math.radians(10))))
    assert dorsiflexion_deg((0, -1), (0, 0), far_down, sense) == pytest.approx(-100, abs=EXACT)


def test_a_heel_that_rises_is_told_in_parts_of_the_shin() -> None:
    assert read(Measure.HEEL_RISE, Stick()) == pytest.approx(0, abs=EXACT)
    assert read(Measure.HEEL_RISE, Stick(heel=0.02)) == pytest.approx(0.1, abs=EXACT)
    assert read(Measure.FOOT_TILT, Stick(heel=0.11)) == pytest.approx(45, abs=EXACT)


def test_from_the_front_the_thigh_moves_away_from_the_other_leg_positively() -> None:
    for side, out in ((0, 0.2 * math.tan(math.radians(30))), (1, -0.2 * math.tan(math.radians(30)))):
        name = "knee_r" if side else "knee_l"
        spots = STANDING | {name: (STANDING[name][0] + out, 0.8)}
        image = front(**spots)
        assert measured(Measure.ABDUCTION, image, ASPECT, side, 1) == pytest.approx(30, abs=0.01)
        assert measured(Measure.ABDUCTION, image, ASPECT, 1 - side, 1) == pytest.approx(0, abs=0.01)


def test_from_the_front_gaps_are_told_in_parts_of_the_body() -> None:
    image = front(**STANDING)
    assert measured(Measure.KNEE_GAP, image, ASPECT, 0, 1) == pytest.approx(1)
    assert measured(Measure.KNEE_SPREAD, image, ASPECT, 0, 1) == pytest.approx(0.14 / 0.3)
    assert measured(Measure.HIP_ROLL, image, ASPECT, 0, 1) == pytest.approx(0.14 / 0.3)
    assert measured(Measure.SITTING_HEIGHT, image, ASPECT, 0, 1) == pytest.approx(1)
    assert measured(Measure.SIDE_LEAN, image, ASPECT, 0, 1) == pytest.approx(0, abs=EXACT)


def test_hips_below_the_line_from_shoulder_to_knee_hang_and_above_it_do_not() -> None:
    spots = {"shoulder_l": (0.2, 0.6), "knee_l": (0.8, 0.6)}
    low, high = front(**spots, hip_l=(0.5, 0.63)), front(**spots, hip_l=(0.5, 0.54))
    assert measured(Measure.BODY_LINE, low, ASPECT, 0, 1) == pytest.approx(0.05)
    assert measured(Measure.BODY_LINE, high, ASPECT, 0, 1) == pytest.approx(-0.1)
    upright = front(shoulder_l=(0.5, 0.2), hip_l=(0.52, 0.5), knee_l=(0.5, 0.8))
    assert measured(Measure.BODY_LINE, upright, ASPECT, 0, 1) == pytest.approx(0)


@senses
@pytest.mark.parametrize("pose", ["standing", "sitting", "lying"])
def test_the_way_somebody_faces_is_seen_in_every_position(pose: str, sense: int) -> None:
    bent = Stick(pose=pose, knee=30, far_knee=30, facing=sense)
    assert facing(bent.frame(0).image, ASPECT) * sense > 1


def test_without_joints_there_is_no_evidence_for_a_direction() -> None:
    assert facing([0.5, 0.5, 0.0, 0.0] * 33, ASPECT) == 0
    assert facing([0.5, 0.5, 0.0, 1.0] * 33, ASPECT) == 0
    headless = list(Stick().frame(0).image)
    for joint in (0, 7):
        headless[4 * joint + 3] = 0.0
    assert facing(headless, ASPECT) > 0


@pytest.mark.parametrize("yaw", [0, 15, 30, 90, 150])
def test_the_world_landmarks_say_how_far_somebody_is_turned(yaw: float) -> None:
    assert abs(yaw_deg(Stick(yaw=yaw).frame(0).world)) == pytest.approx(yaw, abs=EXACT)


@pytest.mark.parametrize("measure", Measure)
def test_what_is_not_seen_is_not_known(measure: Measure) -> None:
    unseen = [0.5, 0.5, 0.0, 0.2] * 33
    assert measured(measure, unseen, ASPECT, 0, 1) is None


@pytest.mark.parametrize("measure", Measure)
@given(values=st.lists(NUMBERS, min_size=66, max_size=66), side=st.sampled_from([0, 1]))
def test_any_picture_gives_a_number_or_nothing(measure: Measure, values: list[float], side: int) -> None:
    image = [n for x, y in zip(values[::2], values[1::2], strict=True) for n in (x, y, 0.0, 1.0)]
    value = measured(measure, image, ASPECT, side, 1.0)
    assert value is None or math.isfinite(value)


def test_a_body_in_one_point_has_no_gaps() -> None:
    point = [0.5, 0.5, 0.0, 1.0] * 33
    for measure in (Measure.KNEE_GAP, Measure.KNEE_SPREAD, Measure.SITTING_HEIGHT, Measure.HEEL_RISE):
        assert measured(measure, point, ASPECT, 0, 1) is None


def test_the_trunk_is_the_line_along_one_side_where_one_shoulder_is_hidden() -> None:
    def leg(hidden: int) -> float:
        image = [0.0, 0.0, 0.0, 1.0] * 33
        spots = {11: (0.3, 0.4), 12: (0.3, 0.6), 23: (0.6, 0.43), 24: (0.6, 0.57), 25: (0.8, 0.3), 26: (0.8, 0.57)}
        for joint, (x, y) in spots.items():
            image[4 * joint : 4 * joint + 4] = [x, y, 0.0, 0.1 if joint == hidden else 0.9]
        found = measured(Measure.ABDUCTION, image, 1.0, 0, 1.0)
        assert found is not None
        return found

    assert [leg(11), leg(12)] == pytest.approx([leg(0)] * 2, abs=7), "not from one shoulder to between the hips"


def test_one_of_a_pair_is_enough_for_the_middle() -> None:
    stick = Stick(lean=20)
    image = list(stick.frame(0).image)
    whole = measured(Measure.SIDE_LEAN, image, ASPECT, 0, 1)
    image[4 * (12 - stick.near) + 3] = 0.0
    image[4 * (24 - stick.near) + 3] = 0.0
    assert measured(Measure.SIDE_LEAN, image, ASPECT, 0, 1) == pytest.approx(whole)


@given(st.floats(-179, 179), st.floats(0.01, 10), st.floats(0.01, 10))
def test_a_turn_is_the_angle_between_two_directions(angle: float, a: float, b: float) -> None:
    turned = turn_deg(a, 0, b * math.cos(math.radians(angle)), b * math.sin(math.radians(angle)))
    assert turned == pytest.approx(angle, abs=1e-6)
    assert turn_deg(0, 0, 1, 0) == 0


def test_points_of_markers_give_the_same_angles_as_landmarks() -> None:
    assert knee_flexion_deg((0, 0), (0, 1), (-math.sin(math.radians(25)), 1 + math.cos(math.radians(25)))) == (
        pytest.approx(25)
    )


def test_every_measure_can_be_taken() -> None:
    assert set(MEASURES) == set(Measure)
