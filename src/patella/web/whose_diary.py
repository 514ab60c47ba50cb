"""Whose diary a request is about: the one of this Patella, or that of whoever is signed in."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from patella.app.patella import Patella

if TYPE_CHECKING:  # nothing of many is needed for one
    from zoneinfo import ZoneInfo

    from patella.app.diaries import Diaries

ZONE = "patella-zone"
LONGEST_ZONE = 60


class OneDiary:
    """Every request is about one person's Patella."""

    def __init__(self, app: ASGIApp, *, patella: Patella) -> None:
        """`patella` is theirs."""
        self.app = app
        self.patella = patella

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] in ("http", "websocket"):
            scope.setdefault("state", {})["patella"] = self.patella
        await self.app(scope, receive, send)


class DiaryOfAccount:
    """A request is about the diary of the account that asks; about none where nobody is signed in."""

    def __init__(self, app: ASGIApp, *, diaries: Diaries) -> None:
        """`diaries` are everybody's; who asks was found out before."""
        self.app = app
        self.diaries = diaries

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] in ("http", "websocket") and (who := scope["state"].get("account")) is not None:
            zone = zone_of(Headers(scope=scope).get(ZONE, ""))
            scope["state"]["patella"] = self.diaries.of(who.id, zone)
        await self.app(scope, receive, send)


@lru_cache(maxsize=256)
def zone_of(name: str) -> ZoneInfo | None:
    """The time zone of this name, if there is one."""
    from zoneinfo import ZoneInfo

    if not name or len(name) > LONGEST_ZONE:
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, KeyError, OSError):  # no name of a zone, or none of this machine's
        return None
