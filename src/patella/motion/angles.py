"""What is measured in one picture: joint and segment angles, heights and gaps, from the landmarks in the image plane.

Conventions, said once. Angles are those of a goniometer in degrees: a straight knee is 0, flexed is positive, and
hyperextended is negative. Pictures are corrected for their shape (x times width over height) before any angle is
taken; y grows downwards. The sign of a bend seen from the side depends on which way the person faces: `sense` is +1
for somebody who stands, sits or walks facing the right edge of the picture, or lies so that turning the picture makes
it so (on the back with the head at the left edge), and -1 for the other way. The right side of the body is then the
near one for +1, the left one for -1.

Sagittal angles come from the picture and not from the model's world landmarks: those were two to four times worse on
bodies whose angles are known. Every measure answers None when one of its joints is not seen.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from enum import StrEnum

from patella.motion.pose import Joint

SEEN = 0.5  # the visibility from which a joint counts as seen,
KEPT = 0.4  # and down to which one that was seen still does: knees of lying bodies keep about SEEN for seconds
_DEG = 180.0 / math.pi
_FOOT = 0.3  # of the shin: a foot that is seen from the side is half as long
Point = tuple[float, float]
Reading = float | None
Reader = Callable[[Sequence[float], float, int, float], Reading]


class Measure(StrEnum):
    """Everything that a camera definition can ask for. Angles are degrees, the others say what they are a part of."""

    KNEE_FLEXION = "knee_flexion"
    HIP_FLEXION = "hip_flexion"
    LEG_RAISE = "leg_raise"
    LEGS_RAISE = "legs_raise"
    THIGH_INCLINATION = "thigh_inclination"
    SHIN_INCLINATION = "shin_inclination"
    LEG_INCLINATION = "leg_inclination"
    TRUNK_LEAN = "trunk_lean"
    DORSIFLEXION = "dorsiflexion"
    FOOT_TILT = "foot_tilt"
    HEEL_RISE = "heel_rise"
    ABDUCTION = "abduction"
    BODY_LINE = "body_line"
    SIDE_LEAN = "side_lean"
    HIP_ROLL = "hip_roll"
    KNEE_SPREAD = "knee_spread"
    KNEE_GAP = "knee_gap"
    SITTING_HEIGHT = "sitting_height"
    KNEE_LIFT = "knee_lift"
    HIP_DROP = "hip_drop"
    SHIN_DROP = "shin_drop"


SHARES = frozenset(
    {Measure.HEEL_RISE, Measure.BODY_LINE, Measure.HIP_ROLL, Measure.KNEE_SPREAD}
    | {Measure.KNEE_GAP, Measure.SITTING_HEIGHT, Measure.KNEE_LIFT, Measure.HIP_DROP, Measure.SHIN_DROP}
)
"""The measures that are parts of a length; all others are degrees."""


def turn_deg(ax: float, ay: float, bx: float, by: float) -> float:
    """Degrees by which direction a must turn to become b, from x towards y: -180 to 180; 0 where one has no length."""
    return math.atan2(ax * by - ay * bx, ax * bx + ay * by) * _DEG


def knee_flexion_deg(hip: Point, knee: Point, ankle: Point, sense: float = 1.0) -> float:
    """Flexion of a knee from three points with y downwards: 0 straight, positive flexed, negative hyperextended."""
    return sense * turn_deg(knee[0] - hip[0], knee[1] - hip[1], ankle[0] - knee[0], ankle[1] - knee[1])


def dorsiflexion_deg(knee: Point, ankle: Point, foot: tuple[Point, Point], sense: float = 1.0) -> float:
    """How far the foot (heel, toe) is drawn up: 0 square to the shin, positive towards it, y downwards."""
    heel, toe = foot
    turned = turn_deg(ankle[0] - knee[0], ankle[1] - knee[1], toe[0] - heel[0], toe[1] - heel[1])
    bent = -sense * turned
    return (bent + 360.0 if bent < -90.0 else bent) - 90.0  # noqa: PLR2004 - beyond square the other way round


def facing(image: Sequence[float], aspect: float) -> float:
    """Evidence for the way a person faces, seen from the side: positive for sense +1, about -4 to 4, 0 for none.

    The feet point forward of the shins, the nose lies before the ears, and knees bend backwards only. The parts agree
    in a side view and cancel one another in a front view.
    """
    found = 0.0
    for side in (0, 1):
        hip, knee, ankle = 92 + 4 * side, 100 + 4 * side, 108 + 4 * side
        found -= _bend(image, aspect, (knee, ankle), (ankle + 8, ankle + 16))
        found += _bend(image, aspect, (hip, knee), (knee, ankle))
    return found + _face(image, aspect)


def _face(image: Sequence[float], aspect: float) -> float:
    nose = _point(image, aspect, Joint.NOSE)
    ear, shoulder, hip = (_middle(image, aspect, left) for left in (7, 11, 23))
    if not (nose and shoulder and hip and ear):
        return 0.0
    return -_sine(hip[0] - shoulder[0], hip[1] - shoulder[1], nose[0] - ear[0], nose[1] - ear[1])


def yaw_deg(world: Sequence[float]) -> float:
    """How far the body is turned out of a front view, from the world landmarks of shoulders and hips, -180 to 180.

    0 faces the camera, 90 stands sideways to it, 180 shows the back; the sign says which way. Made from the line
    between the sides, which holds for a body that lies as well.
    """
    across = world[33] - world[36] + world[69] - world[72]
    down = world[34] - world[37] + world[70] - world[73]
    deep = world[35] - world[38] + world[71] - world[74]
    flat = math.copysign(math.hypot(across, down), across)
    return math.atan2(deep, flat) * _DEG


def measured(measure: Measure, image: Sequence[float], aspect: float, side: int, sense: float) -> Reading:
    """One measure of one side (0 left, 1 right) in one picture; None when a joint of it is not seen."""
    return MEASURES[measure](image, aspect, side, sense)


def _point(image: Sequence[float], aspect: float, joint: int) -> Point | None:
    at = 4 * joint
    return (image[at] * aspect, image[at + 1]) if image[at + 3] >= KEPT else None


def _middle(image: Sequence[float], aspect: float, left: int) -> Point | None:
    """The middle of a pair, or the one of the two that is seen."""
    a, b = _point(image, aspect, left), _point(image, aspect, left + 1)
    if a and b:
        return ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    return a or b


def _bend(image: Sequence[float], aspect: float, a: tuple[int, int], b: tuple[int, int]) -> float:
    """The sine from one part of the body to another, each told by where its two joints begin; 0 where one is unseen."""
    (a0, a1), (b0, b1) = a, b
    if image[a0 + 3] < KEPT or image[a1 + 3] < KEPT or image[b0 + 3] < KEPT or image[b1 + 3] < KEPT:
        return 0.0
    ax, ay = image[a1] * aspect - image[a0] * aspect, image[a1 + 1] - image[a0 + 1]
    return _sine(ax, ay, image[b1] * aspect - image[b0] * aspect, image[b1 + 1] - image[b0 + 1])


def _sine(ax: float, ay: float, bx: float, by: float) -> float:
    size = math.hypot(ax, ay) * math.hypot(bx, by)
    return (ax * by - ay * bx) / size if size else 0.0


def _knee_flexion(image: Sequence[float], aspect: float, side: int, sense: float) -> Reading:
    at = 92 + 4 * side
    if image[at + 3] < KEPT or image[at + 11] < KEPT or image[at + 19] < KEPT:
        return None
    kx, ky = image[at + 8], image[at + 9]
    return sense * turn_deg(
        (kx - image[at]) * aspect, ky - image[at + 1], (image[at + 16] - kx) * aspect, image[at + 17] - ky
    )


def _hip_flexion(image: Sequence[float], aspect: float, side: int, sense: float) -> Reading:
    return _against_trunk(image, aspect, side, (25 + side, sense))


def _leg_raise(image: Sequence[float], aspect: float, side: int, sense: float) -> Reading:
    return _against_trunk(image, aspect, side, (27 + side, sense))


def _legs_raise(image: Sequence[float], aspect: float, _: int, sense: float) -> Reading:
    """Both legs together: the same whichever is called left, which pose models often mistake in lying bodies."""
    left, right = (_leg_raise(image, aspect, s, sense) for s in (0, 1))
    return None if left is None or right is None else left + right


def _against_trunk(image: Sequence[float], aspect: float, side: int, end: tuple[int, float]) -> Reading:
    top, hip, far = 4 * (11 + side), 4 * (23 + side), 4 * end[0]
    if image[top + 3] < KEPT or image[hip + 3] < KEPT or image[far + 3] < KEPT:
        return None
    x, y = image[hip], image[hip + 1]
    return -end[1] * turn_deg(
        (x - image[top]) * aspect, y - image[top + 1], (image[far] - x) * aspect, image[far + 1] - y
    )


def _thigh_inclination(image: Sequence[float], aspect: float, side: int, _: float) -> Reading:
    """0 horizontal, -90 hanging down, positive with the knee above the hip."""
    return _inclination(image, aspect, 92 + 4 * side, 100 + 4 * side)


def _shin_inclination(image: Sequence[float], aspect: float, side: int, _: float) -> Reading:
    return _inclination(image, aspect, 100 + 4 * side, 108 + 4 * side)


def _leg_inclination(image: Sequence[float], aspect: float, side: int, _: float) -> Reading:
    """From hip to ankle: a knee that gives a little hardly changes it."""
    return _inclination(image, aspect, 92 + 4 * side, 108 + 4 * side)


def _inclination(image: Sequence[float], aspect: float, a: int, b: int) -> Reading:
    """The line between the joints whose numbers begin at `a` and `b` against the horizontal; positive upwards."""
    if image[a + 3] < KEPT or image[b + 3] < KEPT:
        return None
    return math.atan2(image[a + 1] - image[b + 1], abs(image[b] * aspect - image[a] * aspect)) * _DEG


def _trunk_lean(image: Sequence[float], aspect: float, side: int, sense: float) -> Reading:
    """Out of the vertical, positive to the front."""
    hip, shoulder = 92 + 4 * side, 44 + 4 * side
    if image[hip + 3] < KEPT or image[shoulder + 3] < KEPT:
        return None
    return sense * turn_deg(0, -1, image[shoulder] * aspect - image[hip] * aspect, image[shoulder + 1] - image[hip + 1])


def _dorsiflexion(image: Sequence[float], aspect: float, side: int, sense: float) -> Reading:
    knee, ankle = _point(image, aspect, 25 + side), _point(image, aspect, 27 + side)
    foot = _foot(image, aspect, side)
    if not (knee and ankle and foot) or math.dist(*foot) < _FOOT * math.dist(knee, ankle):
        return None  # a foot that points at the camera has no angle there
    return dorsiflexion_deg(knee, ankle, foot, sense)


def _foot_tilt(image: Sequence[float], aspect: float, side: int, _: float) -> Reading:
    """The foot against the floor: 0 flat, positive with the heel above the toes."""
    return _inclination(image, aspect, 124 + 4 * side, 116 + 4 * side)


def _heel_rise(image: Sequence[float], aspect: float, side: int, _: float) -> Reading:
    """Height of the heel above the toes, as a part of the shin's length in the picture."""
    knee, ankle = _point(image, aspect, 25 + side), _point(image, aspect, 27 + side)
    foot = _foot(image, aspect, side)
    if not (knee and ankle and foot):
        return None
    return _part(foot[1][1] - foot[0][1], math.dist(knee, ankle))


