"""The file of a film: checked, opened, and what in it is to be looked at. Needs the extra `patella[video]`."""

from __future__ import annotations

import io
import math
import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import av
import av.container
import av.error
import av.logging
from av.video.stream import VideoStream

from patella.files.bad_file import FilmError

LARGEST_BYTES = 4_000_000_000
LONGEST_S = 30 * 60.0
MOST_PIXELS = 4096 * 2304
LEAST_SIDE_PX = 64
JPEG = b"\xff\xd8\xff"
PHOTO_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"avif"})
FILM_BRANDS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"qt  ", b"3gp4", b"3gp5")
HEAD = 8  # bytes of a box: how long it is, and its name
PHOTO = "It is a photo, not a film."


def check_file(path: Path) -> None:
    """Whether there is a file of a size that can be read. Raises FilmError."""
    try:
        if path.is_dir():
            raise FilmError("It is a folder, not a film.")
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except FileNotFoundError:
        raise FilmError("There is no such file.") from None
    except OSError as error:
        raise FilmError(f"It cannot be read: {error.strerror or 'the system refused'}.") from None
    if not size:
        raise FilmError("It is empty.")
    if size > LARGEST_BYTES:
        raise FilmError(f"It is larger than {LARGEST_BYTES // 10**9} GB; cut out the set that you want to look at.")


def open_container(path: Path) -> tuple[av.container.InputContainer, bool]:
    """Open it; and whether it is a photo that has the film inside, as phones keep moving ones. Raises FilmError."""
    av.logging.set_level(None)
    inside = film_inside(path)
    try:
        file = str(path) if inside is None else _Inside(path, inside)
        return av.open(file, mode="r", metadata_errors="replace"), inside is not None
    except (av.error.FFmpegError, OSError, ValueError, MemoryError):
        if inside is not None:
            raise FilmError(PHOTO) from None
        if _breaks_off(path):
            raise FilmError(
                "It breaks off before its end, and without the end nothing of it can be read; please copy it anew."
            ) from None
        raise FilmError("It is not a film, or it is broken.") from None


def film_inside(path: Path) -> int | None:
    """Where in a photo a film begins; None where it is no photo. Raises FilmError for a photo without one."""
    if not _is_photo(_beginning(path)):
        return None
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        end = len(content)
        while (at := content.rfind(b"ftyp", HEAD, end)) > 0:
            if content[at + 4 : at + 8] in FILM_BRANDS:
                return at - 4
            end = at
    raise FilmError(PHOTO)


def pictures_of(container: av.container.InputContainer) -> tuple[VideoStream, bool]:
    """The stream that players show, and whether there is a second film beside it. A song's cover is none.

    That is the first of those that are marked as to be shown; one picture alone is no film.
    """
    if container.format.name.endswith("_pipe"):
        raise FilmError(PHOTO)
    streams = [s for s in container.streams.video if not s.disposition & s.disposition.attached_pic]
    if not streams:
        heard = container.streams.audio
        raise FilmError("It holds sound alone, no pictures." if heard else "It is not a film: no pictures are in it.")
    known = [s for s in streams if s.codec_context is not None]
    if not known:
        raise FilmError("Its pictures are of a kind that cannot be read here.")
    moving = [s for s in known if s.frames != 1] or known
    stream = next((s for s in moving if s.disposition & s.disposition.default), moving[0])
    check_size(stream.codec_context.width, stream.codec_context.height)
    return stream, len(moving) > 1


def check_size(width: int, height: int) -> None:
    """Whether pictures of that size can be looked at. Raises FilmError."""
    if not (width and height):
        raise FilmError("It is not a film, or it is broken.")
    if width * height > MOST_PIXELS:
        raise FilmError(f"Its pictures are too large ({width} by {height}); 4K is the most that can be read.")
    if min(width, height) < LEAST_SIDE_PX:
        raise FilmError(f"Its pictures are too small ({width} by {height}) to see anybody in them.")


def check_length(seconds: float | None) -> None:
    """Whether a film is short enough, as far as is known. Raises FilmError."""
    if seconds is not None and seconds > LONGEST_S:
        raise FilmError(f"It is longer than {LONGEST_S / 60:.0f} minutes; cut out the set that you want to look at.")


def length_of(container: av.container.InputContainer, stream: VideoStream) -> float | None:
    """How long it says it is, in seconds, if it says so."""
    said = None
    if stream.duration is not None and stream.time_base is not None:
        said = float(stream.duration * stream.time_base)
    elif container.duration is not None:
        said = container.duration / av.time_base
    return said if said is not None and math.isfinite(said) and said > 0 else None


def walked_length(path: Path) -> float | None:
    """How long a film is that does not say so: by its packets, of which none is decoded, up to the longest allowed."""
    container, _ = open_container(path)
    with container:
        first = last = None
        stream, _ = pictures_of(container)
        try:
            for packet in container.demux(stream):
                if packet.pts is None or packet.time_base is None:
                    continue
                at_s = float(packet.pts * packet.time_base)
                first = at_s if first is None else min(first, at_s)
                last = at_s if last is None else max(last, at_s)
        except av.error.FFmpegError:
            pass  # as far as it goes
    return last - first if first is not None and last is not None and last > first else None


class _Inside(io.RawIOBase):
    """The part of a file from some byte on, as a file."""

    def __init__(self, path: Path, start: int) -> None:
        self._file: BinaryIO = path.open("rb")
        self._start = start
        self._file.seek(start)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._file.read(size)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset + (self._start if whence == io.SEEK_SET else 0), whence) - self._start

    def tell(self) -> int:
        return self._file.tell() - self._start

    def close(self) -> None:
        self._file.close()
        super().close()


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(16)


def _is_photo(beginning: bytes) -> bool:
    return beginning.startswith(JPEG) or (beginning[4:8] == b"ftyp" and beginning[8:12] in PHOTO_BRANDS)


def _breaks_off(path: Path) -> bool:
    """Whether a file of boxes ends inside one of them before its table of contents came."""
    if _beginning(path)[4:8] != b"ftyp":
        return False
    size = path.stat().st_size
    ends = [end for name, end in _boxes(path) if name != b"moov"]
    return bool(ends) and ends[-1] > size


def _boxes(path: Path) -> Iterator[tuple[bytes, int]]:
    """The outermost boxes: name and where each says that it ends."""
    size, at = path.stat().st_size, 0
    with path.open("rb") as file:
        while at + HEAD <= size:
            file.seek(at)
            head = file.read(2 * HEAD)
            length = int.from_bytes(head[:4], "big")
            if length == 1:
                length = int.from_bytes(head[HEAD:], "big")
            at += length if length >= HEAD else size + 1
            yield head[4:HEAD], at
