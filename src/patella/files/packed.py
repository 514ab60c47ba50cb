"""Unpacking what a stranger packed: gzip by the piece, with an end to it."""

from __future__ import annotations

import zlib

from patella.files.bad_file import BadFileError

GZIP = b"\x1f\x8b"
LARGEST_BYTES = 48_000_000
MOST_RATIO = 100
RATIO_FROM_BYTES = 1_000_000
MOST_MEMBERS = 100
PIECE = 262_144
WINDOW = 31  # gzip, with the largest window


def is_gzip(content: bytes) -> bool:
    """Whether this begins like a gzip file."""
    return content.startswith(GZIP)


def unpack(content: bytes) -> bytes:
    """What a gzip file holds. Raises BadFileError when it is damaged, over 48 MB, or packed more than hundredfold."""
    parts: list[bytes] = []
    size, members, rest = 0, 0, content
    while rest:
        members += 1
        if members > MOST_MEMBERS:
            raise BadFileError(f"It is packed in more than {MOST_MEMBERS} parts: that is no activity file.")
        inflater = zlib.decompressobj(WINDOW)
        while not inflater.eof:
            size += _inflate(inflater, rest, parts)
            check_size(size, len(content))
            rest = inflater.unconsumed_tail
            if not rest and not inflater.eof and not parts[-1]:
                raise BadFileError("It is packed, and cut short.")
        rest = inflater.unused_data.lstrip(b"\0")
    return b"".join(parts)


def _inflate(inflater: zlib._Decompress, packed: bytes, parts: list[bytes]) -> int:
    try:
        parts.append(inflater.decompress(packed, PIECE))
    except zlib.error:
        raise BadFileError("It is packed, and damaged.") from None
    return len(parts[-1])


def check_size(unpacked: int, packed: int) -> None:
    """Raise BadFileError when what comes out is too much, or too much for what went in."""
    if unpacked > LARGEST_BYTES:
        raise BadFileError(f"It is larger than {LARGEST_BYTES // 1_000_000} MB: that is no activity file.")
    if unpacked > RATIO_FROM_BYTES and unpacked > MOST_RATIO * max(packed, 1):
        raise BadFileError(f"It is packed more than {MOST_RATIO} to one: that is no activity file.")
