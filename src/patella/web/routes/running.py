"""Runs and shoes: what a watch did not tell, corrections, and how far is near what the knee is used to."""

from __future__ import annotations

from fastapi import APIRouter

from patella.app.plan.told import tell_sources
from patella.app.running.load import no_run_text, running_advice, tell_running
from patella.app.running.runs import LoggedRun, add_run, change_run
from patella.app.running.shoes import add_shoe, change_shoe
from patella.app.running.worn import answer_shoes, new_shoe_and_spike
from patella.care.entries.field import write
from patella.web.answer import Json
from patella.web.answers import EntryAnswer
from patella.web.answers_knee import RunAnswer, RunningAnswer, ShoesAnswer
from patella.web.routes.days import day_of
from patella.web.routes.here import Here, Known, shows
from patella.web.wire_knee import RunAdded, RunChanged, ShoeAdded, ShoeChanged

router = APIRouter()

ADVICE = tuple(RunningAnswer.model_fields)


@router.get("/running", responses=shows(RunningAnswer, "How far today, and why."))
async def running(here: Here) -> Json:
    """Where the risk begins to rise, and why; no number where the clearance allows no advice on running."""
    found = running_advice(here)
    if found is None:
        return Json({**dict.fromkeys(ADVICE), "because": [], "sources": {}, "no_run_text": no_run_text(here)})
    advice = tell_running(found, new_shoe_and_spike(here))
    sources = tell_sources(here.library, (r.source for r in advice.because))
    return Json({**write(advice), "sources": sources, "no_run_text": None})


@router.post("/runs", status_code=201, responses=shows(RunAnswer, "The run.", 201))
async def add(here: Here, said: RunAdded) -> Json:
    """Note a run by hand: a distance or a time, at best both."""
    values = said.model_dump(exclude={"id", "day"}, exclude_none=True)
    run = add_run(here, values, day=day_of(said.day), entry_id=said.id)
    return Json({**write(run), "no_run_text": no_run_text(here)}, 201)


@router.post("/runs/{run_id}/change", responses=shows(LoggedRun, "The run as it stands now."))
async def change(here: Here, run_id: Known, said: RunChanged) -> Json:
    """Correct what is named of a run; the rest stays."""
    values = said.body.model_dump(exclude_unset=True)
    return Json(change_run(here, run_id, values, entry_id=said.id))


@router.get("/shoes", responses=shows(ShoesAnswer, "Every pair."))
async def shoes(here: Here) -> Json:
    """Every pair with what it has behind it, and a word when shoes and distance changed together."""
    warning = new_shoe_and_spike(here) if no_run_text(here) is None else None
    return Json({"shoes": answer_shoes(here), "warning": warning})


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
