"""A pinhole camera that looks at a body as a pose model would see it: the 33 landmarks in the picture and in metres.

Room axes are those of `patella.motion.body`: x to the subject's left, -y forward, z up. In the picture x goes to the
right and y down, as fractions of width and height; `z` has the scale of x, is 0 at the hips and negative nearer to the
camera. World landmarks are metres from the middle of the hips, along the same three directions. A picture is never
mirrored.

A landmark is hidden by the flesh of legs and trunk in front of it, and lost outside the picture; `visibility` says so,
with the medians that BlazePose (Bazarevsky and others, 2020) gave on side views of a rendered body. It always claims
to see hips, shoulders and face, and an arm in front of a joint hardly troubles it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from patella.motion.body import Posture, Vec
from patella.motion.pose import Joint, PoseFrame

Points = tuple[Vec, ...]  # the 33 landmarks in the room, metres, in the order of Joint

_SEEN, _OUTSIDE = 0.98, 0.05  # visibility in plain sight, and outside the picture
_NEAREST_M = 0.1  # what is nearer to the lens than this, or behind it, is not in the picture

# Landmarks that are points of the body; the rest sit on the head, at these places in its frame (fractions of stature).
_ON_BODY = {
    Joint.NOSE: "nose",
    Joint.LEFT_EAR: "ear.L", Joint.RIGHT_EAR: "ear.R",
    Joint.MOUTH_LEFT: "mouth.L", Joint.MOUTH_RIGHT: "mouth.R",
    Joint.LEFT_SHOULDER: "shoulder.L", Joint.RIGHT_SHOULDER: "shoulder.R",
    Joint.LEFT_ELBOW: "elbow.L", Joint.RIGHT_ELBOW: "elbow.R",
    Joint.LEFT_WRIST: "wrist.L", Joint.RIGHT_WRIST: "wrist.R",
    Joint.LEFT_PINKY: "pinky.L", Joint.RIGHT_PINKY: "pinky.R",
    Joint.LEFT_INDEX: "index.L", Joint.RIGHT_INDEX: "index.R",
    Joint.LEFT_THUMB: "thumb.L", Joint.RIGHT_THUMB: "thumb.R",
    Joint.LEFT_HIP: "hip.L", Joint.RIGHT_HIP: "hip.R",
    Joint.LEFT_KNEE: "knee.L", Joint.RIGHT_KNEE: "knee.R",
    Joint.LEFT_ANKLE: "ankle.L", Joint.RIGHT_ANKLE: "ankle.R",
    Joint.LEFT_HEEL: "heel.L", Joint.RIGHT_HEEL: "heel.R",
    Joint.LEFT_FOOT_INDEX: "toes.L", Joint.RIGHT_FOOT_INDEX: "toes.R",
}  # fmt: skip
_ON_HEAD: dict[Joint, Vec] = {
    Joint.LEFT_EYE_INNER: (0.010, -0.058, 0.050), Joint.RIGHT_EYE_INNER: (-0.010, -0.058, 0.050),
    Joint.LEFT_EYE: (0.019, -0.056, 0.050), Joint.RIGHT_EYE: (-0.019, -0.056, 0.050),
    Joint.LEFT_EYE_OUTER: (0.028, -0.052, 0.050), Joint.RIGHT_EYE_OUTER: (-0.028, -0.052, 0.050),
}  # fmt: skip

_HIDDEN_BY_NAME = {  # visibility behind another part of the body
    "KNEE": 0.44, "ANKLE": 0.67, "HEEL": 0.76, "FOOT_INDEX": 0.80,
    "ELBOW": 0.05, "WRIST": 0.08, "PINKY": 0.10, "INDEX": 0.10, "THUMB": 0.10,
}  # fmt: skip
_HIDDEN = {Joint[f"{side}_{name}"]: v for name, v in _HIDDEN_BY_NAME.items() for side in ("LEFT", "RIGHT")}


def _flesh() -> tuple[tuple[Joint, Joint, float, frozenset[Joint]], ...]:
    """What hides: from landmark to landmark, its radius on an adult in metres, and the landmarks that sit on it."""
    parts: list[tuple[Joint, Joint, float, frozenset[Joint]]] = []
    for side, other in (("LEFT", "RIGHT"), ("RIGHT", "LEFT")):
        shoulder, hip, knee, ankle, heel, toe = (
            Joint[f"{side}_{n}"] for n in ("SHOULDER", "HIP", "KNEE", "ANKLE", "HEEL", "FOOT_INDEX")
        )
        parts += [
            (hip, knee, 0.065, frozenset((knee,))),
            (knee, ankle, 0.045, frozenset((knee, ankle, heel))),
            (heel, toe, 0.025, frozenset((ankle, heel, toe))),
            (shoulder, hip, 0.075, frozenset()),
            (shoulder, Joint[f"{other}_HIP"], 0.075, frozenset()),
        ]
    return tuple(parts)


_FLESH = _flesh()


def landmarks_of(posture: Posture) -> Points:
    """Where the 33 landmarks of a body are in the room, metres, in the order of Joint."""
    return tuple(posture.at(_ON_BODY[j]) if j in _ON_BODY else posture.from_segment("head", _ON_HEAD[j]) for j in Joint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """Stands at `eye_m`, looks at `at_m`; `vfov_deg` is the angle of view from the picture's lower to its upper edge.

    `tilt_deg` rolls the camera clockwise about its own line of sight.
    """

    eye_m: Vec
    at_m: Vec
    vfov_deg: float = 38.0
    tilt_deg: float = 0.0
    width_px: int = 640
    height_px: int = 480

    def sees(self, points: Points, t_s: float) -> PoseFrame:
        """One frame of a body whose landmarks are at `points`; without pose where no landmark falls in the picture."""
        right, down, ahead = self._axes()
        aspect = self.width_px / self.height_px
        high = 1 / (2 * math.tan(math.radians(self.vfov_deg) / 2))
        hips = _half_way(points[Joint.LEFT_HIP], points[Joint.RIGHT_HIP])
        at_hips = max(_along(ahead, hips, self.eye_m), _NEAREST_M)
        spots: list[Vec] = []  # x and y in picture heights from the middle of the picture, depth in metres
        image: list[float] = []
        world: list[float] = []
        for p in points:
            depth = max(_along(ahead, p, self.eye_m), _NEAREST_M)
            x, y = high * _along(right, p, self.eye_m) / depth, high * _along(down, p, self.eye_m) / depth
            spots.append((x, y, depth))
            image += (0.5 + x / aspect, 0.5 + y, high * (depth - at_hips) / (at_hips * aspect), 0.0)
            world += (_along(right, p, hips), _along(down, p, hips), _along(ahead, p, hips))
        for i, joint in enumerate(Joint):
            image[4 * i + 3] = _visibility(joint, spots, image[4 * i], image[4 * i + 1], high)
        if not any(image[4 * i + 3] > _OUTSIDE for i in range(len(Joint))):
            return nobody(t_s, self.width_px, self.height_px)
        return PoseFrame(
            t_s=t_s, width_px=self.width_px, height_px=self.height_px,
            image=tuple(image), world=tuple(world), people=1,
        )  # fmt: skip

    def _axes(self) -> tuple[Vec, Vec, Vec]:
        """The room's directions of the picture: right, down, and ahead."""
        ahead = _unit(tuple(a - e for a, e in zip(self.at_m, self.eye_m, strict=True)))
        level = _unit((ahead[1], -ahead[0], 0.0))
        up = (
            level[1] * ahead[2] - level[2] * ahead[1],
            level[2] * ahead[0] - level[0] * ahead[2],
            level[0] * ahead[1] - level[1] * ahead[0],
        )
        k, s = math.cos(math.radians(self.tilt_deg)), math.sin(math.radians(self.tilt_deg))
        right = (level[0] * k - up[0] * s, level[1] * k - up[1] * s, level[2] * k - up[2] * s)
        down = (-level[0] * s - up[0] * k, -level[1] * s - up[1] * k, -level[2] * s - up[2] * k)
        return right, down, ahead


