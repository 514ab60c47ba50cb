"""The points of a track as nearly all programs write them, read by one pattern.

A parser calls into Python twice for every element, and that is most of an import's time. So points that are written in
the usual order, in plain characters, are found by a pattern and taken out; what is left, with a place holder for each
run of them, goes through the parser and its guards. Points within a comment leave a place holder within a comment, of
which nobody hears. Whatever is written in any other way stays where it is, and the parser reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

PLACE = "patella-points"
_MARK = f"<{PLACE}".encode()
LEAST_ELEMENTS = 3
GPX_CADENCE = ("RunCadence", "cad")  # what watches call it, the first of them first


# What a file says of one point, as text, None where it does not: time, latitude, longitude, height and distance so far
# in metres, cadence.
Text = str | None
Point = tuple[Text, Text, Text, Text, Text, Text]

# Possessive throughout: nothing is tried twice, so that no file takes longer than its length.
_NUMBER = r"-?\d{1,9}+(?:\.\d{1,20}+)?+"
_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9}+)?+(?:Z|[+-]\d\d:\d\d)"
_SAID = r'(?:\s++[A-Za-z][\w:]{0,40}+="[\w .:+/-]{0,200}+")?+\s*+'
_LEAF = r"<([A-Za-z][\w:]{0,40}+)>[\w .:+-]{0,80}+</\%d>"


def _maybe(name: str, inner: str, said: str = "") -> str:
    return rf"(?:<{name}{said}>\s*+{inner}\s*+</{name}>\s*+)?+"


def _beside(first: int, cadence: str) -> str:
    """Elements one after the other, of which one may be the cadence; `first`: the number of the first group in it."""
    found = rf"<(?:\w{{1,20}}+:)?+(?:{cadence})>({_NUMBER})</(?:\w{{1,20}}+:)?+(?:{cadence})>"
    return rf"(?>(?>{found}|{_LEAF % (first + 1)})\s*+){{0,30}}+"


def _within(first: int, cadence: str) -> str:
    """The same, also within one element more."""
    wrapped = rf"<([A-Za-z][\w:]{{0,40}}+){_SAID}>\s*+{_beside(first + 3, cadence)}</\{first + 2}>\s*+"
    return rf"{_beside(first, cadence)}(?:{wrapped})?+{_beside(first + 5, cadence)}"


_GPX = (
    rf'<trkpt lat="({_NUMBER})" lon="({_NUMBER})">\s*+'
    + _maybe("ele", rf"({_NUMBER})")
    + _maybe("time", rf"({_TIME})")
    + _maybe("extensions", _within(5, "|".join(GPX_CADENCE)))
    + r"</trkpt>\s*+"
)
_TCX = (
    r"<Trackpoint>\s*+"
    + _maybe("Time", rf"({_TIME})")
    + _maybe(
        "Position",
        rf"<LatitudeDegrees>({_NUMBER})</LatitudeDegrees>\s*+<LongitudeDegrees>({_NUMBER})</LongitudeDegrees>",
    )
    + _maybe("AltitudeMeters", rf"({_NUMBER})")
    + _maybe("DistanceMeters", rf"({_NUMBER})")
    + _maybe("HeartRateBpm", r"<Value>\d{1,5}+</Value>", _SAID)
    + _maybe("Cadence", rf"({_NUMBER})")
    + _maybe("SensorState", r"\w{1,20}+")
    + _maybe("Extensions", _within(7, "RunCadence"))
    + r"</Trackpoint>\s*+"
)
# The pattern, and which of its groups are the parts of a point; the cadence may stand in several.
_PATTERNS = {
    "trkpt": (re.compile(_GPX, re.ASCII), (3, 0, 1, 2, None), (4, 7, 9)),
    "Trackpoint": (re.compile(_TCX, re.ASCII), (0, 1, 2, 3, 4), (6, 9, 11, 5)),
}


class Points:
    """What was taken out of one file, run by run; `rest` is what the parser is to read."""

    def __init__(self, content: bytes, name: str) -> None:
        """`name`: that of a point's element, trkpt or Trackpoint."""
        self._runs: list[list[Point]] = []
        self.rest = content
        if f"<{name}".encode() in content and _MARK not in content and b"\0" not in content:  # no UTF-16
            text = content.decode("latin-1")  # every byte a character; what is taken out is ASCII
            self.rest = "".join(self._take(text, name)).encode("latin-1")

    def _take(self, text: str, name: str) -> Iterator[str]:
        """What is left of a text: a place holder for each run, and every line, so that an error names the right one."""
        pattern, (time, latitude, longitude, height, along), cadences = _PATTERNS[name]
        last = 0
        run: list[Point] = []
        for found in pattern.finditer(text):
            start, end = found.span()
            if start != last or not self._runs:
                yield text[last:start]
                yield f'<{PLACE} run="{len(self._runs)}"/>'
                run = []
                self._runs.append(run)
            yield "\n" * text.count("\n", start, end)
            said = found.groups()
            turned = next(filter(None, [said[g] for g in cadences]), None)
            metres = None if along is None else said[along]
            run.append((said[time], said[latitude], said[longitude], said[height], metres, turned))
            last = end
        yield text[last:]

    def elements(self, place: Mapping[str, str]) -> int:
        """About how many elements a run has: what a point has at least."""
        return LEAST_ELEMENTS * len(self.of(place))

    def of(self, place: Mapping[str, str]) -> Sequence[Point]:
        """The points of a run, by the attributes of its place holder; none where that is the file's own."""
        number = place.get("run", "")
        known = number.isdecimal() and int(number) < len(self._runs)
        return self._runs[int(number)] if known else ()
