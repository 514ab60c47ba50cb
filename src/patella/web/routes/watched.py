"""The watched folder: which it is, what came from it, another one, none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request

from patella.web.answer import Json, Refusal
from patella.web.answers_knee import WatchedAnswer
from patella.web.routes.here import TOLD, shows
from patella.web.wire import Folder

if TYPE_CHECKING:  # it is not there inside a browser
    from patella.web.watched import Watched

router = APIRouter(prefix="/watched")
STANDS = shows(WatchedAnswer, "How it stands.")
NOT_HERE = Refusal(409, "no-folders", "A browser cannot watch a folder. Patella on a computer can.")


@router.get("", responses=STANDS)
async def watched(request: Request) -> Json:
    """Which folder is watched, and what came from it."""
    return Json(_of(request).shown())


@router.put("", responses=STANDS)
async def watch(request: Request, said: Folder) -> Json:
    """Watch this folder from now on, also after a restart. It is only read."""
    found = _of(request)
    found.choose(said.folder)
    return Json(found.shown())


@router.delete("", responses=STANDS)
async def watch_none(request: Request) -> Json:
    """Watch none any more. What came is kept."""
    found = _of(request)
    found.stop()
    return Json(found.shown())


def _of(request: Request) -> Watched:
    if not TOLD:
        raise NOT_HERE
    found: Watched = request.app.state.watched
    return found
