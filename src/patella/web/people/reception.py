"""The door of a shared Patella, in the place of `web/door.py`: everything but the way in is for who is signed in.

Diaries are their runners' alone. What somebody else asks of one goes through `people/seen_by`, never through here.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from patella.store.entry import StoreError
from patella.store.people.people import People, Role
from patella.store.people.visits import Here, who_shows
from patella.web.answer import Refusal
from patella.web.door import OPEN, OPEN_FILES, Watched, wants_page
from patella.web.people.cookie import keys_shown

LATE_S = 0.5
API, OWN = "/api/", "/api/people/"
WAY_IN = frozenset({"/sign-in", "/join"})
OPEN_ASKED = frozenset(
    {
        f"{OWN}sign-in", f"{OWN}sign-in/passkey", f"{OWN}sign-in/passkey/begin",
        f"{OWN}invitation", f"{OWN}invitation/accept", f"{OWN}invitation/passkey", f"{OWN}invitation/passkey/begin",
    }
)  # fmt: skip
# Where each begins, and the pages that are not the diary's.
HOME = {Role.RUNNER: "/today", Role.PHYSIOTHERAPIST: "/runners", Role.ADMINISTRATOR: "/people"}
FOR_ALL = frozenset({"/account"})
PAGES_OF = {
    Role.RUNNER: frozenset({"/sharing"}),
    Role.PHYSIOTHERAPIST: frozenset({"/runners"}),
    Role.ADMINISTRATOR: frozenset({"/people"}),
}
PAGES = WAY_IN | FOR_ALL | frozenset[str]().union(*PAGES_OF.values())

# What a Patella for one person lets browsers in by, and what it reads of its own machine.
ALONE = (f"{API}door", f"{API}watched", f"{API}sitting/read", "/in/")

NOT_SIGNED_IN = Refusal(401, "not-signed-in", "Nobody is signed in here. Sign in, then try again.")
NOTHING = Refusal(404, "not-found", "There is nothing at this address.")
NO_DIARY = Refusal(403, "no-diary", "This account has no diary of its own.")


def is_open(path: str) -> bool:
    """Whether an address answers everybody: what is the same for all, and the ways in."""
    return path in OPEN_FILES or path in WAY_IN or path in OPEN_ASKED or path.startswith(OPEN)


def page_of(path: str) -> str:
    """The page that an address belongs to, if it is one of people's: `/runners/7` to `/runners`."""
    first = "/" + path.split("/", 2)[1]
    return first if first in PAGES else ""


class Reception:
    """Lets through what the one who is signed in may ask for, and what is open to all."""

    def __init__(self, app: ASGIApp, *, people: People, way_in: Callable[[Request], Response]) -> None:
        """`people` says who is signed in; `way_in` makes the page where one does. The guard stands before it."""
        self.app = app
        self.people = people
        self.way_in = way_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises Refusal."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        try:
            key, here = self._who(scope)
        except StoreError as error:
            raise Refusal(503, "store", str(error)) from None
        scope["state"]["account"] = here.account if here else None
        scope["state"]["visit"] = here.visit if here else None
        path, is_page = str(scope["path"]), scope["type"] == "http" and wants_page(scope)
        if is_open(path):
            await self.app(scope, receive, send)
        elif here is None:
            if not is_page:
                raise NOT_SIGNED_IN
            await self.way_in(Request(scope))(scope, receive, send)
        elif path.startswith(ALONE):
            raise NOTHING
        elif is_page and not _may_open(here.account.role, path):
            await _go(HOME[here.account.role])(scope, receive, send)
        elif not _may_ask(here.account.role, path):
            raise NO_DIARY
        elif scope["type"] == "websocket":
            await self.app(scope, Watched(receive, send, lambda: self._shows(key)), send)
        else:
            await self.app(scope, _StillHere(receive, lambda: self._shows(key)), send)

    def _shows(self, key: str) -> bool:
        return who_shows(self.people, key) is not None

    def _who(self, scope: Scope) -> tuple[str, Here | None]:
        for key in keys_shown(Headers(scope=scope)):
            here = who_shows(self.people, key)
            if here is not None:
                return key, here
        return "", None


class _StillHere:
    """Receives a body: where its end came late, whoever sends it has to be signed in still."""

    def __init__(self, receive: Receive, is_here: Callable[[], bool]) -> None:
        self.receive = receive
        self.is_here = is_here
        self.began_s = time.monotonic()

    async def __call__(self) -> Message:
        message = await self.receive()
        is_end = message["type"] == "http.request" and not message.get("more_body", False)
        if is_end and time.monotonic() > self.began_s + LATE_S and not self.is_here():
            raise NOT_SIGNED_IN
        return message


def _may_open(role: Role, path: str) -> bool:
    """Whether it is a page of theirs: those of people by role, all others a runner's."""
    page = page_of(path)
    return page in FOR_ALL | PAGES_OF[role] if page else role is Role.RUNNER


def _may_ask(role: Role, path: str) -> bool:
    """Whether it may be asked at all: what is below people's own address is decided there."""
    return role is Role.RUNNER or path.startswith(OWN) or page_of(path) != ""


def _go(to: str) -> Response:
    return RedirectResponse(to, 303, {"Cache-Control": "no-store"})
