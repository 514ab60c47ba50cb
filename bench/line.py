"""One WebSocket to the coach, as thin as can be, so that two hundred of them do not measure themselves (RFC 6455)."""

from __future__ import annotations

import asyncio
import base64
import os
import struct

_SHORT, _MEDIUM = 126, 127  # what the length's first byte says when two or eight more bytes hold it
_TEXT, _BINARY, _CLOSE = 1, 2, 8


def message(payload: bytes, *, text: bool = False) -> bytes:
    """A whole message from a client, masked with zeros: made once, sent to every line."""
    size = len(payload)
    head = struct.pack("!BB", 0x80 | (_TEXT if text else _BINARY), 0x80 | size) if size < _SHORT else struct.pack(
        "!BBH", 0x80 | (_TEXT if text else _BINARY), 0x80 | _SHORT, size
    )  # fmt: skip
    return head + bytes(4) + payload


class Line:
    """An open line to ws://host:port/api/coach."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Use `open_line`."""
        self.reader = reader
        self.writer = writer

    async def hear(self) -> bytes:
        """The next text of the server. Raises ConnectionError when it hangs up."""
        while True:
            first, size = await self.reader.readexactly(2)
            if size == _SHORT:
                (size,) = struct.unpack("!H", await self.reader.readexactly(2))
            elif size == _MEDIUM:
                (size,) = struct.unpack("!Q", await self.reader.readexactly(8))
            payload = await self.reader.readexactly(size)
            if first & 0x0F == _CLOSE:
                raise ConnectionError(payload[2:].decode() or "The server hung up.")
            if first & 0x0F == _TEXT:
                return payload

    def close(self) -> None:
        """Hang up."""
        self.writer.close()


async def open_line(host: str, port: int, cookie: tuple[str, str]) -> Line:
    """Shake hands. Raises ConnectionError with the server's answer if it refuses."""
    reader, writer = await asyncio.open_connection(host, port)
    key = base64.b64encode(os.urandom(16)).decode()
    writer.write(
        (
            f"GET /api/coach HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: http://{host}:{port}\r\nConnection: Upgrade\r\n"
            f"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n"
            f"Cookie: {'='.join(cookie)}\r\n\r\n"
        ).encode()
    )
    answer = await reader.readuntil(b"\r\n\r\n")
    if not answer.startswith(b"HTTP/1.1 101"):
        raise ConnectionError(answer.split(b"\r\n", 1)[0].decode())
    return Line(reader, writer)
