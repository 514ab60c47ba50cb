"""What a handler of people may ask for: the accounts, who asks, and where they ask from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi import Path as InPath

from patella.store.people.passkeys import Place
from patella.store.people.people import Account, People, Role
from patella.web.door import name_of
from patella.web.people.answers import AccountAnswer
from patella.web.people.reception import NOT_SIGNED_IN, NOTHING


async def _people(request: Request) -> People:
    found: People = request.app.state.people
    return found


async def _who(request: Request) -> Account:
    found: Account | None = request.state.account
    if found is None:
        raise NOT_SIGNED_IN
    return found


async def _runner(request: Request) -> Account:
    return await _of(request, Role.RUNNER)


async def _administrator(request: Request) -> Account:
    return await _of(request, Role.ADMINISTRATOR)


async def _physiotherapist(request: Request) -> Account:
    return await _of(request, Role.PHYSIOTHERAPIST)


async def _of(request: Request, role: Role) -> Account:
    """The one who asks, if they are that; to others it is as if there were nothing."""
    found = await _who(request)
    if found.role is not role:
        raise NOTHING
    return found


Folk = Annotated[People, Depends(_people)]
Who = Annotated[Account, Depends(_who)]
Runner = Annotated[Account, Depends(_runner)]
Physiotherapist = Annotated[Account, Depends(_physiotherapist)]
Administrator = Annotated[Account, Depends(_administrator)]
Numbered = Annotated[int, InPath(ge=1, le=2**31 - 1, description="A number of the list.")]


def place_of(request: Request) -> Place:
    """Where it is asked: the guard has seen that the host is ours."""
    host = request.headers["host"].lower()
    return Place(origin=f"{request.state.entrance.scheme}://{host}", host=host.partition(":")[0])


def address_of(request: Request) -> str:
    """The address that it comes from."""
    return request.client.host if request.client else ""


def browser_of(request: Request) -> str:
    """What the browser is called until somebody says better."""
    return name_of(request.headers)


def told(who: Account) -> AccountAnswer:
    """An account as it is told."""
    return AccountAnswer(id=who.id, handle=who.handle, name=who.name, role=who.role.value)


def moment(at_s: float) -> datetime:
    """A moment as it is told."""
    return datetime.fromtimestamp(at_s, UTC)
