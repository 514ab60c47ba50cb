"""A large JSON file read member by member: something else may go between, and nobody ever holds all of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

LIST = object()
"""Stands for the list that was given one by one."""

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\n\r]*")


def members(text: str, listed: str) -> Iterator[tuple[str, object]]:
    """The members of the table that a JSON text is, each with its name; of the list `listed` every value by itself.

    That list is given as LIST ahead of its values. What is no table has no members. Raises json.JSONDecodeError.
    """
    at = _skip(text, 0)
    if not text.startswith("{", at):
        json.loads(text)
        return
    at = _skip(text, at + 1)
    while not text.startswith("}", at):
        name, at = _name(text, at)
        at = _skip(text, _expect(text, _skip(text, at), ":"))
        if name == listed and text.startswith("[", at):
            yield name, LIST
            for value, after in _values(text, at):
                if value is not LIST:
                    yield name, value
                at = after
        else:
            value, at = _DECODER.raw_decode(text, at)
            yield name, value
        at = _next(text, at, "}")
    if _skip(text, at + 1) != len(text):
        raise json.JSONDecodeError("Extra data", text, at + 1)


def _values(text: str, at: int) -> Iterator[tuple[object, int]]:
    """The values of a list with where each ends; LIST with where the list itself does."""
    at = _skip(text, at + 1)
    while not text.startswith("]", at):
        value, at = _DECODER.raw_decode(text, at)
        yield value, at
        at = _next(text, at, "]")
    yield LIST, at + 1


def _name(text: str, at: int) -> tuple[str, int]:
    name, after = _DECODER.raw_decode(text, at)
    if not isinstance(name, str):
        raise json.JSONDecodeError("Expecting property name enclosed in double quotes", text, at)
    return name, after


def _next(text: str, at: int, end: str) -> int:
    """Where the next member begins, or the end is."""
    at = _skip(text, at)
    if text.startswith(end, at):
        return at
    at = _skip(text, _expect(text, at, ","))
    if text.startswith(end, at):
        raise json.JSONDecodeError("Expecting value", text, at)
    return at


def _expect(text: str, at: int, sign: str) -> int:
    if not text.startswith(sign, at):
        raise json.JSONDecodeError(f"Expecting '{sign}' delimiter", text, at)
    return at + 1


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
