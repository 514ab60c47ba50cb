"""The one rule between a dataclass and plain JSON values: for the diary, what is remembered, the pages and `--json`.

A field's name is its key and carries its unit. Read, a field without a default must be there; one that may be None may
be left out. Bounds stand beside the type: `Annotated[int, Bounds(0, 10)]`. Keys that no field of an entry knows are
those of a newer version: they are kept in `more`, untouched.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum, StrEnum
from types import MappingProxyType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from patella.care.entries.bounds import MORE, UNSAID, Bounds, Longest, Unsaid
from patella.care.entries.key import apart, keys_of, must_be

LONGEST_QUOTE = 60
NOTHING_MORE: Mapping[str, object] = MappingProxyType({})

T = TypeVar("T")
V = TypeVar("V", bound="Values")
Reader = Callable[[object], object]


class BodyError(ValueError):
    """A value is not what its key asks for: a sentence that begins with the key, such as plan.items[2].reps."""

    def __init__(self, what: str, keys: tuple[str, ...] = ()) -> None:
        """`keys`: the way to the value, the outermost first."""
        super().__init__(what, keys)
        self._what = what
        self._keys = keys

    def __str__(self) -> str:
        """The sentence."""
        where = "".join(k if k.startswith("[") else f".{k}" for k in self._keys).lstrip(".")
        return f"{where or 'body'} {self._what}"

    def within(self, key: str) -> BodyError:
        """The same, of a value within another."""
        return BodyError(self._what, (key, *self._keys))


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """Some values of an entry. `more` are keys of a newer version, kept as they are."""

    more: Mapping[str, object] = field(default_factory=lambda: NOTHING_MORE)


def known(value: T | Unsaid | None, otherwise: T) -> T:
    """What was said, or what stands where nothing was."""
    return otherwise if value is None or isinstance(value, Unsaid) else value


def later(said: V, more: V) -> V:
    """What was said, with what was said after it: what that leaves out stays."""
    values = {name: getattr(more, name) for name in _names(type(more))}
    return replace(said, **{name: value for name, value in values.items() if value is not UNSAID})


def read(kind: type[T], value: object) -> T:
    """The value as this dataclass. Raises BodyError with a sentence that names the key."""
    found = _reader(kind)(value)
    assert isinstance(found, kind)  # noqa: S101 - a reader gives what it is named after
    return found


def write(values: object) -> dict[str, object]:
    """The plain values of a dataclass: what `read` makes it of again."""
    kept = {name: getattr(values, name) for name in _names(type(values))}
    said = {name: plain(value) for name, value in kept.items() if value is not UNSAID}
    return {**said, **values.more} if isinstance(values, Values) else said


def plain(value: object) -> object:
    """A value as JSON has it: a dataclass is a table of its fields, a day is 2026-05-31, a set is a list in order."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    if is_dataclass(value):
        return write(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(plain(k)): plain(v) for k, v in value.items()}
    if isinstance(value, frozenset):
        return sorted((plain(v) for v in value), key=str)
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    raise TypeError(f"{type(value).__name__} has no plain values.")


def _names(kind: type) -> tuple[str, ...]:
    if kind not in _NAMES:
        _NAMES[kind] = tuple(f.name for f in fields(kind) if f.name != MORE)
    return _NAMES[kind]


_NAMES: dict[type, tuple[str, ...]] = {}


def more_than(kind: type[T], base: object, **more: object) -> T:
    """A dataclass that says what `base` says, as far as it has the same fields, and more."""
    shared = (n for n in _names(type(base)) if n in _names(kind) and n not in more)
    return kind(**{name: getattr(base, name) for name in shared}, **more)


def _reader(hint: Any) -> Reader:  # noqa: ANN401 - a type, as Python writes it
    """What reads a value of this type."""
    if hint not in _READERS:
        _READERS[hint] = _make_reader(hint)
    return _READERS[hint]


_READERS: dict[object, Reader] = {}


def _make_reader(hint: Any) -> Reader:  # noqa: ANN401
    if isinstance(hint, type) and is_dataclass(hint):
        return _table(hint)
    if get_origin(hint) in (Union, UnionType):
        return _either(hint)
    bare, bounds = apart(hint)
    origin = get_origin(bare) or bare
    if origin is tuple:
        return _list(hint, bare, bounds)
    if origin is Mapping:
        return _mapping(hint, bare, bounds)
    return _single(bare, bounds, must_be(hint))


