"""The way back to running: the stage of today, each step on it, and outings that were walked and run in turns."""

from __future__ import annotations

from fastapi import APIRouter

from patella.app.history.units import units_of
from patella.app.plan.told import tell_sources
from patella.app.running.comeback import Outing, list_stages, note_outing, note_step
from patella.app.running.load import answer_running, no_run_text
from patella.care.comeback import Step
from patella.care.entries.field import write
from patella.web.answer import Json
from patella.web.answers import EntryAnswer
from patella.web.answers_knee import ComebackAnswer, RunAnswer
from patella.web.routes.here import Here, shows
from patella.web.wire_knee import OutingDone, StepTaken

router = APIRouter(prefix="/comeback")


@router.get("", responses=shows(ComebackAnswer, "The stage of today, and every stage."))
async def comeback(here: Here) -> Json:
    """The way back: its stage of today and why; nothing but `no_run_text` where running has to wait."""
    found = answer_running(here)
    stages = list_stages(units_of(here)) if found.no_run_text is None else []
    reasons = found.comeback.because if found.comeback else ()
    return Json(
        ComebackAnswer(
            no_run_text=found.no_run_text,
            comeback=found.comeback,
            stages=stages,
            sources=tell_sources(here.library, [*(s.source for s in stages), *(r.source for r in reasons)]),
            now=here.now(),
        )
    )


@router.post("", responses=shows(EntryAnswer, "Noted."))
async def step(here: Here, said: StepTaken) -> Json:
    """Begin, say that you were not at your best (one stage back), or leave."""
    return Json({"saved": note_step(here, Step(said.step), stage=said.stage, entry_id=said.id)})


@router.post("/outings", status_code=201, responses=shows(RunAnswer, "The outing, kept as a run of its stage.", 201))
async def outing(here: Here, said: OutingDone) -> Json:
    """Note an outing. How the knee was is noted apart, as pain of a run."""
    done = Outing(stage=said.stage, seconds=said.seconds, complete=said.complete, distance_m=said.distance_m)
    run = note_outing(here, done, entry_id=said.id)
    return Json({**write(run), "no_run_text": no_run_text(here)}, 201)
