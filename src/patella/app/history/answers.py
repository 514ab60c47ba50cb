"""Answers, symptoms and yeses in the log, each read by the questions of its own time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from patella.care.entries.of_knee import AssessmentConfirmed, ScreeningAnswered, SymptomNoted
from patella.care.entries.of_person import ProfileSet
from patella.care.history import Assessed, Screened
from patella.care.history import SymptomNoted as Symptom
from patella.care.library import Library
from patella.care.person import Habit
from patella.care.questionnaire import Choice, Outcome, Question
from patella.care.screening import AnswerError, Finding, Screening, assess
from patella.care.session import Event

UNREAD = Screening(outcome=Outcome.OK, findings=(), facts=frozenset(), notes=(), stays=False)


def screening_of(library: Library, answered: ScreeningAnswered) -> Screening:
    """What the answers in an entry come to. Raises AnswerError when they are not answers to questions known here."""
    return assess(library.questions_of(answered.questionnaire), answered.answers)


def _read_or_not(library: Library, answered: ScreeningAnswered) -> Screening:
    try:
        return screening_of(library, answered)
    except AnswerError:
        return UNREAD


def read_screenings(library: Library, events: Iterable[Event]) -> tuple[Screened, ...]:
    """Every screening with what it came to; the same answers, given every few weeks, are assessed once.

    Answers that cannot be read, as a newer version may have asked for them, are no good ones: the questions come again.
    """
    known: dict[str, Screening] = {}
    found = []
    for event in events:
        answered = event.said(ScreeningAnswered)
        said = f"{answered.questionnaire} {sorted(answered.answers.items())!r}"
        if said not in known:
            known[said] = _read_or_not(library, answered)
        is_current = answered.questionnaire == library.questionnaire.version and known[said] is not UNREAD
        found.append(
            Screened(
                at=event.at,
                id=event.id,
                knew=_known(answered.knew),
                day=event.day,
                screening=known[said],
                is_current=is_current,
            )
        )
    return tuple(found)


def read_symptoms(library: Library, events: Iterable[Event]) -> tuple[Symptom, ...]:
    """Every symptom; one that by itself says what is to be done carries that along.

    Those of the first version only ever led to the questions, and still do.
    """
    said = ((e, e.said(SymptomNoted)) for e in events)
    return tuple(Symptom(at=e.at, id=e.id, knew=_known(s.knew), finding=_finding(library, s)) for e, s in said)


def symptom_text(library: Library, noted: SymptomNoted) -> str:
    """A symptom in words: as its list has it, else by its name."""
    found = _symptom(library, noted)
    return found[1].text if found else noted.symptom.replace("_", " ")


def _finding(library: Library, noted: SymptomNoted) -> Finding | None:
    found = _symptom(library, noted)
    if found is None or found[1].outcome is Outcome.OK:
        return None
    return Finding(question=found[0], choice=found[1])


def _symptom(library: Library, noted: SymptomNoted) -> tuple[Question, Choice] | None:
    """The line of its list; None where it is of no list that is known here."""
    try:
        return library.questions_of(noted.questionnaire).symptom(noted.symptom)
    except AnswerError:
        return None


def read_yeses(events: Iterable[Event]) -> tuple[Assessed, ...]:
    """Every confirmation, with the day of the yes."""
    said = ((e, e.said(AssessmentConfirmed)) for e in events)
    return tuple(Assessed(at=e.at, id=e.id, knew=_known(s.knew), on=day_of_yes(e)) for e, s in said)


def _known(knew: tuple[str, ...] | None) -> frozenset[str] | None:
    return None if knew is None else frozenset(knew)


def day_of_yes(event: Event) -> date:
    """The day on which somebody said yes; the day of the entry where it does not say."""
    return event.said(AssessmentConfirmed).on or event.day


def habits_in(answers: Mapping[str, object]) -> ProfileSet:
    """What answers say of hips and of stretching; the first version asked for both in one: only hips are known then."""
    said = answers.get("habit")
    if isinstance(said, str):
        return ProfileSet(habit=Habit(said) if said in set(Habit) else Habit.NONE)
    if isinstance(said, list | tuple):
        return ProfileSet(habit=Habit.REGULAR if "hips" in said else Habit.NONE, stretches="stretching" in said)
    return ProfileSet()
