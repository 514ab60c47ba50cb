"""One picture's pose: 33 landmarks, the two sides, and the small binary form in which a frame travels and is kept.

The landmarks and their order are those of BlazePose (Bazarevsky and others, 2020). In the picture x grows to the right
and y downwards, both as fractions of its width and height, so that they must be corrected for its shape before any
angle is taken. The picture is never mirrored: left is the subject's own left.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Joint(IntEnum):
    """The 33 landmarks in their order."""

    NOSE = 0
    LEFT_EYE_INNER = 1
    LEFT_EYE = 2
    LEFT_EYE_OUTER = 3
    RIGHT_EYE_INNER = 4
    RIGHT_EYE = 5
    RIGHT_EYE_OUTER = 6
    LEFT_EAR = 7
    RIGHT_EAR = 8
    MOUTH_LEFT = 9
    MOUTH_RIGHT = 10
    LEFT_SHOULDER = 11
    RIGHT_SHOULDER = 12
    LEFT_ELBOW = 13
    RIGHT_ELBOW = 14
    LEFT_WRIST = 15
    RIGHT_WRIST = 16
    LEFT_PINKY = 17
    RIGHT_PINKY = 18
    LEFT_INDEX = 19
    RIGHT_INDEX = 20
    LEFT_THUMB = 21
    RIGHT_THUMB = 22
    LEFT_HIP = 23
    RIGHT_HIP = 24
    LEFT_KNEE = 25
    RIGHT_KNEE = 26
    LEFT_ANKLE = 27
    RIGHT_ANKLE = 28
    LEFT_HEEL = 29
    RIGHT_HEEL = 30
    LEFT_FOOT_INDEX = 31
    RIGHT_FOOT_INDEX = 32


class Side(StrEnum):
    """The subject's own left and right."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Side:
        """The side that this one is not."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


JOINTS = len(Joint)
IMAGE_VALUES, WORLD_VALUES = JOINTS * 4, JOINTS * 3
MOST_PEOPLE = 255
_VERSION = 1
_HEAD = struct.Struct("<BBHHHd")
_BODY = struct.Struct(f"<{IMAGE_VALUES + WORLD_VALUES}f")
_NOT_FINITE = "This frame holds a number that is not finite."


class PoseError(ValueError):
    """Bytes that are not a frame, or a frame that cannot be written; the sentence says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PoseFrame:
    """What was seen in one picture.

    `t_s` counts on the camera's own clock. `image` is 33 times x, y, z, visibility (0 to 1), empty when nobody is seen;
    `world` is 33 times x, y, z in metres from the middle of the hips, empty when it is not known; `people` is how many
    people the model found.
    """

    t_s: float
    width_px: int
    height_px: int
    image: Sequence[float]
    world: Sequence[float] = ()
    people: int = 1


def pack(frame: PoseFrame) -> bytes:
    """A frame as bytes: a head of 16, and 924 more when somebody is seen. Numbers are kept to 32 bits.

    A body whose world landmarks are not known is written with zeros there. Raises PoseError for a frame that does not
    fit: too many or too few numbers, or one that is not finite.
    """
    people = min(frame.people, MOST_PEOPLE) if frame.image else 0
    try:
        head = _HEAD.pack(_VERSION, people, frame.width_px, frame.height_px, 0, frame.t_s)
        if not people:
            return head
        body = _BODY.pack(*frame.image, *(frame.world or (0.0,) * WORLD_VALUES))
    except (struct.error, OverflowError) as error:
        raise PoseError("This frame cannot be written: its numbers are too many, too few or too large.") from error
    if not math.isfinite(frame.t_s):
        raise PoseError(_NOT_FINITE)
    _finite(head + body)
    return head + body


def unpack(data: bytes) -> PoseFrame:
    """The frame that `pack` wrote; zeros for all world landmarks mean that they are not known. Raises PoseError."""
    if len(data) not in (_HEAD.size, _HEAD.size + _BODY.size):
        raise PoseError(f"A frame has {_HEAD.size} or {_HEAD.size + _BODY.size} bytes, not {len(data)}.")
    version, people, width_px, height_px, _, t_s = _HEAD.unpack_from(data)
    if version != _VERSION:
        raise PoseError(f"This frame is of version {version}; only version {_VERSION} is known here.")
    if (people > 0) != (len(data) > _HEAD.size):
        raise PoseError("This frame's length does not fit the number of people in it.")
    if not (width_px and height_px and math.isfinite(t_s)):
        raise PoseError("This frame needs a width, a height and a time.")
    image: tuple[float, ...] = ()
    world: tuple[float, ...] = ()
    if people:
        values = _finite(data)
        image, world = values[:IMAGE_VALUES], values[IMAGE_VALUES:]
        world = world if any(world) else ()
    return PoseFrame(t_s=t_s, width_px=width_px, height_px=height_px, image=image, world=world, people=people)


def unpack_all(data: bytes) -> Iterator[PoseFrame]:
    """The frames that `pack` wrote, one after the other. Raises PoseError where one is broken or breaks off."""
    at = 0
    while at < len(data):
        size = _HEAD.size + (_BODY.size if data[at + 1 : at + 2] not in (b"", b"\0") else 0)
        yield unpack(data[at : at + size])
        at += size


def _finite(data: bytes) -> tuple[float, ...]:
    """The numbers of the body in a frame's bytes; refuses those that are not finite."""
    values = _BODY.unpack_from(data, _HEAD.size)
    if not math.isfinite(sum(values)):
        raise PoseError(_NOT_FINITE)
    return values
