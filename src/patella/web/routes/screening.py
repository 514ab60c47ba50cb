"""The questions before anything else, and the way back after an assessment."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter

from patella.app.check import answer_screening, confirm_assessed, list_questions, note_symptom
from patella.app.patella import Patella
from patella.app.today import answer_today
from patella.care.choice import Scope
from patella.care.screening import stops_here
from patella.web.answer import Json
from patella.web.answers import ClearanceAnswer, PeekAnswer, QuestionsAnswer, ScreeningAnswer
from patella.web.routes.here import Here, shows
from patella.web.wire import Answers, Empty, SymptomNoted

router = APIRouter()


@router.get("/questions", responses=shows(QuestionsAnswer, "The questions."))
async def questions(here: Here) -> Json:
    """Every question with its choices, and the text of each outcome."""
    return Json({"questions": list_questions(here), "texts": dict(here.library.questionnaire.texts)})


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
            "findings": [{"question": f.question.id, "choice": f.choice.id} for f in screening.findings],
            "shut": answer_today(here, scope=Scope.FULL)["shut"],
        }
    )


@router.post("/screening/peek", responses=shows(PeekAnswer, "Whether the answers so far end the asking."))
async def peek(here: Here, said: Answers) -> Json:
    """Whether what is answered so far calls for help at once. Nothing is kept."""
    stops = stops_here(here.library.questionnaire, _known(here, said.answers))
    text = here.library.questionnaire.texts[stops.value] if stops else None
    return Json({"stops": stops.value if stops else None, "text": text})


@router.post("/screening/assessed", responses=shows(ClearanceAnswer, "The exercises are open again."))
async def assessed(here: Here, said: Empty) -> Json:  # noqa: ARG001 - the body has to be there, and empty
    """Confirm having been assessed and told to exercise."""
    standing = confirm_assessed(here).standing.value
    return Json({"clearance": standing, "text": here.library.questionnaire.texts[standing]})


@router.post("/symptoms", responses=shows(ClearanceAnswer, "Kept; the questions come again."))
async def symptom(here: Here, said: SymptomNoted) -> Json:
    """Note something new about the knee."""
    note_symptom(here, said.symptom)
    answer = answer_today(here)
    return Json({"clearance": answer["clearance"], "text": answer["clearance_text"]})


def _known(here: Patella, answers: Mapping[str, object]) -> Mapping[str, object]:
    ids = {q.id for q in here.library.questionnaire.questions}
    return {k: v for k, v in answers.items() if k in ids}
