"""Outlines for line drawings: an eye that flattens the room, taut strings round circles, and a stage for both."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from patella.motion.body import Vec

Spot = tuple[float, float]  # on paper: centimetres to the right, centimetres down
Circle = tuple[float, float, float]  # a spot and a radius, centimetres

_DIRECTIONS = 180  # how finely the string's corners are looked for; they are then computed exactly


@dataclass(frozen=True, slots=True, kw_only=True)
class Eye:
    """Looks at the body from far away: azimuth 0 sees its front, 90 its right side; elevation looks down. Degrees."""

    azimuth_deg: float
    elevation_deg: float

    def sees(self, place: Vec) -> tuple[float, float, float]:
        """Right and down on paper in centimetres, and nearness in metres (larger is nearer to the eye)."""
        a, e = math.radians(self.azimuth_deg), math.radians(self.elevation_deg)
        x, y, z = place
        right = math.cos(a) * x - math.sin(a) * y
        back = -math.sin(a) * x - math.cos(a) * y
        up = z * math.cos(e) - back * math.sin(e)
        return 100 * right, -100 * up, back * math.cos(e) + z * math.sin(e)

    def spot(self, place: Vec) -> Spot:
        """Where a place in the room is on paper."""
        return self.sees(place)[:2]


def number(value: float) -> str:
    """A coordinate to a tenth of a centimetre, as short as it can be written."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def taut(circles: Sequence[Circle]) -> str:
    """Path data of a string pulled tight round circles (radius 0: a point); always drawn the same way round."""
    order = _order(circles)
    if len(order) == 1:
        x, y, r = order[0]
        left, right, n = f"{number(x - r)} {number(y)}", f"{number(x + r)} {number(y)}", number(r)
        return f"M{left}A{n} {n} 0 1 1 {right}A{n} {n} 0 1 1 {left}Z"
    path: list[str] = []
    for before, circle, after in zip((order[-1], *order[:-1]), order, (*order[1:], order[0]), strict=True):
        start, end = _tangent(before, circle), _tangent(circle, after)
        x, y, r = circle
        path.append(f"{'L' if path else 'M'}{number(x + r * math.cos(start))} {number(y + r * math.sin(start))}")
        sweep = (end - start) % math.tau
        if r * sweep > 0.05 and sweep < math.tau - 0.01:  # noqa: PLR2004 - shorter than can be seen or written
            tip = f"{number(x + r * math.cos(end))} {number(y + r * math.sin(end))}"
            path.append(f"A{number(r)} {number(r)} 0 {int(sweep > math.pi)} 1 {tip}")
    return "".join(path) + "Z"


def _order(circles: Sequence[Circle]) -> list[Circle]:
    """The circles the string touches, in order; a circle may be touched twice."""
    order: list[Circle] = []
    for i in range(_DIRECTIONS):
        u, v = math.cos(math.tau * i / _DIRECTIONS), math.sin(math.tau * i / _DIRECTIONS)
        outermost = max(circles, key=lambda c: c[0] * u + c[1] * v + c[2])
        if not order or outermost != order[-1]:
            order.append(outermost)
    while len(order) > 1 and order[0] == order[-1]:
        order.pop()
    return order


def _tangent(a: Circle, b: Circle) -> float:
    """Direction from either centre to where the string leaves circle a for circle b."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    lean = (a[2] - b[2]) / (math.hypot(dx, dy) or 1.0)
    return math.atan2(dy, dx) - math.acos(min(1.0, max(-1.0, lean)))


def line(spots: Sequence[Spot]) -> str:
    """Path data of an open line through spots."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in spots)


def curve(spots: Sequence[Spot]) -> str:
    """Path data of a smooth open curve: quadratic pieces that meet half-way between spots."""
    path = f"M{number(spots[0][0])} {number(spots[0][1])}"
    for (x, y), (nx, ny) in pairwise(spots[1:]):
        mx, my = ((x + nx) / 2, (y + ny) / 2) if (nx, ny) != spots[-1] else (nx, ny)
        path += f"Q{number(x)} {number(y)} {number(mx)} {number(my)}"
    return path


@dataclass(slots=True, kw_only=True)
class Stage:
    """Collects shapes and paints them from the farthest to the nearest."""

    eye: Eye
    line_cm: float
    _shapes: list[tuple[float, str]] = field(default_factory=list)
    _extent: tuple[float, float, float, float] = (math.inf, math.inf, -math.inf, -math.inf)

    def ball(self, place: Vec, radius_m: float) -> Circle:
        """A ball in the room as a circle on paper."""
        x, y = self.eye.spot(place)
        return x, y, 100 * radius_m

    def solid(self, nearness: float, hulls: Sequence[Sequence[Circle]], *, fill: str = "", line_cm: float = 0) -> None:
        """One outline round several overlapping hulls: only the outer edge of their union is seen."""
        for hull in hulls:
            self._grow(hull)
        colour = f' fill="{fill}"' if fill else ""
        width = f' stroke-width="{number(2 * line_cm)}"' if line_cm else ""
        self.put(nearness, f'<path d="{"".join(taut(hull) for hull in hulls)}"{colour}{width}/>')

    def stroke(self, nearness: float, data: str, spots: Sequence[Spot], *, ink: str = "", line_cm: float = 0) -> None:
        """An open line; `spots` say how far it reaches."""
        self._grow([(x, y, 0.0) for x, y in spots])
        colour = f' stroke="{ink}"' if ink else ""
        width = number(line_cm or self.line_cm)
        self.put(nearness, f'<path d="{data}" fill="none"{colour} stroke-width="{width}"/>')

    def dot(self, nearness: float, circle: Circle, fill: str) -> None:
        """A filled disc without an outline."""
        x, y, r = circle
        self.put(nearness, f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(r)}" fill="{fill}" stroke="none"/>')

    def put(self, nearness: float, shape: str) -> None:
        """Put a shape of SVG onto the stage; what has the larger `nearness` is drawn over the others."""
        self._shapes.append((nearness, shape))

    def extent(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of everything on the stage, centimetres."""
        return self._extent

    def text(self) -> str:
        """Every shape, the farthest first; of two equally near ones the later is on top."""
        shapes = "".join(shape for _, shape in sorted(self._shapes, key=lambda s: s[0]))
        # Stroke first, fill on top: what remains of a stroke is its outer half, round the union of the hulls.
        return f'<g paint-order="stroke" stroke-width="{number(2 * self.line_cm)}">{shapes}</g>'

    def _grow(self, circles: Sequence[Circle]) -> None:
        left, top, right, bottom = self._extent
        for x, y, r in circles:
            left, top, right, bottom = min(left, x - r), min(top, y - r), max(right, x + r), max(bottom, y + r)
        self._extent = (left, top, right, bottom)
