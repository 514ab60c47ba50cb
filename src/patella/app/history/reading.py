"""Reads the log into what the core decides from: the person, the history, the sessions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import blake2b
from typing import TypeVar

from patella.app.history.answers import habits_in, read_screenings, read_symptoms, read_yeses
from patella.app.history.programmes import PROGRAMME, programme_in
from patella.app.history.same_run import SPORTS, once
from patella.app.history.watched import SCORE, SEEN, score_in, seen_on, worst_pains
from patella.app.patella import Patella
from patella.care.course import Course, counts_of, follow, with_counts
from patella.care.entries.field import UNSAID, BodyError, Unsaid, known, later, plain, read
from patella.care.entries.kinds import complaint
from patella.care.entries.of_knee import PainNoted, ScreeningAnswered
from patella.care.entries.of_person import ProfileSet
from patella.care.history import History, SymptomNoted
from patella.care.pain import LOOK_BACK_DAYS, When
from patella.care.person import Habit, Person
from patella.care.session import Event, Kind, Session, fold, record_of, settle
from patella.store.entry import Entry, is_in_reach

SCREENING = "screening.answered"
ASSESSED = "assessment.confirmed"
SYMPTOM = "symptom.noted"
PROFILE = "profile.set"
LOOSE_PAIN = "pain.noted"
THINGS = "things"
NO_THINGS: Mapping[str, bool] = {}
LOOSE = (SCREENING, ASSESSED, SYMPTOM, PROFILE, SCORE, SEEN, *PROGRAMME)
AMENDS = (Kind.UNDONE.value, Kind.CHANGED.value)

WINDOW_DAYS = 7
MORNING_DAYS = LOOK_BACK_DAYS
A_MOMENT = timedelta(microseconds=1)
NEXT_MORNING = timedelta(days=1)
STRETCH_DAYS = 28
Read = TypeVar("Read")


def events_of(entries: Iterable[Entry]) -> list[Event]:
    """The entries as events of the core."""
    return [Event(id=e.id, kind=e.kind, day=e.day, at=e.at, body=e.body, values=e.said) for e in entries]


def loose_events(
    app: Patella, kinds: Iterable[str], *, since: date | None = None, before: date | None = None
) -> list[Event]:
    """What was noted outside sessions, of these kinds, as it holds after undo and change."""
    wanted = frozenset(kinds)
    return list(app.derived(("loose", wanted, since, before), lambda: _loose_events(app, wanted, since, before)))


def _loose_events(app: Patella, wanted: frozenset[str], since: date | None, before: date | None) -> list[Event]:
    asked = {*wanted, *AMENDS, *(SPORTS if wanted & SPORTS else ())}
    events = events_of(app.entries(kinds=asked, loose=True, since=since, before=before))
    return [e for e in (once if wanted & SPORTS else settle)(events) if e.kind in wanted]


def person_of(app: Patella) -> Person:
    """The person's settings: the latest of each, and the habit as last answered in the screening."""
    return _person(loose_events(app, (PROFILE, SCREENING)))


def person_and_history(app: Patella, day: date) -> tuple[Person, History]:
    """The person and what the plan of a day looks back on; what was noted outside sessions is read once for both."""

    def work_out() -> tuple[Person, History]:
        loose = loose_events(app, LOOSE)
        person = _person(loose)
        return person, _history(app, day, person, loose)

    return app.derived(("history", day, app.today), work_out)


def signs_of(app: Patella) -> History:
    """What was said of warning signs, and nothing else of the history."""
    noted = _as_written(loose_events(app, (SCREENING, ASSESSED, SYMPTOM)))
    return _signs(app, noted)


def _signs(app: Patella, noted: Sequence[Event]) -> History:
    return History(
        screened=read_screenings(app.library, (e for e in noted if e.kind == SCREENING)),
        assessed=read_yeses(e for e in noted if e.kind == ASSESSED),
        symptoms=(*read_symptoms(app.library, (e for e in noted if e.kind == SYMPTOM)), *_unreadable(app, noted)),
    )


def _person(loose: Iterable[Event]) -> Person:
    said = ProfileSet()
    for event in loose:
        if event.kind == PROFILE:
            said = _changed(said, event.said(ProfileSet))
        elif event.kind == SCREENING:
            said = later(said, habits_in(event.said(ScreeningAnswered).answers))
    return _person_in(said)


def _changed(said: ProfileSet, new: ProfileSet) -> ProfileSet:
    """Settings replace what was there; things are said one by one, until the whole list is given anew."""
    things = known(said.things, NO_THINGS) if new.has is UNSAID else NO_THINGS
    return replace(later(said, new), things={**things, **known(new.things, NO_THINGS)})


def _person_in(said: ProfileSet) -> Person:
    things = known(said.things, NO_THINGS)
    return Person(
        knees=frozenset(known(said.knees, ())),
        one_leg=known(said.one_leg, False),
        habit=known(said.habit, Habit.NONE),
        stretches=known(said.stretches, None),
        lacks=frozenset(t for t, there in things.items() if not there),
        got=frozenset(t for t, there in things.items() if there),
        has=None if said.has is None or isinstance(said.has, Unsaid) else frozenset(said.has),
        cautious=known(said.cautious, False),
        full_arc=known(said.full_arc, False),
        usual_pain=known(said.usual_pain, None),
        maintenance=known(said.maintenance, None),
    )


