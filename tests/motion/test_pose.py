"""A frame travels as bytes and comes back, and what is no frame is refused with a sentence."""

import math
import struct
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patella.motion.pose import (
    IMAGE_VALUES,
    JOINTS,
    WORLD_VALUES,
    Joint,
    PoseError,
    PoseFrame,
    Side,
    pack,
    unpack,
)

IMAGE = tuple(i / 256 for i in range(IMAGE_VALUES))
WORLD = tuple(i / 128 - 0.5 for i in range(WORLD_VALUES))
SOMEBODY = PoseFrame(t_s=1.5, width_px=640, height_px=480, image=IMAGE, world=WORLD, people=1)
NOBODY = PoseFrame(t_s=2.25, width_px=640, height_px=480, image=(), people=0)
numbers = st.floats(-10, 10, width=32)


def test_there_are_33_joints_and_right_follows_left() -> None:
    assert JOINTS == 33
    assert Joint.RIGHT_KNEE == Joint.LEFT_KNEE + 1
    assert Side.LEFT.other is Side.RIGHT
    assert Side.RIGHT.other is Side.LEFT


def test_somebody_takes_940_bytes_and_nobody_16() -> None:
    assert len(pack(SOMEBODY)) == 940
    assert len(pack(NOBODY)) == 16
    assert unpack(pack(SOMEBODY)) == SOMEBODY
    assert unpack(pack(NOBODY)) == NOBODY


@given(st.floats(-1e9, 1e9), st.lists(numbers, min_size=IMAGE_VALUES, max_size=IMAGE_VALUES), st.integers(1, 9))
def test_what_is_packed_comes_back(t_s: float, image: list[float], people: int) -> None:
    frame = PoseFrame(t_s=t_s, width_px=1280, height_px=720, image=tuple(image), world=WORLD, people=people)
    assert unpack(pack(frame)) == frame


def test_world_landmarks_that_are_not_known_stay_unknown() -> None:
    assert unpack(pack(replace(SOMEBODY, world=()))).world == ()


def test_a_frame_with_landmarks_is_nobody_when_it_says_so() -> None:
    assert unpack(pack(replace(SOMEBODY, people=0))).image == ()


@pytest.mark.parametrize(
    "frame",
    [
        replace(SOMEBODY, image=IMAGE[:-1]),
        replace(SOMEBODY, world=(*WORLD, 0.0)),
        replace(SOMEBODY, image=(1e300, *IMAGE[1:])),
        replace(SOMEBODY, width_px=70_000),
    ],
)
def test_a_frame_that_does_not_fit_is_refused(frame: PoseFrame) -> None:
    with pytest.raises(PoseError, match="too many, too few or too large"):
        pack(frame)


@pytest.mark.parametrize("frame", [replace(SOMEBODY, image=(math.nan, *IMAGE[1:])), replace(SOMEBODY, t_s=math.inf)])
def test_a_frame_with_a_number_that_is_none_is_refused(frame: PoseFrame) -> None:
    with pytest.raises(PoseError, match="not finite"):
        pack(frame)


def _head(version: int = 1, people: int = 0, width: int = 640, t_s: float = 0.0) -> bytes:
    return struct.pack("<BBHHHd", version, people, width, 480, 0, t_s)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "has 16 or 940 bytes, not 0"),
        (pack(SOMEBODY)[:-1], "has 16 or 940 bytes, not 939"),
        (_head(version=9), "version 9; only version 1"),
        (_head(people=1), "length does not fit"),
        (_head() + pack(SOMEBODY)[16:], "length does not fit"),
        (_head(width=0), "needs a width, a height and a time"),
        (_head(t_s=math.nan), "needs a width, a height and a time"),
        (pack(SOMEBODY)[:16] + struct.pack("<f", math.inf) + pack(SOMEBODY)[20:], "not finite"),
    ],
)
def test_bytes_that_are_no_frame_are_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(PoseError, match=sentence):
        unpack(data)


@given(st.binary(max_size=1000))
def test_any_bytes_are_a_frame_or_refused(data: bytes) -> None:
    try:
        frame = unpack(data)
    except PoseError:
        return
    assert pack(frame)
