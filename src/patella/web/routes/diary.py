"""The diary: what was done and felt, pain outside the player, and every correction."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query

from patella.app.amend import change_entry, undo_entry
from patella.app.days import diary_days
from patella.app.outbox import note_pain_once
from patella.care.pain import When
from patella.care.person import Knee
from patella.web.answer import Json, Refusal
from patella.web.answers import DiaryAnswer, EntryAnswer, PainAnswer
from patella.web.routes.here import Here, Known, shows
from patella.web.wire import Change, LoosePain, Undo

router = APIRouter()

MOST_DAYS = 400
SHOWN_DAYS = 42
YEARS = range(2000, 2100)

DAY = r"^\d{4}-\d{2}-\d{2}$"
Since = Annotated[str | None, Query(pattern=DAY, description="The first day; six weeks before `before` if not said.")]
Before = Annotated[str | None, Query(pattern=DAY, description="The day after the last; tomorrow if not said.")]


@router.get("/diary", responses=shows(DiaryAnswer, "The days that hold something."))
async def diary(here: Here, since: Since = None, before: Before = None) -> Json:
    """What was done and felt on these days, at most 400 at a time."""
    last = _day(before) if before else here.today + timedelta(days=1)
    first = _day(since) if since else last - timedelta(days=SHOWN_DAYS)
    if not 0 < (last - first).days <= MOST_DAYS:
        raise Refusal(422, "days", f"The first day must come before the last, by at most {MOST_DAYS} days.")
    return Json({"days": diary_days(here, first, last)})


def _day(said: str) -> date:
    """The day that was said, if it lies in a century that anybody here lives in."""
    with suppress(ValueError):
        day = date.fromisoformat(said)
        if day.year in YEARS:
            return day
    raise Refusal(422, "days", "A day is written as 2026-05-31, and lies in this century.")


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
