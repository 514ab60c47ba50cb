"""The points of a track as nearly all programs write them, read by one pattern.

A parser calls into Python twice for every element, and that is most of an import's time. So points that are written in
the usual order, in plain characters, are found by a pattern and taken out; what is left, with a place holder for each
run of them, goes through the parser and its guards. Points within a comment leave a place holder within a comment, of
which nobody hears. Whatever is written in any other way stays where it is, and the parser reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple

PLACE = "patella-points"
_MARK = f"<{PLACE}".encode()
LEAST_ELEMENTS = 3
GPX_CADENCE = ("RunCadence", "cad")  # what watches call it, the first of them first
AT_ONCE, AT_FIRST = 1 << 18, 1 << 13  # characters
MOST_CHANGES = 3  # of how points are written, within one file, before it is taken to be of no one kind

Text = str | None
Point = tuple[Text, Text, Text, Text, Text, Text]  # what a file says of one, in the order of the columns


class Columns(NamedTuple):
    """What a file says of points that follow each other, as text, None where it does not say it.

    Latitude and longitude in degrees, height and distance so far in metres, cadence.
    """

    time: Sequence[Text]
    latitude: Sequence[Text]
    longitude: Sequence[Text]
    height: Sequence[Text]
    along: Sequence[Text]
    cadence: Sequence[Text]


def columns_of(points: Iterable[Point]) -> Columns:
    """The same of single points; there has to be one."""
    return Columns(*zip(*points, strict=True))


# Possessive throughout: nothing is tried twice, so that no file takes longer than its length.
_NUMBER = r"-?\d{1,9}+(?:\.\d{1,20}+)?+"
_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9}+)?+(?:Z|[+-]\d\d:\d\d)"
_LIKE_NUMBER, _LIKE_TIME = r"[-.\d]{1,32}+", r"[-:.+\dTZ]{1,40}+"  # quicker; who reads them sees what they are
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


class _Shape(NamedTuple):
    """How points are written, and which groups of it are the parts of a point; the cadence may stand in several."""

    written: str
    parts: Sequence[int | None]
    cadences: Sequence[int]

    @property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.written, re.ASCII)  # kept by re itself


_USUAL = {
    "trkpt": _Shape(_GPX, (3, 0, 1, 2, None), (4, 7, 9)),
    "Trackpoint": _Shape(_TCX, (0, 1, 2, 3, 4), (6, 9, 11, 5)),
}
_BETWEEN_TAGS = re.compile("(?<=>)([^<>]*+)(?=<)")


def _just_like(point: re.Match[str], shape: _Shape) -> _Shape:
    """The shape of points that are written just like this one: read in half the time, as there is nothing to choose."""
    wanted = [g for g in (*shape.parts, *shape.cadences) if g is not None and point[g + 1] is not None]
    wanted.sort(key=lambda g: point.start(g + 1))
    written, last = "", point.start()
    for group in wanted:
        begin, end = point.span(group + 1)
        like = _LIKE_TIME if group == shape.parts[0] else _LIKE_NUMBER
        written += _as_written(point.string[last:begin]) + f"({like})"
        last = end
    written += _as_written(point.string[last : point.end()].rstrip()) + r"\s*+"
    parts = [wanted.index(g) if g in wanted else None for g in shape.parts]
    return _Shape(written, parts, [wanted.index(g) for g in shape.cadences if g in wanted])


def _as_written(text: str) -> str:
    """A pattern for the same tags, with whatever may stand between them in place of what does."""
    tags = _BETWEEN_TAGS.split(text)
    between = ["" if not t else r"[\w .:+-]{0,80}+" if t.strip() else r"\s*+" for t in tags[1::2]]
    return "".join(map("".join, zip_longest(map(re.escape, tags[::2]), between, fillvalue="")))


class Points:
    """What was taken out of one file, run by run; `rest` is what the parser is to read."""

    def __init__(self, content: bytes, name: str) -> None:
        """`name`: that of a point's element, trkpt or Trackpoint."""
        self._runs: list[Columns] = []
        self.rest = content
        if f"<{name}".encode() in content and b"\0" not in content:  # no UTF-16
            text = content.decode("latin-1")  # every byte a character; what is taken out is ASCII
            rest = "".join(self._take(text, name)).encode("latin-1")
            if rest.count(_MARK) == len(self._runs):
                self.rest = rest
            else:  # a place holder of the file's own
                self._runs.clear()

    def _take(self, text: str, name: str) -> Iterator[str]:
        """What is left of a text: a place holder for each run. No point reaches beyond the end of its own element."""
        begin, opened, close = 0, f"<{name}", f"</{name}>"
        usual, changes = _USUAL[name], 0
        like: _Shape | None = None
        while begin < len(text):
            found = text.find(close, begin + (AT_ONCE if begin else AT_FIRST))
            end = len(text) if found < 0 else found + len(close)
            piece, begin = text[begin:end], end
            parts = _split(piece, like or usual)
            if like is None or any(opened in gap for gap in parts[0] if gap):
                parts = _split(piece, usual) if like else parts
                point = usual.pattern.match(piece, piece.rfind(opened)) if changes < MOST_CHANGES else None
                like = _just_like(point, usual) if point else None
                changes += 1
            yield from self._runs_of(*parts)

    def _runs_of(self, between: Sequence[str], columns: Columns | None) -> Iterator[str]:
        count = len(between) - 1
        starts = [n for n in range(count) if between[n] or not n]
        for first, last in pairwise([*starts, count] if columns else ()):
            yield between[first]
            yield f'<{PLACE} run="{len(self._runs)}"/>'
            self._runs.append(Columns._make(column[first:last] for column in columns or ()))
        yield between[-1]

    def elements(self, place: Mapping[str, str]) -> int:
        """About how many elements a run has: what a point has at least."""
        run = self.of(place)
        return LEAST_ELEMENTS * len(run.time) if run else 0

    def of(self, place: Mapping[str, str]) -> Columns | None:
        """The points of a run, by the attributes of its place holder; None where that is the file's own."""
        number = place.get("run", "")
        known = number.isdecimal() and int(number) < len(self._runs)
        return self._runs[int(number)] if known else None


def _split(text: str, shape: _Shape) -> tuple[Sequence[str], Columns | None]:
    """What is between the points of a text, ahead of the first and behind the last too, and what they say."""
    pattern = shape.pattern
    width = pattern.groups + 1
    parts = pattern.split(text)  # what is between two points, what the groups of the second say, and so on
    between = parts[::width]
    if len(between) == 1:
        return between, None
    silent = [None] * (len(between) - 1)
    said = [silent if g is None else parts[g + 1 :: width] for g in shape.parts]
    cadence = _first_said([parts[g + 1 :: width] for g in shape.cadences])
    return between, Columns._make((*said, cadence or silent))


def _first_said(columns: Sequence[Sequence[Text]]) -> Sequence[Text] | None:
    """Of what may stand in several places the first that is said, point by point."""
    speaking = [column for column in columns if any(column)]
    if len(speaking) > 1:
        return [next(filter(None, said), None) for said in zip(*speaking, strict=True)]
    return speaking[0] if speaking else None
