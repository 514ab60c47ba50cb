"""Settings."""

from __future__ import annotations

from fastapi import APIRouter

from patella.app.patella import Patella
from patella.app.person.settings import Settings as Stands
from patella.app.person.settings import change_settings, settings_of
from patella.care.entries.field import more_than
from patella.web.answer import Json
from patella.web.answers import Profile, Thing
from patella.web.routes.here import Here, shows
from patella.web.wire import Settings

router = APIRouter()


@router.get("/profile", responses=shows(Profile, "Every setting."))
async def profile(here: Here) -> Json:
    """Every setting, and the things that exercises may need."""
    return Json(_shown(here, settings_of(here)))


@router.patch("/profile", responses=shows(Profile, "Every setting as it stands now."))
async def change(here: Here, said: Settings) -> Json:
    """Change what is named; the rest stays."""
    return Json(_shown(here, change_settings(here, said.model_dump(exclude_unset=True))))


def _shown(here: Patella, settings: Stands) -> Profile:
    things = tuple(Thing(id=e.id, name=e.name, everyday=e.everyday) for e in here.library.equipment.values())
    return more_than(Profile, settings, equipment=things)
