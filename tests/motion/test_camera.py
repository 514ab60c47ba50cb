"""The camera: where a body's landmarks are in its picture."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patella.motion.body import Body
from patella.motion.camera import Camera, camera_round, landmarks_of, nobody
from patella.motion.pose import Joint, PoseFrame

STANDING = landmarks_of(Body().posture({"pz": 0.9}))
HIP_M = (0.0, 0.0, 0.9)


def spot(frame: PoseFrame, joint: Joint) -> tuple[float, float]:
    return frame.image[4 * joint], frame.image[4 * joint + 1]


def visibility(frame: PoseFrame, joint: Joint) -> float:
    return frame.image[4 * joint + 3]


def test_what_the_camera_looks_at_is_in_the_middle_of_the_picture() -> None:
    left, right = (spot(camera_round(HIP_M, 0).sees(STANDING, 0.0), j) for j in (Joint.LEFT_HIP, Joint.RIGHT_HIP))
    assert (left[0] + right[0]) / 2 == pytest.approx(0.5)
    assert (left[1] + right[1]) / 2 == pytest.approx(0.5)


def test_from_the_front_the_subjects_left_is_on_the_right_of_the_picture_and_the_head_above_the_feet() -> None:
    frame = camera_round(HIP_M, 0).sees(STANDING, 0.0)
    assert spot(frame, Joint.LEFT_SHOULDER)[0] > spot(frame, Joint.RIGHT_SHOULDER)[0]
    assert spot(frame, Joint.NOSE)[1] < spot(frame, Joint.LEFT_HEEL)[1]


def test_from_the_right_side_the_picture_faces_right() -> None:
    frame = camera_round(HIP_M, 90).sees(STANDING, 0.0)
    assert spot(frame, Joint.NOSE)[0] > spot(frame, Joint.RIGHT_EAR)[0]
    assert spot(frame, Joint.RIGHT_FOOT_INDEX)[0] > spot(frame, Joint.RIGHT_HEEL)[0]


def test_the_far_leg_is_hidden_behind_the_near_one_and_the_near_one_is_not() -> None:
    frame = camera_round(HIP_M, 90).sees(STANDING, 0.0)
    assert visibility(frame, Joint.RIGHT_KNEE) > 0.9
    assert visibility(frame, Joint.LEFT_KNEE) < 0.6
    assert visibility(frame, Joint.LEFT_HIP) > 0.9  # a pose model never doubts a hip
    assert visibility(camera_round(HIP_M, -90).sees(STANDING, 0.0), Joint.LEFT_KNEE) > 0.9


def test_a_joint_outside_the_picture_is_not_visible_and_a_body_outside_is_nobody() -> None:
    close = camera_round(HIP_M, 90, distance_m=0.9, rise_m=0.0).sees(STANDING, 0.0)
    assert visibility(close, Joint.RIGHT_HIP) > 0.9
    assert visibility(close, Joint.NOSE) < 0.1
    away = camera_round((9.0, 9.0, 0.9), 0)
    assert away.sees(STANDING, 3.5) == nobody(3.5)


def test_the_nearer_side_has_the_smaller_depth_in_the_picture_and_in_the_world() -> None:
    frame = camera_round(HIP_M, 90).sees(STANDING, 0.0)
    near, far = Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER
    assert frame.image[4 * near + 2] < 0 < frame.image[4 * far + 2]
    assert frame.world[3 * near + 2] < 0 < frame.world[3 * far + 2]


def test_a_wider_picture_makes_the_same_body_narrower_in_fractions_but_not_in_pixels() -> None:
    narrow = camera_round(HIP_M, 30)
    wide = Camera(eye_m=narrow.eye_m, at_m=narrow.at_m, width_px=1280, height_px=720)
    for joint in (Joint.LEFT_WRIST, Joint.RIGHT_HEEL):
        (x, y), (wx, wy) = spot(narrow.sees(STANDING, 0), joint), spot(wide.sees(STANDING, 0), joint)
        assert wy == pytest.approx(y)
        assert (wx - 0.5) * 1280 / 720 == pytest.approx((x - 0.5) * 640 / 480)


def test_a_tilted_camera_turns_the_picture_round_its_middle() -> None:
    level = camera_round(HIP_M, 0)
    tilted = Camera(eye_m=level.eye_m, at_m=level.at_m, tilt_deg=90)
    x, y = spot(level.sees(STANDING, 0), Joint.NOSE)
    u, v = spot(tilted.sees(STANDING, 0), Joint.NOSE)
    aspect = 640 / 480
    assert ((u - 0.5) * aspect, v - 0.5) == pytest.approx((y - 0.5, -(x - 0.5) * aspect), abs=1e-9)


@given(
    st.floats(-180, 180), st.floats(1.5, 6), st.floats(-0.8, 1.5), st.floats(-20, 20), st.sampled_from([1.3, 1.72, 2.1])
)
@settings(max_examples=40)
def test_world_landmarks_keep_every_length_of_the_body(
    azimuth: float, distance: float, rise: float, tilt: float, stature: float
) -> None:
    points = landmarks_of(Body(stature_m=stature).posture({"pz": 0.9, "knee.L": 70, "hip.R": 40, "sh.L": 120}))
    level = camera_round(HIP_M, azimuth, distance_m=distance, rise_m=rise)
    frame = Camera(eye_m=level.eye_m, at_m=level.at_m, tilt_deg=tilt).sees(points, 0.0)
    for a, b in ((Joint.LEFT_HIP, Joint.LEFT_KNEE), (Joint.RIGHT_ANKLE, Joint.NOSE)):
        seen = math.dist(frame.world[3 * a : 3 * a + 3], frame.world[3 * b : 3 * b + 3])
        assert seen == pytest.approx(math.dist(points[a], points[b]))
    assert all(math.isfinite(v) for v in (*frame.image, *frame.world))
