"""The light: a dome of distant lamps and a tight cluster for the key light, turned with the eye.

Each lamp casts a shadow of its own. Together they give soft shadows, the darkness of folds, and the contact shadow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from shaders import LAMPS
from turns import Array, about_z, unit

_KEY = 12  # lamps in the key cluster
_GOLDEN_RAD = 2.399963
_SPREAD = 0.30


@dataclass(frozen=True, slots=True, kw_only=True)
class Lamps:
    """For each lamp its direction, its light, and two directions across it for its shadow map."""

    to_lamp: Array
    light: Array
    right: Array
    up: Array


def lamps(azimuth_deg: float) -> Lamps:
    """The lamps for an eye at an azimuth, so that every figure is lit alike: key light from the upper left in front."""
    i = np.arange(LAMPS - _KEY) + 0.5
    z = 1 - i / len(i) * 0.93  # down to 4 degrees above the horizon
    across = np.sqrt(1 - z * z)
    dome = np.stack([across * np.cos(i * _GOLDEN_RAD), across * np.sin(i * _GOLDEN_RAD), z], 1)
    key = unit((-0.62, -0.60, 0.95))
    j = np.arange(_KEY) + 0.5
    u = unit(np.cross(key, (0, 0, 1.0)))
    v = np.cross(key, u)
    turn, far = j[:, None] * _GOLDEN_RAD, _SPREAD * np.sqrt(j / _KEY)[:, None]
    cluster = key + far * (np.cos(turn) * u + np.sin(turn) * v)
    cluster /= np.linalg.norm(cluster, axis=1, keepdims=True)
    fill = np.clip(dome @ [0.75, -0.6, 0.28], 0, 1)[:, None]
    behind = np.clip(dome @ [0.3, 0.9, 0.35], 0, 1)[:, None]
    sky = 0.040 * np.array([[0.95, 0.98, 1.03]]) + 0.030 * fill * [[1.0, 0.97, 0.93]]
    light = np.concatenate(
        [sky + 0.038 * behind * [[1.05, 0.98, 0.9]], np.tile(0.66 * np.array([[1.06, 1.0, 0.92]]) / _KEY, (_KEY, 1))]
    )
    to_lamp = np.concatenate([dome, cluster]) @ about_z(-azimuth_deg).T
    right = np.cross(to_lamp, np.random.default_rng(7).normal(size=to_lamp.shape))  # any way across will do
    right /= np.linalg.norm(right, axis=1, keepdims=True)
    return Lamps(to_lamp=to_lamp, light=light, right=right, up=np.cross(to_lamp, right))
