"""FIT files as they are written: a header, messages that each say how they are laid out, and a checksum.

Format: Garmin, Flexible and Interoperable Data Transfer (FIT) Protocol; field numbers are those of its profile.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
ENUM, BYTE, WORD, LONG, LONG_Z, TEXT = 0x00, 0x02, 0x84, 0x86, 0x8C, 0x07
_FORMS = {ENUM: ("B", 0xFF), BYTE: ("B", 0xFF), WORD: ("H", 0xFFFF), LONG: ("I", 0xFFFFFFFF), LONG_Z: ("I", 0)}
PROTOCOL, PROFILE = 0x20, 21_218
HEADER = 14
LONGEST_TEXT = 60
# The remainders of the checksum (CRC-16) by four bits, as the protocol gives them.
_CRC = (
    0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401,
    0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400,
)  # fmt: skip


class Value(NamedTuple):
    """One field of a message: its number, its base type, and its value; None where nothing is known."""

    field: int
    base: int
    value: int | str | None


class Message(NamedTuple):
    """One message by its number in the profile."""

    number: int
    values: Sequence[Value]


def fit_file(messages: Iterable[Message]) -> bytes:
    """The bytes of a whole FIT file: its head, the messages in their order, and the checksums of both."""
    body = b"".join(_written(message) for message in messages)
    head = struct.pack("<BBHI4s", HEADER, PROTOCOL, PROFILE, len(body), b".FIT")
    head += struct.pack("<H", checksum(head))
    return head + body + struct.pack("<H", checksum(head + body))


def seconds_of(moment: datetime) -> int:
    """A moment as FIT counts them, in seconds since the end of 1989, UTC."""
    return int((moment - EPOCH).total_seconds())


def local_seconds_of(moment: datetime) -> int:
    """The same by the clock of its own place."""
    return seconds_of(moment.replace(tzinfo=UTC))


def checksum(content: bytes) -> int:
    """The checksum of some bytes."""
    crc = 0
    for byte in content:
        for part in (byte & 0xF, byte >> 4):
            crc = (crc >> 4) ^ _CRC[crc & 0xF] ^ _CRC[part]
    return crc


def _written(message: Message) -> bytes:
    texts = {v.field: _text(v.value) for v in message.values if v.base == TEXT}
    laid_out = b"".join(
        bytes([v.field, len(texts[v.field]) if v.base == TEXT else struct.calcsize(_FORMS[v.base][0]), v.base])
        for v in message.values
    )
    definition = struct.pack("<BBBHB", 0x40, 0, 0, message.number, len(message.values)) + laid_out
    return definition + b"\0" + b"".join(texts[v.field] if v.base == TEXT else _number(v) for v in message.values)


def _number(said: Value) -> bytes:
    form, nothing = _FORMS[said.base]
    value = said.value if isinstance(said.value, int) and 0 <= said.value < nothing else None
    if said.base == LONG_Z:
        value = said.value if isinstance(said.value, int) else 0
    return struct.pack(f"<{form}", nothing if value is None else value)


def _text(value: int | str | None) -> bytes:
    cut = str(value or "").encode("utf-8")[:LONGEST_TEXT].decode("utf-8", "ignore")
    return cut.encode("utf-8") + b"\0"
