"""A standard adult: joint angles in, positions of joints, landmarks and skin in metres out (forward kinematics).

Axes: x to the subject's left, -y forward, z up. A pose maps names to numbers; what it leaves out is 0. `S` is L or R:

    px py pz               the middle of the two hip joints, metres
    pitch roll yaw         the pelvis: + forward / + to the left / + turns left, degrees, after the base
    flex side twist        the trunk: + forward / + to the left / + turns left
    nod tilt turn          the head, in the same sense
    hip.S habd.S hrot.S    hip flexion, abduction, internal rotation
    knee.S tib.S           knee flexion, internal rotation of the shin
    ankle.S inv.S toes.S   dorsiflexion, inversion, toe extension
    sh.S sabd.S srot.S     shoulder flexion, abduction, internal rotation
    elbow.S pron.S         elbow flexion, pronation (0: thumb forward when the arm hangs)
    wrist.S curl.S         bend of the wrist towards the palm, of the fingers
    shrug.S                lift of the shoulder girdle
    kneecap_lift_m         upward glide of both kneecaps, metres

Bases: `up` stands and faces -y; `supine` has the head at +y and the face up; `prone` has the head at -y and the face
down; `left` and `right` lie on that side and face -y, with the head at +x and -x.

Lengths are fractions of stature from Drillis and Contini (1966) as given by Winter, Biomechanics and Motor Control of
Human Movement (2009), figure 4.1. Hip joint spacing, the spine's joints, the head and all flesh radii are estimates
that fit those lengths; they make bodies rest on their skin instead of on their bones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from patella.motion.definition import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Mapping

Vec = tuple[float, float, float]
Turn = tuple[float, float, float, float, float, float, float, float, float]  # a rotation, row by row
Frame = tuple[Turn, Vec]  # how a segment is turned, and where its upper joint is
Pose = dict[str, float]

SIDES = ("L", "R")
_SIGN = {"L": 1.0, "R": -1.0}

# Widest value a living adult reaches (degrees; metres for the first three and the last). Generous: a range refuses
# typing errors and impossible figures, it does not judge how far anybody should go.
_WHOLE: dict[str, tuple[float, float]] = {
    "px": (-3, 3), "py": (-3, 3), "pz": (-1, 3),
    "pitch": (-120, 120), "roll": (-120, 120), "yaw": (-180, 180),
    "flex": (-35, 100), "side": (-45, 45), "twist": (-60, 60),
    "nod": (-60, 70), "tilt": (-45, 45), "turn": (-85, 85),
    "kneecap_lift_m": (-0.01, 0.03),
}  # fmt: skip
_SIDED: dict[str, tuple[float, float]] = {
    "hip": (-35, 135), "habd": (-40, 75), "hrot": (-65, 65),
    "knee": (-10, 155), "tib": (-40, 40),
    "ankle": (-65, 45), "inv": (-35, 45), "toes": (-45, 90),
    "sh": (-75, 190), "sabd": (-60, 190), "srot": (-110, 110),
    "elbow": (-10, 155), "pron": (-95, 95), "wrist": (-90, 90), "curl": (-15, 110), "shrug": (-25, 45),
}  # fmt: skip
RANGES: dict[str, tuple[float, float]] = _WHOLE | {f"{n}.{s}": r for n, r in _SIDED.items() for s in SIDES}

# point -> segment it belongs to, place in that segment's frame, radius of the flesh round it; in fractions of stature.
# `.S` stands for both sides: x is the left side's and is mirrored for the right.
_POINTS: dict[str, tuple[str, Vec, float]] = {
    "pelvis": ("pelvis", (0, 0, 0), 0.060),
    "seat.S": ("pelvis", (0.036, 0.024, -0.008), 0.045),
    "waist": ("waist", (0, 0, 0), 0.057),
    "chest": ("chest", (0, 0, 0.045), 0.062),
    "neck": ("neck", (0, 0, 0.020), 0.029),
    "head": ("head", (0, -0.004, 0.058), 0.055),
    "crown": ("head", (0, 0, 0.113), 0),
    "nose": ("head", (0, -0.066, 0.036), 0.006),
    "chin": ("head", (0, -0.038, -0.004), 0.022),
    "eye.S": ("head", (0.019, -0.056, 0.050), 0),
    "ear.S": ("head", (0.046, 0.002, 0.042), 0),
    "mouth.S": ("head", (0.014, -0.056, 0.012), 0),
    "shoulder.S": ("upper_arm.S", (0, 0, 0), 0.033),
    "elbow.S": ("forearm.S", (0, 0, 0), 0.021),
    "wrist.S": ("hand.S", (0, 0, 0), 0.015),
    "hand.S": ("hand.S", (0, 0, -0.045), 0.016),
    "thumb.S": ("hand.S", (-0.012, -0.032, -0.048), 0.007),
    "index.S": ("fingers.S", (0, -0.016, -0.044), 0.006),
    "pinky.S": ("fingers.S", (0, 0.018, -0.036), 0.006),
    "hip.S": ("thigh.S", (0, 0, 0), 0.050),
    "thigh.S": ("thigh.S", (0, 0, -0.1225), 0.042),
    "knee.S": ("shank.S", (0, 0, 0), 0.030),
    "calf.S": ("shank.S", (0.002, 0.009, -0.075), 0.032),
    "shin.S": ("shank.S", (0, 0, -0.130), 0.026),
    "ankle.S": ("foot.S", (0, 0, 0), 0.020),
    "instep.S": ("foot.S", (0, -0.044, -0.008), 0.014),
    "heel.S": ("foot.S", (0, 0.015, -0.022), 0.017),
    "ball.S": ("foot.S", (0, -0.075, -0.028), 0.011),
    "toes.S": ("toes.S", (0, -0.036, -0.002), 0.009),
}  # fmt: skip
_KNEECAP_OUT, _KNEECAP_RADIUS = 0.0245, 0.013  # how far in front of the joint, and how large


def _both_sides() -> dict[str, tuple[str, Vec, float]]:
    points: dict[str, tuple[str, Vec, float]] = {}
    for name, (segment, (x, y, z), radius) in _POINTS.items():
        for s in SIDES if name.endswith(".S") else ("",):
            place = (x * _SIGN.get(s, 1.0), y, z)
            points[name.replace(".S", f".{s}")] = (segment.replace(".S", f".{s}"), place, radius)
    return points


_PLACES = _both_sides()
POINTS: tuple[str, ...] = (*_PLACES, *(f"kneecap.{s}" for s in SIDES))


class Base(StrEnum):
    """How the body lies or stands before its own angles are counted."""

    UP = "up"
    SUPINE = "supine"
    PRONE = "prone"
    LEFT = "left"
    RIGHT = "right"


_BASES: dict[Base, Turn] = {
    Base.UP: (1, 0, 0, 0, 1, 0, 0, 0, 1),
    Base.SUPINE: (1, 0, 0, 0, 0, 1, 0, -1, 0),
    Base.PRONE: (1, 0, 0, 0, 0, -1, 0, 1, 0),
    Base.LEFT: (0, 0, 1, 0, 1, 0, -1, 0, 0),
    Base.RIGHT: (0, 0, -1, 0, 1, 0, 1, 0, 0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Posture:
    """Where everything is, in metres: one body in one pose."""

    stature_m: float
    frames: Mapping[str, Frame]
    kneecap_lift_m: float = 0.0

    def at(self, point: str) -> Vec:
        """Centre of a named point; raises DefinitionError for a name that is none of POINTS."""
        if point.startswith("kneecap."):
            return self._kneecap(point[-1])
        segment, place, _ = _place(point)
        return self.from_segment(segment, place)

    def from_segment(self, segment: str, place: Vec) -> Vec:
        """A place given in a segment's own frame, in fractions of stature from the segment's upper joint."""
        turn, origin = self.frames[segment]
        return _add(origin, turn, place, self.stature_m)

    def _kneecap(self, side: str) -> Vec:
        """The kneecap turns with the thigh, halves the bend of the knee, and glides along the thigh."""
        if side not in SIDES:
            raise _unknown_point(f"kneecap.{side}")
        thigh, (shank, knee) = self.frames[f"thigh.{side}"][0], self.frames[f"shank.{side}"]
        (ax, ay, az), (bx, by, bz) = (thigh[0], thigh[3], thigh[6]), (shank[2], shank[5], shank[8])
        # The front of a shin that bends but does not turn is square to the thigh's hinge and to the shin's length.
        front = (
            ay * bz - az * by - thigh[1],
            az * bx - ax * bz - thigh[4],
            ax * by - ay * bx - thigh[7],
        )
        out = _KNEECAP_OUT * self.stature_m / (math.hypot(*front) or 1.0)
        up = (thigh[2], thigh[5], thigh[8])
        return (
            knee[0] + out * front[0] + self.kneecap_lift_m * up[0],
            knee[1] + out * front[1] + self.kneecap_lift_m * up[1],
            knee[2] + out * front[2] + self.kneecap_lift_m * up[2],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An adult of a given stature, 1.2 to 2.2 m, with the proportions of Winter (2009)."""

    stature_m: float = 1.72

    def __post_init__(self) -> None:
        """Refuse statures that the proportions were never meant for."""
        if not 1.2 <= self.stature_m <= 2.2:  # noqa: PLR2004 - said in the class's docstring
            raise DefinitionError("stature_m", f"must be a number from 1.2 to 2.2, not {self.stature_m!r}.")

    def radius_m(self, point: str) -> float:
        """Thickness of the flesh round a named point, metres."""
        if point in POINTS[-2:]:
            return _KNEECAP_RADIUS * self.stature_m
        return _place(point)[2] * self.stature_m

    def posture(self, pose: Mapping[str, float], base: Base = Base.UP) -> Posture:
        """Forward kinematics. Raises DefinitionError for a name that is no degree of freedom."""
        for name in pose:
            if name not in RANGES:
                raise DefinitionError(name, "is not a degree of freedom of the body; check its spelling.")
        frames: dict[str, Frame] = {}
        _trunk(frames, pose, base, self.stature_m)
        for side in SIDES:
            _leg(frames, pose, side, self.stature_m)
            _arm(frames, pose, side, self.stature_m)
        return Posture(stature_m=self.stature_m, frames=frames, kneecap_lift_m=pose.get("kneecap_lift_m", 0.0))


