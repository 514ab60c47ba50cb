"""Today: the plan, what is due, and whether the server is there."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from patella.app.due import find_due
from patella.app.outbox import find_session
from patella.app.patella import Patella, own_version
from patella.app.scores import scores_asked
from patella.app.today import answer_today
from patella.care.choice import Scope
from patella.web.answer import Json, Refusal
from patella.web.answers import HealthAnswer, TodayAnswer
from patella.web.routes.here import Here, shows
from patella.web.shown import Shown, show_session
from patella.web.wire import ScopeName

router = APIRouter()

Only = Annotated[str | None, Query(pattern="^[a-z0-9][a-z0-9-]{0,79}$", description="The one exercise of scope one.")]
Pain = Annotated[int | None, Query(ge=0, le=10, description="The plan as it would be with this pain now.")]


@router.get("/health", responses=shows(HealthAnswer, "The server is there."))
async def health(here: Here, request: Request) -> Json:
    """Whether the server is there, which version it is, and what its clock says."""
    demo = bool(request.app.state.demo)
    return Json({"ok": True, "version": own_version(), "demo": demo, "now": here.now().isoformat()})


@router.get("/today", responses=shows(TodayAnswer, "The plan of today."))
async def today(here: Here, scope: ScopeName = "today", only: Only = None, pain: Pain = None) -> Json:
    """What there is to do today and why, and what is to be answered first. Nothing is kept."""
    check_scope(here, scope, only)
    answer = answer_today(here, scope=Scope(scope), only=only, pain_now=pain)
    return Json({**answer, "due": _due(here), "now": here.now().isoformat()})


def check_scope(here: Patella, scope: str, only: str | None) -> None:
    """Raise Refusal unless one exercise is named exactly where one is asked for, and is in the library."""
    if (scope == Scope.ONE) != (only is not None):
        raise Refusal(422, "scope", "The scope one needs the exercise in `only`, and no other scope takes it.")
    if only is not None and only not in here.library.exercises:
        raise Refusal(404, "no-such-exercise", f"There is no exercise called {only}.")


def _due(here: Patella) -> Shown:
    due = find_due(here)
    unfinished = show_session(find_session(here, due.unfinished.id), here) if due.unfinished else None
    scores = [{"score": d.score.value, "week": d.week} for d in scores_asked(here)]
    after = due.after.id if due.after else None
    return {"morning": due.morning, "after": after, "unfinished": unfinished, "scores": scores}
