"""Rotations as 3 x 3 matrices: about an axis by degrees, from one direction to another, and as quaternions."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def unit(v: ArrayLike) -> Array:
    """The same direction with length 1."""
    a = np.asarray(v, float)
    return np.asarray(a / (np.linalg.norm(a) + 1e-12))


def about(axis: ArrayLike, deg: float) -> Array:
    """Turn about an axis through the origin, degrees, right-handed."""
    x, y, z = unit(axis)
    k = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    a = np.radians(deg)
    return np.asarray(np.eye(3) + np.sin(a) * k + (1 - np.cos(a)) * k @ k)


def about_y(deg: float) -> Array:
    """Turn about the y axis, degrees."""
    return about((0, 1, 0), deg)


def about_z(deg: float) -> Array:
    """Turn about the z axis, degrees."""
    return about((0, 0, 1), deg)


def onto(a: ArrayLike, b: ArrayLike) -> Array:
    """The smallest turn that takes one direction to another."""
    u, v = unit(a), unit(b)
    w = np.cross(u, v)
    return about(w, float(np.degrees(np.arctan2(np.linalg.norm(w), u @ v))))


def quaternion(m: Array) -> Array:
    """The turn as a quaternion w, x, y, z; its sign is free."""
    k = np.array(
        [
            [m[0, 0] + m[1, 1] + m[2, 2], 0, 0, 0],
            [m[2, 1] - m[1, 2], m[0, 0] - m[1, 1] - m[2, 2], 0, 0],
            [m[0, 2] - m[2, 0], m[0, 1] + m[1, 0], m[1, 1] - m[0, 0] - m[2, 2], 0],
            [m[1, 0] - m[0, 1], m[0, 2] + m[2, 0], m[1, 2] + m[2, 1], m[2, 2] - m[0, 0] - m[1, 1]],
        ]
    )
    return np.asarray(np.linalg.eigh(k)[1][:, -1])  # eigh reads the lower triangle only