def _unknown_point(point: str) -> DefinitionError:
    return DefinitionError(point, "is not a point of the body; known are " + ", ".join(_POINTS) + " and kneecap.S.")


def _place(point: str) -> tuple[str, Vec, float]:
    if point not in _PLACES:
        raise _unknown_point(point)
    return _PLACES[point]


def _trunk(frames: dict[str, Frame], pose: Mapping[str, float], base: Base, size_m: float) -> None:
    """Pelvis, three spine segments that share the trunk's bend, neck and head."""
    get = pose.get
    turn = _rx(_ry(_rz(_BASES[base], get("yaw", 0.0)), get("roll", 0.0)), get("pitch", 0.0))
    frames["pelvis"] = below = (turn, (get("px", 0.0), get("py", 0.0), get("pz", 0.0)))
    flex, side, twist = get("flex", 0.0), get("side", 0.0), get("twist", 0.0)
    spine: tuple[tuple[str, float, Vec], ...] = (
        ("lumbar", 0.33, (0, 0.010, 0.060)),
        ("waist", 0.7, (0, 0, 0.065)),
        ("chest", 1.0, (0, 0, 0.065)),
    )
    chest = turn
    for name, share, offset in spine:
        chest = _rz(_ry(_rx(turn, flex * share), side * share), twist * share)
        below = (chest, _add(below[1], below[0], offset, size_m))
        frames[name] = below
    nod, tilt, look = get("nod", 0.0), get("tilt", 0.0), get("turn", 0.0)
    neck = _rz(_ry(_rx(chest, nod / 2), tilt / 2), look / 2)
    frames["neck"] = (neck, _add(below[1], chest, (0, 0.004, 0.105), size_m))
    head = _rz(_ry(_rx(chest, nod), tilt), look)
    frames["head"] = (head, _add(frames["neck"][1], neck, (0, -0.010, 0.060), size_m))


