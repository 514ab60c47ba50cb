"""Quantities in words: kilometres or miles, kilograms or pounds, centimetres or inches. What is kept stays metric.

The mile, the pound and the inch are the international ones of 1959: 1609.344 m, 0.45359237 kg and 2.54 cm.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum, StrEnum
from typing import TypeVar, cast

T = TypeVar("T")
MILE_MM, KM_MM = 1_609_344, 1_000_000
POUND_KG, INCH_CM = 0.45359237, 2.54
WHOLE_FROM = 100  # so many kilometres or miles are told without tenths
# What stands at the end of brackets has the other unit ahead of it already; `10 cm step` is a 4-inch one.
_KM, _CM, _KG = (re.compile(rf"(\d+(?:\.\d+)?) {unit}\b(?!\))((?= [a-z]))?") for unit in ("km", "cm", "kg"))
_TYPED = re.compile(r"(\d+(?:[.,]\d*)?|[.,]\d+)\s*(km|kilometres?|mi|miles?)?", re.IGNORECASE | re.ASCII)
# Metres are only ever said of where a camera stands or how much floor there is: nobody measures them.
_METRES = {
    "two to three metres": "seven to ten feet",
    "two or three metres": "seven to ten feet",
    "a metre": "three feet",
}


class Weight(StrEnum):
    """What weights are told in."""

    KG = "kg"
    LB = "lb"


class Distance(StrEnum):
    """What distances are told in."""

    KM = "km"
    MI = "mi"

    @property
    def metres(self) -> float:
        """How many metres one has."""
        return (KM_MM if self is Distance.KM else MILE_MM) / 1000


class Height(StrEnum):
    """What is short is told in: centimetres and metres, or inches and feet."""

    CM = "cm"
    FT = "ft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """How one person likes quantities told; each is a choice of its own."""

    weight: Weight = Weight.KG
    distance: Distance = Distance.KM
    height: Height = Height.CM

    def far(self, metres: float) -> str:
        """How far something was, to the nearest tenth: `5 km`, `3.1 mi`; from a hundred on without tenths."""
        much = metres / self.distance.metres
        return f"{_nearest(much, 1 if much >= WHOLE_FROM else 10):g} {self.distance}"

    def line(self, metres: int) -> str:
        """A line of risk, rounded down to the tenth: its words never raise it."""
        mm = KM_MM if self.distance is Distance.KM else MILE_MM
        return f"{metres * 10_000 // mm / 10:g} {self.distance}"

    def pace(self, speed_m_s: float) -> str:
        """How fast, as runners say it, to the second: `5:30 a km`, `8:51 a mile`. The speed is above 0."""
        seconds = round(self.distance.metres / speed_m_s)
        return f"{seconds // 60}:{seconds % 60:02d} a {'km' if self.distance is Distance.KM else 'mile'}"

    def much(self, metres: float) -> float:
        """So many kilometres or miles, for an axis or a table."""
        return metres / self.distance.metres

    def load(self, kg: float) -> str:
        """A weight: `4.08 kg`, `9 lb`; pounds to the nearest tenth."""
        return f"{kg:g} kg" if self.weight is Weight.KG else f"{_nearest(kg / POUND_KG):g} lb"

    def said(self, text: str) -> str:
        """A text of the library, which is metric, in these units. Not for lines of risk, nor for a person's words."""
        if self == METRIC:
            return text
        if self.distance is Distance.MI:
            text = _KM.sub(lambda m: self.far(float(m[1]) * 1000), text)
        if self.weight is Weight.LB:
            text = _KG.sub(lambda m: self.load(float(m[1])), text)
        if self.height is Height.FT:
            text = _CM.sub(lambda m: _inches(float(m[1]), ahead=m[2] is not None), text)
            for metres, feet in _METRES.items():
                text = text.replace(metres, feet)
        return text

    def said_in(self, values: T) -> T:
        """Values with every text in them told so; keys stay, and so does what is one of a set of words."""
        return values if self == METRIC else cast("T", _each(values, self.said))

    def metres_of(self, typed: str) -> int:
        """Whole metres of what somebody typed: `5`, `3,1`, `5 km`, `3mi`; without a unit it is the chosen one.

        Raises ValueError with a sentence.
        """
        found = _TYPED.fullmatch(typed.strip())
        if found is None:
            raise ValueError(f"A distance is a number, such as 5.2, 5km or 3mi, not {typed[:40]!r}.")
        unit = (found[2] or self.distance).lower()
        return round(float(found[1].replace(",", ".")) * (Distance.KM if unit[0] == "k" else Distance.MI).metres)


def _each(values: object, tell: Callable[[str], str]) -> object:
    if isinstance(values, Enum):
        return values
    if isinstance(values, str):
        return tell(values)
    if is_dataclass(values) and not isinstance(values, type):
        return replace(values, **{f.name: _each(getattr(values, f.name), tell) for f in fields(values)})
    if isinstance(values, Mapping):
        return {key: _each(value, tell) for key, value in values.items()}
    if isinstance(values, tuple):
        return tuple(_each(v, tell) for v in values)
    return [_each(v, tell) for v in values] if isinstance(values, list) else values


def _inches(cm: float, *, ahead: bool) -> str:
    """To the nearest inch; `ahead` of what is so high."""
    inches = _nearest(cm / INCH_CM, 1)
    return f"{inches:g}-inch" if ahead else f"{inches:g} inch{'' if inches == 1 else 'es'}"


def _nearest(value: float, parts: int = 10) -> float:
    return math.floor(value * parts + 0.5) / parts


METRIC = Units()
