import math

import pytest

from motion.rehearsal import movement_of, spec_of, with_role
from patella.motion.body import Body
from patella.motion.ghost import JOINTS, LIMBS, STEPS, Ghost, ghost_of
from patella.motion.pose import Joint
from patella.motion.spec import Role

EXTENSION = "terminal-knee-extension"
WATCHED = with_role(Role.REPS, Role.HOLD, Role.POSTURE)


def _ghost(exercise: str, side: str = "right") -> Ghost:
    ghost = ghost_of(spec_of(exercise), movement_of(exercise), side)
    assert ghost is not None
    return ghost


def _at(ghost: Ghost, frame: int, joint: Joint) -> tuple[float, float]:
    return ghost.frames[frame][JOINTS.index(joint)]


def _seen_m(ghost: Ghost, frame: int, a: Joint, b: Joint) -> float:
    return math.dist(_at(ghost, frame, a), _at(ghost, frame, b))


@pytest.mark.parametrize("exercise", WATCHED)
def test_its_limbs_are_those_of_the_body_and_never_seen_longer(exercise: str) -> None:
    """Thigh and shin of Winter's adult; a picture can only make them shorter."""
    ghost = _ghost(exercise)
    length = dict(zip(LIMBS, ghost.lengths_m, strict=True))
    stature_m = Body().stature_m
    assert length[Joint.RIGHT_HIP, Joint.RIGHT_KNEE] == pytest.approx(0.245 * stature_m)
    assert length[Joint.LEFT_KNEE, Joint.LEFT_ANKLE] == pytest.approx(0.246 * stature_m)
    stiff = [limb for limb in LIMBS if {Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER}.isdisjoint(limb)]
    for n in range(len(ghost.frames)):
        assert all(_seen_m(ghost, n, a, b) <= length[a, b] + 1e-6 for a, b in stiff)


def test_from_the_side_a_leg_that_moves_in_that_plane_keeps_its_length() -> None:
    ghost = _ghost(EXTENSION)
    seen = [_seen_m(ghost, n, Joint.RIGHT_KNEE, Joint.RIGHT_ANKLE) for n in range(len(ghost.frames))]
    assert min(seen) > 0.98 * 0.246 * Body().stature_m


def test_it_bends_the_knee_as_the_exercise_does() -> None:
    """From bent to straight and back: the angle at the knee, taken from the flat picture."""
    ghost = _ghost(EXTENSION)
    bent, straight, again = (_knee_deg(ghost, n) for n in (0, STEPS, len(ghost.frames) - 1))
    poses = movement_of(EXTENSION).poses
    assert straight == pytest.approx(poses["end"].values["knee.R"], abs=3)
    assert bent > straight + 25
    assert again == pytest.approx(bent, abs=0.5)
    assert len(ghost.frames) == 2 * STEPS + 1


def _knee_deg(ghost: Ghost, frame: int) -> float:
    hip, knee, ankle = (_at(ghost, frame, j) for j in (Joint.RIGHT_HIP, Joint.RIGHT_KNEE, Joint.RIGHT_ANKLE))
    thigh, shin = math.atan2(hip[1] - knee[1], hip[0] - knee[0]), math.atan2(ankle[1] - knee[1], ankle[0] - knee[0])
    return abs(180 - math.degrees(abs(thigh - shin)) % 360)


@pytest.mark.parametrize(("side", "way"), [("right", 1), ("left", -1)])
def test_the_working_leg_is_beside_the_camera(side: str, way: int) -> None:
    """With the right side towards the camera one looks to the right of the picture, with the left one to its left."""
    ghost = _ghost(EXTENSION, side)
    heel, toe = (_at(ghost, 0, Joint[f"{side.upper()}_{name}"]) for name in ("HEEL", "FOOT_INDEX"))
    assert way * (toe[0] - heel[0]) > 0.1
    assert [j.name for j in ghost.planted] == [f"{side.upper()}_ANKLE"]
    assert _at(ghost, 0, Joint.LEFT_EAR)[1] < _at(ghost, 0, Joint.LEFT_HEEL)[1]


def test_the_other_leg_is_the_same_in_a_mirror() -> None:
    right, left = _ghost(EXTENSION), _ghost(EXTENSION, "left")
    for n in (0, 5, STEPS):
        x, y = _at(right, n, Joint.RIGHT_KNEE)
        assert _at(left, n, Joint.LEFT_KNEE) == (-x, y)


def test_from_the_front_left_is_on_the_right_of_the_picture() -> None:
    ghost = _ghost("medicine-ball-squeeze")
    assert _at(ghost, 0, Joint.LEFT_HIP)[0] > _at(ghost, 0, Joint.RIGHT_HIP)[0] + 0.1
    assert len(ghost.planted) == 2


@pytest.mark.parametrize("exercise", with_role(Role.REPS))
def test_what_is_planted_stays(exercise: str) -> None:
    ghost = _ghost(exercise)
    for joint in ghost.planted:
        places = [_at(ghost, n, joint) for n in range(len(ghost.frames))]
        assert max(math.dist(places[0], p) for p in places) < 0.12


@pytest.mark.parametrize("exercise", with_role(Role.MIRROR))
def test_where_nothing_is_watched_there_is_none(exercise: str) -> None:
    assert ghost_of(spec_of(exercise), movement_of(exercise), "both") is None
