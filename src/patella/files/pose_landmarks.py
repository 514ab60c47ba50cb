"""Where a body's landmarks are in one picture, before anything is steadied."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Landmarks:
    """What the landmark network says of a region: points in pixels of the upright picture, and in metres.

    `image` has x, y and z of every joint, then of the two points that say where to look next.
    """

    image: Doubles
    visibility: Doubles
    world: Doubles


def on_the_way(one: Landmarks, other: Landmarks, share: float) -> Landmarks:
    """From one to the other: at 0 the first, at 1 the second; beyond that as it would go on."""
    pairs = ((one.image, other.image), (one.visibility, other.visibility), (one.world, other.world))
    return Landmarks(*(a + (b - a) * share for a, b in pairs))
