"""Rooms to stand in: floor and wall, and what makes them hard to see in: shelves, a plant, a rug, a chair in the way.

Everything is placed as the camera sees it: `x` to its right, `y` away from it, `z` up, metres, the person at 0, 0.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import numpy as np
from scene import Surface
from shapes import ball, lathe, linear, tube
from turns import Array

_WIDE_M = 6.0
WALL_M = 1.7  # behind the person


def room(scene: str, azimuth_deg: float, seed: int) -> list[Surface]:
    """The room of a scene, turned so that its wall is square to a camera at an azimuth (90: the right side)."""
    chance = Random(f"{scene}-{seed}")  # noqa: S311 - comes again, is no secret
    dark = scene == "dark trousers, dark wall"
    wall = "#2B2D33" if dark else chance.choice(("#D9D2C4", "#C3CCD3", "#DAD9D2", "#B9C2A9", "#E4D5C0"))
    floor = "#5A4C40" if dark else chance.choice(("#B08A62", "#9A7350", "#8C8C88", "#C9B79A"))
    far = 1.0 if scene == "a person passes behind" else 0.0
    parts = [
        Surface(triangles=_block((-_WIDE_M, -_WIDE_M, -0.1), (_WIDE_M, _WIDE_M, -0.004), floor)[-6:], pattern=1),
        Surface(triangles=_block((-_WIDE_M, WALL_M + far, -0.1), (_WIDE_M, WALL_M + far + 0.1, 7.0), wall), pattern=3),
        Surface(triangles=_block((-_WIDE_M, WALL_M + far - 0.02, 0), (_WIDE_M, WALL_M + far, 0.09), "#EDEAE2")),
    ]
    parts += _MORE.get(scene, _nothing)(chance)
    a = np.radians(azimuth_deg)
    turn = np.array([[np.cos(a), np.sin(a), 0], [-np.sin(a), np.cos(a), 0], [0, 0, 1.0]])
    return [Surface(triangles=_turned(p.triangles, turn), pattern=p.pattern) for p in parts]


def _turned(triangles: Array, turn: Array) -> Array:
    return np.concatenate([triangles[:, :3] @ turn.T, triangles[:, 3:6] @ turn.T, triangles[:, 6:]], 1)


def _block(low: tuple[float, float, float], high: tuple[float, float, float], colour: str) -> Array:
    """A box with sharp edges: two triangles a face, as there are many of them."""
    a, b = np.array(low), np.array(high)
    rows = []
    for axis in range(3):
        one, two = (axis + 1) % 3, (axis + 2) % 3
        for end, out in ((a, -1.0), (b, 1.0)):
            for u, v in ((0, 0), (1, 0), (1, 1), (0, 0), (1, 1), (0, 1)):
                place, normal = np.zeros(3), np.zeros(3)
                place[axis], place[one], place[two] = end[axis], (a, b)[u][one], (a, b)[v][two]
                normal[axis] = out
                rows.append(np.concatenate([place, normal, linear(colour)]))
    return np.array(rows)


def _nothing(_: Random) -> list[Surface]:
    return []


def _clutter(chance: Random) -> list[Surface]:
    rug = _block((-1.3, -0.9, -0.004), (1.2, 0.9, 0.0), "#C8B890")
    shelves = [*_shelf(chance, -1.25), *_shelf(chance, 0.55)]
    return [Surface(triangles=rug, pattern=2), *shelves, _plant(chance), _picture()]


def _shelf(chance: Random, left: float) -> list[Surface]:
    """Boards with books, as wide as an arm."""
    wide, deep = 0.85, 0.28
    back, front = WALL_M - 0.03, WALL_M - 0.03 - deep
    wood = [_block((left, front, 0), (left + 0.03, back, 1.9), "#7A5B3C")]
    wood.append(_block((left + wide, front, 0), (left + wide + 0.03, back, 1.9), "#7A5B3C"))
    books = []
    for level in range(5):
        z = 0.05 + 0.40 * level
        wood.append(_block((left, front, z), (left + wide, back, z + 0.025), "#7A5B3C"))
        x = left + 0.05
        while x < left + wide - 0.08:
            thick, tall = chance.uniform(0.02, 0.06), chance.uniform(0.18, 0.33)
            colour = f"#{chance.randrange(40, 220):02X}{chance.randrange(40, 200):02X}{chance.randrange(40, 200):02X}"
            books.append(_block((x, front + 0.03, z + 0.025), (x + thick, back - 0.05, z + 0.025 + tall), colour))
            x += thick + chance.choice((0.002, 0.002, 0.10))
    return [Surface(triangles=np.concatenate(wood), pattern=5), Surface(triangles=np.concatenate(books))]


def _plant(chance: Random) -> Surface:
    x, y = 1.75, 0.9
    parts = [lathe([(0.001, 0.0), (0.13, 0.0), (0.17, 0.30), (0.15, 0.30)], (x, y, 0), "#A0522D")]
    for _ in range(16):
        a, out, up = chance.uniform(0, 2 * np.pi), chance.uniform(0.25, 0.6), chance.uniform(0.6, 1.3)
        tip = (x + out * np.cos(a), y + out * np.sin(a), up)
        bend = (x + out / 3 * np.cos(a), y + out / 3 * np.sin(a), up * 0.8 + 0.1)
        parts.append(tube([(x, y, 0.28), bend, tip], (0.035, 0.006), chance.choice(("#3F6B2E", "#55803A", "#2F5A33"))))
    return Surface(triangles=np.concatenate(parts), pattern=5)


def _picture() -> Surface:
    y = WALL_M - 0.03
    frame = _block((-0.25, y, 1.25), (0.35, y + 0.02, 1.75), "#2E2A26")
    inside = _block((-0.21, y - 0.01, 1.29), (0.31, y, 1.71), "#7FA0B8")
    return Surface(triangles=np.concatenate([frame, inside]), pattern=4)


def _chair_in_front(chance: Random) -> list[Surface]:
    """A kitchen chair between the camera and the legs, a little aside."""
    x, y, half, seat, top = chance.choice((-0.30, 0.28)), -0.75, 0.20, 0.45, 0.86
    parts = [_block((x - half, y - half, seat - 0.03), (x + half, y + half, seat), "#8A6A45")]
    for sx in (-1, 1):
        for sy, high in ((-1, seat), (1, seat)):
            p = (x + sx * (half - 0.02), y + sy * (half - 0.02))
            parts.append(_block((p[0] - 0.017, p[1] - 0.017, 0), (p[0] + 0.017, p[1] + 0.017, high), "#8A6A45"))
    back = x - np.sign(x or 1) * (half - 0.02)  # its back stands across the picture's depth
    parts.append(_block((back - 0.015, y - half, seat), (back + 0.015, y + half, top), "#8A6A45"))
    return [Surface(triangles=np.concatenate(parts), pattern=5)]


def _lamp_and_ball(_: Random) -> list[Surface]:
    """Things that throw shadows across the floor and the wall."""
    parts = [tube([(-0.9, 0.5, 0), (-0.9, 0.5, 1.5)], (0.02, 0.02), "#3A3A3A"), ball((-0.9, 0.5, 1.6), 0.16, "#E8DDB8")]
    parts.append(_block((1.0, -0.1, 0), (1.4, 0.4, 0.55), "#A98D6B"))
    return [Surface(triangles=np.concatenate(parts))]


_MORE: dict[str, Callable[[Random], list[Surface]]] = {
    "clutter": _clutter,
    "a chair in front": _chair_in_front,
    "hard shadows": _lamp_and_ball,
}
