"""A chart for paper: its shapes as SVG, and its words apart, so that the layout sets them in any script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

SVG = "http://www.w3.org/2000/svg"
VEGA_LITE = "6.1"
PLACE = re.compile(r"translate\(([-\d.e]+),\s*([-\d.e]+)\)")

ET.register_namespace("", SVG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Words of a drawing. `x` and `y` are where the line they stand on begins, ends or has its middle, in CSS pixels.

    `anchor` is start, middle or end; `size` the height of the letters in CSS pixels; `weight` 100 to 900.
    """

    text: str
    x: float
    y: float
    size: float
    weight: int
    fill: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Shapes without words, the words, and how wide and high both are together, in CSS pixels."""

    svg: str
    width: float
    height: float
    words: tuple[Word, ...]


def draw(chart: Mapping[str, Any]) -> str:
    """A chart as SVG, drawn on this machine."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(dict(chart), vl_version=VEGA_LITE))


def take_apart(svg: str) -> Drawing:
    """The drawing with its words lifted out of it. Words that are not to be seen are left out."""
    root = ET.fromstring(svg)  # noqa: S314 - drawn here, from a chart of our own
    words = tuple(_lift(root, 0.0, 0.0))
    return Drawing(
        svg=ET.tostring(root, encoding="unicode"),
        width=float(root.attrib["width"]),
        height=float(root.attrib["height"]),
        words=words,
    )


def _lift(group: ET.Element, x: float, y: float) -> Iterator[Word]:
    for part in list(group):
        place = PLACE.match(part.get("transform", ""))
        at = (x + float(place[1]), y + float(place[2])) if place else (x, y)
        if part.tag != f"{{{SVG}}}text":
            yield from _lift(part, *at)
            continue
        group.remove(part)
        if part.text and part.get("opacity") != "0":
            yield _word(part, part.text, *at)


def _word(part: ET.Element, text: str, x: float, y: float) -> Word:
    weight = part.get("font-weight", "normal")
    return Word(
        text=text,
        x=x,
        y=y,
        size=float(part.get("font-size", "12px").removesuffix("px")),
        weight={"normal": 400, "bold": 700}.get(weight) or int(weight),
        fill=part.get("fill", "#000000"),
        anchor=part.get("text-anchor", "start"),
    )
