"""One order and one word for entries that were written on devices apart: functions of the entries alone.

So two diaries that hold the same entries are the same diary, whichever was merged into which, and how often.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from patella.care.entries.kinds import Kind

SPEAKS_OF: Mapping[str, str] = {
    Kind.ENTRY_UNDONE: "of",
    Kind.ENTRY_CHANGED: "of",
    Kind.SCREENING_ANSWERED: "knew",
    Kind.ASSESSMENT_CONFIRMED: "knew",
    Kind.SYMPTOM_NOTED: "knew",
}
"""Under which key the body of such an entry names others: it was written when those were there."""

Row = Mapping[str, object]
Moment = tuple[datetime, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What the place of an entry depends on; `after` are the ids of entries that it was written after for sure."""

    id: str
    at: datetime
    session_id: str | None
    begins: bool
    after: tuple[str, ...]


def place_of(row: Row) -> Place:
    """The place of an entry as it is kept (`log.row_of`). The body is read only where it names other entries."""
    kind = str(row["kind"])
    session_id = row["session_id"]
    return Place(
        id=str(row["id"]),
        at=datetime.fromisoformat(str(row["at"])),
        session_id=None if session_id is None else str(session_id),
        begins=kind == Kind.SESSION_BEGUN,
        after=_named(row["body"], SPEAKS_OF[kind]) if kind in SPEAKS_OF else (),
    )


def _named(body: object, key: str) -> tuple[str, ...]:
    said = json.loads(str(body)).get(key)
    listed = said if isinstance(said, list) else [said]
    return tuple(one for one in listed if isinstance(one, str))


def in_order(places: Iterable[Place]) -> list[str]:
    """The ids by the time each was written down, the smaller id first at the same moment.

    What takes back, corrects or answers others comes after them, and what happened in a session after its beginning,
    also where a clock was set back in between.
    """
    by_id = {p.id: p for p in sorted(places, key=lambda p: (p.at, p.id))}
    moments = _moments(by_id)
    return sorted(by_id, key=lambda name: (*moments[name], name))


def _moments(by_id: Mapping[str, Place]) -> dict[str, Moment]:
    """When each counts as written, and at the same moment how many others it has to wait for."""
    begun: dict[str | None, str] = {}
    for place in by_id.values():
        if place.begins:
            begun.setdefault(place.session_id, place.id)
    found: dict[str, Moment] = {}
    for first in by_id:
        waiting, open_ = [first], set[str]()
        while waiting:
            place = by_id[waiting[-1]]
            if place.id in found:
                waiting.pop()
                continue
            before = list(_before(place, by_id, begun))
            unknown = [name for name in before if name not in found and name not in open_]
            if unknown and place.id not in open_:
                open_.add(place.id)
                waiting += unknown
                continue
            # Entries that name each other in a circle, which nobody writes, count by their time alone.
            known = [found[name] for name in before if name in found]
            found[place.id] = max([(place.at, 0), *((at, steps + 1) for at, steps in known)])
            waiting.pop()
    return found


def _before(place: Place, by_id: Mapping[str, Place], begun: Mapping[str | None, str]) -> Iterator[str]:
    """The entries that come ahead of this one."""
    yield from (name for name in place.after if name in by_id and name != place.id)
    beginning = begun.get(place.session_id) if place.session_id is not None and not place.begins else None
    if beginning is not None:
        yield beginning


def first_said(one: Row, other: Row) -> Row:
    """Which of two entries of the same id holds: the one written down first; at the same moment the smaller as text.

    Only what has its id from what is in it can differ so: the same file of a watch, imported on two devices.
    """
    return min(one, other, key=_said_first)


def _said_first(row: Row) -> tuple[datetime, list[str]]:
    return (
        datetime.fromisoformat(str(row["at"])),
        [str(row[key]) for key in ("at", "body", "day", "kind", "session_id")],
    )
