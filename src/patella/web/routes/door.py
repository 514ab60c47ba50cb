"""Who may come in: the link, the code, the browsers that are known, and the feed of reminders for a calendar."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from patella.store.code import Codes, Heard
from patella.store.keys import Keys, device_of
from patella.web.answer import Json, Refusal
from patella.web.answers import DoorAnswer, FeedAnswer
from patella.web.door import CODE, FEEDS, NOT_KNOWN, WAY_IN, cookie_of, name_of
from patella.web.entrance import Entrance
from patella.web.routes.here import DeviceId, Here, shows
from patella.web.routes.pages import way_in
from patella.web.routes.paper import Days, Times, calendar_of
from patella.web.slow_work import run_in_thread
from patella.web.wire import Empty, Typed

router = APIRouter(prefix="/door")
outside = APIRouter(include_in_schema=False)

ANEW = "`patella devices --add` on your computer shows a new one."
NO_CODE = Refusal(410, "no-code", f"No code is waiting to be typed. {ANEW}")
UNLIKE = Refusal(422, "unlike-a-code", "A code has six digits. Nothing was tried yet.")
NO_DEVICE = Refusal(404, "no-device", "That browser is forgotten already.")


@router.get("", responses=shows(DoorAnswer, "Who is known."))
async def door(request: Request) -> Json:
    """Which browsers are known, this one among them."""
    return _who(request)


@router.post("/forget", responses=shows(DoorAnswer, "Only this browser is known now."))
async def forget(request: Request, said: Empty) -> Json:  # noqa: ARG001 - there is nothing to say
    """Forget every other browser, links and codes that nobody has used, and the addresses of feeds."""
    _keys(request).forget(but=request.state.key)
    return _who(request)


@router.post("/devices/{device}/forget", responses=shows(DoorAnswer, "That browser is not known any more."))
async def forget_one(request: Request, device: DeviceId, said: Empty) -> Json:  # noqa: ARG001 - as above
    """Forget one browser; what it has not saved yet stays in it, and is saved once it is let in again."""
    if not _keys(request).forget_one(device):
        raise NO_DEVICE
    return _who(request)


@router.post("/feed", responses=shows(FeedAnswer, "The address."), status_code=201)
async def feed(request: Request, said: Empty) -> Json:  # noqa: ARG001 - as above
    """A new address at which a calendar finds the reminders, and nothing else of the diary."""
    return Json({"path": f"{FEEDS}{_keys(request).make_feed()}/reminders.ics"}, 201)


@outside.get(f"{WAY_IN}{{key}}")
async def come_in(request: Request, key: str) -> Response:
    """Make the browser that opens this link known, once; then on to the pages, so that the link stands nowhere.

    A link is good on this machine alone: whoever came by another entrance goes on without it being looked at.
    """
    keys, entrance = _keys(request), _entrance(request)
    if entrance.by_code or not keys.use_link(key):
        return way_in(request) if request.state.key is None else _onwards()
    return _known(request, _onwards(), name_of(request.headers))


@outside.post(CODE)
async def say_code(request: Request, said: Typed) -> Response:
    """Make the browser known on which the code is typed. Raises Refusal."""
    codes = Codes(_keys(request))
    heard = await run_in_thread(codes.hear, said.code)
    if heard is Heard.WRONG:
        raise _wrong(codes.left())
    if heard is not Heard.RIGHT:
        raise UNLIKE if heard is Heard.UNLIKE else NO_CODE
    return _known(request, Json({}, 201), said.name or name_of(request.headers))


@outside.get(f"{FEEDS}{{key}}/reminders.ics")
async def reminders(
    here: Here, request: Request, key: str, times: Times = "09:00,13:00,17:00", days: Days = "mo,tu,we,th,fr"
) -> Response:
    """Small breaks through the day, for a calendar that asks by itself and shows no cookie."""
    if not _keys(request).feeds(key):
        raise NOT_KNOWN
    return calendar_of(here, times, days)


def _wrong(left: int) -> Refusal:
    more = f"{left} more tries." if left > 1 else "One more try."
    return Refusal(403, "wrong-code", f"That is not the code. {more if left else f'It takes no more guesses. {ANEW}'}")


def _known(request: Request, answer: Response, name: str) -> Response:
    """The same answer with the cookie by which this browser is known from now on."""
    key = request.state.key or _keys(request).let_in(name=name)
    answer.headers.append("Set-Cookie", cookie_of(_entrance(request), key))
    return answer


def _who(request: Request) -> Json:
    found, key = _keys(request).devices(), request.state.key
    devices = [
        {"id": d.id, "name": d.name, "seen": datetime.fromtimestamp(d.seen_s, UTC), "here": d.id == device_of(key)}
        for d in found
    ]
    return Json({"devices": devices})


def _onwards() -> Response:
    return RedirectResponse("/", 303, {"Cache-Control": "no-store"})


def _keys(request: Request) -> Keys:
    found: Keys = request.app.state.keys
    return found


def _entrance(request: Request) -> Entrance:
    found: Entrance = request.state.entrance
    return found