def _leg(frames: dict[str, Frame], pose: Mapping[str, float], side: str, size_m: float) -> None:
    sign = _SIGN[side]

    def angle(name: str) -> float:
        return pose.get(f"{name}.{side}", 0.0)

    pelvis, middle = frames["pelvis"]
    thigh = _rz(_ry(_rx(pelvis, -angle("hip")), -sign * angle("habd")), -sign * angle("hrot"))
    shank = _rz(_rx(thigh, angle("knee")), -sign * angle("tib"))
    foot = _ry(_rx(shank, -angle("ankle")), sign * angle("inv"))
    hip = _add(middle, pelvis, (sign * 0.050, 0, 0), size_m)
    knee = _add(hip, thigh, (0, 0, -0.245), size_m)
    ankle = _add(knee, shank, (0, 0, -0.246), size_m)
    frames[f"thigh.{side}"] = (thigh, hip)
    frames[f"shank.{side}"] = (shank, knee)
    frames[f"foot.{side}"] = (foot, ankle)
    frames[f"toes.{side}"] = (_rx(foot, -angle("toes")), _add(ankle, foot, (0, -0.075, -0.028), size_m))


def _arm(frames: dict[str, Frame], pose: Mapping[str, float], side: str, size_m: float) -> None:
    sign = _SIGN[side]

    def angle(name: str) -> float:
        return pose.get(f"{name}.{side}", 0.0)

    chest, origin = frames["chest"]
    sh, sabd = angle("sh"), angle("sabd")
    # The shoulder girdle follows an arm that is raised: about a third of what goes beyond these angles.
    lift = angle("shrug") + max(0.0, abs(sabd) - 60) * 0.3 + max(0.0, sh - 80) * 0.25
    girdle = _ry(chest, -sign * lift)
    upper = _rz(_ry(_rx(chest, -sh), -sign * sabd), -sign * angle("srot"))
    fore = _rx(upper, -angle("elbow"))
    hand = _ry(_rz(fore, -sign * angle("pron")), sign * angle("wrist"))
    shoulder = _add(_add(origin, chest, (0, 0, 0.098), size_m), girdle, (sign * 0.108, 0, 0), size_m)
    elbow = _add(shoulder, upper, (0, 0, -0.186), size_m)
    wrist = _add(elbow, fore, (0, 0, -0.146), size_m)
    frames[f"upper_arm.{side}"] = (upper, shoulder)
    frames[f"forearm.{side}"] = (fore, elbow)
    frames[f"hand.{side}"] = (hand, wrist)
    knuckles = _add(wrist, hand, (0, 0, -0.056), size_m)
    frames[f"fingers.{side}"] = (_ry(hand, sign * 1.4 * angle("curl")), knuckles)