def _abduction(image: Sequence[float], aspect: float, side: int, _: float) -> Reading:
    """The thigh against the trunk seen from the front, positive away from the other leg."""
    trunk, hip, knee = _trunk(image, aspect), _point(image, aspect, 23 + side), _point(image, aspect, 25 + side)
    other = _point(image, aspect, 24 - side)
    if not (trunk and hip and knee and other):
        return None
    (top, seat) = trunk
    along = (seat[0] - top[0], seat[1] - top[1])
    outward = 1.0 if along[0] * (hip[1] - other[1]) - along[1] * (hip[0] - other[0]) >= 0 else -1.0
    return outward * turn_deg(*along, knee[0] - hip[0], knee[1] - hip[1])


def _body_line(image: Sequence[float], aspect: float, _: int, __: float) -> Reading:
    """How far the hips hang below the line from shoulders to knees, as a part of that line; negative: above it."""
    shoulder, hip, knee = (_middle(image, aspect, joint) for joint in (11, 23, 25))
    if not (shoulder and hip and knee):
        return None
    span = knee[0] - shoulder[0]
    line = shoulder[1] + (knee[1] - shoulder[1]) * (hip[0] - shoulder[0]) / span if span else hip[1]
    return _part(hip[1] - line, math.dist(shoulder, knee))


