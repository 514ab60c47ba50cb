"""The diary with what follows from it: day by day what was done, how the knee answered, and the dose of next time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from patella.app.history.answers import day_of_yes, screening_of, symptom_text
from patella.app.history.reading import (
    ASSESSED,
    LOOSE_PAIN,
    MORNING_DAYS,
    SCREENING,
    SYMPTOM,
    history_on,
    loose_events,
    mornings_between,
    person_of,
    sessions_between,
)
from patella.app.patella import Patella
from patella.app.plan.told import name_of
from patella.app.session.training import reload
from patella.care.course import Course, advance
from patella.care.entries.of_knee import PainNoted, ScreeningAnswered, SymptomNoted
from patella.care.history import History
from patella.care.pain import Colour, When, worst_of
from patella.care.person import Person
from patella.care.progression import Progress
from patella.care.reason import give
from patella.care.record import ItemDone, SessionDone, response_to, responses_to
from patella.care.screening import AnswerError
from patella.care.session import Event, Session, record_of

Values = dict[str, object]
Days = Mapping[date, int]

REMEMBERED_DAYS = 60


def answer_history(app: Patella, *, days: int, session_id: str | None = None) -> Values:
    """The diary in plain values.

    ::

        {"since": "2026-11-01", "until": "2026-11-22", "days": [
          {"date", "morning": 0 to 10 or null, "notes": [{"at", "kind", "text"}], "sessions": [
            {"id", "scope", "begun_at", "ended_at", "finished", "before", "after", "next_morning",
             "colour": green, amber, red, or null while not known,
             "items": [{"exercise", "name", "asked": {"sets", "reps", "holds", "hold_s"},
                        "sets": [{"side", "reps", "holds", "hold_s", "load_kg"}],
                        "peak", "colour", "stopped", "next": {"text", "source"} or null}]}]}]}

    Days are in order, those without anything are left out. Raises TrainingError when there is no session of that id.
    """
    until = app.today
    since = until - timedelta(days=days - 1)
    if session_id is not None:
        since = until = reload(app, session_id).day
    told: dict[date, Values] = {}
    for day, kind, values in _everything(app, since, until):
        listed = told.setdefault(day, {"date": day.isoformat(), "morning": None, "notes": [], "sessions": []})
        if kind == "morning":
            listed[kind] = values
        elif session_id is None or (kind == "sessions" and _is(values, session_id)):
            listed[kind].append(values)  # type: ignore[attr-defined]
    return {"since": since.isoformat(), "until": until.isoformat(), "days": [told[d] for d in sorted(told)]}


def _is(values: object, session_id: str) -> bool:
    return isinstance(values, dict) and values["id"] == session_id


def _everything(app: Patella, since: date, until: date) -> Iterator[tuple[date, str, object]]:
    person = person_of(app)
    mornings = mornings_between(app, since - timedelta(days=MORNING_DAYS), until + timedelta(days=2))
    for day, nprs in mornings.items():
        if since <= day <= until:
            yield day, "morning", nprs
    for event in loose_events(app, (SCREENING, ASSESSED, SYMPTOM, LOOSE_PAIN), since=since):
        if event.day <= until and event.body.get("when") != When.MORNING:
            text = _note_text(app, event)
            yield event.day, "notes", {"at": event.at.isoformat(), "kind": event.kind, "text": text}
    decided = _decided(app, person, since)
    for session in sessions_between(app, since, until + timedelta(days=1)):
        progress = decided.get(session.id, {})
        yield session.day, "sessions", _session(app, session, person=person, mornings=mornings, progress=progress)


def _answers_text(app: Patella, event: Event) -> str:
    try:
        return app.library.questionnaire.texts[screening_of(app.library, event.said(ScreeningAnswered)).outcome.value]
    except AnswerError:
        return "You answered the questions; these answers cannot be read here, so they are asked again."


def _note_text(app: Patella, event: Event) -> str:
    if event.kind == SCREENING:
        return _answers_text(app, event)
    if event.kind == ASSESSED:
        return f"You were told yes on {day_of_yes(event)}; what was paused opened again."
    if event.kind == SYMPTOM:
        return f"You noted: {symptom_text(app.library, event.said(SymptomNoted))}."
    pain = event.said(PainNoted)
    knee = f", {pain.knee} knee" if pain.knee else ""
    return f"Pain {pain.when}: {pain.nprs} of 10{knee}."


def _session(
    app: Patella, session: Session, *, person: Person, mornings: Days, progress: Mapping[str, Progress]
) -> Values:
    done = record_of(session)
    items = [_item(app, done, i, person=person, mornings=mornings, progress=progress) for i in done.items]
    return {
        "id": session.id,
        "scope": session.scope,
        "begun_at": session.begun_at.isoformat(),
        "ended_at": session.last_at.isoformat(),
        "finished": session.finished,
        "before": session.before,
        "after": session.after,
        "next_morning": mornings.get(session.day + timedelta(days=1)),
        "colour": _worst(items),
        "items": items,
    }


def _worst(items: Iterable[Values]) -> str | None:
    begun = (i["colour"] for i in items if i["sets"] or i["peak"] is not None)
    worst = worst_of(Colour(str(c)) if c else None for c in begun)
    return worst.value if worst else None


def _item(
    app: Patella,
    session: SessionDone,
    item: ItemDone,
    *,
    person: Person,
    mornings: Days,
    progress: Mapping[str, Progress],
) -> Values:
    asked = item.asked
    response = response_to(session, item, mornings, usual_pain=person.usual_pain, cautious=person.cautious)
    decided = progress.get(item.exercise_id)
    sets = [
        {"side": s.side, "reps": s.reps, "holds": s.holds, "hold_s": s.hold_s, "load_kg": s.load_kg} for s in item.sets
    ]
    return {
        "exercise": item.exercise_id,
        "name": name_of(item.exercise_id, app.library),
        "asked": {"sets": asked.sets, "reps": asked.reps, "holds": asked.holds, "hold_s": asked.hold_s},
        "sides": list(item.sides),
        "sets": sets,
        "peak": item.peak,
        "colour": response.colour.value if item.begun and response.colour else None,
        "stopped": item.stopped,
        "next": _next(app, item, decided) if decided else None,
    }


def _next(app: Patella, item: ItemDone, progress: Progress) -> Values:
    template = app.library.reasons[progress.verdict.value]
    reason = give(template, source=app.library.exercises[item.exercise_id].dose.source, **progress.inputs)
    return {"text": reason.text, "source": reason.source}


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
