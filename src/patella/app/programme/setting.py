"""A programme is proposed, checked and set, and ended; what stands, and what was said so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from patella.app.history.amend import is_there, write_once
from patella.app.history.events import loose_events
from patella.app.history.programmes import PROGRAMME, said_in
from patella.app.patella import Patella
from patella.app.plan.told import name_of
from patella.app.programme.choices import DAYS_A_WEEK, step_words
from patella.care.entries.field import BodyError, read, write
from patella.care.entries.kinds import Kind
from patella.care.entries.of_programme import ProgrammeEnded, ProgrammeExercise, ProgrammeSet
from patella.care.exercise import Exercise
from patella.care.home_programme import HomeExercise, HomeProgramme, programme_on
from patella.care.prescription import Prescription
from patella.care.screening import AnswerError
from patella.store.entry import Entry

FURTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDose:
    """A dose as it is told; `resistance` in words, empty where there is none."""

    sets: int
    reps: int | None
    holds: int | None
    hold_s: float | None
    step: int
    resistance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetExercise:
    """One exercise of it: it begins with `start`, and may become as much as `most`."""

    exercise: str
    name: str
    start: SetDose
    most: SetDose
    days_a_week: int | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetProgramme:
    """A programme as it is told."""

    id: str
    by: str
    on: date
    since: date
    until: date | None
    note: str
    exercises: tuple[SetExercise, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Something that was said of programmes: one was set by somebody, or all that was set by then ended.

    `by` is None where the runner ended it. `exercises` are names.
    """

    id: str
    at: datetime
    ended: bool
    by: str | None
    exercises: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Programmes:
    """What is in force, what is set for later, and every word on it, the latest first."""

    now: SetProgramme | None
    later: SetProgramme | None
    words: tuple[Word, ...]


def programmes_of(app: Patella) -> Programmes:
    """What is in force, what is set for later, and all that was said."""
    events = loose_events(app, PROGRAMME)
    said = list(said_in(events))
    now = programme_on(app.today, said, app.library.exercises)
    begins = [max(s.day, s.word.since or s.day) for s in said[-1:] if isinstance(s.word, ProgrammeSet)]
    later = programme_on(begins[0], said, app.library.exercises) if begins and begins[0] > app.today else None
    words = (
        Word(
            id=event.id,
            at=event.at,
            ended=event.kind == Kind.PROGRAMME_ENDED,
            by=one.word.by,
            exercises=_names(app, one.word),
        )
        for event, one in zip(events, said, strict=True)
    )
    return Programmes(
        now=_tell(app, now) if now else None,
        later=_tell(app, later) if later else None,
        words=tuple(words)[::-1],
    )


def check_programme(app: Patella, proposed: Mapping[str, object], *, by: str) -> ProgrammeSet:
    """What is proposed, as it would be set by a physiotherapist of this name.

    Raises AnswerError with one sentence that says what is wrong, and what would be right.
    """
    if not by.strip():
        raise AnswerError("The name of whoever sets it is missing.")
    try:
        word = read(ProgrammeSet, {**proposed, "by": by.strip()})
    except BodyError as error:
        raise AnswerError(f"{error}") from None
    if not word.exercises:
        raise AnswerError("Choose one exercise at least.")
    ids = [e.exercise for e in word.exercises]
    for line in word.exercises:
        exercise = app.library.exercises.get(line.exercise)
        if exercise is None:
            raise AnswerError(f"There is no exercise called {line.exercise}.")
        if ids.count(line.exercise) > 1:
            raise AnswerError(f"{exercise.name} is there twice; once is enough.")
        _check_line(exercise, line)
    _check_days(app, word)
    return word


def set_programme(app: Patella, proposed: Mapping[str, object], *, by: str, entry_id: str | None = None) -> Programmes:
    """Set it; doing it twice with the same id does it once. Raises AnswerError, OtherContentError with a sentence."""
    word = check_programme(app, proposed, by=by)
    _say(app, Kind.PROGRAMME_SET, write(word), entry_id)
    return programmes_of(app)


