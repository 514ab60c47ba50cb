"""Where the picture is taken from, and how far away the eye stands so that everything just fits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from turns import Array, unit

_ROUNDS = 14  # of centring and stepping back or forward
_NEAR, _FAR = 0.1, 30.0
_SLIMMEST, _WIDEST = 0.70, 1.65  # width to height of a picture
_STEP = 16  # pixels that its sides are multiples of
_BESIDE = 1.06  # room at the sides of a close-up
_GROUND = 0.80  # low scenes stand this far below the middle, as a share of half the height


@dataclass(frozen=True, slots=True, kw_only=True)
class Eye:
    """Azimuth 0 looks at the front, 90 at the right side; elevation looks down; `angle` is the lens. Degrees."""

    azimuth_deg: float
    elevation_deg: float
    angle_deg: float = 24.0
    margin: float = 1.10

    def axes(self) -> Array:
        """Directions right, up and back towards the eye, one a row."""
        a, e = np.radians(self.azimuth_deg), np.radians(self.elevation_deg)
        back = np.array([-np.sin(a) * np.cos(e), -np.cos(a) * np.cos(e), np.sin(e)])
        right = unit(np.cross(-back, [0, 0, 1.0]))
        return np.array([right, np.cross(right, -back), back])


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A framed view: the projection, the eye's place, and the sides of the picture in proportion (longer side 1)."""

    view: Array
    eye: Array
    width: float
    height: float

    def size(self, longer_px: int) -> tuple[int, int]:
        """Width and height in pixels, whole steps."""
        return round(self.width * longer_px / _STEP) * _STEP, round(self.height * longer_px / _STEP) * _STEP


def frame(eye: Eye, spots: Array, *, tight: bool = False) -> Shot:
    """The shot that just holds all spots (n, 3); `tight` cuts at the uppermost and the lowest."""
    axes = eye.axes()
    q = spots @ axes.T
    lens = 1 / np.tan(np.radians(eye.angle_deg) / 2)
    beside, above = (_BESIDE, 1.0) if tight else (eye.margin, eye.margin)
    centre, away = (q.min(0) + q.max(0)) / 2, 4.0
    width = height = 1.0
    for _ in range(_ROUNDS):
        scale = lens / (centre[2] + away - q[:, 2])
        x, y = (q[:, 0] - centre[0]) * scale, (q[:, 1] - centre[1]) * scale
        centre[0] += (x.max() + x.min()) / 2 * away / lens
        centre[1] += (y.max() + y.min()) / 2 * away / lens
        across, along = (x.max() - x.min()) / 2 * beside, (y.max() - y.min()) / 2 * above
        proportion = float(np.clip(across / along, _SLIMMEST, _WIDEST))
        width, height = min(1.0, proportion), min(1.0, 1 / proportion)
        away *= max(across / width, along / height)
    if not tight:
        scale = lens / (centre[2] + away - q[:, 2])
        lowest = float(((q[:, 1] - centre[1]) * scale).min()) / height
        centre[1] += max(0.0, _GROUND + lowest) * 0.6 * height * away / lens
    place = centre[0] * axes[0] + centre[1] * axes[1] + (centre[2] + away) * axes[2]
    look = np.eye(4)
    look[:3, :3], look[:3, 3] = axes, -axes @ place
    deep, flat = (_FAR + _NEAR) / (_NEAR - _FAR), 2 * _FAR * _NEAR / (_NEAR - _FAR)
    project = np.array([[lens / width, 0, 0, 0], [0, lens / height, 0, 0], [0, 0, deep, flat], [0, 0, -1, 0]])
    return Shot(view=project @ look, eye=place, width=width, height=height)
