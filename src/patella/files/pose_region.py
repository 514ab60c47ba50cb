"""A turned square in a picture, and the small picture that a model sees of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from patella.files.film import Picture

Bytes = NDArray[np.uint8]
Words = NDArray[np.uint32]
PAIR, HALF = np.uint32(0x00FF00FF), np.uint32(0x00800080)
FULL, BYTE = np.uint32(256), np.uint32(8)
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
    step = region.side / size
    across, down = math.cos(region.turn_rad) * step, math.sin(region.turn_rad) * step
    at = np.arange(size, dtype=np.float32) - np.float32(size / 2)
    row, column = at[np.newaxis, :], at[:, np.newaxis]
    x = np.float32(region.x) + row * np.float32(across) - column * np.float32(down)
    y = np.float32(region.y) + row * np.float32(down) + column * np.float32(across)
    left, top = np.floor(x), np.floor(y)
    right_share, low_share = ((v * 256).astype(np.uint32) for v in (x - left, y - top))
    origin, per_x, per_y = _strides(picture)
    x0, x1 = (np.clip(v, 0, width - 1).astype(np.intp) * per_x for v in (left, left + 1))
    y0, y1 = (np.clip(v, 0, height - 1).astype(np.intp) * per_y + origin for v in (top, top + 1))
    pixels = picture.pixels.reshape(-1).view(np.uint32)
    # "wrap" only spares a check: every place is inside.
    corners = [pixels.take(place, mode="wrap") for place in (y0 + x0, y0 + x1, y1 + x0, y1 + x1)]
    mixed = _mixed([c & PAIR for c in corners], right_share, low_share)
    mixed |= _mixed([(c >> BYTE) & PAIR for c in corners], right_share, low_share) << BYTE
    if outside_is_black:
        mixed[(x < 0) | (y < 0) | (x > width - 1) | (y > height - 1)] = 0
    return mixed.view(np.uint8).reshape(size, size, 4)


def _mixed(corners: list[Words], right: Words, low: Words) -> Words:
    """Two colours at a time, each in half of a number: the four corners by their shares of 256."""
    upper_left, upper_right, lower_left, lower_right = corners
    left, high = FULL - right, FULL - low
    upper = ((upper_left * left + upper_right * right + HALF) >> BYTE) & PAIR
    lower = ((lower_left * left + lower_right * right + HALF) >> BYTE) & PAIR
    mixed: Words = ((upper * high + lower * low + HALF) >> BYTE) & PAIR
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
