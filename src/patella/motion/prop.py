"""The things that exercises are done with, as a movement file tells them: boxes to rest on, and what the body holds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from patella.motion.body import POINTS
from patella.motion.definition import DefinitionError, Table


class PropKind(StrEnum):
    """The things that exercises are done with."""

    MAT = "mat"
    SEAT = "seat"
    STEP = "step"
    CUSHION = "cushion"
    WALL = "wall"
    POLE = "pole"
    ROLLER = "roller"
    BALL = "ball"
    BAND = "band"
    STRAP = "strap"
    KETTLEBELL = "kettlebell"
    ANKLE_WEIGHT = "ankle-weight"
    MINI_BAND = "mini-band"
    CHAIR = "chair"
    TOWEL = "towel"
    SHOE = "shoe"


class Axis(StrEnum):
    """The way a roller lies."""

    X = "x"
    Y = "y"


BOXES = frozenset({PropKind.MAT, PropKind.SEAT, PropKind.STEP, PropKind.CUSHION, PropKind.WALL})
_POINTS_OF: dict[PropKind, tuple[int, int]] = {
    PropKind.BALL: (2, 2),
    PropKind.BAND: (1, 1),
    PropKind.STRAP: (2, 4),
    PropKind.KETTLEBELL: (1, 1),
    PropKind.ANKLE_WEIGHT: (1, 2),
    PropKind.MINI_BAND: (2, 2),
    PropKind.TOWEL: (1, 1),
    PropKind.SHOE: (1, 2),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prop:
    """A thing: a box, or something held by points of the body. Lengths in metres; what a kind needs not is empty.

    `turn_deg` is where a chair looks: 0 forward, as the body does, + to the left.
    """

    name: str
    kind: PropKind
    points: tuple[str, ...] = ()
    centre_m: tuple[float, float] = (0.0, 0.0)
    size_m: tuple[float, float, float] = (0.0, 0.0, 0.0)
    base_m: float = 0.0
    radius_m: float = 0.0
    height_m: float = 0.0
    pole: str = ""
    along: str = ""
    turn_deg: float = 0.0

    @property
    def top_m(self) -> float | None:
        """Height of its upper surface; None where nothing can rest on it."""
        if self.kind in BOXES or self.kind is PropKind.CHAIR:
            return self.base_m + self.size_m[2]
        return self.base_m + 2 * self.radius_m if self.kind is PropKind.ROLLER else None


def named(table: Table, key: str, known: Mapping[str, object] | tuple[str, ...], what: str) -> tuple[str, ...]:
    """One or more names out of those that are known; `what` says in a complaint what they should have been."""
    names = table.texts(key)
    for i, name in enumerate(names):
        if name not in known:
            raise DefinitionError(f"{table.path(key)}[{i}]", f"must be {what}, not {name!r}.")
    if not names:
        raise DefinitionError(table.path(key), f"must name at least one: {what}.")
    return names


def parse_props(table: Table) -> tuple[Prop, ...]:
    """Every thing under `props`, in the order of the file. Raises DefinitionError for what is unknown or incomplete."""
    props: dict[str, Prop] = {}
    for t in table.tables("props"):
        prop = _prop(t)
        if prop.name in props or prop.name == "floor":
            raise DefinitionError(t.path("name"), f"must be its own; there is already a {prop.name!r}.")
        props[prop.name] = prop
    for prop in props.values():
        if prop.pole and (prop.pole not in props or props[prop.pole].kind is not PropKind.POLE):
            raise DefinitionError(f"props.{prop.name}.pole", f"must be the name of a pole, not {prop.pole!r}.")
    return tuple(props.values())


def _prop(table: Table) -> Prop:
    kind = table.choice("kind", PropKind)
    name = table.text("name") if table.has("name") else kind.value
    base = table.number("base_m", 0, 2) if table.has("base_m") else 0.0
    prop = Prop(name=name, kind=kind, base_m=base)
    if kind in BOXES:
        prop = Prop(name=name, kind=kind, base_m=base, centre_m=_centre(table), size_m=_size(table))
    elif kind is PropKind.CHAIR:
        prop = Prop(
            name=name, kind=kind, centre_m=_centre(table), size_m=_size(table),
            height_m=table.number("height_m", 0.5, 1.5),
            turn_deg=table.number("turn_deg", -180, 180) if table.has("turn_deg") else 0.0,
        )  # fmt: skip
    elif kind is PropKind.POLE:
        prop = Prop(name=name, kind=kind, centre_m=_centre(table), height_m=table.number("height_m", 0.2, 3))
    elif kind is PropKind.ROLLER:
        along = table.choice("along", Axis).value
        prop = Prop(name=name, kind=kind, base_m=base, radius_m=table.number("radius_m", 0.02, 0.2), along=along)
    else:
        radius = table.number("radius_m", 0.03, 0.5) if kind is PropKind.BALL else 0.0
        pole = table.text("pole") if kind is PropKind.BAND else ""
        prop = Prop(name=name, kind=kind, points=_held(table, kind), radius_m=radius, pole=pole)
    table.done()
    return prop


def _held(table: Table, kind: PropKind) -> tuple[str, ...]:
    points = named(table, "points", POINTS, "a point of the body")
    low, high = _POINTS_OF[kind]
    if not low <= len(points) <= high:
        raise DefinitionError(table.path("points"), f"must be {low} to {high} points for a {kind.value}.")
    return points


def _centre(table: Table) -> tuple[float, float]:
    centre = table.numbers("centre_m", -3, 3)
    if len(centre) != 2:  # noqa: PLR2004 - x and y
        raise DefinitionError(table.path("centre_m"), "must be two numbers, x and y.")
    return centre[0], centre[1]


def _size(table: Table) -> tuple[float, float, float]:
    size = table.numbers("size_m", 0, 3)
    if len(size) != 3 or not math.prod(size):  # noqa: PLR2004 - x, y and z
        raise DefinitionError(table.path("size_m"), "must be three numbers above 0: along x, y and z.")
    return size[0], size[1], size[2]
