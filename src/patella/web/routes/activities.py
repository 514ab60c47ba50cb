"""Activities of which nobody says what they were: asked for once a kind, and what one was put right."""

from __future__ import annotations

from fastapi import APIRouter

from patella.app.history.units import units_of
from patella.app.patella import Patella
from patella.app.running.runs import LoggedRun
from patella.app.running.sports import answer_unnamed, change_sport, name_all
from patella.web.answer import Json
from patella.web.answers_knee import UnnamedAnswer
from patella.web.routes.here import Here, Known, shows
from patella.web.wire_knee import KindNamed, SportChanged

router = APIRouter(prefix="/activities")


@router.get("/unnamed", responses=shows(UnnamedAnswer, "Every kind that is to be asked for."))
async def unnamed(here: Here) -> Json:
    """Activities without a sport, by kind: the word of their files, or how fast they were."""
    return _asked(here)


@router.post("/unnamed", responses=shows(UnnamedAnswer, "What is still to be asked for."))
async def name(here: Here, said: KindNamed) -> Json:
    """Say what all activities of a kind were. Saying it twice says it once."""
    name_all(here, said.key, said.sport)
    return _asked(here)


@router.post("/{activity_id}/sport", responses=shows(LoggedRun, "The activity as it stands now, under its new id."))
async def change(here: Here, activity_id: Known, said: SportChanged) -> Json:
    """Say what one activity was, and in which shoe."""
    return Json(change_sport(here, activity_id, said.sport, shoe=said.shoe, entry_id=said.id))


def _asked(here: Patella) -> Json:
    return Json({"kinds": answer_unnamed(here, units_of(here))})
