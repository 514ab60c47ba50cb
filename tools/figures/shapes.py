"""Smooth shapes as triangles: rows of nine numbers, three each for place, normal and linear colour."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from turns import Array, unit

COLOURS = {
    "body": "#DCC6B0",
    "leg": "#C08D69",
    "shorts": "#B9A898",
    "coral": "#E4572E",
    "band": "#E3A93C",
    "strap": "#4F7F86",
    "slate": "#66777B",
    "iron": "#4E5A5E",
    "wood": "#CDB592",
    "cushion": "#8FA79B",
    "mat": "#B5C4B6",
    "ball": "#6F9DA0",
    "roller": "#6C8C95",
    "wall": "#DDD3C4",
    "towel": "#D9C3B4",
    "shoe": "#6C8C95",
    "sole": "#EDE4D6",
}
_STEEP = 0.8


def linear(colour: str) -> Array:
    """A named colour or a hex code as linear light."""
    code = COLOURS.get(colour, colour)
    return np.asarray((np.array([int(code[i : i + 2], 16) for i in (1, 3, 5)]) / 255.0) ** 2.2)


def _triangles(places: Array, normals: Array, faces: NDArray[np.int64], colour: str) -> Array:
    f = faces.reshape(-1)
    return np.concatenate([places[f], normals[f], np.tile(linear(colour), (len(f), 1))], 1)


def _grid(rows: int, columns: int, *, wrap: bool = True) -> NDArray[np.int64]:
    i, k = np.meshgrid(np.arange(rows - 1), np.arange(columns if wrap else columns - 1), indexing="ij")
    j = (k + 1) % columns
    a, b, c, d = i * columns + k, i * columns + j, (i + 1) * columns + j, (i + 1) * columns + k
    return np.stack([a, d, c, a, c, b], -1).reshape(-1, 3)


def tube(
    way: ArrayLike, radii: tuple[float, float], colour: str, *, closed: bool = False, up: ArrayLike | None = None
) -> Array:
    """A tube along a way; its two radii, metres, are across `up` and along it, so that one small one makes a ribbon."""
    p = np.asarray(way, float)
    if closed:
        p = np.concatenate([p, p[:1]])
    t = np.gradient(p, axis=0)
    if closed:
        t[0] = t[-1] = p[1] - p[-2]
    t /= np.linalg.norm(t, axis=1, keepdims=True) + 1e-12
    if up is None:
        up = (0, 0, 1) if np.abs(t[:, 2]).mean() < _STEEP else (1, 0, 0)
    u = np.cross(t, np.asarray(up, float))
    u /= np.linalg.norm(u, axis=1, keepdims=True) + 1e-9
    v = np.cross(u, t)
    n = 14
    a = np.linspace(0, 2 * np.pi, n, endpoint=False)
    ca, sa = np.cos(a)[None, :, None], np.sin(a)[None, :, None]
    ring = ca * u[:, None] * radii[0] + sa * v[:, None] * radii[1]
    normals = (ca * u[:, None] / radii[0] + sa * v[:, None] / radii[1]).reshape(-1, 3)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    parts = [_triangles((p[:, None] + ring).reshape(-1, 3), normals, _grid(len(p), n), colour)]
    if not closed:
        fan = np.array([[0, i + 1, (i + 1) % n + 1] for i in range(n)])
        for k, sign in ((0, -1), (-1, 1)):
            rim = np.concatenate([p[k][None], p[k] + ring[k]])
            parts.append(_triangles(rim, np.tile(sign * t[k], (n + 1, 1)), fan, colour))
    return np.concatenate(parts)


def loft(rings: Array, colour: str) -> Array:
    """A skin over closed rings of equally many corners (rings, corners, 3), shut at both ends."""
    count, corners = rings.shape[:2]
    shut = np.concatenate([np.tile(rings[:1].mean(1, keepdims=True), (1, corners, 1)), rings])
    shut = np.concatenate([shut, np.tile(rings[-1:].mean(1, keepdims=True), (1, corners, 1))])
    places, faces = shut.reshape(-1, 3), _grid(count + 2, corners)
    a, b, c = (places[faces[:, k]] for k in range(3))
    out, used = np.cross(b - a, c - a), faces.ravel()
    n = np.stack([np.bincount(used, np.repeat(out[:, k], 3), len(places)) for k in range(3)], 1)
    n /= np.linalg.norm(n, axis=1, keepdims=True) + 1e-12
    return _triangles(places, n, faces, colour)


def lathe(profile: Sequence[tuple[float, float]], foot: ArrayLike, colour: str, axis: str = "z") -> Array:
    """What a turner makes: (radius, height) revolved about an axis through `foot`, metres."""
    q, n = np.array(profile, float), 40
    a = np.linspace(0, 2 * np.pi, n, endpoint=False)
    t = np.gradient(q, axis=0)
    out = np.stack([t[:, 1], -t[:, 0]], 1)
    out /= np.linalg.norm(out, axis=1, keepdims=True) + 1e-12

    def turned(w: Array) -> Array:
        rings = [w[:, :1] * np.cos(a), w[:, :1] * np.sin(a), np.repeat(w[:, 1:], n, 1)]
        return np.stack(rings, -1).reshape(-1, 3)

    order = {"z": [0, 1, 2], "x": [2, 0, 1], "y": [1, 2, 0]}[axis]
    return _triangles(turned(q)[:, order] + np.asarray(foot), turned(out)[:, order], _grid(len(q), n), colour)


def box(low: ArrayLike, high: ArrayLike, colour: str, round_m: float = 0.012) -> Array:
    """A box with rounded edges between two corners."""
    a, b = np.asarray(low, float), np.asarray(high, float)
    r = min(round_m, (b - a).min() / 2 - 1e-4)
    centre, half, n = (a + b) / 2, (b - a) / 2 - r, 6
    s = np.tan(np.linspace(-np.pi / 4, np.pi / 4, n))
    i, k = np.meshgrid(s, s, indexing="ij")
    parts = []
    for axis in range(3):
        for sign in (-1, 1):
            q = np.zeros((n * n, 3))
            q[:, axis] = sign
            q[:, (axis + 1) % 3], q[:, (axis + 2) % 3] = i.ravel(), k.ravel()
            out = q / np.linalg.norm(q, axis=1, keepdims=True)
            core = np.sign(np.where(np.abs(q) < 1e-9, 0, q)) * half  # noqa: PLR2004 - rounding
            parts.append(_triangles(centre + core + out * r, out, _grid(n, n, wrap=False), colour))
    return np.concatenate(parts)


def ball(centre: ArrayLike, radius_m: float, colour: str, squash: tuple[float, float, float] = (1, 1, 1)) -> Array:
    """A ball, or what a squeeze makes of it."""
    polar, round_ = np.linspace(0, np.pi, 28), np.linspace(0, 2 * np.pi, 44, endpoint=False)
    u = np.array([[np.sin(a) * np.cos(b), np.sin(a) * np.sin(b), np.cos(a)] for a in polar for b in round_])
    s = np.array(squash)
    n = u / s
    n /= np.linalg.norm(n, axis=1, keepdims=True)
    return _triangles(u * radius_m * s + np.asarray(centre), n, _grid(28, 44), colour)


def button(skin: Array, middle: Array, axes: Array, size_m: tuple[float, float, float], colour: str) -> Array:
    """A low round dome that follows the skin under it. `axes` (rows) point across, along and out of it.

    `size_m` is half its width, half its length, and how far it stands out. Its rim lies under the skin.
    """
    width, length, height = size_m
    q = (skin - middle) @ axes.T
    q = q[(np.abs(q[:, 0]) < 2 * width) & (np.abs(q[:, 1]) < 2 * length) & (np.abs(q[:, 2]) < width)]
    r, a = np.meshgrid(
        np.sin(np.linspace(0.001, np.pi / 2, 14)), np.linspace(0, 2 * np.pi, 40, endpoint=False), indexing="ij"
    )
    x, y = (width * r * np.cos(a)).ravel(), (length * r * np.sin(a)).ravel()
    near = np.exp(-((q[:, 0] / width) ** 2 + (q[:, 1] / length) ** 2))[:, None]
    fit = np.linalg.lstsq(near * _bowl(q[:, 0], q[:, 1]), near[:, 0] * q[:, 2], rcond=None)[0]
    z = _bowl(x, y) @ fit + height * np.sqrt(np.maximum(0, 1 - r.ravel() ** 2))
    z += 0.002 - 0.012 * np.clip(r.ravel() - 0.93, 0, 1) / 0.07  # the rim goes under the skin
    places = np.stack([x, y, z], 1)
    faces = _grid(14, 40)
    p0, p1, p2 = (places[faces[:, k]] for k in range(3))
    out, corners = np.cross(p1 - p0, p2 - p0), faces.ravel()
    n = np.stack([np.bincount(corners, np.repeat(out[:, k], 3), len(places)) for k in range(3)], 1)
    n /= np.linalg.norm(n, axis=1, keepdims=True) + 1e-12
    n *= np.sign(n[:, 2:]) + (n[:, 2:] == 0)
    return _triangles(places @ axes + middle, n @ axes, faces, colour)


def _bowl(x: Array, y: Array) -> Array:
    """What a smooth surface is made of near one of its points."""
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], 1)


def hull(spots: Array) -> Array:
    """The corners of a string pulled tight round spots in a plane (n, 2), in order (Andrew, 1979)."""
    order = sorted(map(tuple, spots))

    def half(points: list[tuple[float, ...]]) -> list[tuple[float, ...]]:
        corners: list[tuple[float, ...]] = []
        for p in points:
            while len(corners) > 1 and _turn(corners[-2], corners[-1], p) <= 0:
                corners.pop()
            corners.append(p)
        return corners[:-1]

    return np.array(half(order) + half(order[::-1]))


def _turn(a: tuple[float, ...], b: tuple[float, ...], c: tuple[float, ...]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def evenly(way: Array, step_m: float) -> Array:
    """The same closed way with corners about `step_m` apart, so that a ribbon bends smoothly."""
    closed = np.concatenate([way, way[:1]])
    lengths = np.r_[0, np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))]
    at = np.linspace(0, lengths[-1], max(8, round(lengths[-1] / step_m)), endpoint=False)
    return np.stack([np.interp(at, lengths, closed[:, k]) for k in range(closed.shape[1])], 1)


def square_to(axis: ArrayLike) -> tuple[Array, Array]:
    """Two directions that are square to an axis and to each other."""
    w = unit(axis)
    u = unit(np.cross(w, (0, 1, 0) if abs(w[1]) < _STEEP else (1, 0, 0)))
    return u, np.cross(w, u)
