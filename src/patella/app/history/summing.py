"""Everything that lies further back than a plan looks one by one, summed up by the rules and remembered beside the log.

Four weeks at a time: the sessions as they were done, and what they made of where everything stood. So a morning that is
corrected has the weeks after it decided again, and nothing but its own read again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from typing import TypeVar

from patella.app.history.events import MORNING_DAYS, mornings_between, sessions_between
from patella.app.patella import Patella
from patella.care.course import Course, counts_of, follow, with_counts
from patella.care.entries.field import BodyError, plain, read
from patella.care.entries.kinds import Kind
from patella.care.person import Person
from patella.care.record import SessionDone
from patella.care.session import record_of

WINDOW_DAYS = 7
NEXT_MORNING = timedelta(days=1)
STRETCH_DAYS = 28
STRETCH = timedelta(days=STRETCH_DAYS)
STRETCHES_BACK = -(-MORNING_DAYS // STRETCH_DAYS)  # what a morning is compared with begins with one of them
MORNINGS = STRETCHES_BACK * STRETCH
Read = TypeVar("Read")


def window_start(day: date) -> date:
    """The Monday that lies at least a week back, so that the sum is carried on once a week."""
    back = day - timedelta(days=WINDOW_DAYS)
    return back - timedelta(days=back.weekday())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sum:
    """What is remembered of all sessions ahead of a day."""

    before: date
    course: Course


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """What a few weeks made of where everything stood: `of` and `to` stand for that before and after them.

    `counts` are of these weeks alone. So a correction of an old day is folded again up to where everything stands as it
    did, and no further.
    """

    before: date
    of: str
    to: str
    counts: Mapping[str, int]
    stands: Course


@dataclass(frozen=True, slots=True, kw_only=True)
class _Records:
    """What is remembered of the sessions of some weeks, whatever the mornings around them were."""

    before: date
    sessions: tuple[SessionDone, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mornings:
    """What is remembered of the mornings of some weeks."""

    before: date
    nprs: Mapping[str, int]


def sum_up(app: Patella, day: date, person: Person) -> Iterator[Course]:
    """The course of all sessions ahead of those that the plan of a day looks at one by one; in steps, the last is it.

    What is remembered is not folded again.
    """
    since = window_start(day)
    name = course_memo(app, person)
    kept = app.log.remembered.memo(name, no_later_than=since + NEXT_MORNING)
    sum_ = _read_or_none(_Sum, kept[1]) if kept else None
    if sum_ and sum_.before == since:
        yield sum_.course
        return
    mark = app.log.mark()  # ahead of what is read: what is corrected meanwhile leaves nothing behind
    try:
        yield from _sum_up(app, since, person, app.log.remembered.spans(f"{name} from "), mark)
    except BodyError:  # what was remembered is of another shape
        yield from _sum_up(app, since, person, {}, mark)


def _sum_up(app: Patella, since: date, person: Person, kept: Mapping[str, object], mark: int) -> Iterator[Course]:
    name = course_memo(app, person)
    chain = _Chain(app, person, name, kept)
    for start, end in _stretches(app, since):
        if not chain.follow_known(start, end):
            chain.fold(start, end)
            yield chain.course
    app.log.remembered.keep(name, since + NEXT_MORNING, plain(_Sum(before=since, course=chain.course)), mark=mark)
    yield chain.course


def _stretches(app: Patella, since: date) -> Iterator[tuple[date, date]]:
    """From where to ahead of where it is folded at a time; they begin on the same Mondays whatever is in the diary."""
    first = app.log.first_day((Kind.SESSION_BEGUN,), before=since)
    if first is None:
        return
    start = date.fromordinal(first.toordinal() - (first.toordinal() - 1) % STRETCH_DAYS)
    while start < since:
        end = min(start + timedelta(days=STRETCH_DAYS), since)
        yield start, end
        start = end


class _Chain:
    """Stretch by stretch to where everything stands; what is known of one is read only where something follows it."""

    def __init__(self, app: Patella, person: Person, name: str, kept: Mapping[str, object]) -> None:
        self.app, self.person, self.name, self.kept = app, person, name, kept
        self.stands: Course | None = Course()
        self.mark = _mark_of(Course())
        self.latest: Mapping[str, object] = {}
        self.counts: Counter[str] = Counter()

    def follow_known(self, start: date, end: date) -> bool:
        """Whether what these weeks made of where everything stood is remembered, and was gone on with."""
        kept = self.kept.get(self._name(start))
        if not isinstance(kept, dict) or (kept.get("of"), kept.get("before")) != (self.mark, end.isoformat()):
            return False
        self.stands, self.latest, self.mark = None, kept, str(kept["to"])
        self.counts.update(kept["counts"])
        return True

    def fold(self, start: date, end: date) -> None:
        """Work out what these weeks made of it, and remember it."""
        log, earlier, next_morning = self.app.log, start - MORNINGS, end + NEXT_MORNING
        stood, read_to = self._standing(), log.mark()
        sessions = records_between(self.app, start, end)
        mornings = mornings_between(self.app, end, next_morning)
        for ahead in (start - n * STRETCH for n in range(STRETCHES_BACK + 1)):
            mornings |= mornings_kept(self.app, ahead, min(ahead + STRETCH, end))
        after = follow(stood, sessions, self.app.library.exercises, person=self.person, mornings=mornings)
        self.stands, counts = with_counts(after, {}), counts_of(after)
        made = _Stretch(before=end, of=self.mark, to=_mark_of(self.stands), counts=counts, stands=self.stands)
        log.remembered.keep(self._name(start), next_morning, plain(made), since=earlier, mark=read_to)
        self.mark = made.to
        self.counts.update(counts)

    @property
    def course(self) -> Course:
        """Where everything stands, with all that was counted on the way."""
        return with_counts(self._standing(), self.counts)

    def _standing(self) -> Course:
        if self.stands is None:
            self.stands = read(_Stretch, self.latest).stands
        return self.stands

    def _name(self, start: date) -> str:
        return f"{self.name} from {start}"


def records_between(app: Patella, start: date, end: date) -> tuple[SessionDone, ...]:
    """What was done in the sessions of these weeks, oldest first; what is remembered of them is not read again."""
    name = f"records {app.rules} {start}"
    known = _read_or_none(_Records, app.log.remembered.span(name))
    if known and known.before == end:
        return known.sessions
    mark = app.log.mark()
    found = tuple(record_of(s) for s in sessions_between(app, start, end) if not s.is_empty)
    app.log.remembered.keep(name, end, plain(_Records(before=end, sessions=found)), since=start, mark=mark)
    return found


def mornings_kept(app: Patella, start: date, end: date) -> dict[date, int]:
    """The pain of each morning of these weeks; what is remembered of them is not read again."""
    name = f"mornings {app.rules} {start}"
    known = _read_or_none(_Mornings, app.log.remembered.span(name))
    if known and known.before == end:
        return {date.fromisoformat(day): nprs for day, nprs in known.nprs.items()}
    mark = app.log.mark()
    found = mornings_between(app, start, end)
    app.log.remembered.keep(name, end, plain(_Mornings(before=end, nprs=_by_text(found))), since=start, mark=mark)
    return found


def _by_text(mornings: Mapping[date, int]) -> dict[str, int]:
    return {day.isoformat(): nprs for day, nprs in mornings.items()}


def _mark_of(course: Course) -> str:
    return blake2b(json.dumps(plain(course), sort_keys=True).encode(), digest_size=16).hexdigest()


def course_memo(app: Patella, person: Person) -> str:
    """A sum holds for the rules and the library it was made by, and for the settings it was made with."""
    return f"course {app.rules} {person.usual_pain} {person.cautious}"


def _read_or_none(kind: type[Read], memo: object) -> Read | None:
    """What was remembered; None where it cannot be read: it is worked out anew then."""
    try:
        return read(kind, memo)
    except BodyError:
        return None
