"""A sneaker drawn over a foot: a smooth upper and a pale sole, made of rings round the foot's own skin."""

from __future__ import annotations

import numpy as np
from shapes import evenly, hull, loft
from turns import Array

_COLLAR_M = 0.028  # it ends so far above the ankle joint
_THICK_M = 0.008
_SLICE_M = 0.016  # half a slice: about as long as a toe is wide
_TOE_M, _HEEL_M = 0.012, 0.010  # longer than the foot, in front and behind
_ROUND_M = 0.022  # how far from its ends it begins to be round
_SOLE_M, _EDGE_M = 0.018, 0.012  # below the foot, and up its side
_RINGS, _CORNERS = 30, 40


def sneaker(skin: Array, turn: Array, ankle: Array) -> Array:
    """The shoe as triangles. `skin` is that of foot, toes and shank, `turn` and `ankle` are the foot's own frame."""
    foot = (skin - ankle) @ turn
    foot = foot[foot[:, 2] < _COLLAR_M]
    front, back = float(foot[:, 1].min()) - _TOE_M, float(foot[:, 1].max()) + _HEEL_M
    # Rings stand closer together at the ends, where the shoe is round.
    deep = (back + front) / 2 + (back - front) / 2 * np.cos(np.linspace(0, np.pi, _RINGS))
    rings = [_ring(foot, y, (front + 0.020, back - 0.016)) for y in deep]
    low = float(foot[:, 2].min())
    uppers, soles = [], []
    for y, rim in zip(deep, rings, strict=True):
        x, z, at = rim[:, 0], rim[:, 1], np.full(len(rim), y)
        wide = x.mean() + (x - x.mean()) * 1.08
        uppers.append(np.stack([x, at, z], 1))
        soles.append(np.stack([wide, at, np.where(z < low + _EDGE_M, low - _SOLE_M, low + _EDGE_M)], 1))
    parts = [loft(np.array(p) @ turn.T + ankle, colour) for p, colour in ((uppers, "shoe"), (soles, "sole"))]
    return np.concatenate(parts)


def _ring(foot: Array, y: float, ends: tuple[float, float]) -> Array:
    """The outline of the shoe across the foot at a place along it; beyond the ends it closes."""
    nearest = float(np.clip(y, *ends))
    rim = hull(foot[np.abs(foot[:, 1] - nearest) < _SLICE_M][:, [0, 2]])
    middle = rim.mean(0)
    out = rim - middle
    rim = out * (1 + _THICK_M / np.linalg.norm(out, axis=1, keepdims=True))
    tight = 0.25 + 0.75 * np.sqrt(max(0.0, 1 - ((y - nearest) / _ROUND_M) ** 2))
    return _clock(middle + rim * tight)


def _clock(rim: Array) -> Array:
    """The same closed rim told by as many directions from its middle as every other, so that neighbours fit."""
    middle = (rim.min(0) + rim.max(0)) / 2
    way = evenly(rim, 0.003) - middle
    angle = np.arctan2(way[:, 1], way[:, 0])
    order = np.argsort(angle)
    turns = np.linspace(-np.pi, np.pi, _CORNERS, endpoint=False)
    far = np.interp(turns, angle[order], np.linalg.norm(way[order], axis=1), period=2 * np.pi)
    return np.asarray(middle + far[:, None] * np.stack([np.cos(turns), np.sin(turns)], 1))
