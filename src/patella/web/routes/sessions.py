"""The session player: begin, every event of it, swap and ease."""

from __future__ import annotations

from fastapi import APIRouter

from patella.app.patella import Patella
from patella.app.plan.plan import make_plan
from patella.app.session.intake import Said, Taken, begin_once, ease_once, find_session, swap_once, take_in
from patella.care.choice import Scope
from patella.care.entries.kinds import Kind
from patella.web.answer import Json
from patella.web.answers import EventsAnswer
from patella.web.routes.here import Here, Known, shows
from patella.web.routes.today import check_scope
from patella.web.shown_session import Shown, ShownSession, show_session
from patella.web.wire_session import Begin, Ease, Events, SessionEvent, Swap

router = APIRouter(prefix="/sessions")


@router.post("", status_code=201, responses=shows(ShownSession, "The session, begun.", 201))
async def begin(here: Here, said: Begin) -> Json:
    """Begin a session from today's plan, which is frozen from now on. The same id twice is the same session."""
    check_scope(here, said.scope, said.only)
    taken = begin_once(
        here,
        said.id,
        lambda: make_plan(here, scope=Scope(said.scope), only=said.only, pain_now=said.before),
        before=said.before,
    )
    return Json(show_session(taken, here), 201)


@router.get("/{session_id}", responses=shows(ShownSession, "The session."))
async def one(here: Here, session_id: Known) -> Json:
    """A session as it stands on the disk."""
    return Json(show_session(find_session(here, session_id), here))


@router.post("/{session_id}/events", responses=shows(EventsAnswer, "All of it is on the disk."))
async def events(here: Here, session_id: Known, said: Events) -> Json:
    """Take in what happened. An id that is known already is acknowledged again, and nothing happens twice."""
    taken = take_in(here, session_id, [_said(e) for e in said.events])
    return Json(_saved(here, taken, [e.id for e in said.events]))


@router.post("/{session_id}/swap", responses=shows(EventsAnswer, "The session after it."))
async def swap(here: Here, session_id: Known, said: Swap) -> Json:
    """Swap a task for an easier neighbour, or for the one named."""
    return Json(_saved(here, swap_once(here, session_id, said.id, said.item, said.to), [said.id]))


@router.post("/{session_id}/ease", responses=shows(EventsAnswer, "The session after it."))
async def ease(here: Here, session_id: Known, said: Ease) -> Json:
    """Make a task one step easier for the rest of this session."""
    return Json(_saved(here, ease_once(here, session_id, said.id, said.item), [said.id]))


def _saved(here: Patella, taken: Taken, acknowledged: list[str]) -> Shown:
    advice = [{"id": k, "colour": a.colour.value, "says": a.says} for k, a in taken.advice.items()]
    return {"acknowledged": acknowledged, "advice": advice, "session": show_session(taken, here)}


def _said(event: SessionEvent) -> Said:
    body = event.body.model_dump(exclude_unset=event.kind is Kind.ENTRY_CHANGED)
    return Said(id=event.id, kind=event.kind, at=event.at, body=body)
