"""What a physiotherapist set for whoever is here: to read, and to end."""

from __future__ import annotations

from fastapi import APIRouter

from patella.app.programme.setting import Programmes, end_programme, programmes_of
from patella.web.answer import Json
from patella.web.routes.here import Here, shows
from patella.web.wire import Seen

router = APIRouter(prefix="/programme")


@router.get("", responses=shows(Programmes, "What is in force, what is set for later, and all that was said."))
async def programme(here: Here) -> Json:
    """What was set: exercises in their order with the dose they begin with and the most they may become."""
    return Json(programmes_of(here))


@router.post("/end", responses=shows(Programmes, "Ended; what stands now."))
async def end(here: Here, said: Seen) -> Json:
    """The runner ends it, at any time and without a reason."""
    return Json(end_programme(here, entry_id=said.id))
