"""A folder that others drop files into (Syncthing, RunGap, a mounted watch): which files are whole, each told once.

It is only ever looked at. It is looked at again and again, and the system is not asked for word of a change: a mounted
watch, a network share and a folder of a virtual machine send none, and those are the folders this is for.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from pathlib import Path

from patella.files.folder import files_below

REST_S = 3.0
CUT_REST_S = 600.0  # for a file that says of itself that more is to come
ON_ITS_WAY = (".part", ".partial", ".tmp", ".crdownload", ".download", ".filepart", ".!sync")
ON_ITS_WAY_FIRST = ("~syncthing~", "~$")
TAIL = 512
CLOSED_BY = {".gpx": b"</gpx>", ".tcx": b"</TrainingCenterDatabase>", ".xml": b"</HealthData>"}
_ZIP_END = b"PK\x05\x06"
_ZIP_TAIL = 22 + 65_535

Mark = tuple[int, int]  # its size, and when it was last written, in nanoseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    mark: Mark
    since_s: float


@dataclass(slots=True)
class WatchedFolder:
    """What was seen of a folder so far."""

    place: Path
    _seen: dict[Path, _Seen] = field(default_factory=dict)
    _told: dict[Path, Mark] = field(default_factory=dict)

    def look(self, now_s: float) -> list[Path]:
        """The files that are at rest since three seconds and were not told as they are now; `now_s` only ever grows.

        One that says itself that it is not whole has to rest for ten minutes: it may be on its way over a slow line,
        and if nothing more comes, what there is of it is better than nothing. A file that changes later is told again.
        Raises OSError where the folder is not there, BadFileError where it holds more than 100 000 files.
        """
        next(self.place.iterdir(), None)
        files = [f for f in files_below(self.place) if not _is_on_its_way(f)]
        seen = {file: self._seen_again(file, mark, now_s) for file in files if (mark := _mark(file))}
        self._seen = seen
        return [file for file, one in seen.items() if self._told.get(file) != one.mark and _rests(file, one, now_s)]

    def tell(self, file: Path) -> None:
        """Take it as told, as it was at the last look."""
        if file in self._seen:
            self._told[file] = self._seen[file].mark

    def _seen_again(self, file: Path, mark: Mark, now_s: float) -> _Seen:
        before = self._seen.get(file)
        return before if before and before.mark == mark else _Seen(mark=mark, since_s=now_s)


def _is_on_its_way(file: Path) -> bool:
    name = file.name.lower()
    return name.endswith(ON_ITS_WAY) or name.startswith(ON_ITS_WAY_FIRST)


def _mark(file: Path) -> Mark | None:
    """None where it is gone, empty or no plain file."""
    try:
        found = file.stat()
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns) if found.st_size and file.is_file() else None


def _rests(file: Path, seen: _Seen, now_s: float) -> bool:
    rested_s = now_s - seen.since_s
    return rested_s >= REST_S and (rested_s >= CUT_REST_S or not _is_cut(file, seen.mark[0]))


def _is_cut(file: Path, size: int) -> bool:
    """Whether it says itself that it is longer than what is there; one that says nothing is taken to be whole."""
    ending = file.suffix.lower()
    try:
        with file.open("rb") as stream:
            if ending == ".fit":
                return _is_cut_fit(stream.read(12), size)
            closed_by = _ZIP_END if ending == ".zip" else CLOSED_BY.get(ending)
            if closed_by is None:
                return False
            stream.seek(max(0, size - (_ZIP_TAIL if ending == ".zip" else TAIL)))
            return closed_by not in stream.read()
    except OSError:
        return False  # whoever reads it says what is wrong


def _is_cut_fit(head: bytes, size: int) -> bool:
    if len(head) < 12 or head[8:12] != b".FIT":  # noqa: PLR2004 - the length of the shorter header
        return False
    (data,) = struct.unpack_from("<I", head, 4)
    return head[0] + int(data) + 2 > size