def _side_lean(image: Sequence[float], aspect: float, _: int, __: float) -> Reading:
    """The trunk out of the vertical seen from the front, to either side."""
    trunk = _trunk(image, aspect)
    if not trunk:
        return None
    top, seat = trunk
    return abs(turn_deg(0, -1, top[0] - seat[0], top[1] - seat[1]))


def _hip_roll(image: Sequence[float], aspect: float, side: int, _: float) -> Reading:
    """The way between the hips as a part of the trunk's length: changes when the hips roll."""
    trunk, hip, other = _trunk(image, aspect), _point(image, aspect, 23 + side), _point(image, aspect, 24 - side)
    return _part(math.dist(hip, other), math.dist(*trunk)) if trunk and hip and other else None


def _knee_spread(image: Sequence[float], aspect: float, _: int, __: float) -> Reading:
    """The way between the knees as a part of the trunk's length."""
    trunk, left, right = _trunk(image, aspect), _point(image, aspect, 25), _point(image, aspect, 26)
    return _part(math.dist(left, right), math.dist(*trunk)) if trunk and left and right else None


def _knee_gap(image: Sequence[float], aspect: float, _: int, __: float) -> Reading:
    """The way between the knees as a part of the way between the hips."""
    hips, knees = [[_point(image, aspect, first + s) for s in (0, 1)] for first in (23, 25)]
    if hips[0] and hips[1] and knees[0] and knees[1]:
        return _part(math.dist(knees[0], knees[1]), math.dist(hips[0], hips[1]))
    return None


