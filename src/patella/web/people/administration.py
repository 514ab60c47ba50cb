"""What an administrator does: invite, list, shut out, let back in. No handler here knows a diary."""

from __future__ import annotations

from fastapi import APIRouter, Request

from patella.store.people import accounts, invitations
from patella.store.people.invitations import LASTS_S, Invitation
from patella.store.people.people import Account, Role
from patella.web.answer import Json
from patella.web.people.answers import InvitationsAnswer, LinkAnswer, ListedAnswer, OpenAnswer, PeopleAnswer
from patella.web.people.asked import Administrator, Folk, Numbered, Physiotherapist, moment, place_of
from patella.web.people.wire import Invite, NewRole
from patella.web.routes.here import shows
from patella.web.wire import Empty

router = APIRouter(prefix="/people")
JOIN = "/join"


@router.get("/accounts", responses=shows(PeopleAnswer, "Everybody who has an account."))
async def everybody(folk: Folk, who: Administrator) -> Json:
    """Everybody who has an account, and who is invited."""
    return _shown(folk, who)


@router.post("/invitations", status_code=201, responses=shows(LinkAnswer, "The link to hand over.", 201))
async def invite(folk: Folk, request: Request, who: Administrator, said: Invite) -> Json:
    """Invite somebody; the link is told once, and is good once and for seven days."""
    role = said.role
    return _link(
        folk, request, invitations.invite(folk, name=said.name, role=role, made_by=who, physiotherapist=said.offers)
    )


@router.post("/invitations/{number}/withdraw", responses=shows(PeopleAnswer, "It is good for nothing now."))
async def withdraw(folk: Folk, who: Administrator, number: Numbered, said: Empty) -> Json:  # noqa: ARG001 - there is nothing to say
    """Make an invitation good for nothing."""
    invitations.withdraw(folk, number)
    return _shown(folk, who)


@router.post("/accounts/{number}/way-back", status_code=201, responses=shows(LinkAnswer, "The link to hand over.", 201))
async def way_back(folk: Folk, request: Request, who: Administrator, number: Numbered, said: Empty) -> Json:  # noqa: ARG001 - as above
    """A link for who forgot their password or lost their passkeys. The one before is good for nothing."""
    return _link(folk, request, invitations.invite_back(folk, number, made_by=who))


@router.post("/accounts/{number}/sign-out", responses=shows(PeopleAnswer, "They are signed out everywhere."))
async def sign_out(folk: Folk, who: Administrator, number: Numbered, said: Empty) -> Json:  # noqa: ARG001 - as above
    """Sign somebody out everywhere."""
    accounts.sign_out(folk, number)
    return _shown(folk, who)


@router.post("/accounts/{number}/shut", responses=shows(PeopleAnswer, "They cannot come in."))
async def shut(folk: Folk, who: Administrator, number: Numbered, said: Empty) -> Json:  # noqa: ARG001 - as above
    """Let nobody in by this account until it is opened again. Its diary stays as it is."""
    accounts.shut(folk, number)
    return _shown(folk, who)


@router.post("/accounts/{number}/reopen", responses=shows(PeopleAnswer, "They can come in again."))
async def reopen(folk: Folk, who: Administrator, number: Numbered, said: Empty) -> Json:  # noqa: ARG001 - as above
    """Let somebody in again."""
    accounts.reopen(folk, number)
    return _shown(folk, who)


@router.post("/accounts/{number}/role", responses=shows(PeopleAnswer, "They are something else now."))
async def change_role(folk: Folk, who: Administrator, number: Numbered, said: NewRole) -> Json:
    """Make somebody something else. They sign in anew, and what was shared by or with them ends."""
    accounts.change_role(folk, number, said.role)
    return _shown(folk, who)


@router.get("/runners/invitations", responses=shows(InvitationsAnswer, "Who is invited."))
async def invited_runners(folk: Folk, who: Physiotherapist) -> Json:
    """The runners whom this physiotherapist has invited and who have not come yet."""
    return _invited(folk, who)


@router.post("/runners/invitations", status_code=201, responses=shows(LinkAnswer, "The link to hand over.", 201))
async def invite_runner(folk: Folk, request: Request, who: Physiotherapist, said: Invite) -> Json:
    """Invite a runner. Sharing with this physiotherapist is offered to them; they begin it, or do not."""
    key = invitations.invite(folk, name=said.name, role=Role.RUNNER, made_by=who, physiotherapist=who.id)
    return _link(folk, request, key)


@router.post(
    "/runners/invitations/{number}/withdraw", responses=shows(InvitationsAnswer, "It is good for nothing now.")
)
async def withdraw_runner(folk: Folk, who: Physiotherapist, number: Numbered, said: Empty) -> Json:  # noqa: ARG001 - as above
    """Make an invitation of one's own good for nothing."""
    invitations.withdraw(folk, number, made_by=who)
    return _invited(folk, who)


def _link(folk: Folk, request: Request, key: str) -> Json:
    """The link. The key stands behind a #, which no browser sends anywhere: in no log, no history of a proxy."""
    link = f"{place_of(request).origin}{JOIN}#{key}"
    return Json(LinkAnswer(link=link, until=moment(folk.now_s() + LASTS_S)), 201)


def _invited(folk: Folk, who: Account) -> Json:
    found = invitations.open_invitations(folk, made_by=who)
    return Json(InvitationsAnswer(invitations=[_told(i) for i in found]))


def _shown(folk: Folk, who: Account) -> Json:
    listed = [
        ListedAnswer(
            id=a.account.id, handle=a.account.handle, name=a.account.name, role=a.account.role.value,
            made=moment(a.made_s), shut=a.is_shut, here=a.account.id == who.id,
        )
        for a in accounts.listed(folk)
    ]  # fmt: skip
    return Json(PeopleAnswer(accounts=listed, invitations=[_told(i) for i in invitations.open_invitations(folk)]))


def _told(found: Invitation) -> OpenAnswer:
    return OpenAnswer(
        id=found.id, name=found.name, role=found.role.value, physiotherapist=found.physiotherapist, back=found.back,
        until=moment(found.until_s),
    )  # fmt: skip
