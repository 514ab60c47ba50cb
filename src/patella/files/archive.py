"""A zip archive behind limits: looked over before anything of it is unpacked, and measured again while it is."""

from __future__ import annotations

import stat
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import IO

from patella.files.bad_file import BadFileError
from patella.files.packed import LARGEST_BYTES, MOST_RATIO, check_size

MOST_ENTRIES = 100_000
LARGEST_DIRECTORY = 24_000_000
ALONE = sys.platform == "emscripten"  # in a page all that is unpacked lies in memory
MANY, LONG = 0xFFFF, 0xFFFFFFFF  # what stands where a number was too long, and is said elsewhere
END_MARK, END_SIZE, LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
ENCRYPTED = 0x1
LOCAL_HEADER = 30
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
PIECE = 262_144


class Archive:
    """An archive that is opened when something of it is read, and closed again when others need the room."""

    def __init__(self, lay: Callable[[], IO[bytes]]) -> None:
        """`lay` opens its bytes; it raises BadFileError and OSError."""
        self._lay = lay
        self._open: tuple[IO[bytes], zipfile.ZipFile] | None = None

    def open(self) -> zipfile.ZipFile:
        """Look it over and keep it open. Raises BadFileError, OSError."""
        if self._open is None:
            stream = self._lay()
            try:
                self._open = stream, open_archive(stream)
            except BaseException:
                stream.close()
                raise
        return self._open[1]

    def close(self) -> None:
        """Let go of its file."""
        if self._open:
            for part in reversed(self._open):
                part.close()
        self._open = None


def open_archive(stream: IO[bytes]) -> zipfile.ZipFile:
    """The archive in a stream, looked over. Raises BadFileError before anything is unpacked.

    Refused: a directory of more than 100 000 entries or 24 MB, and entries that overlap. What is wrong with a single
    entry is found when it is looked at.
    """
    _check_end(stream)
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, struct.error, UnicodeError, ValueError, OSError, OverflowError):
        raise BadFileError("It is a zip archive, but damaged.") from None
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise _too_many()
    _check_apart(archive, entries)
    return archive


def _check_end(stream: IO[bytes]) -> None:
    """Look at the end of an archive before its directory is read: how many entries it says, and how long."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - END_SIZE - LONGEST_COMMENT))
    tail = stream.read()
    at = tail.rfind(END_MARK)
    if at < 0 or len(tail) - at < END_SIZE:
        raise BadFileError("It is a zip archive, but its end is missing.")
    count, directory = struct.unpack_from("<HI", tail, at + 10)
    large = directory != LONG and directory > LARGEST_DIRECTORY
    if large or (count != MANY and count > MOST_ENTRIES):
        raise _too_many()
    if directory == LONG and at >= 20 + 56 and tail[at - 20 : at - 16] == b"PK\x06\x07":
        (long_directory,) = struct.unpack_from("<Q", tail, at - 20 - 56 + 40)
        if long_directory > LARGEST_DIRECTORY:
            raise _too_many()
    stream.seek(0)


def _too_many() -> BadFileError:
    return BadFileError(f"It has more than {MOST_ENTRIES} entries.")


def wrong_with(entry: zipfile.ZipInfo) -> str | None:
    """Why an entry is not read at all; None where nothing is wrong with it."""
    name = entry.filename
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not name:
        return "It has no name in its archive; such entries are refused."
    if ".." in parts or name.startswith(("/", "\\")) or name[1:2] == ":":
        return "It leads out of its archive; such entries are refused."
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "It is a link; such entries are refused."
    if entry.flag_bits & ENCRYPTED:
        return "It is protected by a password; unpack it first."
    if entry.compress_type not in METHODS:
        return "It is packed in a way that is not read here; unpack it first."
    if entry.file_size > 10 * PIECE and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        return f"It is packed more than {MOST_RATIO} to one; such entries are refused."
    return None


def _check_apart(archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo]) -> None:
    """Entries that share bytes are how a small archive becomes an endless one."""
    end = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if entry.header_offset < end:
            raise BadFileError("Its entries overlap; such archives are refused.")
        end = entry.header_offset + LOCAL_HEADER + entry.compress_size
    if end > archive.start_dir:
        raise BadFileError("Its entries overlap; such archives are refused.")


def pieces_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, largest: int) -> Iterator[bytes]:
    """An entry by the piece, counted as it comes: what the directory says of its size is only said.

    Raises BadFileError where it is damaged, or larger than `largest` bytes.
    """
    size = 0
    try:
        with archive.open(entry) as stream:
            while piece := stream.read(PIECE):
                size += len(piece)
                if size > largest:
                    raise BadFileError(f"It is larger than {largest // 1_000_000} MB{_way_on(entry)}.")
                if largest == LARGEST_BYTES:
                    check_size(size, entry.compress_size)
                yield piece
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, struct.error):
        raise BadFileError("It is damaged inside its archive.") from None


def _way_on(entry: zipfile.ZipInfo) -> str:
    return ", which is too much within another archive; unpack that one and bring this by itself" * (
        entry.filename.lower().endswith(".zip")
    )
