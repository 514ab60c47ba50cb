"""What is said to bytes that are no request at all: the same shape and the same headers as every other error."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from patella.web.answer import Refusal, error
from patella.web.peer import is_of_another
from patella.web.security import HEADERS

NO_REQUEST = Refusal(400, "bad-request", "This is not a request that can be read.")
NOT_YOURS = Refusal(403, "another-user", "Patella answers only whoever started it on this machine.")


class Protocol(H11Protocol):
    """The server's protocol, polite to the end."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Look whose connection it is, once: another user of this machine is told nothing."""
        super().connection_made(transport)
        client, server = (transport.get_extra_info(side) for side in ("peername", "sockname"))
        self.is_of_another = bool(client and server) and is_of_another(client, server)

    def data_received(self, data: bytes) -> None:
        """Take in what came."""
        if self.is_of_another:
            self._refuse(NOT_YOURS)
        else:
            super().data_received(data)

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


def open_socket(*args: Any, **kwargs: Any) -> asyncio.Protocol:  # noqa: ANN401 - handed on as they come
    """The protocol of a socket; its library is fetched when the first opens, so that no page waits for it."""
    from patella.web.socket import Socket

    return Socket(*args, **kwargs)
