"""What is said to bytes that are no request at all: the same shape and the same headers as every other error."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from patella.web.answer import error
from patella.web.security import HEADERS


class Protocol(H11Protocol):
    """The server's protocol, polite to the end."""

    def send_400_response(self, msg: str) -> None:
        """Answer and hang up. `msg` is the server's own word for it, and says nothing to a person."""
        del msg
        answer = error(
            400, "bad-request", "This is not a request that can be read.", {**HEADERS, "Connection": "close"}
        )
        start = h11.Response(status_code=400, headers=answer.raw_headers, reason=b"Bad Request")
        for event in (start, h11.Data(data=bytes(answer.body)), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


LARGEST_MESSAGE = 65_536


def open_socket(*args: Any, **kwargs: Any) -> asyncio.Protocol:  # noqa: ANN401 - handed on as they come
    """The protocol of a socket; its library is fetched when the first opens, so that no page waits for it."""
    from patella.web.socket import Socket

    return Socket(*args, **kwargs)
