"""The live socket's protocol: uvicorn's own, with a queue that is bounded and a word for everything that ends it."""

from __future__ import annotations

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import State

try:
    from websockets.speedups import apply_mask
except ImportError:  # a machine for which it is not compiled
    from websockets.utils import apply_mask

LONGEST_QUEUE, FULL_ENOUGH = 256, 64
GOODBYE_S, LINGER_S = 2.0, 0.3
_WHOLE_BINARY, _HEAD = b"\x82\xfe", 8  # RFC 6455, 5.2: final, binary, masked; its length in two bytes, its mask in four
GOING_AWAY, NOT_TEXT, POLICY = 1001, 1007, 1008


class Socket(WebSocketsSansIOProtocol):
    """One open socket."""

    def data_received(self, data: bytes) -> None:
        """Take in what came. A camera's frame comes whole and alone, and needs no general parser."""
        if self._is_one_frame(data):
            self.frames, self.curr_msg_data_type = [apply_mask(data[_HEAD:], data[_HEAD - 4 : _HEAD])], "bytes"
            self.send_receive_event_to_app()
        else:
            super().data_received(data)

    def _is_one_frame(self, data: bytes) -> bool:
        """Whether this is exactly one whole, masked, binary message of middle length, and nothing else is under way."""
        return (
            data[:2] == _WHOLE_BINARY
            and int.from_bytes(data[2:4], "big") == len(data) - _HEAD
            and self.handshake_complete
            and not self.close_sent
            and self.conn.state is State.OPEN
            and not self.frames
            and not self.conn.reader.buffer
        )

    def send_receive_event_to_app(self) -> None:
        """Hand a message on; hang up on text that is none, and on whoever talks faster than anybody listens."""
        if self.queue.qsize() >= LONGEST_QUEUE:
            self._hang_up(POLICY)
        elif self.curr_msg_data_type == "text" and not _is_text(b"".join(self.frames)):
            self._hang_up(NOT_TEXT)
        elif self.queue.qsize() >= FULL_ENOUGH or self.curr_msg_data_type == "text":
            super().send_receive_event_to_app()  # it stops reading until this is heard
        elif not self.close_sent:
            self.queue.put_nowait({"type": "websocket.receive", "bytes": b"".join(self.frames)})
            self.frames = []

    async def send(self, message: ASGISendEvent) -> None:
        """Send; once that was the goodbye, read on, so that the other side's is heard, but not for long.

        Raises ClientDisconnected where we hung up in the meantime: for whoever still answers the other side is gone.
        """
        if self.handshake_complete and self.close_sent:
            raise ClientDisconnected
        self.close_timeout = GOODBYE_S
        await super().send(message)
        if self.close_sent and self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()

    def shutdown(self) -> None:
        """The server ends: say that it goes away, rather than that it comes back."""
        if self.handshake_complete and not self.close_sent:
            self._hang_up(GOING_AWAY)
        else:
            super().shutdown()

    def _hang_up(self, code: int) -> None:
        if self.close_sent:
            return
        self.stop_keepalive()
        self.conn.fail(code)
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code})
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        # What still comes is read and dropped: a door slammed on it would take the goodbye with it.
        self.close_timer = self.loop.call_later(LINGER_S, self.transport.close)


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