def _sitting_height(image: Sequence[float], aspect: float, _: int, __: float) -> Reading:
    """Length of the trunk as a part of the shoulders' width: shrinks when somebody seen from the front slumps."""
    trunk, left, right = _trunk(image, aspect), _point(image, aspect, 11), _point(image, aspect, 12)
    return _part(math.dist(*trunk), math.dist(left, right)) if trunk and left and right else None


def _knee_lift(image: Sequence[float], aspect: float, _: int, __: float) -> Reading:
    """How high the knees are above the hips, as a part of the trunk's length: changes when sitting thighs move."""
    trunk, knees = _trunk(image, aspect), _middle(image, aspect, 25)
    return _part(trunk[1][1] - knees[1], math.dist(*trunk)) if trunk and knees else None


def _hip_drop(image: Sequence[float], aspect: float, _: int, __: float) -> Reading:
    """How far the hips came down towards the knees, as a part of the shin's height: about 0 standing, 1 sitting level.

    Of the leg in which it is less, so that both must bend; the same from all round.
    """
    left = _drop(image, aspect, 0)
    right = None if left is None else _drop(image, aspect, 1)
    return None if left is None or right is None else min(left, right)


def _drop(image: Sequence[float], aspect: float, side: int) -> Reading:
    hip, knee = _point(image, aspect, 23 + side), _point(image, aspect, 25 + side)
    ankle = _point(image, aspect, 27 + side)
    if not (hip and knee and ankle) or ankle[1] - knee[1] < _FOOT * math.dist(hip, knee):
        return None  # no shin that stands
    left = _part(knee[1] - hip[1], ankle[1] - knee[1])
    return None if left is None else 1.0 - left


def _shin_drop(image: Sequence[float], aspect: float, side: int, _: float) -> Reading:
    """How far the ankle is below the knee, as a part of the thigh: about 1 standing, 0 where it lies flat."""
    hip, knee, ankle = (_point(image, aspect, joint + side) for joint in (23, 25, 27))
    return _part(ankle[1] - knee[1], math.dist(hip, knee)) if hip and knee and ankle else None


def _trunk(image: Sequence[float], aspect: float) -> tuple[Point, Point] | None:
    """From between the shoulders to between the hips; where not all are seen, along one side, which is parallel."""
    if min(image[47], image[51], image[95], image[99]) < KEPT:
        for side in (0, 1):
            top, seat = _point(image, aspect, 11 + side), _point(image, aspect, 23 + side)
            if top and seat:
                return top, seat
    top, seat = _middle(image, aspect, 11), _middle(image, aspect, 23)
    return (top, seat) if top and seat else None


def _foot(image: Sequence[float], aspect: float, side: int) -> tuple[Point, Point] | None:
    heel, toe = _point(image, aspect, 29 + side), _point(image, aspect, 31 + side)
    return (heel, toe) if heel and toe else None


def _part(length: float, whole: float) -> Reading:
    return length / whole if whole > 1e-6 else None  # noqa: PLR2004 - no length at all


MEASURES: dict[Measure, Reader] = {
    Measure.KNEE_FLEXION: _knee_flexion,
    Measure.HIP_FLEXION: _hip_flexion,
    Measure.LEG_RAISE: _leg_raise,
    Measure.LEGS_RAISE: _legs_raise,
    Measure.THIGH_INCLINATION: _thigh_inclination,
    Measure.SHIN_INCLINATION: _shin_inclination,
    Measure.LEG_INCLINATION: _leg_inclination,
    Measure.TRUNK_LEAN: _trunk_lean,
    Measure.DORSIFLEXION: _dorsiflexion,
    Measure.FOOT_TILT: _foot_tilt,
    Measure.HEEL_RISE: _heel_rise,
    Measure.ABDUCTION: _abduction,
    Measure.BODY_LINE: _body_line,
    Measure.SIDE_LEAN: _side_lean,
    Measure.HIP_ROLL: _hip_roll,
    Measure.KNEE_SPREAD: _knee_spread,
    Measure.KNEE_GAP: _knee_gap,
    Measure.SITTING_HEIGHT: _sitting_height,
    Measure.KNEE_LIFT: _knee_lift,
    Measure.HIP_DROP: _hip_drop,
    Measure.SHIN_DROP: _shin_drop,
}
