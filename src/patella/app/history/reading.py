"""Reads the log into what the core decides from: the person, the history, the sessions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from patella.app.history.answers import habits_in, read_screenings, read_symptoms, read_yeses
from patella.app.history.events import AMENDS, MORNING_DAYS, events_of, loose_events, mornings_of, sessions_between
from patella.app.history.programmes import PROGRAMME, programme_in
from patella.app.history.summing import sum_up, window_start
from patella.app.history.watched import score_in, seen_on, worst_pains
from patella.app.patella import Patella
from patella.care.entries.bounds import UNSAID, Unsaid
from patella.care.entries.field import known, later
from patella.care.entries.kinds import Kind, complaint
from patella.care.entries.of_knee import PainNoted, ScreeningAnswered
from patella.care.entries.of_person import ProfileSet
from patella.care.history import History, SymptomNoted
from patella.care.person import Habit, Person
from patella.care.session import Event, record_of, settle
from patella.store.entry import is_in_reach

THINGS = "things"
NO_THINGS: Mapping[str, bool] = {}
LOOSE = (
    Kind.SCREENING_ANSWERED,
    Kind.ASSESSMENT_CONFIRMED,
    Kind.SYMPTOM_NOTED,
    Kind.PROFILE_SET,
    Kind.SCORE_GIVEN,
    Kind.KNEE_SEEN,
    *PROGRAMME,
)

A_MOMENT = timedelta(microseconds=1)


def person_of(app: Patella) -> Person:
    """The person's settings: the latest of each, and the habit as last answered in the screening."""
    return _person(loose_events(app, (Kind.PROFILE_SET, Kind.SCREENING_ANSWERED)))


def person_and_history(app: Patella, day: date) -> tuple[Person, History]:
    """The person and what the plan of a day looks back on; what was noted outside sessions is read once for both."""

    def work_out() -> tuple[Person, History]:
        loose = loose_events(app, LOOSE)
        person = _person(loose)
        return person, _history(app, day, person, loose)

    return app.derived(_history_of(app, day), work_out)


def is_read(app: Patella, day: date) -> bool:
    """Whether `person_and_history` was asked since anything was written: then nothing has to be summed up for it."""
    return app.is_derived(_history_of(app, day))


def _history_of(app: Patella, day: date) -> tuple[object, ...]:
    return "history", day, app.today


def signs_of(app: Patella) -> History:
    """What was said of warning signs, and nothing else of the history."""
    noted = _as_written(loose_events(app, (Kind.SCREENING_ANSWERED, Kind.ASSESSMENT_CONFIRMED, Kind.SYMPTOM_NOTED)))
    return _signs(app, noted)


def _signs(app: Patella, noted: Sequence[Event]) -> History:
    return History(
        screened=read_screenings(app.library, (e for e in noted if e.kind == Kind.SCREENING_ANSWERED)),
        assessed=read_yeses(e for e in noted if e.kind == Kind.ASSESSMENT_CONFIRMED),
        symptoms=(
            *read_symptoms(app.library, (e for e in noted if e.kind == Kind.SYMPTOM_NOTED)),
            *_unreadable(app, noted),
        ),
    )


def _person(loose: Iterable[Event]) -> Person:
    said = ProfileSet()
    for event in loose:
        if event.kind == Kind.PROFILE_SET:
            said = _changed(said, event.said(ProfileSet))
        elif event.kind == Kind.SCREENING_ANSWERED:
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


def history_on(app: Patella, day: date, person: Person) -> History:
    """Everything the plan of a day looks back on; what lies further back is summed up and remembered."""
    return _history(app, day, person, loose_events(app, LOOSE))


def _history(app: Patella, day: date, person: Person, loose: Iterable[Event]) -> History:
    noted = _as_written(e for e in loose if e.day <= day or day >= app.today)
    since = window_start(day)
    *_, course = sum_up(app, day, person)
    sessions = [record_of(s) for s in sessions_between(app, since, day + timedelta(days=1)) if not s.is_empty]
    pains = loose_events(
        app, (Kind.PAIN_NOTED,), since=since - timedelta(days=MORNING_DAYS), before=day + timedelta(days=1)
    )
    return replace(
        _signs(app, noted),
        course=course,
        sessions=tuple(sessions),
        mornings=mornings_of(pains),
        pain_now=pain_now(app, day),
        pains=worst_pains(day, pains, sessions),
        seen_on=seen_on(e for e in noted if e.kind in (Kind.ASSESSMENT_CONFIRMED, Kind.KNEE_SEEN)),
        scores=tuple(score_in(e) for e in noted if e.kind == Kind.SCORE_GIVEN),
        programme=programme_in(noted, day, app.library),
    )


def _unreadable(app: Patella, noted: Sequence[Event]) -> list[SymptomNoted]:
    """What may have been a warning and cannot be read is asked again, not passed over, until the next answers."""
    kinds = (Kind.SCREENING_ANSWERED, Kind.ASSESSMENT_CONFIRMED, Kind.SYMPTOM_NOTED)
    unsound = {e.id for e in app.log.unsound(kinds)}
    if not unsound:
        return []
    entries = app.log.entries(kinds=(*kinds, *AMENDS), loose=True)
    readable = (e for e in entries if e.id in unsound or not complaint(e.kind, e.body))
    found: list[SymptomNoted] = []
    answers: list[Event] = []
    for event in reversed(settle(events_of(readable))):
        if event.id not in unsound and event.kind != Kind.SYMPTOM_NOTED:
            answers.append(event)
        elif (
            event.id in unsound
            and event.kind != Kind.ASSESSMENT_CONFIRMED
            and not any(_knew_of(a, event) for a in answers)
        ):
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


def pain_now(app: Patella, day: date) -> int | None:
    """The latest pain that was noted on a day, apart from that during an exercise."""
    entries = app.entries(kinds=(Kind.PAIN_NOTED, *AMENDS), since=day, before=day + timedelta(days=1))
    pains = (e.said(PainNoted) for e in settle(events_of(entries)))
    notes = [p for p in pains if p.item is None]
    return notes[-1].nprs if notes else None
