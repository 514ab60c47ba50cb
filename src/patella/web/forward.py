"""Hands a request on to another process of the same server: what is kept in one process is asked of that one.

An import is gathered and read by one process for everybody, so that whichever worker a page comes to finds it, and so
that no worker has its answers wait for a year of files.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import h11
from starlette.types import ASGIApp, Receive, Scope, Send

from patella.web.answer import Refusal

# Whoever erases a diary stops its import first, so that it has to be asked where that one is read.
WITH_IMPORTS = ("/api/imports", "/api/erase", "/api/people/me/close")
PIECE = 65_536
SAID_ANEW = (b"connection", b"expect", b"x-forwarded-for", b"x-forwarded-proto")
AWAY = Refusal(503, "imports-away", "Imports are starting again. Try once more in a moment.")


class Forward:
    """Has what is at or below some addresses answered by whoever listens at a socket of this machine."""

    def __init__(self, app: ASGIApp, *, below: tuple[str, ...], at: Path) -> None:
        """`below`: the beginnings of the paths; `at`: the socket, which no other user can open."""
        self.app = app
        self.below = below
        self.at = at

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises Refusal where nobody listens there."""
        if scope["type"] != "http" or not any(_is_below(str(scope["path"]), b) for b in self.below):
            await self.app(scope, receive, send)
            return
        try:
            reader, writer = await asyncio.open_unix_connection(self.at)
        except OSError:
            raise AWAY from None
        try:
            await _handed_on(scope, receive, send, reader, writer)
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()


def _is_below(path: str, beginning: str) -> bool:
    return path == beginning or path.startswith(f"{beginning}/")


async def _handed_on(
    scope: Scope, receive: Receive, send: Send, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    line = h11.Connection(h11.CLIENT)
    query = scope["query_string"]
    target = scope["raw_path"] + (b"?" + query if query else b"")
    headers = [(n, v) for n, v in scope["headers"] if n not in SAID_ANEW]
    headers += [(b"x-forwarded-proto", str(scope["scheme"]).encode())]
    headers += [(b"x-forwarded-for", str(scope["client"][0]).encode())] if scope["client"] else []
    try:
        writer.write(
            line.send(h11.Request(method=scope["method"], target=target, headers=[*headers, (b"Connection", b"close")]))
            or b""
        )
        async for piece in _body(receive):
            writer.write(line.send(h11.Data(data=piece)) or b"")
            await writer.drain()
        writer.write(line.send(h11.EndOfMessage()) or b"")
        await writer.drain()
    except OSError:  # it has answered already, and reads no more of what is sent
        pass
    await _answered(line, reader, send)


async def _body(receive: Receive) -> AsyncIterator[bytes]:
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise AWAY  # nobody hears it; the other side sees the line end in the middle
        if piece := message.get("body", b""):
            yield piece
        if not message.get("more_body", False):
            return


async def _answered(line: h11.Connection, reader: asyncio.StreamReader, send: Send) -> None:
    begun = False
    while True:
        event = line.next_event()
        if event is h11.NEED_DATA:
            try:
                line.receive_data(await reader.read(PIECE))
            except OSError:
                raise AWAY from None
        elif isinstance(event, h11.Response):
            begun = True
            headers = [(n, v) for n, v in event.headers if n not in (b"connection", b"date", b"transfer-encoding")]
            await send({"type": "http.response.start", "status": event.status_code, "headers": headers})
        elif isinstance(event, h11.Data):
            await send({"type": "http.response.body", "body": bytes(event.data), "more_body": True})
        elif isinstance(event, h11.EndOfMessage):
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        elif not begun:  # the line ended ahead of an answer
            raise AWAY
        else:
            return
