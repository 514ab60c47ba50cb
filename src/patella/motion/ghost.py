"""The ghost of an exercise: its own body on the way out and back, as a camera beside or before it would see it.

A page lays it over the person who is to follow. So it is flat and small: the places of some landmarks in metres, along
the picture's right and down, moment by moment. How far a limb points towards the camera is lost in it; therefore every
limb comes with its true length, and one that is seen much shorter is no measure for anybody's size.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from patella.motion.body import Body
from patella.motion.camera import Points
from patella.motion.movement import Movement
from patella.motion.performance import Attempt, Performance, perform
from patella.motion.pose import Joint
from patella.motion.spec import Leg, Role, Spec, View
from patella.motion.tempo import Tempo

STEPS = 16  # from the start to the end, and as many back
JOINTS: tuple[Joint, ...] = (
    Joint.LEFT_EAR, Joint.RIGHT_EAR,
    Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.LEFT_ELBOW, Joint.RIGHT_ELBOW, Joint.LEFT_WRIST, Joint.RIGHT_WRIST,
    Joint.LEFT_HIP, Joint.RIGHT_HIP, Joint.LEFT_KNEE, Joint.RIGHT_KNEE, Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE,
    Joint.LEFT_HEEL, Joint.RIGHT_HEEL, Joint.LEFT_FOOT_INDEX, Joint.RIGHT_FOOT_INDEX,
)  # fmt: skip
_ALONG = (  # of the left side; the right one follows it in the order of Joint
    (Joint.LEFT_HIP, Joint.LEFT_SHOULDER), (Joint.LEFT_SHOULDER, Joint.LEFT_EAR),
    (Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW), (Joint.LEFT_ELBOW, Joint.LEFT_WRIST),
    (Joint.LEFT_HIP, Joint.LEFT_KNEE), (Joint.LEFT_KNEE, Joint.LEFT_ANKLE),
    (Joint.LEFT_ANKLE, Joint.LEFT_HEEL), (Joint.LEFT_ANKLE, Joint.LEFT_FOOT_INDEX),
)  # fmt: skip
LIMBS: tuple[tuple[Joint, Joint], ...] = (
    (Joint.LEFT_HIP, Joint.RIGHT_HIP),
    *((Joint(a + s), Joint(b + s)) for s in (0, 1) for a, b in _ALONG),
)
_OWN = "R"  # the leg that movements are told for, and the one beside the camera
_BESIDE_DEG = 90.0
_EVEN = Tempo(up_s=1.0, hold_s=0.0, down_s=1.0, rest_s=0.0)

Flat = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ghost:
    """One cycle without its pauses: `frames[0]` is the start, `frames[STEPS]` the end, the last one the start again.

    A frame has a place for each of JOINTS, metres to the right and down. `lengths_m` belong to LIMBS. `planted` are the
    joints that stay where they are; `work` is the side that works, "left", "right" or "both".
    """

    work: str
    tempo: Tempo
    planted: tuple[Joint, ...]
    lengths_m: tuple[float, ...]
    frames: tuple[tuple[Flat, ...], ...]


def ghost_of(spec: Spec, movement: Movement, side: str) -> Ghost | None:
    """The ghost for the camera's view of an exercise; `side` is the leg that works, or "both". None: nothing to follow.

    Where the picture is close or nothing is watched there is no body to lay it over.
    """
    if spec.view is View.CLOSE or spec.role is Role.MIRROR:
        return None
    told = Performance(
        body=Body(), movement=movement, attempts=(Attempt(tempo=_EVEN),), side=_OWN, still_s=0.0, after_s=0.0
    )
    points = [moment.points for moment in perform(told, STEPS)]
    frames = tuple(_flat(p, _BESIDE_DEG if spec.view is View.SIDE else 0.0) for p in points)
    return Ghost(
        work=side,
        tempo=movement.tempo,
        planted=_planted(spec, side),
        lengths_m=tuple(math.dist(points[0][a], points[0][b]) for a, b in LIMBS),
        frames=tuple(map(_turned, frames)) if side == "left" else frames,
    )


def _planted(spec: Spec, side: str) -> tuple[Joint, ...]:
    """The joints that stay, of the side that works; where both legs do, or either may, of both."""
    both = side == "both" or spec.leg is Leg.BOTH
    sides = (0, 1) if both else (0,) if side == "left" else (1,)
    return tuple(Joint(joint + s) for joint in spec.planted for s in sides)


def _flat(points: Points, azimuth_deg: float) -> tuple[Flat, ...]:
    """What a camera far away sees that stands so far round from the front, towards the person's right."""
    along, across = math.cos(math.radians(azimuth_deg)), math.sin(math.radians(azimuth_deg))
    return tuple((along * points[j][0] - across * points[j][1], -points[j][2]) for j in JOINTS)


def _turned(frame: tuple[Flat, ...]) -> tuple[Flat, ...]:
    """The same with left and right exchanged, seen from the other side. JOINTS come in pairs, the left one first."""
    return tuple((-frame[i ^ 1][0], frame[i ^ 1][1]) for i in range(len(frame)))
