"""What is said to bytes that are no request at all, or only a part of one: the shape and the headers of every error."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any, cast

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from patella.web.answer import Refusal, error
from patella.web.peer import is_of_another
from patella.web.security import HEADERS, TOO_SLOW

NO_REQUEST = Refusal(400, "bad-request", "This is not a request that can be read.")
NOT_YOURS = Refusal(403, "another-user", "Patella answers only whoever started it on this machine.")
HEAD_S = 15.0


class Protocol(H11Protocol):
    """The server's protocol, polite to the end: which comes, also where somebody begins and then says no more."""

    late: asyncio.TimerHandle | None = None
    minds_others = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Look whose connection it is, once: another user of this machine is told nothing."""
        super().connection_made(transport)
        client, server = (transport.get_extra_info(side) for side in ("peername", "sockname"))
        self.is_of_another = self.minds_others and bool(client and server) and is_of_another(client, server)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._wait_no_more()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in what came."""
        if self.is_of_another:
            self._refuse(NOT_YOURS)
        else:
            super().data_received(data)
            self._watch()

    def on_response_complete(self) -> None:
        """Answered; a request may still have to end."""
        super().on_response_complete()
        self._watch()

    def _watch(self) -> None:
        """Give what was begun its time to become whole. A body that is wanted has its own, by its bytes (`Bounds`)."""
        said_to_be = self.conn.their_state
        begun = self.cycle is None or bool(self.conn.trailing_data[0])
        answered = self.cycle is not None and self.cycle.response_complete  # there is no cycle where a socket begins
        unwanted = said_to_be is h11.SEND_BODY and answered
        if not unwanted and not (said_to_be is h11.IDLE and begun):
            self._wait_no_more()
        elif self.late is None:
            self.late = self.loop.call_later(HEAD_S, self._give_up)

    def _wait_no_more(self) -> None:
        if self.late is not None:
            self.late.cancel()
            self.late = None

    def _give_up(self) -> None:
        self.late = None
        if self.transport.is_closing():
            return
        if self.conn.trailing_data[0] and self.conn.states == {h11.CLIENT: h11.IDLE, h11.SERVER: h11.IDLE}:
            self._refuse(TOO_SLOW)
        self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """Answer and hang up. `msg` is the server's own word for it, and says nothing to a person."""
        del msg
        self._refuse(NO_REQUEST)

    def _refuse(self, refusal: Refusal) -> None:
        answer = error(refusal.status, refusal.code, refusal.sentence, {**HEADERS, "Connection": "close"})
        start = h11.Response(
            status_code=refusal.status, headers=answer.raw_headers, reason=HTTPStatus(refusal.status).phrase
        )
        for event in (start, h11.Data(data=bytes(answer.body)), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


LARGEST_MESSAGE = 65_536
GRACE_S = 3  # how long a server that stops waits for the answers that are under way


def open_socket(*args: Any, **kwargs: Any) -> asyncio.Protocol:  # noqa: ANN401 - handed on as they come
    """The protocol of a socket; its library is fetched when the first opens, so that no page waits for it."""
    from patella.web.socket import Socket

    return Socket(*args, **kwargs)


class SharedProtocol(Protocol):
    """The same, of a server on which everybody signs in: its proxy is a user of its own."""

    minds_others = False


def server_config(
    app: ASGIApp, protocol: type[Protocol], *, certificate: tuple[str, str] | None = None
) -> uvicorn.Config:
    """How every server of ours speaks: it writes down no request, names no server, and believes no proxy by itself.

    `certificate`: its file and its key's, where it speaks TLS at all its addresses.
    """
    file, key = certificate or (None, None)
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws=cast("type[asyncio.Protocol]", open_socket),
        ws_max_size=LARGEST_MESSAGE,
        ws_per_message_deflate=False,
        lifespan="on",
        http=protocol,
        timeout_graceful_shutdown=GRACE_S,
        ssl_certfile=file,
        ssl_keyfile=key,
    )
