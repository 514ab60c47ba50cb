"""Flaws: the same body as a worse and worse pose model sees it."""

import statistics
from itertools import pairwise
from random import Random

import pytest

from patella.motion.body import Body
from patella.motion.camera import camera_round, landmarks_of, nobody
from patella.motion.flaws import Draw, Flaws, flawed, in_a_mirror, swapped
from patella.motion.pose import Joint, PoseFrame

NONE = Flaws(jitter_m=0, drift_m=0, bias_m=0)
CAMERA = camera_round((0.0, 0.0, 0.9), 30)
POINTS = landmarks_of(Body().posture({"pz": 0.9, "knee.L": 40}))
STILL = [CAMERA.sees(POINTS, i / 30) for i in range(300)]


def chance(seed: int) -> Draw:
    return Random(seed).random  # noqa: S311 - a repeatable sequence, not a secret


def seen(flaws: Flaws, seed: int = 1) -> list[PoseFrame]:
    return list(flawed(STILL, flaws, chance(seed)))


def knee_x(frames: list[PoseFrame]) -> list[float]:
    return [f.image[4 * Joint.LEFT_KNEE] for f in frames if f.image]


def test_a_model_without_flaws_changes_nothing() -> None:
    assert seen(NONE) == STILL


def test_the_same_draws_give_the_same_frames_and_others_give_others() -> None:
    assert seen(Flaws(), 5) == seen(Flaws(), 5)
    assert seen(Flaws(), 5) != seen(Flaws(), 6)


def test_jitter_shakes_about_the_true_place_by_its_size() -> None:
    shaken = knee_x(seen(Flaws(jitter_m=0.01, drift_m=0, bias_m=0)))
    picture_m = 640 / 480 * 2 * 2.9 * 0.3443  # width of the picture at the body: 2.9 m away, 38 degrees high
    assert statistics.mean(shaken) == pytest.approx(STILL[0].image[4 * Joint.LEFT_KNEE], abs=0.001)
    assert statistics.stdev(shaken) == pytest.approx(0.01 / picture_m, rel=0.2)


def test_bias_moves_a_joint_for_good_and_drift_slowly() -> None:
    biased = knee_x(seen(Flaws(jitter_m=0, drift_m=0, bias_m=0.02)))
    assert max(biased) - min(biased) < 1e-9
    assert biased[0] != STILL[0].image[4 * Joint.LEFT_KNEE]
    drifting = knee_x(seen(Flaws(jitter_m=0, drift_m=0.02, bias_m=0)))
    steps = [abs(b - a) for a, b in pairwise(drifting)]
    assert max(steps) < (max(drifting) - min(drifting)) / 2


def test_dropped_frames_never_arrive() -> None:
    left = seen(Flaws(jitter_m=0, drift_m=0, bias_m=0, dropped=0.2))
    assert 210 < len(left) < 270
    assert {f.t_s for f in left} <= {f.t_s for f in STILL}


def test_lost_joints_come_back_and_a_lost_body_is_nobody() -> None:
    joints = seen(Flaws(lost_joints_hz=0.5))
    gone = [f.image[4 * Joint.LEFT_KNEE + 3] < 0.1 for f in joints]
    assert 0 < sum(gone) < len(gone)
    bodies = seen(Flaws(lost_body_hz=0.5))
    assert 0 < sum(not f.image for f in bodies) < len(bodies)
    assert all(f == nobody(f.t_s) for f in bodies if not f.image)
    assert list(flawed([nobody(0.0)], Flaws(), chance(1))) == [nobody(0.0)]


def test_swapped_sides_change_names_and_not_places() -> None:
    frame = swapped(STILL[0])
    left, right = 4 * Joint.LEFT_KNEE, 4 * Joint.RIGHT_KNEE
    assert frame.image[left : left + 4] == STILL[0].image[right : right + 4]
    assert swapped(frame) == STILL[0]
    mixed = seen(Flaws(jitter_m=0, drift_m=0, bias_m=0, swapped_sides_hz=0.5))
    assert {STILL[0].image, frame.image} == {f.image for f in mixed}


def test_a_mirror_turns_the_picture_and_the_names() -> None:
    frame = in_a_mirror(STILL[0])
    left, right = 4 * Joint.LEFT_KNEE, 4 * Joint.RIGHT_KNEE
    assert frame.image[left] == 1 - STILL[0].image[right]
    assert frame.image[left + 1 : left + 4] == STILL[0].image[right + 1 : right + 4]
    assert in_a_mirror(frame).image == pytest.approx(STILL[0].image)
    assert in_a_mirror(nobody(1.0)) == nobody(1.0)
