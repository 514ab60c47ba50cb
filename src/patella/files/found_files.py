"""Where recordings lie: files, folders, and the archives that Strava and Garmin hand out, read entry by entry.

Nothing is ever written by the name an archive gives. An archive is looked over before anything of it is unpacked, and
measured again while it is. The limits let in what a runner of decades may bring: what is no activity, such as photos
and films, is never unpacked and counts against none of them, and an entry that is bad fails alone. One entry at a time
is in memory. Every file is read, counted as what it is, or refused with a sentence; none is passed over silently.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Self

from patella.files.archive import ALONE, PIECE, Archive, pieces_of, wrong_with
from patella.files.bad_file import BadFileError
from patella.files.folder import files_below
from patella.files.packed import LARGEST_BYTES, check_size
from patella.files.source import TABLES, Found

LARGEST_STREAMED = 8_000_000_000
LARGEST_INNER = 100_000_000 if ALONE else 2_000_000_000
ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
MOST_OPEN = 1 if ALONE else 8
DEEPEST = "It is an archive within an archive within an archive; unpack it first."


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Something that cannot be read at all, and why."""

    name: str
    why: str


class FoundFiles:
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
        self._open_now: list[Archive] = []
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
                self._open(Archive(lambda: path.open("rb")), name, inner=False)
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

    def _open(self, archive: Archive, name: str, *, inner: bool) -> None:
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
            elif why := wrong_with(entry):
                self._refuse(found.name, why)
            else:
                self._sort(found, alone=False)

    def _within_archive(self, archive: Archive, entry: zipfile.ZipInfo, found: Found, *, inner: bool) -> None:
        why = DEEPEST if inner else wrong_with(entry)
        if why:
            self._refuse(found.name, why)
        else:
            self._open(Archive(partial(self._laid_out, archive, entry)), found.name, inner=True)

    def _at_hand(self, archive: Archive) -> zipfile.ZipFile:
        """The archive, open; the one that was not needed for longest is closed: a system lends few files at a time."""
        if archive in self._open_now:
            self._open_now.remove(archive)
        opened = archive.open()
        self._open_now.append(archive)
        while len(self._open_now) > MOST_OPEN:
            self._open_now.pop(0).close()
        return opened

    def _whole(self, archive: Archive, entry: zipfile.ZipInfo) -> bytes:
        try:
            return b"".join(pieces_of(self._at_hand(archive), entry, LARGEST_BYTES))
        except OSError as error:
            raise BadFileError(f"It cannot be read: {error.strerror or error}.") from None

    def _streamed(self, archive: Archive, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        try:
            yield from pieces_of(self._at_hand(archive), entry, LARGEST_STREAMED)
        except OSError as error:
            raise BadFileError(f"It cannot be read: {error.strerror or error}.") from None

    def _laid_out(self, archive: Archive, entry: zipfile.ZipInfo) -> IO[bytes]:
        """An archive within an archive as a file of its own, that nobody else can see."""
        place = tempfile.TemporaryFile(dir=self._scratch)  # noqa: SIM115 - closed with its archive
        try:
            for piece in pieces_of(self._at_hand(archive), entry, LARGEST_INNER):
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
