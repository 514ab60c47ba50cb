"""The library as a whole: exercises, sources, equipment, reasons, questions, programme, and what must agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from patella.care.equipment import Equipment
from patella.care.exercise import Exercise
from patella.care.outcomes import Score, ScoreId
from patella.care.programme import Programme
from patella.care.questionnaire import Questionnaire
from patella.care.reason import Template
from patella.care.screening import AnswerError
from patella.care.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Everything Patella knows that is data. Exercises are in the order of the routine, then by shelf and name.

    `past` are the questions of older versions, by which answers to them are still read.
    `digest` stands for the content of the files it was read from: what was worked out with another one is out of date.
    """

    exercises: Mapping[str, Exercise]
    sources: Mapping[str, Source]
    equipment: Mapping[str, Equipment]
    reasons: Mapping[str, Template]
    questionnaire: Questionnaire
    past: Mapping[int, Questionnaire]
    programme: Programme
    scores: Mapping[ScoreId, Score]
    digest: str = ""

    def questions_of(self, version: int) -> Questionnaire:
        """The questions that answers were given to. Raises AnswerError for a version that is not known."""
        if version == self.questionnaire.version:
            return self.questionnaire
        if version not in self.past:
            raise AnswerError(f"These answers are to version {version} of the questions, which a newer Patella asks.")
        return self.past[version]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong in a definition: the file (relative to the library), the key, and a sentence."""

    file: str
    key: str
    sentence: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}" if self.key else self.file
        return f"{where}: {self.sentence}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """That a file names a source: the file, the key in it, and the source's id."""

    file: str
    key: str
    source: str


def citations(library: Library) -> Iterator[Citation]:
    """Every source that the library's files name, each with the place that names it."""
    for exercise in library.exercises.values():
        for source in exercise.sources:
            yield Citation(file=f"exercises/{exercise.id}/exercise.toml", key="sources", source=source)
    for template in library.reasons.values():
        if template.source != "exercise":
            yield Citation(file="reasons.toml", key=template.key, source=template.source)
    for score in library.scores.values():
        yield Citation(file="scores.toml", key=score.id, source=score.source)
    yield from _of_questions("screening.toml", library.questionnaire)
    for version, past in library.past.items():
        yield from _of_questions(f"screening_{version}.toml", past)


def _of_questions(file: str, questionnaire: Questionnaire) -> Iterator[Citation]:
    for question in questionnaire.questions:
        for choice in question.choices:
            yield Citation(file=file, key=f"{question.id}.{choice.id}", source=choice.source)


def unknown_sources(library: Library, cited: Iterable[Citation]) -> Iterator[Problem]:
    """What is cited and is not in `sources.toml`."""
    for one in cited:
        if one.source not in library.sources:
            yield _unknown(one.file, one.key, "source in sources.toml", one.source)


def unused_sources(library: Library, cited: Iterable[Citation]) -> Iterator[Problem]:
    """What is in `sources.toml` and cited by nobody: nothing is claimed from it, so it goes."""
    used = {one.source for one in cited}
    for source in library.sources:
        if source not in used:
            yield Problem(file="sources.toml", key=source, sentence="is cited by nothing: cite it, or take it out.")


def check_agreement(library: Library) -> tuple[Problem, ...]:
    """What the files say of one another and does not hold: unknown exercises, sources or things, a gap in the six."""
    return tuple(_disagreements(library))


def _disagreements(library: Library) -> Iterator[Problem]:
    for exercise in library.exercises.values():
        yield from _of_exercise(library, exercise)
    yield from unknown_sources(library, citations(library))
    yield from _of_ladders(library)
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
    for thing in (*exercise.things, *(t for use in exercise.substitutes.values() for t in use)):
        if thing not in library.equipment:
            yield _unknown(file, "equipment", "thing in equipment.toml", thing)
    if exercise.chosen and exercise.chosen not in library.reasons:
        yield _unknown(file, "chosen", "reason in reasons.toml", exercise.chosen)


def _of_neighbours(library: Library, exercise: Exercise, file: str) -> Iterator[Problem]:
    for key, neighbours in (("easier", exercise.easier), ("harder", exercise.harder)):
        for other in neighbours:
            if other == exercise.id or other not in library.exercises:
                yield _unknown(file, key, "exercise other than itself", other)
    for other in exercise.easier:
        found = library.exercises.get(other)
        if found and found.knee_load > exercise.knee_load:
            yield Problem(file=file, key="easier", sentence=f"names {other}, which loads the knee more.")


def _of_ladders(library: Library) -> Iterator[Problem]:
    """A ladder goes up: no rung loads the knee less than the one below, and each names that as an easier neighbour."""
    for ladder in library.programme.ladders.values():
        if ladder.id in library.exercises:
            yield Problem(file="programme.toml", key="ladders", sentence=f"{ladder.id!r} is the id of an exercise.")
        rungs = [library.exercises[r] for r in ladder.rungs if r in library.exercises]
        for below, above in pairwise(rungs):
            if above.knee_load < below.knee_load:
                sentence = f"has {above.id} above {below.id}, which loads the knee more."
                yield Problem(file="programme.toml", key=f"ladders.{ladder.id}", sentence=sentence)
            if below.id not in above.easier:
                sentence = f"must name {below.id}, the rung below on the ladder {ladder.id}."
                yield Problem(file=f"exercises/{above.id}/exercise.toml", key="easier", sentence=sentence)


def _unknown(file: str, key: str, what: str, name: str) -> Problem:
    return Problem(file=file, key=key, sentence=f"names {name!r}, and there is no such {what}.")
