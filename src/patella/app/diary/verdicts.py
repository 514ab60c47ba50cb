"""The diary with what follows from it: day by day what was done, how the knee answered, and the dose of next time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from patella.app.history.answers import day_of_yes, screening_of, symptom_text
from patella.app.history.events import MORNING_DAYS, loose_events, mornings_between, sessions_between
from patella.app.history.reading import history_on, person_of
from patella.app.patella import Patella
from patella.app.plan.told import name_of
from patella.app.session.training import reload
from patella.care.course import Course, advance
from patella.care.entries.field import more_than
from patella.care.entries.kinds import Kind
from patella.care.entries.of_knee import PainNoted, ScreeningAnswered, SymptomNoted
from patella.care.history import History
from patella.care.pain import Colour, When, worst_of
from patella.care.person import Person
from patella.care.progression import Progress
from patella.care.reason import give
from patella.care.record import ItemDone, SessionDone, response_to, responses_to
from patella.care.screening import AnswerError
from patella.care.session import Event, Session, record_of

Days = Mapping[date, int]

REMEMBERED_DAYS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The dose that was asked for of each side."""

    sets: int
    reps: int | None
    holds: int | None
    hold_s: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A set as it was done."""

    side: str
    reps: int | None
    holds: int | None
    hold_s: float | None
    load_kg: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """What follows for next time, and its source."""

    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastItem:
    """An exercise of a session: what was asked and done, its worst pain, its colour where it is known, what follows."""

    exercise: str
    name: str
    asked: Asked
    sides: tuple[str, ...]
    sets: tuple[Done, ...]
    peak: int | None
    colour: Colour | None
    stopped: bool
    next: Following | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastSession:
    """A session with how the knee answered; its colour is None while not all is answered."""

    id: str
    scope: str
    begun_at: datetime
    ended_at: datetime
    finished: bool
    before: int | None
    after: int | None
    next_morning: int | None
    colour: Colour | None
    items: tuple[PastItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastNote:
    """What was noted outside sessions, in words."""

    at: datetime
    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDay:
    """A day that holds something."""

    date: dt.date
    morning: int | None = None
    notes: tuple[PastNote, ...] = ()
    sessions: tuple[PastSession, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """The diary of some days, in order; those without anything are left out."""

    since: date
    until: date
    days: tuple[PastDay, ...]


def answer_history(app: Patella, *, days: int, session_id: str | None = None) -> Past:
    """The diary of the last days, or of one session. Raises TrainingError when there is no session of that id."""
    until = app.today
    since = until - timedelta(days=days - 1)
    if session_id is not None:
        since = until = reload(app, session_id).day
    person = person_of(app)
    mornings = mornings_between(app, since - timedelta(days=MORNING_DAYS), until + timedelta(days=2))
    found = {d: PastDay(date=d, morning=nprs) for d, nprs in mornings.items() if since <= d <= until}
    for day, note in _notes(app, since, until):
        known = found.get(day) or PastDay(date=day)
        found[day] = known if session_id else replace(known, notes=(*known.notes, note))
    decided = _decided(app, person, since)
    for session in sessions_between(app, since, until + timedelta(days=1)):
        known = found.get(session.day) or PastDay(date=session.day)
        if session_id in (None, session.id):
            progress = decided.get(session.id, {})
            told = _session(app, session, person=person, mornings=mornings, progress=progress)
            known = replace(known, sessions=(*known.sessions, told))
        found[session.day] = known
    return Past(since=since, until=until, days=tuple(found[d] for d in sorted(found)))


def _notes(app: Patella, since: date, until: date) -> Iterator[tuple[date, PastNote]]:
    for event in loose_events(
        app, (Kind.SCREENING_ANSWERED, Kind.ASSESSMENT_CONFIRMED, Kind.SYMPTOM_NOTED, Kind.PAIN_NOTED), since=since
    ):
        if event.day <= until and event.body.get("when") != When.MORNING:
            yield event.day, PastNote(at=event.at, kind=event.kind, text=_note_text(app, event))


def _answers_text(app: Patella, event: Event) -> str:
    try:
        return app.library.questionnaire.texts[screening_of(app.library, event.said(ScreeningAnswered)).outcome.value]
    except AnswerError:
        return "You answered the questions; these answers cannot be read here, so they are asked again."


def _note_text(app: Patella, event: Event) -> str:
    if event.kind == Kind.SCREENING_ANSWERED:
        return _answers_text(app, event)
    if event.kind == Kind.ASSESSMENT_CONFIRMED:
        return f"You were told yes on {day_of_yes(event)}; what was paused opened again."
    if event.kind == Kind.SYMPTOM_NOTED:
        return f"You noted: {symptom_text(app.library, event.said(SymptomNoted))}."
    pain = event.said(PainNoted)
    knee = f", {pain.knee} knee" if pain.knee else ""
    return f"Pain {pain.when}: {pain.nprs} of 10{knee}."


def _session(
    app: Patella, session: Session, *, person: Person, mornings: Days, progress: Mapping[str, Progress]
) -> PastSession:
    done = record_of(session)
    items = tuple(_item(app, done, i, person=person, mornings=mornings, progress=progress) for i in done.items)
    return PastSession(
        id=session.id,
        scope=session.scope,
        begun_at=session.begun_at,
        ended_at=session.last_at,
        finished=session.finished,
        before=session.before,
        after=session.after,
        next_morning=mornings.get(session.day + timedelta(days=1)),
        colour=worst_of(i.colour for i in items if i.sets or i.peak is not None),
        items=items,
    )


def _item(
    app: Patella,
    session: SessionDone,
    item: ItemDone,
    *,
    person: Person,
    mornings: Days,
    progress: Mapping[str, Progress],
) -> PastItem:
    response = response_to(session, item, mornings, usual_pain=person.usual_pain, cautious=person.cautious)
    decided = progress.get(item.exercise_id)
    return PastItem(
        exercise=item.exercise_id,
        name=name_of(item.exercise_id, app.library),
        asked=more_than(Asked, item.asked),
        sides=item.sides,
        sets=tuple(more_than(Done, s) for s in item.sets),
        peak=item.peak,
        colour=response.colour if item.begun else None,
        stopped=item.stopped,
        next=_next(app, item, decided) if decided else None,
    )


def _next(app: Patella, item: ItemDone, progress: Progress) -> Following:
    template = app.library.reasons[progress.verdict.value]
    reason = give(template, source=app.library.exercises[item.exercise_id].dose.source, **progress.inputs)
    return more_than(Following, reason)


def _decided(app: Patella, person: Person, since: date) -> dict[str, dict[str, Progress]]:
    """What was decided after each session, by exercise: from what is remembered, or from the very beginning."""
    history = history_on(app, app.today, person)
    if since < app.today - timedelta(days=REMEMBERED_DAYS):
        sessions = (record_of(s) for s in sessions_between(app, None, None) if not s.is_empty)
        history = History(sessions=tuple(sessions), mornings=mornings_between(app, None, None))
    course: Course = history.course
    decided: dict[str, dict[str, Progress]] = {}
    for session in history.sessions:
        answers = responses_to(session, history.mornings, usual_pain=person.usual_pain, cautious=person.cautious)
        course = advance(course, session, answers, app.library.exercises)
        begun = (i.exercise_id for i in session.items if i.begun)
        decided[session.id] = {e: course.progress[e] for e in begun if e in course.progress}
    return decided