def _add(origin: Vec, m: Turn, v: Vec, scale: float) -> Vec:
    x, y, z = v[0] * scale, v[1] * scale, v[2] * scale
    return (
        origin[0] + m[0] * x + m[1] * y + m[2] * z,
        origin[1] + m[3] * x + m[4] * y + m[5] * z,
        origin[2] + m[6] * x + m[7] * y + m[8] * z,
    )


def _rx(m: Turn, deg: float) -> Turn:
    """Then turn about the segment's own x axis."""
    if not deg:
        return m
    a, b, c, d, e, f, g, h, i = m
    k, s = math.cos(math.radians(deg)), math.sin(math.radians(deg))
    return (a, b * k + c * s, c * k - b * s, d, e * k + f * s, f * k - e * s, g, h * k + i * s, i * k - h * s)


def _ry(m: Turn, deg: float) -> Turn:
    """Then turn about the segment's own y axis."""
    if not deg:
        return m
    a, b, c, d, e, f, g, h, i = m
    k, s = math.cos(math.radians(deg)), math.sin(math.radians(deg))
    return (a * k - c * s, b, c * k + a * s, d * k - f * s, e, f * k + d * s, g * k - i * s, h, i * k + g * s)


def _rz(m: Turn, deg: float) -> Turn:
    """Then turn about the segment's own z axis."""
    if not deg:
        return m
    a, b, c, d, e, f, g, h, i = m
    k, s = math.cos(math.radians(deg)), math.sin(math.radians(deg))
    return (a * k + b * s, b * k - a * s, c, d * k + e * s, e * k - d * s, f, g * k + h * s, h * k - g * s, i)
