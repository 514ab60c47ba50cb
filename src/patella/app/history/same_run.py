"""The same activity from two files, or on two devices, is one: which entries are another's, and what follows from it.

An import takes nothing that is there already, in another format or typed in. Two devices that imported apart have it
twice when one diary is merged into the other; then the one that is first in the diary holds, as it would have in one.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

from patella.care.entries.kinds import Kind
from patella.care.session import Event, settle

SPORTS = frozenset({Kind.RUN_ADDED, Kind.SPORT_ADDED})
RUNNING, UNKNOWN = "running", "unknown"
NAMED = UUID("0b0f4a56-3a0e-5f55-9a39-73706f727473")
SAME_START_S = 120
SAME_DISTANCE, SAME_DISTANCE_LEAST_M = 0.03, 30
SAME_TIME = 0.1
LOOKED_BACK_S = 36 * 3600
FURTHEST_CLOCKS_S = 26 * 3600  # between any two places on earth


class _Outing(NamedTuple):
    """When something was, in seconds, what it was, and how far; under which entry it is known."""

    begun: float
    ended: float
    sport: str
    metres: float
    name: str
    ahead_s: float  # of the clock of its place, from UTC

    def by_the_clock_of(self, other: _Outing) -> _Outing:
        """The same, had it been where the other one was."""
        shift_s = self.ahead_s - other.ahead_s
        return self._replace(begun=self.begun + shift_s, ended=self.ended + shift_s)

    def is_one_with(self, other: _Outing) -> bool:
        """Whether they are one: of one sport, and together for half of the shorter one, or begun together and as far.

        Two short ones, of which the second begins when the first is over, are two.

        A watch may not know what a phone knows: what has no sport may be any.
        """
        if self.sport != other.sport and UNKNOWN not in (self.sport, other.sport):
            return False
        together = min(self.ended, other.ended) - max(self.begun, other.begun)
        shorter = min(self.ended - self.begun, other.ended - other.begun)
        if shorter > 0 and (together <= 0 or together >= shorter / 2):
            return together > 0
        return abs(self.begun - other.begun) <= SAME_START_S and _is_as_far(self.metres, other.metres)


@dataclass(slots=True)
class Known:
    """Runs and other sports by when they were, those that were typed in by day and distance."""

    outings: list[_Outing] = field(default_factory=list)
    typed: dict[date, list[tuple[float, float, str]]] = field(default_factory=dict)

    def add(self, entry_id: str, day: date, body: Mapping[str, object]) -> None:
        """One more, under the id of its entry."""
        outing = _outing_in(body, entry_id)
        metres = metres_in(body)
        if outing is not None:
            insort(self.outings, outing)
        elif metres and body.get("sport") == RUNNING:
            self.typed.setdefault(day, []).append((metres, _number(body, "moving_s"), entry_id))

    def same_as(self, day: date, body: Mapping[str, object], *, anywhere: bool = False) -> str | None:
        """The id of the one that this is, from another file or typed in; None where it is new.

        `anywhere`: only what the clock on the wrist said is known of it, and not where that was.

        What was typed in is one recording of its day, as far and as long, and no second.
        """
        here = _outing_in(body, "")
        if here is None:
            return None
        around_s = FURTHEST_CLOCKS_S if anywhere else 0
        for one in self.outings[bisect_left(self.outings, (here.begun - LOOKED_BACK_S - around_s,)) :]:
            if one.begun > here.ended + SAME_START_S + around_s:
                break
            if one.is_one_with(here.by_the_clock_of(one) if anywhere else here):
                return one.name
        return self._typed_as(day, here, _number(body, "moving_s")) if here.sport == RUNNING else None

    def _typed_as(self, day: date, here: _Outing, seconds: float) -> str | None:
        for typed in self.typed.get(day, ()):
            metres, lasted, name = typed
            apart = abs(lasted - seconds) if lasted and seconds else 0.0
            if _is_as_far(metres, here.metres) and apart <= SAME_TIME * max(lasted, seconds):
                self.typed[day].remove(typed)
                return name
        return None


def metres_in(body: Mapping[str, object]) -> float:
    """The distance that an entry says, 0 where it says none."""
    return _number(body, "distance_m")


def undo_of_naming(entry_id: str) -> str:
    """The id of the taking back that makes room for an entry which says anew what an activity was."""
    return str(uuid5(NAMED, f"undo {entry_id}"))


def _number(body: Mapping[str, object], key: str) -> float:
    value = body.get(key)
    return float(value) if isinstance(value, int | float) else 0.0


def _start_in(body: Mapping[str, object]) -> datetime | None:
    start = body.get("start")
    return datetime.fromisoformat(start) if isinstance(start, str) else None


def _outing_in(body: Mapping[str, object], name: str) -> _Outing | None:
    start = _start_in(body)
    if start is None:
        return None
    begun = start.timestamp()
    lasted = _number(body, "elapsed_s") or _number(body, "moving_s")
    ahead_s = (start.utcoffset() or timedelta()).total_seconds()
    return _Outing(begun, begun + lasted, str(body.get("sport")), metres_in(body), name, ahead_s)


def _is_as_far(one: float, other: float) -> bool:
    return abs(one - other) <= max(SAME_DISTANCE * max(one, other), SAME_DISTANCE_LEAST_M)


def once(events: Iterable[Event]) -> list[Event]:
    """The events that hold, each run in them once; what was said of one that is another's is said of that one.

    So a run that was taken back or corrected on one device is so on both. What comes from the same file a second time
    is the same activity under another sport: the latest word on it holds.
    """
    listed = list(events)
    undone = {e.id for e in listed if e.kind == Kind.ENTRY_UNDONE}
    return _latest(settle(_linked(listed, undone)), undone)


def _linked(events: list[Event], undone: set[str]) -> list[Event]:
    known, seen, others = Known(), set[object](), dict[str, str]()
    for event in events:
        if event.kind not in SPORTS:
            continue
        mark = _mark(event, undone)
        first = None if mark in seen or _is_named(event, undone) else known.same_as(event.day, event.body)
        seen |= {mark} if mark else set()
        known.add(first or event.id, event.day, event.body)
        if first is not None:
            others[event.id] = first
    return [_of_first(e, others) for e in events if e.id not in others] if others else events


def _is_named(event: Event, undone: set[str]) -> bool:
    """Whether it says anew what an activity was that is taken back with it."""
    return undo_of_naming(event.id) in undone


def _mark(event: Event, undone: set[str]) -> object:
    """What an activity keeps under whatever sport: its place in its file; where it was named, when and how far."""
    start, original = _start_in(event.body), event.body.get("original")
    if original is not None:
        return original, start
    return (start, metres_in(event.body)) if _is_named(event, undone) else None


def _of_first(event: Event, others: Mapping[str, str]) -> Event:
    first = others.get(str(event.body.get("of"))) if event.kind in (Kind.ENTRY_UNDONE, Kind.ENTRY_CHANGED) else None
    return event if first is None else replace(event, body={**event.body, "of": first}, values=None)


def _latest(events: list[Event], undone: set[str]) -> list[Event]:
    known, held, seen = Known(), list[Event](), set[object]()
    for event in reversed(events):
        if event.kind in SPORTS and _start_in(event.body) is not None:
            mark = _mark(event, undone)
            if (mark and mark in seen) or known.same_as(event.day, event.body):
                continue
            seen.add(mark)
            known.add(event.id, event.day, event.body)
        held.append(event)
    return held[::-1]
