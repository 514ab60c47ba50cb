"""The lists that exports bring along: what was done when, in which shoe, and what has no file of its own.

Each is known by its shape. By its name it is only chosen for a look: inside an archive, where thousands of tables may
lie, `source.py` says which names those are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePosixPath

from patella.files.activity import UNKNOWN, Activity
from patella.files.apple import is_apple, read_apple
from patella.files.bad_file import BadFileError, EmptyError
from patella.files.garmin import is_of_website, read_summaries, read_website
from patella.files.huawei import is_huawei, read_huawei
from patella.files.pairs import MOST_PAIRS, Pair, read_gear, read_shoes
from patella.files.row import Row
from patella.files.source import Found
from patella.files.spreadsheet import rows_of
from patella.files.strava import read_activities
from patella.files.tables import read_table, reader_of
from patella.files.vendors import read_vendor

SAME_START_S = 120
GEAR = "_gear.json"
LOOKED_AT = 4096
SUMMARIES = b'"summarizedActivitiesExport"'
MOST_ROWS = 100_000


@dataclass(slots=True)
class Lists:
    """All that the lists of an import say."""

    rows: list[Row] = field(default_factory=list)
    shoes: list[Pair] = field(default_factory=list)
    _worn: dict[str, str] = field(default_factory=dict)
    _by_file: dict[str, Row] = field(default_factory=dict)
    _by_start: list[tuple[float, int]] = field(default_factory=list)

    def about(self, name: str) -> Row | None:
        """What is said of a recording, by its own name."""
        return self._by_file.get(own_name(name))

    def at(self, activity: Activity) -> Row | None:
        """What is said of an activity of the same sport that began then, without naming a file."""
        begun = activity.start.timestamp()
        first = bisect_left(self._by_start, (begun - SAME_START_S, -1))
        for start, number in self._by_start[first:]:
            row = self.rows[number]
            if start > begun + SAME_START_S:
                break
            if row.activity and (
                UNKNOWN in (activity.sport, row.activity.sport) or row.activity.sport == activity.sport
            ):
                return row
        return None

    def gear_of(self, row: Row) -> str | None:
        """What was worn or ridden, as its own line or another list says."""
        return row.gear or self._worn.get(row.key)

    def take(self, found: Found) -> None:
        """Read one list. Raises BadFileError."""
        if found.last == "shoes.csv":
            self.shoes += list(islice(read_shoes(found.read()), MOST_PAIRS))
            return
        if found.last.endswith(GEAR):
            gear = read_gear(found.read())
            self.shoes += gear.pairs
            self._worn |= gear.worn
            return
        before = len(self.rows)
        try:
            for row in rows_in(found):
                self._know(row)
        finally:
            self._by_start.sort()  # of one that breaks off, what is whole of it is kept
        if len(self.rows) == before:
            raise EmptyError("It is a list of activities, but there is none in it.")

    def _know(self, row: Row) -> None:
        if len(self.rows) >= MOST_ROWS:
            raise BadFileError(f"The lists of this import have more than {MOST_ROWS} lines.")
        self.rows.append(row)
        if row.file:
            self._by_file[own_name(row.file)] = row
        elif row.activity and not row.activity.local_only:
            self._by_start.append((row.activity.start.timestamp(), len(self.rows) - 1))


def own_name(name: str) -> str:
    """The last part of a name, unpacked and in lower case, as recordings are spoken of."""
    return PurePosixPath(name.lower().replace("\\", "/")).name.removesuffix(".gz")


def rows_in(found: Found) -> Iterator[Row]:
    """The lines of a list, whichever it is. Raises BadFileError with a sentence."""
    head = found.head(LOOKED_AT)
    if is_apple(head):
        yield from read_apple(found.pieces())
    elif SUMMARIES in head or found.last.endswith("summarizedactivities.json"):
        yield from read_summaries(found.pieces())
    elif is_huawei(head, found.last):
        yield from read_huawei(found.pieces())
    elif head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        yield from read_vendor(found.name, found.read())
    else:
        yield from _of_table(found.read())


def _of_table(content: bytes) -> Iterator[Row]:
    first = list(islice(rows_of(content), 3))
    table = reader_of(first[0]) if first else None
    if table:
        yield from read_table(content, *table)
    elif is_of_website(first):
        yield from read_website(content)
    else:
        yield from read_activities(content)
