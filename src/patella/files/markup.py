"""A walk through an XML file of a stranger: no document types, no entities, nothing fetched, not deep, not endless.

The parser is the standard library's own; what is dangerous in it is refused here, and so are depth and size.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from patella.files.bad_file import BadFileError

DEEPEST = 64
MOST_ELEMENTS = 1_000_000
LONGEST_TOKEN = 1_000_000
CHUNK = 65_536

Opened = Callable[[str, Mapping[str, str]], None]
Closed = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The elements a reader wants to hear of, by their names without prefix; all others are stepped over."""

    opened: frozenset[str]
    closed: frozenset[str]
    text: frozenset[str]


def walk(content: bytes, opened: Opened, closed: Closed, *, wanted: Wanted, said: dict[str, str]) -> None:
    """Call `opened(name, attributes)` and `closed(name)` for the elements that are wanted, names without prefix.

    The text of those in `wanted.text` is put into `said` by their name, unless one stands there already: who listens
    empties it. Raises BadFileError for what is no XML, for a document type or an entity, for more than 64 levels or a
    million elements, and for a single piece of more than a megabyte.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    _guard(parser)
    _listen(parser, opened, closed, wanted, said)
    _feed(parser, content)


def _guard(parser: expat.XMLParserType) -> None:
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)


def _listen(parser: expat.XMLParserType, opened: Opened, closed: Closed, wanted: Wanted, said: dict[str, str]) -> None:
    """Hear every element. An hour of running has thirty thousand: this is written to be quick."""
    depth = elements = 0
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
        if own in with_text:
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


def _feed(parser: expat.XMLParserType, content: bytes) -> None:
    view, seen = memoryview(content), 0
    try:
        for at in range(0, len(content), CHUNK):
            parser.Parse(view[at : at + CHUNK], False)
            # What has been given and not yet been understood waits in memory: nothing sensible is that long.
            seen = max(seen, parser.CurrentByteIndex)
            if at + CHUNK - seen > LONGEST_TOKEN:
                raise BadFileError("A single piece of it is longer than a megabyte: that is no activity file.")
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise BadFileError(f"It is not whole: line {error.lineno}, {expat.errors.messages[error.code]}.") from None
    except (ValueError, LookupError) as error:
        if isinstance(error, BadFileError):
            raise
        raise BadFileError("It is written in characters that cannot be read.") from None


def _refuse(*_: object) -> int:
    raise BadFileError("It declares a document type or entities of its own; such files are refused.")
