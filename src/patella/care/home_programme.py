"""What a physiotherapist set for a person: which exercises, in which order, how much, from when until when.

It decides what the plan offers and bounds how much; every gate, and the pain rule, stands above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from patella.care.entries.of_programme import ProgrammeEnded, ProgrammeExercise, ProgrammeSet
from patella.care.exercise import Exercise
from patella.care.prescription import Prescription, start_of


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeExercise:
    """One exercise of it: it begins with `start`, and the ordinary rules may raise it to `most`, never above.

    `since` is the day from which the dose is theirs: it goes on where the same dose was set before.
    """

    id: str
    start: Prescription
    most: Prescription
    days_a_week: int | None
    note: str
    since: date

    def within(self, asked: Prescription) -> Prescription:
        """A dose as far as it was set: never harder than the most, with the sets that were set."""
        arc = asked.full_arc and self.most.full_arc
        return replace(min(replace(asked, full_arc=arc), self.most, key=_hardness), sets=self.start.sets)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeProgramme:
    """A programme as it was set on a day, by a physiotherapist's name; `until` is its last day, None for no end."""

    id: str
    by: str
    on: date
    since: date
    until: date | None
    exercises: tuple[HomeExercise, ...]
    note: str

    def of(self, exercise_id: str) -> HomeExercise | None:
        """What was set for an exercise; None where it is no part of it."""
        return next((e for e in self.exercises if e.id == exercise_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Something that was said of programmes, by the id and the day of its entry."""

    id: str
    day: date
    word: ProgrammeSet | ProgrammeEnded


def programme_on(day: date, said: Iterable[Said], exercises: Mapping[str, Exercise]) -> HomeProgramme | None:
    """What is in force on a day: the last that was set and has begun, unless it was ended or is over.

    `said` in its order: the later word holds. An exercise that has left the library is left out.
    """
    found: list[HomeProgramme] = []
    for one in said:
        if isinstance(one.word, ProgrammeEnded):
            found.clear()
        else:
            found.append(_read(one, one.word, exercises, found[-1] if found else None))
    begun = next((p for p in reversed(found) if p.since <= day), None)
    is_over = begun is not None and begun.until is not None and begun.until < day
    return None if is_over else begun


def _read(
    said: Said, word: ProgrammeSet, exercises: Mapping[str, Exercise], before: HomeProgramme | None
) -> HomeProgramme:
    since = max(word.since or said.day, said.day)
    lines = {e.exercise: _line(exercises[e.exercise], e, since) for e in word.exercises if e.exercise in exercises}
    return HomeProgramme(
        id=said.id,
        by=word.by,
        on=said.day,
        since=since,
        until=word.until,
        exercises=tuple(_going_on(line, before) for line in lines.values()),
        note=word.note,
    )


def _going_on(line: HomeExercise, before: HomeProgramme | None) -> HomeExercise:
    """What is set as it was goes on where it stands: other words or another order are no new start."""
    was = before.of(line.id) if before else None
    goes_on = was is not None and (was.start, was.most) == (line.start, line.most) and was.since < line.since
    return replace(line, since=was.since) if was and goes_on else line


def _line(exercise: Exercise, said: ProgrammeExercise, since: date) -> HomeExercise:
    start = _dose(exercise, said.sets, said.reps, said.hold_s, said.step)
    step = said.step if said.most_step is None else said.most_step
    most = _dose(exercise, said.sets, said.most_reps or said.reps, said.most_hold_s or said.hold_s, step)
    return HomeExercise(
        id=exercise.id,
        start=start,
        most=max(start, most, key=_hardness),
        days_a_week=said.days_a_week,
        note=said.note,
        since=since,
    )


def _dose(exercise: Exercise, sets: int, reps: int | None, hold_s: float | None, step: int) -> Prescription:
    """A dose within the library's bounds: what is not said is the least, what lies outside the nearest inside."""
    least, dose = start_of(exercise), exercise.dose
    asked = replace(least, sets=min(sets, dose.sets), step=min(step, dose.steps - 1))
    if dose.reps:
        return replace(asked, reps=max(dose.reps[0], min(reps or 0, dose.reps[1])))
    return replace(asked, hold_s=max(dose.hold_s or 0.0, min(hold_s or 0.0, dose.hold_top_s or 0.0)))


def _hardness(prescription: Prescription) -> tuple[int, int, float]:
    return prescription.hardness
