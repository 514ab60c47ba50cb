"""What the server listens at: this machine alone, and where it was asked for the phone door, over TLS."""

from __future__ import annotations

import asyncio
import socket
import ssl
import sys

import uvicorn

HANDSHAKE_S = 10.0


class Server(uvicorn.Server):
    """uvicorn's own, which listens at one socket more, over TLS."""

    def __init__(
        self, config: uvicorn.Config, door: socket.socket | None = None, tls: ssl.SSLContext | None = None
    ) -> None:
        """`door` is the socket of the phone door, and `tls` what it speaks."""
        super().__init__(config)
        self._door = door
        self._tls = tls

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen; the sockets that are given speak plain http."""
        await super().startup(sockets)
        if self._door is not None:
            listens = await asyncio.get_running_loop().create_server(
                self._protocol, sock=self._door, ssl=self._tls, ssl_handshake_timeout=HANDSHAKE_S, backlog=128
            )
            self.servers.append(listens)

    def _protocol(self) -> asyncio.Protocol:
        made: asyncio.Protocol = self.config.http_protocol_class(  # type: ignore[call-arg]
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )
        return made


def listen_at(address: str, port: int) -> socket.socket:
    """A socket that listens at an IPv4 address of this machine; port 0 is a free one. Raises OSError."""
    # asyncio has answers sent at once (TCP_NODELAY) on lines whose protocol was said; on others they wait for 40 ms.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":  # there it would let a second server take the same port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((address, port))
        listening.listen(128)
    except OSError:
        listening.close()
        raise
    return listening
