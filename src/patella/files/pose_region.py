"""A turned square in a picture, and the small picture that a model sees of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from patella.files.film import Picture

Bytes = NDArray[np.uint8]
Words = NDArray[np.uint32]
Floats = NDArray[np.float32]
PAIR, HALF, BYTE = np.uint32(0x00FF00FF), np.uint32(0x00800080), np.uint32(8)
PARTS = 256  # of a pixel
UP_RAD = math.pi / 2


@dataclass(frozen=True, slots=True)
class Region:
    """A square: its middle and side in pixels of the upright picture, turned clockwise by `turn_rad`."""

    x: float
    y: float
    side: float
    turn_rad: float = 0.0


def region_of(middle: tuple[float, float], rim: tuple[float, float], margin: float) -> Region:
    """The square around a body, from the middle of its hips and a point on the circle around it, above the head.

    Points are in pixels; `margin` widens it. The point on the rim is up in the small picture: a body that lies is seen
    as one that stands.
    """
    dx, dy = rim[0] - middle[0], rim[1] - middle[1]
    turn = UP_RAD - math.atan2(-dy, dx)
    turn -= 2 * math.pi * math.floor((turn + math.pi) / (2 * math.pi))
    return Region(middle[0], middle[1], 2 * math.hypot(dx, dy) * margin, turn)


def seen_through(picture: Picture, region: Region, size: int, *, outside_is_black: bool = False) -> Bytes:
    """The region as `size` by `size` pixels of red, green, blue and a spare byte, by linear interpolation.

    Beyond the picture's edge its last pixels go on, or all is black.
    """
    width, height = picture.width_px, picture.height_px
    share = region.side / size
    across, down = math.cos(region.turn_rad) * share, math.sin(region.turn_rad) * share
    at = np.arange(size, dtype=np.float32) - np.float32(size / 2)
    x = _parts(at, across, region.x)[np.newaxis, :] + _parts(at, -down)[:, np.newaxis]
    y = _parts(at, down, region.y)[np.newaxis, :] + _parts(at, across)[:, np.newaxis]
    last_x, last_y = (width - 1) * PARTS - 1, (height - 1) * PARTS - 1
    left, top = np.clip(x, 0, last_x).astype(np.int32), np.clip(y, 0, last_y).astype(np.int32)
    right_share, low_share = ((v & (PARTS - 1)).astype(np.uint32) for v in (left, top))
    origin, per_x, per_y = _strides(picture)
    first = min(0, per_x) + min(0, per_y)
    place = (left // PARTS).astype(np.intp) * per_x + (top // PARTS).astype(np.intp) * per_y + (origin + first)
    pixels = picture.pixels.reshape(-1).view(np.uint32)
    # "clip" only spares a check: every place is inside.
    corners = [pixels[way - first :].take(place, mode="clip") for way in (0, per_x, per_y, per_x + per_y)]
    mixed = _mixed([c & PAIR for c in corners], right_share, low_share)
    mixed |= _mixed([(c >> BYTE) & PAIR for c in corners], right_share, low_share) << BYTE
    if outside_is_black:
        mixed[(x < 0) | (y < 0) | (x > last_x) | (y > last_y)] = 0
    return mixed.view(np.uint8).reshape(size, size, 4)


def _parts(at: Floats, step: float, middle: float = 0.0) -> Floats:
    """Places along a line, in parts of a pixel."""
    return np.float32(middle * PARTS) + at * np.float32(step * PARTS)


def _mixed(corners: list[Words], right: Words, low: Words) -> Words:
    """Two colours at a time, each in half of a number: the four corners by their shares of 256."""
    upper_left, upper_right, lower_left, lower_right = corners
    return _between(_between(upper_left, upper_right, right), _between(lower_left, lower_right, right), low)


def _between(one: Words, other: Words, share: Words) -> Words:
    """From one to the other by a share of 256; what the lower colour borrows of the upper one comes back to it."""
    mixed: Words = other - one
    mixed *= share
    mixed += HALF
    mixed >>= BYTE
    mixed += one
    mixed &= PAIR
    return mixed


def _strides(picture: Picture) -> tuple[int, int, int]:
    """Where the upright picture's first pixel is stored, and how far it is from there to the next across and down."""
    rows, columns = picture.pixels.shape[:2]
    return (
        (0, 1, columns),
        (columns - 1, columns, -1),
        (rows * columns - 1, -1, -columns),
        ((rows - 1) * columns, -columns, 1),
    )[picture.quarters % 4]
