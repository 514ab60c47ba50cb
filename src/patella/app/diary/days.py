"""The diary: what was done and felt, day by day, and what the knee said to it, in plain values.

Reading a year of sessions takes a second, so what lies behind is remembered: eight days at a time, then the month. The
log forgets what it remembers as soon as an entry about one of these days, or those it looks back on, is written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import cast

from typing_extensions import TypedDict

from patella.app.history.events import MORNING_DAYS, events_of, loose_events, mornings_between
from patella.app.history.reading import person_of
from patella.app.patella import Patella
from patella.app.plan.told import name_of
from patella.app.session.intake import sessions_taken
from patella.care.entries.kinds import Kind
from patella.care.entries.of_knee import PainNoted
from patella.care.library import Library
from patella.care.pain import Colour, When, colour_of, usual_morning, worst_of
from patella.care.record import ItemDone, PainsTold, answer_of
from patella.care.session import Event, LoggedSet, Session, record_of, settle

PIECE_STARTS = (1, 9, 17, 25)
NEXT_MORNING = timedelta(days=1)
BEGIN_A_DAY = (Kind.SESSION_BEGUN, Kind.PAIN_NOTED)  # without one of them a day holds nothing


class DaySet(TypedDict):
    """A set that was done, by the entry that can be corrected."""

    event_id: str
    side: str
    reps: int | None
    holds: int | None
    hold_s: float | None
    load_kg: float | None


class DayItem(TypedDict):
    """An exercise of a session: the sets asked of all sides and those done, its worst pain and its colour."""

    exercise: str
    name: str
    asked_sets: int
    sets: list[DaySet]
    peak: int | None
    colour: str | None


class DaySession(TypedDict):
    """A session of a day, with the pain before it and after it."""

    id: str
    entry_id: str
    scope: str
    begun_at: str
    finished: bool
    before: int | None
    after: int | None
    items: list[DayItem]


class DayPain(TypedDict):
    """Pain noted outside exercises; `session` is the one that it is of."""

    entry_id: str
    session: str | None
    when: str
    nprs: int
    knee: str | None


class DiaryDay(TypedDict):
    """A day that holds something: its sessions, the pains outside exercises, and the worst colour of both.

    A table rather than an object: months of them are remembered as the text that a page is given.
    """

    day: str
    sessions: list[DaySession]
    pains: list[DayPain]
    colour: str | None


Days = list[DiaryDay]


def diary_days(app: Patella, since: date, before: date) -> Days:
    """The days from `since` to ahead of `before` that hold anything, oldest first.

    Each has its sessions, the pains noted outside exercises, and the worst colour of both.
    """
    book = _Book(app)
    first, last = since.isoformat(), before.isoformat()
    return [d for m in _held_months(app, since, before) for d in book.month(m) if first <= d["day"] < last]


def diary_text(app: Patella, since: date, before: date) -> str:
    """The same as JSON text. Whole months that are remembered are handed on unread: a year of them is a megabyte."""
    book = _Book(app)
    months = (book.text(m, since, before) for m in _held_months(app, since, before))
    return f"[{','.join(m for m in months if m)}]"


def remember_days(app: Patella, since: date) -> Iterator[None]:
    """Make sure that the days from `since` on are remembered, a few at a step: something else may go between."""
    for month in _months(since, app.today):
        for start in PIECE_STARTS:
            _Book(app).piece(month.replace(day=start))
            yield
        _Book(app).month(month)


def _held_months(app: Patella, since: date, before: date) -> Iterator[date]:
    """The months from the first one on that may hold anything: a page asks a year of a diary that begins today."""
    first = app.log.first_day(BEGIN_A_DAY, before=before)
    return _months(max(since, first), before) if first else iter(())


def _months(since: date, before: date) -> Iterator[date]:
    month = since.replace(day=1)
    while month < before:
        yield month
        month = _next_month(month)


def _next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _end_of(piece: date) -> date:
    """The day after the last of a piece."""
    starts = [s for s in PIECE_STARTS if s > piece.day]
    return piece.replace(day=starts[0]) if starts else _next_month(piece.replace(day=1))


class _Book:
    """Reads days, from what is remembered where it is."""

    def __init__(self, app: Patella) -> None:
        self.app = app
        self.person = person_of(app)
        self.name = f"days {app.rules}"
        self.coloured = f"{self.name} {self.person.usual_pain} {self.person.cautious}"

    def text(self, first: date, since: date, before: date) -> str:
        """The days of a month that lie within a span, as JSON text without the brackets round it."""
        following = _next_month(first)
        day = following + NEXT_MORNING
        if since <= first and following <= before and day <= self.app.today:
            known = self.app.log.remembered.span_text(self._month_name(first))
            if known is not None:
                return known[1:-1]
        days = [d for d in self.month(first) if since.isoformat() <= d["day"] < before.isoformat()]
        return json.dumps(days, separators=(",", ":"))[1:-1]

    def month(self, first: date) -> Days:
        """A month; what its colours look back on is a part of what it is remembered from."""
        following = _next_month(first)
        name, since = self._month_name(first), first - timedelta(days=MORNING_DAYS)
        return self._remembered(name, since, following, lambda: self._colour(first, self._by_pieces(first, following)))

    def _month_name(self, first: date) -> str:
        return f"{self.coloured} month {first}"

    def _by_pieces(self, first: date, following: date) -> Days:
        """What is over by the piece, as it is remembered; what may still change in one read. Nothing has its colour."""
        starts = [first.replace(day=start) for start in PIECE_STARTS]
        over = [s for s in starts if _end_of(s) + NEXT_MORNING <= self.app.today]
        days = [d for s in over for d in self.piece(s)]
        open_ = starts[len(over) :]
        return days + self._read(open_[0], following) if open_ else days

    def piece(self, first: date) -> Days:
        """Some days without the colours, so that a morning that is corrected has none but its own read again."""
        end = _end_of(first)
        return self._remembered(f"{self.name} piece {first}", first, end, lambda: self._read(first, end))

    def _remembered(self, name: str, since: date, end: date, read: Callable[[], Days]) -> Days:
        """The answer to the last of these days is the morning after it; so it holds from then on."""
        app, day = self.app, end + NEXT_MORNING
        if day > app.today:
            return read()
        known = app.log.remembered.span(name)
        if known is not None:
            return cast("Days", known)  # under this name and these rules nothing else is remembered
        mark = app.log.mark()
        days = read()
        app.log.remembered.keep(name, day, days, since=since, mark=mark)
        return days

    def _read(self, since: date, before: date) -> Days:
        sessions: dict[date, list[DaySession]] = {}
        pains: dict[date, list[DayPain]] = {}
        for taken in sessions_taken(self.app, since, before):
            events = settle(events_of(taken.entries))
            sessions.setdefault(taken.session.day, []).append(_session(taken.session, events, self.app.library))
            pains.setdefault(taken.session.day, []).extend(_pains(taken.session, events))
        loose: dict[date, list[DayPain]] = {}
        for event in loose_events(self.app, (Kind.PAIN_NOTED,), since=since, before=before):
            loose.setdefault(event.day, []).append(_pain(event, None))
        return [
            {
                "day": day.isoformat(),
                "sessions": sessions.get(day, []),
                "pains": [*loose.get(day, []), *pains.get(day, [])],
                "colour": None,
            }
            for day in sorted({*sessions, *loose})
        ]

    def _colour(self, first: date, days: Days) -> Days:
        """The days of a month with the colours of their exercises, and of each day as a whole."""
        since, before = first - timedelta(days=MORNING_DAYS), _next_month(first) + NEXT_MORNING
        mornings = mornings_between(self.app, since, before)
        for told in days:
            day = date.fromisoformat(told["day"])
            usual = usual_morning(mornings, day, at_screening=self.person.usual_pain) if told["sessions"] else None
            for session in told["sessions"]:
                self._colour_session(session, day, mornings, usual)
            told["colour"] = _named(self._worst(told))
        return days

    def _colour_session(self, told: DaySession, day: date, mornings: Mapping[date, int], usual: float | None) -> None:
        for item in told["items"]:
            if _is_begun(item):
                pains = PainsTold(before=told["before"], peak=item["peak"], after=told["after"])
                answer = answer_of(day, pains, mornings, usual=usual, cautious=self.person.cautious)
                item["colour"] = _named(answer.colour)

    def _worst(self, told: DiaryDay) -> Colour | None:
        begun = [i for s in told["sessions"] for i in s["items"] if _is_begun(i)]
        loose = [p for p in told["pains"] if p["session"] is None]
        noted = [colour_of(p["nprs"], cautious=self.person.cautious) for p in loose]
        return worst_of([*(Colour(i["colour"]) if i["colour"] else None for i in begun), *noted])


def _is_begun(item: DayItem) -> bool:
    return bool(item["sets"]) or item["peak"] is not None


def _pains(session: Session, held: Iterable[Event]) -> list[DayPain]:
    """What was noted of a session outside its exercises."""
    pains = [e for e in held if e.kind == Kind.PAIN_NOTED and e.said(PainNoted).when != When.DURING]
    return [_pain(e, session) for e in pains]


def _session(session: Session, held: Iterable[Event], library: Library) -> DaySession:
    places = [*session.swapped_away, *((n, t.exercise_id) for n, t in enumerate(session.tasks))]
    items = []
    for (number, exercise_id), item in zip(places, record_of(session).items, strict=True):
        sets = [s for s in session.sets if (s.task, s.exercise_id) == (number, exercise_id)]
        items.append(_item(item, library, sets))
    return {
        "id": session.id,
        "entry_id": next(e.id for e in held if e.kind == Kind.SESSION_BEGUN),
        "scope": session.scope,
        "begun_at": session.begun_at.isoformat(),
        "finished": session.finished,
        "before": session.before,
        "after": session.after,
        "items": items,
    }


def _item(item: ItemDone, library: Library, sets: Iterable[LoggedSet]) -> DayItem:
    return {
        "exercise": item.exercise_id,
        "name": name_of(item.exercise_id, library),
        "asked_sets": item.asked.sets * len(item.sides),
        "sets": [
            {
                "event_id": s.event_id,
                "side": s.done.side,
                "reps": s.done.reps,
                "holds": s.done.holds,
                "hold_s": s.done.hold_s,
                "load_kg": s.done.load_kg,
            }
            for s in sets
        ],
        "peak": item.peak,
        "colour": None,
    }


def _pain(event: Event, session: Session | None) -> DayPain:
    noted = event.said(PainNoted)
    return {
        "entry_id": event.id,
        "session": session.id if session else None,
        "when": noted.when.value,
        "nprs": noted.nprs,
        "knee": noted.knee.value if noted.knee else None,
    }


def _named(colour: Colour | None) -> str | None:
    return colour.value if colour else None
