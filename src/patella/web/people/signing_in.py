"""Coming in and going: by a password, a passkey or an invitation; and out again."""

from __future__ import annotations

from contextlib import suppress

from fastapi import APIRouter, Request

from patella.store.people import accounts, invitations, passkeys, tries, visits
from patella.store.people.invitations import Invitation
from patella.store.people.passkeys import Made
from patella.store.people.people import Account, NobodyError
from patella.web.answer import Json
from patella.web.people.answers import ComeAnswer, DoneAnswer, InvitationAnswer, OptionsAnswer
from patella.web.people.asked import Folk, Who, address_of, browser_of, moment, place_of, told
from patella.web.people.cookie import cookie_of, no_cookie
from patella.web.people.reception import HOME
from patella.web.people.wire import Accepted, Joined, Joining, Shown, Signed, SignIn
from patella.web.routes.here import shows
from patella.web.slow_work import run_in_thread
from patella.web.wire import Empty

router = APIRouter(prefix="/people")


@router.post("/sign-in", responses=shows(ComeAnswer, "Signed in."))
async def sign_in(folk: Folk, request: Request, said: SignIn) -> Json:
    """Sign in with a password. Whether there is such an account can be told from nothing."""
    address, browser = address_of(request), browser_of(request)
    who, key = await run_in_thread(accounts.sign_in, folk, said.handle, said.password, address=address, browser=browser)
    return _come(folk, request, who, key)


@router.post("/sign-in/passkey/begin", responses=shows(OptionsAnswer, "What to ask the passkeys."))
async def begin_passkey(folk: Folk, request: Request, said: Empty) -> Json:  # noqa: ARG001 - there is nothing to say
    """What a browser is to ask its passkeys, good once and for five minutes."""
    tries.take(folk, handle=None, address=address_of(request))
    tries.forgive(folk, handle=None, address=address_of(request))
    return Json(OptionsAnswer(options=dict(passkeys.begin_sign_in(folk, place_of(request)))))


@router.post("/sign-in/passkey", responses=shows(ComeAnswer, "Signed in."))
async def sign_in_by_passkey(folk: Folk, request: Request, said: Signed) -> Json:
    """Sign in with a passkey."""
    address = address_of(request)
    tries.take(folk, handle=None, address=address)
    who, key = passkeys.sign_in(folk, place_of(request), said.credential, browser=browser_of(request))
    tries.forgive(folk, handle=None, address=address)
    return _come(folk, request, who, key)


@router.post("/sign-out", responses=shows(DoneAnswer, "Signed out."))
async def sign_out(folk: Folk, request: Request, who: Who, said: Empty) -> Json:  # noqa: ARG001 - as above
    """Sign this browser out; nothing of the diary stays in it."""
    visits.end(folk, who.id, request.state.visit.id)
    return Json(DoneAnswer(done=True), headers={"Set-Cookie": no_cookie(), "Clear-Site-Data": '"cache", "storage"'})


@router.post("/invitation", responses=shows(InvitationAnswer, "What it is good for."))
async def invitation(folk: Folk, request: Request, said: Shown) -> Json:
    """What an invitation is good for; it stays good."""
    found = _look_at(folk, request, said.key)
    return Json(
        InvitationAnswer(
            name=found.name, role=found.role.value, physiotherapist=found.physiotherapist, back=found.back,
            until=moment(found.until_s),
        )
    )  # fmt: skip


@router.post("/invitation/accept", status_code=201, responses=shows(ComeAnswer, "The account is there.", 201))
async def accept(folk: Folk, request: Request, said: Accepted) -> Json:
    """Take an invitation: it is used up, and this browser is signed in. What is refused uses nothing up."""
    _look_at(folk, request, said.key)
    who, key = await run_in_thread(
        invitations.accept, folk, said.key,
        handle=said.handle, name=said.name, password=said.password, browser=browser_of(request),
    )  # fmt: skip
    return _come(folk, request, who, key, 201)


@router.post("/invitation/passkey/begin", responses=shows(OptionsAnswer, "What to ask the device for."))
async def begin_joining(folk: Folk, request: Request, said: Joining) -> Json:
    """What a browser is to ask its device for, to take an invitation with a passkey. It stays good."""
    _look_at(folk, request, said.key)
    place = place_of(request)
    asked = invitations.begin_by_passkey(folk, said.key, place, handle=said.handle, name=said.name)
    return Json(OptionsAnswer(options=dict(asked)))


@router.post("/invitation/passkey", status_code=201, responses=shows(ComeAnswer, "The account is there.", 201))
async def join_by_passkey(folk: Folk, request: Request, said: Joined) -> Json:
    """Take an invitation with the passkey that was made, and no password."""
    _look_at(folk, request, said.key)
    who, key = invitations.accept_by_passkey(
        folk, said.key, Made(place=place_of(request), said=said.credential),
        handle=said.handle, name=said.name, browser=browser_of(request),
    )  # fmt: skip
    return _come(folk, request, who, key, 201)


def _look_at(folk: Folk, request: Request, key: str) -> Invitation:
    """What a link is good for, which nobody can find by guessing. Raises NoInvitationError, TooManyTriesError."""
    address = address_of(request)
    tries.take(folk, handle=None, address=address)
    found = invitations.invited(folk, key)
    tries.forgive(folk, handle=None, address=address)
    return found


def _come(folk: Folk, request: Request, who: Account, key: str, status: int = 200) -> Json:
    """Who is signed in now; the visit before, if there was one in this browser, is over."""
    before: Account | None = request.state.account
    if before is not None:
        with suppress(NobodyError):
            visits.end(folk, before.id, request.state.visit.id)
    return Json(ComeAnswer(account=told(who), home=HOME[who.role]), status, {"Set-Cookie": cookie_of(key)})
