"""Where recordings lie: files, folders, and the archives that Strava and Garmin hand out, read entry by entry.

Nothing is ever written by the name an archive gives. An archive is looked over before anything of it is unpacked, and
measured again while it is. The limits let in what a runner of decades may bring: what is no activity, such as photos
and films, is never unpacked and counts against none of them, and an entry that is bad fails alone. One entry at a time
is in memory. Every file is read, counted as what it is, or refused with a sentence; none is passed over silently.
"""

from __future__ import annotations

import stat
import struct
import sys
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Self

from patella.files.bad_file import BadFileError
from patella.files.folder import files_below
from patella.files.packed import LARGEST_BYTES, MOST_RATIO, check_size
from patella.files.source import TABLES, Found

MOST_ENTRIES = 100_000
LARGEST_DIRECTORY = 24_000_000
LARGEST_STREAMED = 8_000_000_000
ALONE = sys.platform == "emscripten"  # in a page all that is unpacked lies in memory
LARGEST_INNER = 100_000_000 if ALONE else 2_000_000_000
MANY, LONG = 0xFFFF, 0xFFFFFFFF  # what stands where a number was too long, and is said elsewhere
END_MARK, END_SIZE, LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
ENCRYPTED = 0x1
LOCAL_HEADER = 30
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
PIECE = 262_144
MOST_OPEN = 1 if ALONE else 8
DEEPEST = "It is an archive within an archive within an archive; unpack it first."


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Something that cannot be read at all, and why."""

    name: str
    why: str


class _Archive:
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


class Sources:
    """All that is to be read under some paths. Use as a context; `looking` fills it.

    `lists` come ahead of the recordings they speak of.
    """

    def __init__(self, named: Sequence[tuple[Path, str]], *, scratch: Path | None = None, by_hand: bool = True) -> None:
        """`named`: paths with the names to call them by. `scratch`: where an archive within an archive is laid out.

        `by_hand`: whether somebody chose these very files, so that each is read whatever it is called.
        """
        self._named = named
        self._by_hand = by_hand
        self._scratch = scratch
        self._open_now: list[_Archive] = []
        self.lists: list[Found] = []
        self.recordings: list[Found] = []
        self.refused: list[Refused] = []
        self.passed: Counter[str] = Counter()

    def __enter__(self) -> Self:
        return self

    def looking(self) -> Iterator[str]:
        """Find what there is to read, one path at a time; gives the name of each."""
        for path, name in self._named:
            self._look(path, name, alone=self._by_hand)
            yield name

    def __exit__(self, *_: object) -> None:
        for archive in self._open_now:
            archive.close()
        self._open_now.clear()

    def _look(self, path: Path, name: str, *, alone: bool) -> None:
        name = name.encode("utf-8", "replace").decode()  # a name that is no text cannot be shown, nor kept
        try:
            if path.is_dir():
                for inner in self._within(path, name):
                    self._look(inner, f"{name}/{inner.relative_to(path).as_posix()}", alone=False)
            elif not path.exists():
                self._refuse(name, "There is no such file.")
            elif not path.is_file():
                self._refuse(name, "It is not a file that can be read: a pipe or a device, it seems.")
            elif _is_zip(path):
                self._open(_Archive(lambda: path.open("rb")), name, inner=False)
            else:
                self._sort(Found(name=name, read=lambda: _read(path), pieces=lambda: _read_on(path)), alone=alone)
        except OSError as error:
            self._refuse(name, f"It cannot be read: {error.strerror or error}.")

    def _within(self, folder: Path, name: str) -> list[Path]:
        """The files of a folder; none where there are too many."""

        def refused(error: OSError) -> None:
            inner = Path(error.filename or folder).relative_to(folder).as_posix()
            self._refuse(f"{name}/{inner}", f"It is a folder that cannot be read: {error.strerror or error}.")

        try:
            return files_below(folder, refused=refused)
        except BadFileError as error:
            self._refuse(name, str(error))
            return []

    def _open(self, archive: _Archive, name: str, *, inner: bool) -> None:
        """Look into an archive, and into those within it, as Garmin hands them out; one level, no deeper."""
        try:
            entries = self._at_hand(archive).infolist()
        except BadFileError as error:
            self._refuse(name, str(error))
            return
        for entry in entries:
            plain = entry.filename.replace("\\", "/")
            found = Found(
                name=f"{name}/{plain}",
                read=partial(self._whole, archive, entry),
                pieces=partial(self._streamed, archive, entry),
            )
            if plain.endswith("/") or PurePosixPath(plain).name.startswith("."):
                continue
            if found.last.endswith(".zip"):
                self._within_archive(archive, entry, found, inner=inner)
            elif found.refusal:
                self._refuse(found.name, found.refusal)
            elif found.none:
                self.passed[found.none] += 1
            elif why := _wrong(entry):
                self._refuse(found.name, why)
            else:
                self._sort(found, alone=False)

    def _within_archive(self, archive: _Archive, entry: zipfile.ZipInfo, found: Found, *, inner: bool) -> None:
        why = DEEPEST if inner else _wrong(entry)
        if why:
            self._refuse(found.name, why)
        else:
            self._open(_Archive(partial(self._laid_out, archive, entry)), found.name, inner=True)

    def _at_hand(self, archive: _Archive) -> zipfile.ZipFile:
        """The archive, open; the one that was not needed for longest is closed: a system lends few files at a time."""
        if archive in self._open_now:
            self._open_now.remove(archive)
        opened = archive.open()
        self._open_now.append(archive)
        while len(self._open_now) > MOST_OPEN:
            self._open_now.pop(0).close()
        return opened

    def _whole(self, archive: _Archive, entry: zipfile.ZipInfo) -> bytes:
        try:
            return b"".join(_pieces(self._at_hand(archive), entry, LARGEST_BYTES))
        except OSError as error:
            raise BadFileError(f"It cannot be read: {error.strerror or error}.") from None

    def _streamed(self, archive: _Archive, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        try:
            yield from _pieces(self._at_hand(archive), entry, LARGEST_STREAMED)
        except OSError as error:
            raise BadFileError(f"It cannot be read: {error.strerror or error}.") from None

    def _laid_out(self, archive: _Archive, entry: zipfile.ZipInfo) -> IO[bytes]:
        """An archive within an archive as a file of its own, that nobody else can see."""
        place = tempfile.TemporaryFile(dir=self._scratch)  # noqa: SIM115 - closed with its archive
        try:
            for piece in _pieces(self._at_hand(archive), entry, LARGEST_INNER):
                place.write(piece)
        except BaseException:
            place.close()
            raise
        return place

    def _sort(self, found: Found, *, alone: bool) -> None:
        """Put a file where it is read from, or count it as what it is; what was named by hand is read in any case."""
        if found.refusal:
            self._refuse(found.name, found.refusal)
        elif found.is_list or (alone and found.last.endswith(TABLES)):
            self.lists.append(found)
        elif found.none and not alone:
            self.passed[found.none] += 1
        else:
            self.recordings.append(found)

    def _refuse(self, name: str, why: str) -> None:
        self.refused.append(Refused(name=name, why=why))


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


def _wrong(entry: zipfile.ZipInfo) -> str | None:
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


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, largest: int) -> Iterator[bytes]:
    """An entry by the piece, counted as it comes: what the directory says of its size is only said."""
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


def _is_zip(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) in ZIP_MARKS


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        check_size(size, size)
        return path.read_bytes()
    except OSError as error:
        raise BadFileError(f"It cannot be read: {error.strerror or error}.") from None


def _read_on(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as stream:
            while piece := stream.read(PIECE):
                yield piece
    except OSError as error:
        raise BadFileError(f"It cannot be read: {error.strerror or error}.") from None