def end_programme(app: Patella, *, by: str | None = None, entry_id: str | None = None) -> Programmes:
    """End whatever was set; `by` is None where the runner ends it, who may at any time. Twice does it once.

    Raises AnswerError where there is nothing to end.
    """
    stands = programmes_of(app)
    if stands.now is None and stands.later is None and (entry_id is None or app.log.entry(entry_id) is None):
        raise AnswerError("There is no programme to end.")
    _say(app, Kind.PROGRAMME_ENDED, write(ProgrammeEnded(by=by)), entry_id)
    return programmes_of(app)


def _say(app: Patella, kind: str, body: dict[str, object], entry_id: str | None) -> None:
    if entry_id is not None and is_there(app, entry_id, kind, body):
        return
    entry = Entry(id=entry_id or app.new_id(), session_id=None, kind=kind, day=app.today, at=app.now(), body=body)
    write_once(app, [entry])


def _check_line(exercise: Exercise, line: ProgrammeExercise) -> None:
    dose, name = exercise.dose, exercise.name
    _within(name, "sets", line.sets, (1, dose.sets))
    if dose.reps:
        _within(name, "reps", line.reps, dose.reps)
        _within(name, "reps at most", line.most_reps, (line.reps or dose.reps[0], dose.reps[1]), grows=line.most_step)
    else:
        held = (dose.hold_s or 0.0, dose.hold_top_s or 0.0)
        _within(name, "seconds", line.hold_s, held)
        _within(name, "seconds at most", line.most_hold_s, (line.hold_s or held[0], held[1]), grows=line.most_step)
    last = dose.steps - 1
    if line.step > last or (line.most_step is not None and not line.step <= line.most_step <= last):
        words = " or ".join(step_words(dose, n) for n in range(dose.steps))
        if not words:
            raise AnswerError(f"{name}: there is no resistance to add.")
        raise AnswerError(f"{name}: the resistance is {words}, and the most is no less than what it begins with.")
    _within(name, "days a week", line.days_a_week, (1, DAYS_A_WEEK[exercise.load]))


def _within(
    name: str, what: str, value: float | None, bounds: tuple[float, float], *, grows: int | None = None
) -> None:
    """Unsaid is fine. Where the resistance grows, the most of the higher one may be fewer than the first."""
    least = 1 if grows is not None else bounds[0]
    if value is not None and not least <= value <= bounds[1]:
        span = f"{bounds[0]:g}" if bounds[0] == bounds[1] else f"{bounds[0]:g} to {bounds[1]:g}"
        raise AnswerError(f"{name}: {what} must be {span}, not {value:g}.")


def _check_days(app: Patella, word: ProgrammeSet) -> None:
    since = word.since or app.today
    if since < app.today:
        raise AnswerError("A programme begins today or later.")
    if since > app.today + FURTHEST:
        raise AnswerError("A programme begins within a year.")
    if word.until is not None and word.until < since:
        raise AnswerError("Its last day must not lie ahead of its first.")


def _names(app: Patella, word: ProgrammeSet | ProgrammeEnded) -> tuple[str, ...]:
    return tuple(name_of(e.exercise, app.library) for e in getattr(word, "exercises", ()))


def _tell(app: Patella, programme: HomeProgramme) -> SetProgramme:
    return SetProgramme(
        id=programme.id,
        by=programme.by,
        on=programme.on,
        since=programme.since,
        until=programme.until,
        note=programme.note,
        exercises=tuple(_tell_line(app.library.exercises[e.id], e) for e in programme.exercises),
    )


def _tell_line(exercise: Exercise, line: HomeExercise) -> SetExercise:
    return SetExercise(
        exercise=exercise.id,
        name=exercise.name,
        start=_tell_dose(exercise, line.start),
        most=_tell_dose(exercise, line.most),
        days_a_week=line.days_a_week,
        note=line.note,
    )


def _tell_dose(exercise: Exercise, dose: Prescription) -> SetDose:
    return SetDose(
        sets=dose.sets,
        reps=dose.reps,
        holds=dose.holds,
        hold_s=dose.hold_s,
        step=dose.step,
        resistance=step_words(exercise.dose, dose.step),
    )
