"""Reads the log into what the core decides from: the person, the history, the sessions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from patella.app.history.answers import habits_in, read_screenings, read_symptoms, read_yeses
from patella.app.history.watched import SCORE, SEEN, score_in, seen_on, worst_pains
from patella.app.patella import Patella
from patella.care.course import Course, follow
from patella.care.entries.field import UNSAID, BodyError, Unsaid, known, later, plain, read
from patella.care.entries.kinds import complaint
from patella.care.entries.of_knee import PainNoted, ScreeningAnswered
from patella.care.entries.of_person import ProfileSet
from patella.care.history import History, SymptomNoted
from patella.care.pain import LOOK_BACK_DAYS, When
from patella.care.person import Habit, Person
from patella.care.session import Event, Kind, Session, fold, record_of, settle
from patella.store.entry import Entry

SCREENING = "screening.answered"
ASSESSED = "assessment.confirmed"
SYMPTOM = "symptom.noted"
PROFILE = "profile.set"
LOOSE_PAIN = "pain.noted"
THINGS = "things"
NO_THINGS: Mapping[str, bool] = {}
LOOSE = (SCREENING, ASSESSED, SYMPTOM, PROFILE, SCORE, SEEN)
AMENDS = (Kind.UNDONE.value, Kind.CHANGED.value)

WINDOW_DAYS = 7
MORNING_DAYS = LOOK_BACK_DAYS
A_MOMENT = timedelta(microseconds=1)


def events_of(entries: Iterable[Entry]) -> list[Event]:
    """The entries as events of the core."""
    return [Event(id=e.id, kind=e.kind, day=e.day, at=e.at, body=e.body) for e in entries]


def loose_events(
    app: Patella, kinds: Iterable[str], *, since: date | None = None, before: date | None = None
) -> list[Event]:
    """What was noted outside sessions, of these kinds, as it holds after undo and change."""
    entries = app.entries(kinds=(*kinds, *AMENDS), loose=True, since=since, before=before)
    wanted = set(kinds)
    return [e for e in settle(events_of(entries)) if e.kind in wanted]


def person_of(app: Patella) -> Person:
    """The person's settings: the latest of each, and the habit as last answered in the screening."""
    return _person(loose_events(app, (PROFILE, SCREENING)))


def person_and_history(app: Patella, day: date) -> tuple[Person, History]:
    """The person and what the plan of a day looks back on; what was noted outside sessions is read once for both."""
    loose = loose_events(app, LOOSE)
    person = _person(loose)
    return person, _history(app, day, person, loose)


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
    course = _course_before(app, since, person)
    sessions = [record_of(s) for s in sessions_between(app, since, day + timedelta(days=1)) if not s.is_empty]
    pains = loose_events(app, (LOOSE_PAIN,), since=since - timedelta(days=MORNING_DAYS), before=day + timedelta(days=1))
    return History(
        course=course,
        sessions=tuple(sessions),
        mornings=mornings_of(pains),
        screened=read_screenings(app.library, (e for e in noted if e.kind == SCREENING)),
        assessed=read_yeses(e for e in noted if e.kind == ASSESSED),
        symptoms=(*read_symptoms(app.library, (e for e in noted if e.kind == SYMPTOM)), *_unreadable(app, noted)),
        pain_now=pain_now(app, day),
        pains=worst_pains(day, pains, sessions),
        seen_on=seen_on(e for e in noted if e.kind in (ASSESSED, SEEN)),
        scores=tuple(score_in(e) for e in noted if e.kind == SCORE),
    )


def _unreadable(app: Patella, noted: Sequence[Event]) -> list[SymptomNoted]:
    """What may have been a warning and cannot be read is asked again, not passed over, until the next answers."""
    kinds = (SCREENING, ASSESSED, SYMPTOM)
    unsound = {e.id for e in app.log.unsound(kinds)}
    if not unsound:
        return []
    entries = app.log.entries(kinds=(*kinds, *AMENDS), loose=True)
    readable = (e for e in entries if e.id in unsound or not complaint(e.kind, e.body))
    for event in reversed(settle(events_of(readable))):
        if event.id in unsound and event.kind != ASSESSED:
            return [SymptomNoted(at=max(e.at for e in (event, *noted)) + A_MOMENT)]
        if event.id not in unsound and event.kind != SYMPTOM:
            break
    return []


def _as_written(events: Iterable[Event]) -> list[Event]:
    """What was written later never counts as earlier, whatever the clock of the machine said."""
    found: list[Event] = []
    for event in events:
        latest = found[-1].at if found else event.at - A_MOMENT
        found.append(replace(event, at=max(event.at, latest + A_MOMENT)))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sum:
    """What is remembered of all sessions ahead of a day."""

    before: date
    course: Course


def _window_start(day: date) -> date:
    """The Monday that lies at least a week back, so that the sum is carried on once a week."""
    back = day - timedelta(days=WINDOW_DAYS)
    return back - timedelta(days=back.weekday())


def _course_before(app: Patella, since: date, person: Person) -> Course:
    """The course of all sessions before a day, from the latest sum that still holds."""
    name = course_memo(app, person)
    known = app.log.memo(name, no_later_than=since + timedelta(days=1))
    sum_ = _read_sum(known[1]) if known else None
    start, course = (sum_.before, sum_.course) if sum_ else (None, Course())
    if start == since:
        return course
    mark = app.log.mark()
    sessions = [record_of(s) for s in sessions_between(app, start, since) if not s.is_empty]
    earlier = start - timedelta(days=MORNING_DAYS) if start else None
    mornings = mornings_between(app, earlier, since + timedelta(days=1))
    course = follow(course, sessions, app.library.exercises, person=person, mornings=mornings)
    app.log.remember(name, since + timedelta(days=1), plain(_Sum(before=since, course=course)), mark=mark)
    return course


def course_memo(app: Patella, person: Person) -> str:
    """A sum holds for the rules and the library it was made by, and for the settings it was made with."""
    return f"course {app.rules} {person.usual_pain} {person.cautious}"


def _read_sum(memo: object) -> _Sum | None:
    """The sum; from the very beginning, where what was remembered cannot be read."""
    try:
        return read(_Sum, memo)
    except BodyError:
        return None


def pain_now(app: Patella, day: date) -> int | None:
    """The latest pain that was noted on a day, apart from that during an exercise."""
    entries = app.entries(kinds=(LOOSE_PAIN, *AMENDS), since=day, before=day + timedelta(days=1))
    pains = (e.said(PainNoted) for e in settle(events_of(entries)))
    notes = [p for p in pains if p.item is None]
    return notes[-1].nprs if notes else None
