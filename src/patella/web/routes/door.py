"""Who may come in: the one-time link, the browsers that are known, and the feed of reminders for a calendar."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from patella.store.keys import Keys
from patella.web.answer import Json
from patella.web.answers import DoorAnswer, FeedAnswer
from patella.web.door import FEEDS, NOT_KNOWN, WAY_IN, cookie_of
from patella.web.routes.here import Here, shows
from patella.web.routes.pages import way_in
from patella.web.routes.paper import Days, Times, calendar_of
from patella.web.wire import Empty

router = APIRouter(prefix="/door")
outside = APIRouter(include_in_schema=False)


@router.get("", responses=shows(DoorAnswer, "How many."))
async def door(request: Request) -> Json:
    """How many browsers are known, this one among them."""
    return Json({"browsers": _keys(request).known()})


@router.post("/forget", responses=shows(DoorAnswer, "Only this browser is known now."))
async def forget(request: Request, said: Empty) -> Json:  # noqa: ARG001 - there is nothing to say
    """Forget every other browser, links that nobody has used, and the addresses of feeds."""
    keys = _keys(request)
    keys.forget(but=request.state.key)
    return Json({"browsers": keys.known()})


@router.post("/feed", responses=shows(FeedAnswer, "The address."), status_code=201)
async def feed(request: Request, said: Empty) -> Json:  # noqa: ARG001 - as above
    """A new address at which a calendar finds the reminders, and nothing else of the diary."""
    return Json({"path": f"{FEEDS}{_keys(request).make_feed()}/reminders.ics"}, 201)


@outside.get(f"{WAY_IN}{{key}}")
async def come_in(request: Request, key: str) -> Response:
    """Make the browser that opens this link known, once; then on to the pages, so that the link stands nowhere."""
    keys, port = _keys(request), request.app.state.port
    if not keys.use_link(key):
        return way_in(request) if request.state.key is None else _onwards()
    answer = _onwards()
    answer.headers.append("Set-Cookie", cookie_of(port, request.state.key or keys.let_in()))
    return answer


@outside.get(f"{FEEDS}{{key}}/reminders.ics")
async def reminders(
    here: Here, request: Request, key: str, times: Times = "09:00,13:00,17:00", days: Days = "mo,tu,we,th,fr"
) -> Response:
    """Small breaks through the day, for a calendar that asks by itself and shows no cookie."""
    if not _keys(request).feeds(key):
        raise NOT_KNOWN
    return calendar_of(here, times, days)


def _onwards() -> Response:
    return RedirectResponse("/", 303, {"Cache-Control": "no-store"})


def _keys(request: Request) -> Keys:
    found: Keys = request.app.state.keys
    return found
