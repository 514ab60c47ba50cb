"""One knee's timeline: pain, runs, shoes, sitting, exercises and scores of a span of days, side by side.

Five years are some twenty thousand notes. So what a month holds is remembered once its last morning is known, and a
whole year once it is over; the log forgets both as soon as an entry about one of their days is written. Shoes are put
in afterwards: which pair is the usual one may be said later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Literal, cast

from typing_extensions import TypedDict

from patella.app.diary.days import diary_days
from patella.app.diary.timeline_day import (
    Days,
    TimelineDay,
    empty_day,
    mark_adjusted,
    mark_spikes,
    put_shoes_on,
    read_noted,
    with_sessions,
)
from patella.app.diary.timeline_week import week_of_days
from patella.app.history.events import MORNING_DAYS
from patella.app.history.reading import person_of
from patella.app.patella import Patella
from patella.app.running.shoes import shoes_of

NEXT_MORNING = timedelta(days=1)
BEFORE_SPIKES = timedelta(days=31)
DAILY_UP_TO = 366
MOST_DAYS = 36_600


class TimelineShoe(TypedDict):
    """A pair of shoes."""

    name: str
    heel_drop_mm: float | None


class Timeline(TypedDict):
    """The days from `since` to ahead of `before`, or its weeks, and the shoes by their id."""

    since: str
    before: str
    step: Literal["day", "week"]
    days: list[TimelineDay]
    shoes: dict[str, TimelineShoe]


def timeline_between(app: Patella, since: date, before: date) -> Timeline:
    """Every day from `since` to ahead of `before`; beyond a year, every week (from Monday) instead."""
    *_, found = timeline_in_steps(app, since, before)
    return cast("Timeline", found)  # the last of them is all of it


def timeline_in_steps(app: Patella, since: date, before: date) -> Iterator[Timeline | None]:
    """The same in steps, for whoever does more meanwhile: nothing after each but the last, which is all of it."""
    before = min(before, since + timedelta(days=MOST_DAYS))
    weekly = (before - since).days > DAILY_UP_TO
    if weekly:
        since -= timedelta(days=since.weekday())
    shoes = shoes_of(app)
    held: Days = {}
    first, last = (since - BEFORE_SPIKES).isoformat(), before.isoformat()
    for days in _Book(app).between(since - BEFORE_SPIKES, before):
        held.update((d, values) for d, values in days.items() if first <= d < last)
        yield None
    put_shoes_on(held, shoes)
    mark_spikes(held)
    mark_adjusted(app, held)
    listed = [held.get(d.isoformat()) or empty_day(d) for d in _days(since, before)]
    shown = [week_of_days(listed[n : n + 7]) for n in range(0, len(listed), 7)] if weekly else listed
    yield {
        "since": since.isoformat(),
        "before": before.isoformat(),
        "step": "week" if weekly else "day",
        "days": shown,
        "shoes": {s.id: {"name": s.name, "heel_drop_mm": s.heel_drop_mm} for s in shoes},
    }


def remember_timeline(app: Patella, since: date) -> Iterator[None]:
    """Make sure that the months and years from `since` on are remembered, one at a step."""
    book = _Book(app)
    month = since.replace(day=1)
    while month < app.today:
        book.month(month)
        yield
        month = _next_month(month)
    for year in range(since.year, app.today.year):
        for _ in book.year(year, since.replace(day=1), app.today):
            yield


def _next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _days(since: date, before: date) -> Iterator[date]:
    return (since + timedelta(days=n) for n in range((before - since).days))


class _Book:
    """Reads days by the month, from what is remembered where it is."""

    def __init__(self, app: Patella) -> None:
        self.app = app
        person = person_of(app)
        self.name = f"timeline days {app.rules} {person.usual_pain} {person.cautious}"

    def between(self, since: date, before: date) -> Iterator[Days]:
        """The days of a span that hold anything, a month or a year at a time; no object is ever given twice."""
        for year in range(since.year, before.year + 1):
            yield from self.year(year, since, before)

    def year(self, year: int, since: date, before: date) -> Iterator[Days]:
        first, end = date(year, 1, 1), date(year + 1, 1, 1)
        if not (since <= first and end <= before and end + NEXT_MORNING <= self.app.today):
            yield from self._months(max(first, since.replace(day=1)), min(end, before))
            return
        known = self.app.log.remembered.span(self._name("year", first))
        if known is not None:
            yield cast("Days", known)
            return
        mark = self.app.log.mark()
        days: Days = {}
        for month in self._months(first, end):
            days.update(month)
            yield {}
        since = first - timedelta(days=MORNING_DAYS)
        self._remember(self._name("year", first), (since, end), days, mark)
        yield days

    def _months(self, since: date, before: date) -> Iterator[Days]:
        month = since.replace(day=1)
        while month < before:
            yield self.month(month)
            month = _next_month(month)

    def month(self, first: date) -> Days:
        end = _next_month(first)
        since = first - timedelta(days=MORNING_DAYS)  # what the colours of its sessions look back on

        def read() -> Days:
            return with_sessions(self._noted(first, end), diary_days(self.app, first, end))

        return self._remembered("month", first, (since, end), read)

    def _noted(self, first: date, end: date) -> Days:
        return self._remembered("noted", first, (first, end), lambda: read_noted(self.app, first, end))

    def _remembered(self, what: str, first: date, days: tuple[date, date], read: Callable[[], Days]) -> Days:
        since, end = days
        if end + NEXT_MORNING > self.app.today:
            return read()
        known = self.app.log.remembered.span(self._name(what, first))
        if known is not None:
            return cast("Days", known)  # under this name and these rules nothing else is remembered
        mark = self.app.log.mark()
        found = read()
        self._remember(self._name(what, first), (since, end), found, mark)
        return found

    def _name(self, what: str, first: date) -> str:
        return f"{self.name} {what} {first}"

    def _remember(self, name: str, days: tuple[date, date], found: Days, mark: int) -> None:
        since, end = days
        self.app.log.remembered.keep(name, end + NEXT_MORNING, found, since=since, mark=mark)
