"""What a scene is lit by and made of."""

from __future__ import annotations

from dataclasses import dataclass

from turns import Array

SIZE = (640, 480)


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """From where the lamp shines, how bright, and how bright it is all around."""

    to_lamp: tuple[float, float, float] = (-0.45, -0.35, 0.9)
    lamp: float = 0.75
    around: float = 0.55


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """Triangles that do not move, rows of place, normal and linear colour, with the pattern they have."""

    triangles: Array
    pattern: int = 0
