"""The library as a whole: exercises, sources, equipment, reasons, questions, programme, and what must agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from patella.care.equipment import Equipment
from patella.care.exercise import Exercise
from patella.care.outcomes import Score, ScoreId
from patella.care.programme import Programme
from patella.care.reason import Template
from patella.care.screening import Questionnaire
from patella.care.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Everything Patella knows that is data. Exercises are in the order of the routine, then by shelf and name."""

    exercises: Mapping[str, Exercise]
    sources: Mapping[str, Source]
    equipment: Mapping[str, Equipment]
    reasons: Mapping[str, Template]
    questionnaire: Questionnaire
    programme: Programme
    scores: Mapping[ScoreId, Score]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong in a definition: the file (relative to the library), the key, and a sentence."""

    file: str
    key: str
    sentence: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}" if self.key else self.file
        return f"{where}: {self.sentence}"


def check_agreement(library: Library) -> tuple[Problem, ...]:
    """What the files say of one another and does not hold: unknown exercises, sources or things, a gap in the six."""
    return tuple(_disagreements(library))


def _disagreements(library: Library) -> Iterator[Problem]:
    for exercise in library.exercises.values():
        yield from _of_exercise(library, exercise)
    for template in library.reasons.values():
        if template.source != "exercise" and template.source not in library.sources:
            yield _unknown("reasons.toml", template.key, "source", template.source)
    for score in library.scores.values():
        if score.source not in library.sources:
            yield _unknown("scores.toml", score.id, "source", score.source)
    for question in library.questionnaire.questions:
        if question.source not in library.sources:
            yield _unknown("screening.toml", question.id, "source", question.source)
    for named in sorted(library.programme.named - set(library.exercises)):
        yield _unknown("programme.toml", "", "exercise", named)
    numbers = sorted(e.routine_number for e in library.exercises.values() if e.routine_number is not None)
    if len(set(numbers)) != len(numbers):
        yield Problem(file="exercises", key="routine_number", sentence="must be given to one exercise only, each.")


def _of_exercise(library: Library, exercise: Exercise) -> Iterator[Problem]:
    file = f"exercises/{exercise.id}/exercise.toml"
    yield from _of_neighbours(library, exercise, file)
    named = (
        ("without_equipment", exercise.without_equipment),
        ("unlock.top_of", exercise.unlock and exercise.unlock.top_of),
    )
    for key, other in named:
        if other and other not in library.exercises:
            yield _unknown(file, key, "exercise", other)
    for thing in (*exercise.equipment, *(t for use in exercise.substitutes.values() for t in use)):
        if thing not in library.equipment:
            yield _unknown(file, "equipment", "thing in equipment.toml", thing)
    for source in _sources_of(exercise):
        if source not in library.sources:
            yield _unknown(file, "sources", "source in sources.toml", source)


def _of_neighbours(library: Library, exercise: Exercise, file: str) -> Iterator[Problem]:
    for key, neighbours in (("easier", exercise.easier), ("harder", exercise.harder)):
        for other in neighbours:
            if other == exercise.id or other not in library.exercises:
                yield _unknown(file, key, "exercise other than itself", other)
    for other in exercise.easier:
        found = library.exercises.get(other)
        if found and found.knee_load > exercise.knee_load:
            yield Problem(file=file, key="easier", sentence=f"names {other}, which loads the knee more.")


def _sources_of(exercise: Exercise) -> tuple[str, ...]:
    dose = exercise.dose
    claimed = [dose.source, dose.rest_source, dose.tempo_source, *(g.source for g in exercise.gates)]
    claimed += [part.source for part in (exercise.unlock, exercise.arc) if part]
    return tuple(dict.fromkeys([*exercise.sources, *(c for c in claimed if c)]))


def _unknown(file: str, key: str, what: str, name: str) -> Problem:
    return Problem(file=file, key=key, sentence=f"names {name!r}, and there is no such {what}.")