def _table(kind: type) -> Reader:
    hints = get_type_hints(kind, include_extras=True)
    readers = {f.name: _reader(hints[f.name]) for f in fields(kind) if f.name != MORE}
    needed = {k.name for k in keys_of(kind) if k.needed}
    unsaid = {f.name for f in fields(kind) if f.default is None}  # null says no more than leaving it out
    keeps_more = issubclass(kind, Values)

    def read_table(value: object) -> object:
        if not isinstance(value, Mapping):
            raise _wrong("a table of keys and values", value)
        said: dict[str, object] = {}
        more: dict[str, object] = {}
        for key, inner in value.items():
            if inner is None and key in unsaid:
                continue
            reader = readers.get(key)
            if reader is None:
                if not keeps_more:
                    raise BodyError("is not known.", (key,))
                more[key] = inner
                continue
            try:
                said[key] = reader(inner)
            except BodyError as error:
                raise error.within(key) from None
        if not needed <= said.keys():
            raise BodyError("is missing.", (min(needed - said.keys()),))
        return kind(**said, more=more) if more else kind(**said)

    return read_table


def _either(hint: Any) -> Reader:  # noqa: ANN401
    """A value or null, or one of several: what comes first is tried first."""
    parts = get_args(hint)
    nullable, must = type(None) in parts, must_be(hint)
    first, *others = [_reader(t) for t in parts if t not in (type(None), Unsaid)]

    def read_one(value: object) -> object:
        return None if value is None and nullable else first(value)

    def read_any(value: object) -> object:
        for reader in (read_one, *others):
            with suppress(BodyError):
                return reader(value)
        raise _wrong(must, value)

    return read_any if others else read_one


def _list(hint: Any, bare: Any, longest: Longest) -> Reader:  # noqa: ANN401
    parts, must = get_args(bare), must_be(hint)
    open_end = parts[-1] is Ellipsis
    readers = [_reader(p) for p in parts if p is not Ellipsis]

    def read_list(value: object) -> object:
        if not isinstance(value, list | tuple):
            raise _wrong(must, value)
        if len(value) > longest.most if open_end else len(value) != len(readers):
            raise _wrong(must, value)
        every = readers * len(value) if open_end else readers
        return tuple(_inner(r, v, f"[{n}]") for n, (r, v) in enumerate(zip(every, value, strict=True)))

    return read_list


def _mapping(hint: Any, bare: Any, longest: Longest) -> Reader:  # noqa: ANN401
    inside, must = get_args(bare)[1], must_be(hint)
    reader = None if inside is object else _reader(inside)

    def read_mapping(value: object) -> object:
        if not isinstance(value, Mapping) or len(value) > longest.most:
            raise _wrong(must, value)
        return dict(value) if reader is None else {k: _inner(reader, v, k) for k, v in value.items()}

    return read_mapping


def _inner(reader: Reader, value: object, key: str) -> object:
    try:
        return reader(value)
    except BodyError as error:
        raise error.within(key) from None


def _single(bare: type, bounds: Any, must: str) -> Reader:  # noqa: ANN401
    turn = _turn_choice(bare) if issubclass(bare, StrEnum) else _TURNS[bare]

    def read_single(value: object) -> object:
        found = turn(value, bounds)
        if found is None:
            raise _wrong(must, value)
        return found

    return read_single


def _wrong(must: str, value: object) -> BodyError:
    return BodyError(f"must be {must}, not {_short(value)}.")


def _turn_int(value: object, bounds: Bounds) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int) or not bounds.least <= value <= bounds.most:
        return None
    return value


def _turn_float(value: object, bounds: Bounds) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not bounds.least <= value <= bounds.most:
        return None
    return float(value)


def _turn_bool(value: object, _: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _turn_text(value: object, longest: Longest) -> str | None:
    return value if isinstance(value, str) and len(value) <= longest.most else None


def _turn_day(value: object, _: object) -> date | None:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return day if day is not None and day.isoformat() == value else None


def _turn_moment(value: object, _: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.utcoffset() is not None else None


def _turn_choice(kind: type[StrEnum]) -> Callable[[object, Any], object]:
    known = {member.value: member for member in kind}
    return lambda value, _: known.get(value) if isinstance(value, str) else None


_TURNS: Mapping[type, Callable[[object, Any], object]] = {
    int: _turn_int,
    float: _turn_float,
    bool: _turn_bool,
    str: _turn_text,
    date: _turn_day,
    datetime: _turn_moment,
}


def _short(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, float) and not math.isfinite(value):
        return "a number without end"
    text = ascii(value)
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}..."