def sessions_between(app: Patella, since: date | None, before: date | None) -> list[Session]:
    """Every session of these days, oldest first, as it stands after all its events."""
    grouped: dict[str, list[Entry]] = {}
    for entry in app.entries(since=since, before=before):
        if entry.session_id is not None:
            grouped.setdefault(entry.session_id, []).append(entry)
    folded = (fold(session_id, events_of(entries)) for session_id, entries in grouped.items())
    return sorted((s for s in folded if s is not None), key=lambda s: (s.day, s.begun_at))


def session_of(app: Patella, session_id: str) -> Session | None:
    """One session as it stands."""
    return fold(session_id, events_of(app.entries(session_id=session_id)))


def mornings_between(app: Patella, since: date | None, before: date | None) -> dict[date, int]:
    """The pain of each morning that was noted; the last word of a day counts."""
    return mornings_of(loose_events(app, (LOOSE_PAIN,), since=since, before=before))


def mornings_of(noted: Iterable[Event]) -> dict[date, int]:
    """The same from pains that have been read."""
    said = ((e.day, e.said(PainNoted)) for e in noted)
    return {day: pain.nprs for day, pain in said if pain.when is When.MORNING}


def history_on(app: Patella, day: date, person: Person) -> History:
    """Everything the plan of a day looks back on; what lies further back is summed up and remembered."""
    return _history(app, day, person, loose_events(app, LOOSE))


def _history(app: Patella, day: date, person: Person, loose: Iterable[Event]) -> History:
    noted = _as_written(e for e in loose if e.day <= day or day >= app.today)
    since = _window_start(day)
    *_, course = sum_up(app, day, person)
    sessions = [record_of(s) for s in sessions_between(app, since, day + timedelta(days=1)) if not s.is_empty]
    pains = loose_events(app, (LOOSE_PAIN,), since=since - timedelta(days=MORNING_DAYS), before=day + timedelta(days=1))
    return replace(
        _signs(app, noted),
        course=course,
        sessions=tuple(sessions),
        mornings=mornings_of(pains),
        pain_now=pain_now(app, day),
        pains=worst_pains(day, pains, sessions),
        seen_on=seen_on(e for e in noted if e.kind in (ASSESSED, SEEN)),
        scores=tuple(score_in(e) for e in noted if e.kind == SCORE),
        programme=programme_in(noted, day, app.library),
    )


def _unreadable(app: Patella, noted: Sequence[Event]) -> list[SymptomNoted]:
    """What may have been a warning and cannot be read is asked again, not passed over, until the next answers."""
    kinds = (SCREENING, ASSESSED, SYMPTOM)
    unsound = {e.id for e in app.log.unsound(kinds)}
    if not unsound:
        return []
    entries = app.log.entries(kinds=(*kinds, *AMENDS), loose=True)
    readable = (e for e in entries if e.id in unsound or not complaint(e.kind, e.body))
    found: list[SymptomNoted] = []
    answers: list[Event] = []
    for event in reversed(settle(events_of(readable))):
        if event.id not in unsound and event.kind != SYMPTOM:
            answers.append(event)
        elif event.id in unsound and event.kind != ASSESSED and not any(_knew_of(a, event) for a in answers):
            latest = max((e.at for e in (event, *noted) if is_in_reach(e.at.date())), default=app.now())
            found.append(SymptomNoted(at=latest + A_MOMENT, id=event.id, knew=frozenset()))
    return found


def _knew_of(answer: Event, event: Event) -> bool:
    """Whether a later answer was given in view of this: one of an older version was, but not of what is newer."""
    knew = answer.body.get("knew")
    return event.id in knew if isinstance(knew, list) else "knew" not in event.body


def _as_written(events: Iterable[Event]) -> list[Event]:
    """What was written later never counts as earlier, whatever the clock of the machine said."""
    found: list[Event] = []
    for event in events:
        latest = found[-1].at if found else event.at - A_MOMENT
        at = max(event.at, latest + A_MOMENT)
        found.append(event if event.at == at else replace(event, at=at))
    return found


def _window_start(day: date) -> date:
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


def sum_up(app: Patella, day: date, person: Person) -> Iterator[Course]:
    """The course of all sessions ahead of those that the plan of a day looks at one by one; in steps, the last is it.

    What is remembered is not folded again.
    """
    since = _window_start(day)
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
    first = app.log.first_day((Kind.BEGUN,), before=since)
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
        log, earlier, next_morning = self.app.log, start - timedelta(days=MORNING_DAYS), end + NEXT_MORNING
        stood, read_to = self._standing(), log.mark()
        sessions = [record_of(s) for s in sessions_between(self.app, start, end) if not s.is_empty]
        mornings = mornings_between(self.app, earlier, next_morning)
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


def pain_now(app: Patella, day: date) -> int | None:
    """The latest pain that was noted on a day, apart from that during an exercise."""
    entries = app.entries(kinds=(LOOSE_PAIN, *AMENDS), since=day, before=day + timedelta(days=1))
    pains = (e.said(PainNoted) for e in settle(events_of(entries)))
    notes = [p for p in pains if p.item is None]
    return notes[-1].nprs if notes else None
