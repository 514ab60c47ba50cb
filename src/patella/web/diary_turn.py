"""A request that may write waits for its turn at the diary while others are answered.

One thread answers everybody, so nobody may sit in it and wait until another program has written. A body of JSON is let
through only once the diary is free, or was waited for in vain: then whoever writes says so. A file that is sent writes
nothing into the diary by itself.
"""

from __future__ import annotations

import asyncio
import time

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from patella.store import sqlite
from patella.store.log import Log
from patella.web.security import SAFE, TEXT, kind_of

WAITS_S = 0.1  # where somebody else was quicker after all
ASKS_EVERY_S = 0.02


class TurnAtDiary:
    """Lets nothing that may write through while another program writes, for as long as it is waited for at all."""

    def __init__(self, app: ASGIApp) -> None:
        """Which diary is written stands in the state of the request."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and scope["method"] not in SAFE and kind_of(Headers(scope=scope)) == TEXT:
            patella = scope["state"].get("patella")
            receive = receive if patella is None else _InTurn(receive, patella.log)
        await self.app(scope, receive, send)


class _InTurn:
    """Receives a body; its end only when it is its turn."""

    def __init__(self, receive: Receive, log: Log) -> None:
        self.receive = receive
        self.log = log

    async def __call__(self) -> Message:
        message = await self.receive()
        if message["type"] == "http.request" and not message.get("more_body", False):
            await self._wait()
        return message

    async def _wait(self) -> None:
        until = time.monotonic() + sqlite.BUSY_S
        while not self.log.is_free():
            if time.monotonic() > until:
                return
            await asyncio.sleep(ASKS_EVERY_S)
