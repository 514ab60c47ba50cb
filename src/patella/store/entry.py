"""One thing a person did or said, as it is remembered; and the one way JSON is written here."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from patella.care.entries.field import Values

DEEPEST = 32
LONGEST_NAME = 200
LONGEST_QUOTE = 60
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


class StoreError(Exception):
    """The diary could not be opened, read or written; the message is one sentence or two for the person."""


class BusyError(StoreError):
    """Another program is writing into the diary, and was waited for in vain."""


class NewerError(StoreError):
    """The diary was written by a newer Patella."""


class DamagedError(StoreError):
    """What lies in place of the diary is damaged, or is none."""


class ErasedError(StoreError):
    """The diary that was being written was erased meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the log. What it means is decided elsewhere: the store keeps it as it was said.

    `id` is chosen by the caller: the same id twice is the same entry. `day` is the local day the entry is about (an
    edit of an old session carries that session's day); `at` is when it was written down, aware. `body` holds JSON
    values only: text, finite numbers, true, false, null, lists, and tables with text keys.
    """

    id: str
    session_id: str | None
    kind: str
    day: date
    at: datetime
    body: Mapping[str, object]
    said: Values | None = field(default=None, compare=False, repr=False)
    """The body as the type of its kind, where it was read already."""


def canonical(value: object) -> str:
    """JSON text of a value, the same text for the same value always: sorted keys, no spaces, ASCII only.

    ASCII, so that half a surrogate pair or a NUL, which a page may well send, survives every database and every file.
    Raises ValueError with a sentence that says where, if the value holds anything but JSON or is nested deeper than 32.
    """
    return json.dumps(_plain(value, "body", DEEPEST), sort_keys=True, separators=(",", ":"), allow_nan=False)


def is_in_reach(day: date) -> bool:
    """Whether a day is one that a diary can be about: at the ends of the calendar no day has a next or one before."""
    return EARLIEST <= day <= LATEST


def is_name(value: object) -> bool:
    """Whether it may be an id or a kind. What may not is in no diary, and not every database can be asked for it."""
    return isinstance(value, str) and 0 < len(value) <= LONGEST_NAME and value.isprintable()


def checked(entry: Entry) -> Entry:
    """The entry itself, if it can be kept; ValueError with a sentence otherwise. The body is checked by `canonical`."""
    complaint = _complaint(entry)
    if complaint:
        raise ValueError(complaint)
    return entry


def _complaint(entry: Entry) -> str:
    for name, value in (("id", entry.id), ("kind", entry.kind), ("session_id", entry.session_id or "-")):
        if not is_name(value):
            return f"{name} must be 1 to {LONGEST_NAME} printable characters, not {_short(value)}."
    if not isinstance(entry.day, date) or isinstance(entry.day, datetime):
        return f"day must be a date, not {_short(entry.day)}."
    offset = entry.at.utcoffset() if isinstance(entry.at, datetime) else None
    if offset is None or offset.microseconds:
        return f"at must be a date and time with its offset from UTC in whole seconds, not {_short(entry.at)}."
    if not isinstance(entry.body, Mapping):
        return f"body must be a table of keys and values, not {_short(entry.body)}."
    return ""


def _plain(value: object, where: str, depth: int) -> object:
    if depth == 0:
        raise ValueError(f"{where[:LONGEST_QUOTE]}... is nested deeper than {DEEPEST} levels.")
    if isinstance(value, Mapping):
        strangers = [key for key in value if not isinstance(key, str)]
        if strangers:
            raise ValueError(f"{where} must have text keys, not {_short(strangers[0])}.")
        return {str(key): _plain(inner, f"{where}.{key}", depth - 1) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner, f"{where}[{number}]", depth - 1) for number, inner in enumerate(value)]
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{where} must be a finite number, not {value}.")
    if value is None or isinstance(value, str | int | float):
        return value
    raise ValueError(f"{where} must be a JSON value, not {_short(value)}.")


def _short(value: object) -> str:
    text = ascii(value)
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}..."
