"""Screening: the questions as data, the answers into the log, and the way back after an assessment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from patella.app.history.answers import read_screenings
from patella.app.history.events import loose_events
from patella.app.history.reading import THINGS, signs_of
from patella.app.history.units import UNITS
from patella.app.patella import Patella
from patella.app.plan.plan import clearance_now
from patella.care.clearance import Clearance
from patella.care.entries.field import more_than
from patella.care.entries.kinds import Kind
from patella.care.fact import Fact
from patella.care.flags import flags_of
from patella.care.pain import check_nprs
from patella.care.person import Knee
from patella.care.questionnaire import Choice, Outcome, Question
from patella.care.screening import AnswerError, Screening, assess, carry_over

YES_HOLDS = timedelta(days=366)
COUNTRY = re.compile("[A-Z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldChoice:
    """A choice: what it leads to, and what it shuts."""

    id: str
    text: str
    source: str | None
    outcome: Outcome
    shuts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldQuestion:
    """A question with its choices; `many` may be chosen, `when` are the choices after which it is asked at all."""

    id: str
    screen: str
    ask: str
    many: bool
    least_one: bool
    noted: bool
    when: tuple[str, ...]
    choices: tuple[ToldChoice, ...]


def list_questions(app: Patella) -> list[ToldQuestion]:
    """Every question with its choices and what each leads to."""
    return [_question(q) for q in app.library.questionnaire.questions]


def _question(question: Question) -> ToldQuestion:
    choices = tuple(_choice(c) for c in question.choices)
    return more_than(ToldQuestion, question, when=tuple(sorted(question.when)), choices=choices)


def _choice(choice: Choice) -> ToldChoice:
    return more_than(ToldChoice, choice, shuts=tuple(sorted(choice.facts)))


def ticked_before(app: Patella) -> dict[str, list[str]]:
    """What may be ticked already when the questions come again: what a person has, never a warning sign."""
    answered = read_screenings(app.library, loose_events(app, (Kind.SCREENING_ANSWERED,))[-1:])
    return carry_over(app.library.questionnaire, answered[0].screening) if answered else {}


def answer_screening(app: Patella, answers: Mapping[str, object]) -> Screening:
    """Assess the answers and put them into the log.

    Raises AnswerError, and keeps nothing, when an answer is missing, is not one of the choices, or contradicts another.
    """
    questionnaire = app.library.questionnaire
    screening = assess(questionnaire, answers)
    body = {"answers": dict(answers), "questionnaire": questionnaire.version, "knew": open_now(app)}
    app.write(Kind.SCREENING_ANSWERED, body)
    return screening


def confirm_assessed(app: Patella, *, on: date | None = None) -> Clearance:
    """Note that somebody who can judge it said yes, on a day (today if not said); what was paused opens again.

    Raises AnswerError when there is nothing to reopen, when no assessment can reopen it, or when the day cannot be.
    """
    clearance = clearance_now(app)
    if not clearance.pending:
        raise AnswerError("There is nothing to reopen: nothing is paused.")
    if clearance.stays:
        raise AnswerError("Patella is made for adults, so this cannot be reopened here.")
    day = on or app.today
    _check_day(app.today, day, clearance)
    app.write(Kind.ASSESSMENT_CONFIRMED, {"on": day.isoformat(), "knew": open_now(app)})
    return clearance_now(app)


def _check_day(today: date, day: date, clearance: Clearance) -> None:
    if day > today:
        raise AnswerError(f"{day} is still to come. Say the day on which you were told yes.")
    if day < today - YES_HOLDS:
        raise AnswerError(f"{day} is more than a year ago. Please ask again before you go on.")
    if clearance.seen_from is not None and day < clearance.seen_from:
        raise AnswerError(f"{day} was before you said this, on {clearance.seen_from}. It has to be seen since then.")


def note_symptom(app: Patella, symptom: str) -> Clearance:
    """Note something new about the knee, any line of the lists of warning signs, and give what follows from it.

    Raises AnswerError, and keeps nothing, when it is none of them.
    """
    questionnaire = app.library.questionnaire
    if questionnaire.symptom(symptom) is None:
        known = ", ".join(c.id for _, c in questionnaire.symptoms())
        raise AnswerError(f"A symptom is one of {known}, not {symptom!r}.")
    app.write(Kind.SYMPTOM_NOTED, symptom_body(app, symptom))
    return clearance_now(app)


def symptom_body(app: Patella, symptom: str) -> dict[str, object]:
    """What the log keeps of it."""
    return {"symptom": symptom, "questionnaire": app.library.questionnaire.version, "knew": open_now(app)}


def open_now(app: Patella) -> list[str]:
    """The ids of what stands open about warning signs: what is said now is said in view of these."""
    return list(flags_of(signs_of(app)).open_ids)


def note_seen(app: Patella, *, on: date | None = None, entry_id: str | None = None) -> None:
    """Note that somebody who can examine a knee has seen it, on a day (today if not said).

    What the diary had asked to be shown is answered with it; it opens nothing that a warning sign has shut.
    Raises AnswerError when the day is still to come.
    """
    day = on or app.today
    if day > app.today:
        raise AnswerError(f"{day} is still to come. Say the day on which somebody saw the knee.")
    app.write(Kind.KNEE_SEEN, {"on": day.isoformat()}, entry_id=entry_id)


def change_profile(app: Patella, values: Mapping[str, object]) -> None:
    """Change settings of the person; only what is named changes. Raises AnswerError with a sentence."""
    app.write(Kind.PROFILE_SET, check_profile(app, values))


def check_profile(app: Patella, values: Mapping[str, object]) -> dict[str, object]:
    """The settings, each checked. Raises AnswerError with a sentence that says what it takes."""
    checked: dict[str, object] = {}
    for key, value in values.items():
        if key == "knees":
            checked[key] = _members(key, value, [k.value for k in Knee])
        elif key == "has":
            checked[key] = None if value is None else _members(key, value, list(app.library.equipment))
        elif key == THINGS:
            checked[key] = _things(app, value)
        elif key in UNITS:
            checked[key] = _unit(key, value)
        elif key == "country":
            checked[key] = None if value is None else _country(value)
        elif key == "usual_pain":
            checked[key] = None if value is None else _nprs(value)
        elif key in ("one_leg", "cautious", "full_arc", "letter", "maintenance"):
            if not isinstance(value, bool):
                raise AnswerError(f"{key} must be true or false, not {value!r}.")
            checked[key] = value
        else:
            raise AnswerError(f"There is no setting called {key}.")
    return checked


def _nprs(value: object) -> int:
    try:
        return check_nprs(value)
    except ValueError as error:
        raise AnswerError(str(error)) from None


def _members(key: str, value: object, allowed: list[str]) -> list[str]:
    if not isinstance(value, list | tuple) or any(v not in allowed for v in value):
        raise AnswerError(f"{key} must be a list of any of {', '.join(allowed)}, not {value!r}.")
    return sorted({str(v) for v in value})


def _things(app: Patella, value: object) -> dict[str, bool]:
    known = app.library.equipment
    if not isinstance(value, dict) or any(t not in known or not isinstance(v, bool) for t, v in value.items()):
        raise AnswerError(f"{THINGS} says true or false of any of {', '.join(known)}; it must not be {value!r}.")
    return dict(value)


def _unit(key: str, value: object) -> str:
    known = [unit.value for unit in UNITS[key]]
    if value not in known:
        raise AnswerError(f"{key} is in {' or '.join(known)}, not in {value!r}.")
    return str(value)


def _country(value: object) -> str:
    if not isinstance(value, str) or not COUNTRY.fullmatch(value):
        raise AnswerError(f"country must be two capital letters, such as DE or US, not {value!r}.")
    return value
