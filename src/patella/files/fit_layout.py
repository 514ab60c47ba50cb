"""How FIT files are laid out: messages, their fields, and what of them is looked at.

Format: Garmin, Flexible and Interoperable Data Transfer (FIT) Protocol, and its profile (field numbers, scales).
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from patella.files.bad_file import BadFileError

EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
FIRST_DATE = 0x10000000  # below it a time counts from the device's start
FILE_ID, SPORT, SESSION, LAP, RECORD, TIMER, ACTIVITY = 0, 12, 18, 19, 20, 21, 34
KIND, DEFINITION = 0xC0, 0x40
MOST_TURNS = 50_000
# The fields that are looked at, by message. A message may be laid out with 255 of them; the rest is never looked up.
KEPT: Mapping[int, tuple[int, ...]] = {
    FILE_ID: (0,),
    SPORT: (0,),
    SESSION: (2, 3, 4, 5, 6, 7, 8, 9, 18, 19, 22, 92),
    LAP: (2, 7, 8, 9, 25),
    RECORD: (0, 1, 4, 5, 253),
    TIMER: (0, 1, 253),
    ACTIVITY: (5, 253),
}

# Base types by their number: struct code, size, the value that means nothing.
TYPES: Mapping[int, tuple[str, int, int]] = {
    0x00: ("B", 1, 0xFF),
    0x01: ("b", 1, 0x7F),
    0x02: ("B", 1, 0xFF),
    0x83: ("h", 2, 0x7FFF),
    0x84: ("H", 2, 0xFFFF),
    0x85: ("i", 4, 0x7FFFFFFF),
    0x86: ("I", 4, 0xFFFFFFFF),
    0x0A: ("B", 1, 0),
    0x8B: ("H", 2, 0),
    0x8C: ("I", 4, 0),
}


class Field(NamedTuple):
    """How a field is read, where in its message it lies, and the value that means nothing."""

    form: struct.Struct
    offset: int
    nothing: int

    def read(self, content: bytes, at: int) -> int | None:
        """Its value in the message that begins at `at`."""
        value: int = self.form.unpack_from(content, at + self.offset)[0]
        return None if value == self.nothing else value


@dataclass(slots=True)
class Layout:
    """How a message is laid out: its number and length, and the three bytes that say what each field is."""

    number: int
    order: str
    size: int
    said: bytes
    known: dict[int, Field] | None = None

    @property
    def fields(self) -> dict[int, Field]:
        """Where each field that matters lies, found when the first message of this layout is read."""
        if self.known is None:
            self.known = {n: f for n in KEPT.get(self.number, ()) if (f := self.field(n)) is not None}
        return self.known

    def place(self, number: int, size: int) -> int | None:
        """Where a field of so many bytes lies, whatever its type."""
        at = self.said[::3].rfind(number)
        return None if at < 0 or self.said[3 * at + 1] != size else sum(self.said[1 : 3 * at : 3])

    def field(self, number: int) -> Field | None:
        """How a field is read, where it is there and of a type that says a whole number."""
        at = self.said[::3].rfind(number)
        kind = TYPES.get(self.said[3 * at + 2]) if at >= 0 else None
        if kind is None or self.said[3 * at + 1] != kind[1]:
            return None
        return Field(struct.Struct(self.order + kind[0]), sum(self.said[1 : 3 * at : 3]), kind[2])


@dataclass(slots=True)
class Found:
    """What one file was found to hold: fields by number; records only by where they lie.

    `turns` says from which record on which layout holds: watches change it rarely. `stamps` are the times of records
    whose own head alone says it, by where they lie; `timer` when it was started (0) and stopped.
    """

    kinds: set[int] = field(default_factory=set)
    sports: list[dict[int, int]] = field(default_factory=list)
    sessions: list[dict[int, int]] = field(default_factory=list)
    laps: list[dict[int, int]] = field(default_factory=list)
    timer: list[tuple[int, int]] = field(default_factory=list)
    offset: timedelta | None = None
    records: array[int] = field(default_factory=lambda: array("L"))
    turns: list[tuple[int, Layout]] = field(default_factory=list)
    stamps: dict[int, int] = field(default_factory=dict)

    def take(self, layout: Layout, places: range) -> None:
        """Take records of one layout, by where they lie. Raises BadFileError where layouts change too often."""
        if not self.turns or self.turns[-1][1] is not layout:
            if len(self.turns) == MOST_TURNS:
                raise BadFileError("Its records change their layout too often: that is no recording of a watch.")
            self.turns.append((len(self.records), layout))
        self.records.extend(places)
