"""A walk through an XML file of a stranger: no document types, no entities, nothing fetched, not deep, not endless.

The parser is the standard library's own; what is dangerous in it is refused here, and so are depth and size.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from xml.parsers import expat

from patella.files.bad_file import BadFileError
from patella.files.points import PLACE, Columns, Points

DEEPEST = 64
MOST_ELEMENTS = 1_000_000
LONGEST_TOKEN = 1_000_000
CHUNK = 65_536
BLANKS = (b" ", b"\t", b"\r", b"\n", codecs.BOM_UTF8[:1])
CUT_SHORT = frozenset(
    expat.errors.codes[e]
    for e in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)
CUT = "It breaks off in the middle; what is whole of it is kept."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The elements a reader wants to hear of, by their names without prefix; all others are stepped over.

    `point` is one of those opened and closed, of which there are thousands: see `points.py`.
    """

    opened: frozenset[str]
    closed: frozenset[str]
    text: frozenset[str]
    point: str


class Reader(Protocol):
    """Who listens to a walk."""

    said: dict[str, str]

    def cut(self) -> bool:
        """The file breaks off here. Whether something of it is whole, and is kept."""

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element that is wanted begins."""

    def closed(self, name: str) -> None:
        """An element that is wanted ends."""

    def take(self, points: Columns) -> None:
        """Points in the usual writing, one after the other: neither opened nor closed is called for them."""


def walk(content: bytes, reader: Reader, wanted: Wanted) -> None:
    """Tell `reader` of the elements that are wanted, by their names without prefix.

    The text of those in `wanted.text` is put into its `said` by their name, unless one stands there already; it is the
    reader who empties that. Raises BadFileError for what is no XML, for a document type or an entity, for more than 64
    levels or a million elements, and for a single piece of more than a megabyte.
    """
    points = Points(_begun(content), wanted.point)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    _guard(parser)
    _listen(parser, reader, wanted, points)
    try:
        _feed(parser, points.rest, content, reader)
    finally:  # parser and listeners hold each other, and megabytes of points, until somebody sweeps
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None


def _begun(content: bytes) -> bytes:
    """The content from its first sign on: some programmes write blanks ahead of it, which XML does not allow."""
    return content.removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n") if content[:1] in BLANKS else content


def _guard(parser: expat.XMLParserType) -> None:
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)


def _listen(parser: expat.XMLParserType, reader: Reader, wanted: Wanted, points: Points) -> None:  # noqa: C901
    """Hear every element. An hour of running may have thirty thousand: this is written to be quick."""
    depth = elements = 0
    opened, closed, said = reader.opened, reader.closed, reader.said
    text: list[str] = []
    take = text.append
    owned: dict[str, str] = {}  # names as they are written, to those without prefix
    with_text, with_start, with_end = wanted.text, wanted.opened, wanted.closed

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > DEEPEST:
            raise BadFileError(f"It is nested deeper than {DEEPEST} levels: that is no activity file.")
        if elements > MOST_ELEMENTS:
            raise BadFileError(f"It has more than {MOST_ELEMENTS} elements: that is no recording of one activity.")
        own = owned.get(name) or owned.setdefault(name, name.rpartition(":")[2])
        if name == PLACE:
            elements += points.elements(attributes)
            if (run := points.of(attributes)) is not None:
                reader.take(run)
        elif own in with_text:
            text.clear()
            parser.CharacterDataHandler = take
        elif own in with_start:
            opened(own, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        own = owned[name]
        if own in with_text:
            parser.CharacterDataHandler = None
            if own not in said:
                said[own] = "".join(text)
        elif own in with_end:
            closed(own)

    parser.StartElementHandler = start
    parser.EndElementHandler = end


def _feed(parser: expat.XMLParserType, rest: bytes, content: bytes, reader: Reader) -> None:
    """Parse `rest`, which is what there is of `content` beside its points."""
    view, seen = memoryview(rest), 0
    try:
        for at in range(0, len(rest), CHUNK):
            parser.Parse(view[at : at + CHUNK], False)
            # What has been given and not yet been understood waits in memory: nothing sensible is that long.
            seen = max(seen, parser.CurrentByteIndex)
            if at + CHUNK - seen > LONGEST_TOKEN:
                raise BadFileError("A single piece of it is longer than a megabyte: that is no activity file.")
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        if error.code in CUT_SHORT and reader.cut():
            return
        line = _line_of_error(_begun(content), error.lineno)
        raise BadFileError(f"It is not whole: line {line}, {expat.errors.messages[error.code]}.") from None
    except (ValueError, LookupError) as error:
        if isinstance(error, BadFileError):
            raise
        raise BadFileError("It is written in characters that cannot be read.") from None


def _line_of_error(content: bytes, line: int) -> int:
    """The line of the file itself in which it goes wrong; `line` is that of what was left of it."""
    parser = expat.ParserCreate()
    _guard(parser)
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        return error.lineno
    return line


def _refuse(*_: object) -> int:
    raise BadFileError("It declares a document type or entities of its own; such files are refused.")
