"""The questions before anything else, the way back after an assessment, and the number to call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query

from patella.app.patella import Patella
from patella.app.person.help import emergency_number, known_countries
from patella.app.person.screening import (
    answer_screening,
    confirm_assessed,
    list_questions,
    note_symptom,
    ticked_before,
)
from patella.app.today.today import answer_today
from patella.care.choice import Scope
from patella.care.screening import stops_here
from patella.web.answer import Json
from patella.web.answers import ClearanceAnswer, HelpAnswer, PeekAnswer, QuestionsAnswer, ScreeningAnswer
from patella.web.routes.days import day_of
from patella.web.routes.here import Here, shows
from patella.web.wire import Answers, SymptomNoted, Yes

router = APIRouter()

Guess = Annotated[str | None, Query(pattern="^[A-Z]{2}$", description="The country the browser speaks of.")]


@router.get("/questions", responses=shows(QuestionsAnswer, "The questions."))
async def questions(here: Here) -> Json:
    """Every question with its choices, the screens, the text of each outcome, and what was ticked before."""
    questionnaire = here.library.questionnaire
    return Json(
        {
            "version": questionnaire.version,
            "screens": questionnaire.screens,
            "questions": list_questions(here),
            "texts": dict(questionnaire.texts),
            "ticked": ticked_before(here),
        }
    )


@router.get("/emergency", responses=shows(HelpAnswer, "The number to call."))
async def emergency(here: Here, guess: Guess = None) -> Json:
    """The number that brings an ambulance: of the country in the settings, else of the one that is guessed."""
    found = emergency_number(here, guess)
    return Json({"number": found.number, "country": found.country, "countries": known_countries()})


@router.post("/screening", responses=shows(ScreeningAnswer, "What the answers come to; they are kept."))
async def screen(here: Here, said: Answers) -> Json:
    """Answer the questions. Nothing is kept when an answer is missing or is not one of the choices."""
    screening = answer_screening(here, said.answers)
    text = here.library.questionnaire.texts[screening.outcome.value]
    return Json(
        {
            "outcome": screening.outcome.value,
            "text": text,
            "notes": list(screening.notes),
            "named": [f.text for f in screening.findings if f.choice.outcome.pauses],
            "findings": [{"question": f.question.id, "choice": f.choice.id} for f in screening.findings],
            "shut": answer_today(here, scope=Scope.FULL).shut,
            "left_out": bool(screening.facts),
        }
    )


@router.post("/screening/peek", responses=shows(PeekAnswer, "Whether the answers so far end the asking."))
async def peek(here: Here, said: Answers) -> Json:
    """Whether what is answered so far calls for help at once. Nothing is kept."""
    stops = stops_here(here.library.questionnaire, _known(here, said.answers))
    text = here.library.questionnaire.texts[stops.value] if stops else None
    return Json({"stops": stops.value if stops else None, "text": text})


@router.post("/screening/assessed", responses=shows(ClearanceAnswer, "What is open now."))
async def assessed(here: Here, said: Yes) -> Json:
    """Confirm having been told that exercise is fine, and on which day."""
    standing = confirm_assessed(here, on=day_of(said.on)).standing.value
    return Json({"clearance": standing, "text": here.library.questionnaire.texts[standing]})


@router.post("/symptoms", responses=shows(ClearanceAnswer, "Kept; what follows from it."))
async def symptom(here: Here, said: SymptomNoted) -> Json:
    """Note something new about the knee: it leads to the same as in the questions."""
    standing = note_symptom(here, said.symptom).standing.value
    return Json({"clearance": standing, "text": here.library.questionnaire.texts[standing]})


def _known(here: Patella, answers: Mapping[str, object]) -> Mapping[str, object]:
    ids = {q.id for q in here.library.questionnaire.questions}
    return {k: v for k, v in answers.items() if k in ids}
