"""The same run from two files, or on two devices, is one run: which entries are another's, and what follows from it.

An import takes no run that is there already, in another format or typed in. Two devices that imported apart have it
twice when one diary is merged into the other; then the one that is first in the diary holds, as it would have in one.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from patella.care.session import Event, Kind, settle

RUN, SPORT = "run.added", "sport.added"
SPORTS = frozenset({RUN, SPORT})
SAME_START_S = 120
SAME_DISTANCE = 0.03
SAME_DISTANCE_LEAST_M = 30


@dataclass(slots=True)
class Known:
    """Runs and other sports by start and distance, those that were typed in by day and distance."""

    starts: list[tuple[float, float, str]] = field(default_factory=list)
    typed: dict[date, list[tuple[float, str]]] = field(default_factory=dict)

    def add(self, entry_id: str, day: date, body: Mapping[str, object]) -> None:
        """One more, under the id of its entry."""
        start, metres = _start_in(body), metres_in(body)
        if start is not None:
            insort(self.starts, (start.timestamp(), metres, entry_id))
        elif metres:
            self.typed.setdefault(day, []).append((metres, entry_id))

    def same_as(self, day: date, start: datetime, metres: float) -> str | None:
        """The id of the one that this is, from another file or typed in; None where it is new.

        It began within two minutes and is as long within 3 %, or was typed in for that day and is as long.
        """
        at_s = start.timestamp()
        place = bisect_left(self.starts, (at_s - SAME_START_S, -1.0, ""))
        while place < len(self.starts) and self.starts[place][0] <= at_s + SAME_START_S:
            if _is_same(metres, self.starts[place][1]):
                return self.starts[place][2]
            place += 1
        return next((name for typed, name in self.typed.get(day, ()) if _is_same(metres, typed)), None)


def metres_in(body: Mapping[str, object]) -> float:
    """The distance that an entry says, 0 where it says none."""
    metres = body.get("distance_m")
    return float(metres) if isinstance(metres, int | float) else 0.0


def _start_in(body: Mapping[str, object]) -> datetime | None:
    start = body.get("start")
    return datetime.fromisoformat(start) if isinstance(start, str) else None


def _is_same(one: float, other: float) -> bool:
    return abs(one - other) <= max(SAME_DISTANCE * max(one, other), SAME_DISTANCE_LEAST_M)


def once(events: Iterable[Event]) -> list[Event]:
    """The events that hold, each run in them once; what was said of one that is another's is said of that one.

    So a run that was taken back or corrected on one device is so on both. What comes from the same file a second time
    is the same activity under another sport: the latest word on it holds.
    """
    return _latest(settle(_linked(list(events))))


def _linked(events: list[Event]) -> list[Event]:
    known, seen, others = Known(), set[object](), dict[str, str]()
    for event in events:
        if event.kind not in SPORTS:
            continue
        start, original = _start_in(event.body), event.body.get("original")
        is_renamed = original is not None and (original, start) in seen
        first = None if is_renamed or start is None else known.same_as(event.day, start, metres_in(event.body))
        seen.add((original, start))
        if first is None:
            known.add(event.id, event.day, event.body)
        else:
            others[event.id] = first
    return [_of_first(e, others) for e in events if e.id not in others] if others else events


def _of_first(event: Event, others: Mapping[str, str]) -> Event:
    first = others.get(str(event.body.get("of"))) if event.kind in (Kind.UNDONE, Kind.CHANGED) else None
    return event if first is None else replace(event, body={**event.body, "of": first}, values=None)


def _latest(events: list[Event]) -> list[Event]:
    known, held = Known(), list[Event]()
    for event in reversed(events):
        start = _start_in(event.body) if event.kind in SPORTS else None
        if start is not None:
            if known.same_as(event.day, start, metres_in(event.body)):
                continue
            known.add(event.id, event.day, event.body)
        held.append(event)
    return held[::-1]
