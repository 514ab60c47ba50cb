"""The diary: what was done and felt, pain outside the player, and every correction."""

from __future__ import annotations

from fastapi import APIRouter

from patella.app.diary.days import diary_text
from patella.app.history.amend import change_entry, undo_entry
from patella.app.session.intake import note_pain_once
from patella.care.pain import When
from patella.care.person import Knee
from patella.web.answer import Json, JsonText
from patella.web.answers import DiaryAnswer, EntryAnswer, PainAnswer
from patella.web.routes.days import Before, Since, span_of
from patella.web.routes.here import Here, Known, shows
from patella.web.slow_work import run_in_thread
from patella.web.wire import Change, LoosePain, Undo

router = APIRouter()

MOST_DAYS = 400
SHOWN_DAYS = 42


@router.get("/diary", responses=shows(DiaryAnswer, "The days that hold something."))
async def diary(here: Here, since: Since = None, before: Before = None) -> Json:
    """What was done and felt on these days, at most 400 at a time."""
    first, last = span_of(since, before, here.today, usual=SHOWN_DAYS, most=MOST_DAYS)
    return JsonText(f'{{"days":{await run_in_thread(diary_text, here, first, last)}}}')


@router.post("/pain", responses=shows(PainAnswer, "Kept; and what the pain rule says."))
async def pain(here: Here, said: LoosePain) -> Json:
    """Note pain outside the player; it goes to the session that it speaks of."""
    when, knee = When(said.when), Knee(said.knee) if said.knee else None
    advice = note_pain_once(here, said.id, said.nprs, when, knee=knee, session_id=said.session)
    return Json({"colour": advice.colour.value, "says": advice.says})


@router.post("/entries/{entry_id}/undo", responses=shows(EntryAnswer, "Taken back."))
async def undo(here: Here, entry_id: Known, said: Undo) -> Json:
    """Take one entry back; undoing the undo brings it again."""
    undo_entry(here, entry_id, said.id)
    return Json({"saved": said.id})


@router.post("/entries/{entry_id}/change", responses=shows(EntryAnswer, "Corrected."))
async def change(here: Here, entry_id: Known, said: Change) -> Json:
    """Correct a set or a pain."""
    change_entry(here, entry_id, said.id, said.body.model_dump(exclude_unset=True))
    return Json({"saved": said.id})
