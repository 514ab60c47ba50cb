"""Runs and shoes: what a watch did not tell, corrections, and how far is near what the knee is used to."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from patella.app.load import running_advice, running_to_json
from patella.app.runs import add_run, change_run, run_to_json
from patella.app.shoes import add_shoe, change_shoe
from patella.app.today import source_to_json
from patella.app.worn import answer_shoes, new_shoe_and_spike
from patella.web.answer import Json
from patella.web.answers import EntryAnswer, RunningAnswer, ShoesAnswer
from patella.web.routes.days import day_of
from patella.web.routes.here import Here, Known, shows
from patella.web.wire_knee import RunAdded, RunChanged, ShoeAdded, ShoeChanged

router = APIRouter()


@router.get("/running", responses=shows(RunningAnswer, "How far today, and why."))
async def running(here: Here) -> Json:
    """How far is near what the knee is used to. A risk is told, nothing is forbidden."""
    advice = running_to_json(running_advice(here))
    because: list[dict[str, str]] = advice["because"]  # type: ignore[assignment]
    sources = {r["source"]: source_to_json(here.library, r["source"]) for r in because}
    return Json({**advice, "shoes": new_shoe_and_spike(here), "sources": sources})


@router.post("/runs", status_code=201, responses=shows(dict[str, Any], "The run.", 201))
async def add(here: Here, said: RunAdded) -> Json:
    """Note a run by hand: a distance or a time, at best both."""
    values = said.model_dump(exclude={"id", "day"}, exclude_none=True)
    return Json(run_to_json(add_run(here, values, day=day_of(said.day), entry_id=said.id)), 201)


@router.post("/runs/{run_id}/change", responses=shows(dict[str, Any], "The run as it stands now."))
async def change(here: Here, run_id: Known, said: RunChanged) -> Json:
    """Correct what is named of a run; the rest stays."""
    values = said.body.model_dump(exclude_unset=True)
    return Json(run_to_json(change_run(here, run_id, values, entry_id=said.id)))


@router.get("/shoes", responses=shows(ShoesAnswer, "Every pair."))
async def shoes(here: Here) -> Json:
    """Every pair with what it has behind it, and a word when shoes and distance changed together."""
    return Json({"shoes": answer_shoes(here), "warning": new_shoe_and_spike(here)})


@router.post("/shoes", status_code=201, responses=shows(EntryAnswer, "The pair is kept.", 201))
async def add_pair(here: Here, said: ShoeAdded) -> Json:
    """Add a pair."""
    add_shoe(here, said.model_dump(exclude={"id"}, exclude_unset=True), entry_id=said.id)
    return Json({"saved": said.id}, 201)


@router.post("/shoes/{shoe_id}/change", responses=shows(EntryAnswer, "The pair as it stands now is kept."))
async def change_pair(here: Here, shoe_id: Known, said: ShoeChanged) -> Json:
    """Change what is named of a pair; the rest stays."""
    change_shoe(here, shoe_id, said.body.model_dump(exclude_unset=True), entry_id=said.id)
    return Json({"saved": said.id})
