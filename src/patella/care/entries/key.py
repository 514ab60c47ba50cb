"""Every key of an entry as a reader of the format is told of it: its name, and in words what its value must be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from patella.care.entries.bounds import ANY_LENGTH, MORE, UNBOUND, Unsaid


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key as a reader of the format is told of it."""

    name: str
    must: str
    needed: bool


def keys_of(kind: type) -> tuple[Key, ...]:
    """Every key of such a dataclass, with what its value must be."""
    hints = get_type_hints(kind, include_extras=True)
    named = [f for f in fields(kind) if f.name != MORE]
    return tuple(
        Key(name=f.name, must=must_be(hints[f.name]), needed=f.default is MISSING and f.default_factory is MISSING)
        for f in named
    )


def tables_in(kind: type) -> tuple[type, ...]:
    """The dataclasses that stand within the fields of this one."""
    return tuple(t for hint in get_type_hints(kind, include_extras=True).values() for t in _tables(hint))


def _tables(hint: object) -> list[type]:
    if isinstance(hint, type) and is_dataclass(hint):
        return [hint]
    return [t for part in get_args(hint) for t in _tables(part)]


def apart(hint: Any) -> tuple[Any, Any]:  # noqa: ANN401 - a type, as Python writes it
    """The bare type of a field, and the bounds that stand beside it."""
    if get_origin(hint) is Annotated:
        bare, bounds = get_args(hint)
        return bare, bounds
    return hint, UNBOUND if hint in (int, float) else ANY_LENGTH


def must_be(hint: Any) -> str:  # noqa: ANN401 - one line for each sort of type
    """What a value of this type must be, in words."""
    if isinstance(hint, type) and is_dataclass(hint):
        return f"a table ({hint.__name__})"
    if get_origin(hint) in (Union, UnionType):
        shown = [must_be(t) for t in get_args(hint) if t not in (type(None), Unsaid)]
        return " or ".join([*shown, *(["null"] if type(None) in get_args(hint) else [])])
    bare, bounds = apart(hint)
    origin = get_origin(bare) or bare
    if origin is tuple:
        parts = get_args(bare)
        if parts[-1] is Ellipsis:
            return f"a list of at most {bounds.most}, each {must_be(parts[0])}"
        return f"a list of {len(parts)}: {', then '.join(must_be(p) for p in parts)}"
    if origin is Mapping:
        inside = get_args(bare)[1]
        return "a table" if inside is object else f"a table of at most {bounds.most}, each {must_be(inside)}"
    if issubclass(bare, StrEnum):
        return f"one of {', '.join(bare)}"
    if bare in (int, float):
        return f"a {'whole ' if bare is int else ''}number from {bounds.least:.15g} to {bounds.most:.15g}"
    return _WORDS[bare].format(most=bounds.most)


_WORDS = {
    object: "anything",
    bool: "true or false",
    str: "text of at most {most} characters",
    date: "a day such as 2026-05-31",
    datetime: "a date and time with its offset such as 2026-05-31T18:04:11+02:00",
}
