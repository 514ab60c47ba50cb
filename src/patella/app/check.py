"""Screening: the questions as data, the answers into the log, and the way back after an assessment."""

from __future__ import annotations

from collections.abc import Mapping

from patella.app.diary import ASSESSED, PROFILE, SCREENING, SYMPTOM
from patella.app.patella import Patella
from patella.app.today import make_plan
from patella.care.clearance import Clearance
from patella.care.pain import check_nprs
from patella.care.person import Knee
from patella.care.screening import AnswerError, Choice, Outcome, Question, Screening, assess

SYMPTOMS = ("swelling", "locking", "giving_way", "night_pain", "fever", "calf")


def list_questions(app: Patella) -> list[dict[str, object]]:
    """Every question with its choices and what each leads to, in plain values."""
    return [_question(q) for q in app.library.questionnaire.questions]


def _question(question: Question) -> dict[str, object]:
    return {
        "id": question.id,
        "number": question.number,
        "ask": question.ask,
        "many": question.many,
        "source": question.source,
        "choices": [_choice(c) for c in question.choices],
    }


def _choice(choice: Choice) -> dict[str, object]:
    return {
        "id": choice.id,
        "text": choice.text,
        "outcome": choice.outcome.value,
        "shuts": choice.fact.value if choice.fact else None,
    }


def answer_screening(app: Patella, answers: Mapping[str, object]) -> Screening:
    """Assess the answers and put them into the log.

    Raises AnswerError, and keeps nothing, when an answer is missing or is not one of the choices.
    """
    screening = assess(app.library.questionnaire, answers)
    app.write(SCREENING, {"answers": dict(answers)})
    return screening


def confirm_assessed(app: Patella) -> Clearance:
    """Note that the person was assessed and told to exercise; what the last screening paused opens again.

    Raises AnswerError when there is nothing to reopen, or when no assessment can reopen it.
    """
    clearance = make_plan(app).clearance
    if clearance.standing not in {o.value for o in Outcome} or clearance.is_open:
        raise AnswerError("There is nothing to reopen: the last screening did not pause the exercises.")
    if any(f.choice.stays for f in clearance.findings):
        raise AnswerError("Patella is made for adults, so this cannot be reopened here.")
    app.write(ASSESSED, {"on": app.today.isoformat()})
    return make_plan(app).clearance


def note_symptom(app: Patella, symptom: str) -> None:
    """Note something new about the knee; the programme stops until the questions are answered again."""
    if symptom not in SYMPTOMS:
        raise AnswerError(f"A symptom is one of {', '.join(SYMPTOMS)}, not {symptom!r}.")
    app.write(SYMPTOM, {"symptom": symptom})


def change_profile(app: Patella, values: Mapping[str, object]) -> None:
    """Change settings of the person; only what is named changes. Raises AnswerError with a sentence."""
    app.write(PROFILE, check_profile(app, values))


def check_profile(app: Patella, values: Mapping[str, object]) -> dict[str, object]:
    """The settings, each checked. Raises AnswerError with a sentence that says what it takes."""
    checked: dict[str, object] = {}
    for key, value in values.items():
        if key == "knees":
            checked[key] = _members(key, value, [k.value for k in Knee])
        elif key == "has":
            checked[key] = None if value is None else _members(key, value, list(app.library.equipment))
        elif key == "usual_pain":
            checked[key] = None if value is None else _nprs(value)
        elif key in ("one_leg", "cautious", "full_arc", "letter"):
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
