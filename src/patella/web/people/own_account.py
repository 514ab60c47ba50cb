"""One's own account: what one is called, how one comes in, which browsers are signed in, and closing it."""

from __future__ import annotations

from fastapi import APIRouter, Request

from patella.store.people import accounts, passkeys, visits
from patella.store.people.people import Account
from patella.web.answer import Json
from patella.web.people.answers import DoneAnswer, MeAnswer, OptionsAnswer, PasskeyAnswer, VisitAnswer
from patella.web.people.asked import Folk, Numbered, Who, address_of, browser_of, moment, place_of, told
from patella.web.people.cookie import cookie_of, no_cookie
from patella.web.people.reception import HOME
from patella.web.people.wire import Changed, Confirmed, PasskeyMade, Renamed
from patella.web.routes.here import shows
from patella.web.slow_work import run_in_thread
from patella.web.wire import Empty

router = APIRouter(prefix="/people/me")
UNNAMED = "Passkey"


@router.get("", responses=shows(MeAnswer, "The account."))
async def me(folk: Folk, request: Request, who: Who) -> Json:
    """Who is signed in, in which browsers, and by which passkeys."""
    return _shown(folk, request, who)


@router.post("/name", responses=shows(MeAnswer, "The account as it stands now."))
async def rename(folk: Folk, request: Request, who: Who, said: Renamed) -> Json:
    """Be called something else."""
    return _shown(folk, request, accounts.rename(folk, who, said.name))


@router.post("/password", responses=shows(DoneAnswer, "Changed."))
async def change_password(folk: Folk, request: Request, who: Who, said: Changed) -> Json:
    """Another password. Every other browser is signed out, and this one goes on by a new key."""
    await _confirmed(folk, request, who, said)
    key = await run_in_thread(accounts.change_password, folk, who, said.new, browser=browser_of(request))
    return Json(DoneAnswer(done=True), headers={"Set-Cookie": cookie_of(key)})


@router.post("/confirm", responses=shows(OptionsAnswer, "What to ask the passkeys."))
async def begin_confirming(folk: Folk, request: Request, who: Who, said: Empty) -> Json:  # noqa: ARG001 - there is nothing to say
    """What a browser is to ask its passkeys, so that somebody without a password shows that it is still they."""
    return Json(OptionsAnswer(options=dict(passkeys.begin_confirming(folk, who, place_of(request)))))


@router.post("/passkeys/begin", responses=shows(OptionsAnswer, "What to ask the device for."))
async def begin_passkey(folk: Folk, request: Request, who: Who, said: Confirmed) -> Json:
    """What a browser is to ask its device for, to make a passkey."""
    await _confirmed(folk, request, who, said)
    return Json(OptionsAnswer(options=dict(passkeys.begin_adding(folk, who, place_of(request)))))


@router.post("/passkeys", status_code=201, responses=shows(MeAnswer, "The account with its new passkey.", 201))
async def add_passkey(folk: Folk, request: Request, who: Who, said: PasskeyMade) -> Json:
    """Take in the passkey that was made."""
    passkeys.add(folk, who, place_of(request), said.credential, name=said.name.strip() or UNNAMED)
    return _shown(folk, request, who, 201)


@router.post("/passkeys/{number}/forget", responses=shows(MeAnswer, "The account without it."))
async def forget_passkey(folk: Folk, request: Request, who: Who, number: Numbered, said: Empty) -> Json:  # noqa: ARG001 - there is nothing to say
    """Let nobody in by this passkey any more."""
    passkeys.forget(folk, who.id, number)
    return _shown(folk, request, who)


@router.post("/visits/{number}/end", responses=shows(MeAnswer, "The account; that browser is signed out."))
async def end_visit(folk: Folk, request: Request, who: Who, number: Numbered, said: Empty) -> Json:  # noqa: ARG001 - as above
    """Sign one browser out."""
    visits.end(folk, who.id, number)
    return _shown(folk, request, who)


@router.post("/visits/end-others", responses=shows(MeAnswer, "Only this browser is signed in now."))
async def end_others(folk: Folk, request: Request, who: Who, said: Empty) -> Json:  # noqa: ARG001 - as above
    """Sign out every browser but this one."""
    with folk.begin() as connection:
        visits.end_all(connection, who.id, but=request.state.visit.id)
    return _shown(folk, request, who)


@router.post("/close", responses=shows(DoneAnswer, "Nothing is left."))
async def close(folk: Folk, request: Request, who: Who, said: Confirmed) -> Json:
    """Close the account: its diary is erased, and what is left is its number. What was exported stays."""
    await _confirmed(folk, request, who, said)
    accounts.see_closable(folk, who)
    await request.app.state.erase(who.id)
    accounts.close(folk, who)
    await request.app.state.erase(who.id)  # what was on its way meanwhile; nothing can be written from now on
    return Json(DoneAnswer(done=True), headers={"Set-Cookie": no_cookie(), "Clear-Site-Data": '"cache", "storage"'})


async def _confirmed(folk: Folk, request: Request, who: Account, said: Confirmed) -> None:
    """See that it is still the same person, by a passkey or the password. Raises PeopleError."""
    if said.credential is not None:
        passkeys.confirm(folk, who, place_of(request), said.credential)
    else:
        await run_in_thread(accounts.confirm, folk, who, said.password, address=address_of(request))


def _shown(folk: Folk, request: Request, who: Account, status: int = 200) -> Json:
    here = request.state.visit.id
    browsers = [
        VisitAnswer(id=v.id, name=v.name, begun=moment(v.begun_s), seen=moment(v.seen_s), here=v.id == here)
        for v in visits.visits_of(folk, who.id)
    ]
    keys = [
        PasskeyAnswer(id=k.id, name=k.name, made=moment(k.made_s), used=None if k.used_s is None else moment(k.used_s))
        for k in passkeys.passkeys_of(folk, who.id)
    ]
    by_password = accounts.has_password(folk, who)
    home = HOME[who.role]
    return Json(MeAnswer(account=told(who), home=home, visits=browsers, passkeys=keys, password=by_password), status)