def camera_round(at_m: Vec, azimuth_deg: float, *, distance_m: float = 2.9, rise_m: float = 0.1) -> Camera:
    """A camera that looks at `at_m` from a direction: azimuth 0 sees the front of who faces -y, 90 the right side.

    It stands `distance_m` away in the plane and `rise_m` higher than what it looks at.
    """
    a = math.radians(azimuth_deg)
    x, y, z = at_m
    return Camera(eye_m=(x - distance_m * math.sin(a), y - distance_m * math.cos(a), z + rise_m), at_m=at_m)


def camera_framing(points: Sequence[Vec], azimuth_deg: float, *, rise_m: float = 0.1) -> Camera:
    """A camera that sees a whole body with room to stretch: the 33 landmarks, in metres, fill nine tenths at most."""
    wide, deep, high = (max(axis) - min(axis) for axis in zip(*points, strict=True))
    away_m = max(1.2 * high, 0.9 * wide, 0.9 * deep, 1.2) / 0.62
    spots = [points[j] for j in (Joint.NOSE, Joint.LEFT_HIP, Joint.RIGHT_HIP, Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE)]
    x, y, z = ((min(axis) + max(axis)) / 2 for axis in zip(*spots, strict=True))
    return camera_round((x, y, z), azimuth_deg, distance_m=away_m, rise_m=rise_m)


def nobody(t_s: float, width_px: int = 640, height_px: int = 480) -> PoseFrame:
    """A frame in which no one is seen."""
    return PoseFrame(t_s=t_s, width_px=width_px, height_px=height_px, image=(), world=(), people=0)


def _visibility(joint: Joint, spots: Sequence[Vec], x: float, y: float, high: float) -> float:
    """How well one landmark is seen, given where all of them are; `x`, `y` are its place in the picture."""
    if not (0 <= x <= 1 and 0 <= y <= 1) or spots[joint][2] <= _NEAREST_M:
        return _OUTSIDE
    if joint not in _HIDDEN:
        return _SEEN
    px, py, depth = spots[joint]
    cover = 0.0
    for start, end, radius_m, owned in _FLESH:
        if joint in owned:
            continue
        ax, ay, az = spots[start]
        bx, by, bz = spots[end]
        if depth <= min(az, bz) + radius_m:
            continue  # in front of all of it
        dx, dy = bx - ax, by - ay
        share = min(1.0, max(0.0, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy or 1.0)))
        there = az + (bz - az) * share
        if depth > there + radius_m:
            off = math.hypot(px - ax - dx * share, py - ay - dy * share)
            cover = max(cover, 1 - off * there / (high * radius_m))
    return _SEEN - (_SEEN - _HIDDEN[joint]) * min(1.0, 2 * cover)


def _along(axis: Vec, p: Vec, origin: Vec) -> float:
    return axis[0] * (p[0] - origin[0]) + axis[1] * (p[1] - origin[1]) + axis[2] * (p[2] - origin[2])


def _half_way(a: Vec, b: Vec) -> Vec:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2


def _unit(v: tuple[float, ...]) -> Vec:
    size = math.hypot(*v) or 1.0
    return v[0] / size, v[1] / size, v[2] / size
