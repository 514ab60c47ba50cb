"""Films: opened with care, decoded picture by picture, the right way up and each at its own time.

Needs the extra `patella[video]`; importing this without it raises ImportError.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import av
import av.container
import av.error
import av.logging
import numpy as np
from av.video.stream import VideoStream
from numpy.typing import NDArray

from patella.files.bad_file import BadFileError

LARGEST_BYTES = 4_000_000_000
LONGEST_S = 30 * 60.0
MOST_PIXELS = 4096 * 2304
LEAST_SIDE_PX = 64
LONGEST_SIDE_PX = 1280  # larger pictures are made this small: the models look at 256 pixels
MOST_A_SECOND = 31.0  # a film with more pictures is thinned; the models and the coach are made for 30 a second
MOST_BROKEN = 50  # packets in a row
QUARTER_DEG = 90
DAYS_S = 1e6


class FilmError(BadFileError):
    """A film that cannot be used; the message is one sentence that says why, without the file's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture, four bytes a pixel (red, green, blue, spare); upright after `quarters` turns to the left."""

    t_s: float
    pixels: NDArray[np.uint8]
    quarters: int = 0

    @property
    def width_px(self) -> int:
        """The upright picture's width."""
        return int(self.pixels.shape[1 - self.quarters % 2])

    @property
    def height_px(self) -> int:
        """The upright picture's height."""
        return int(self.pixels.shape[self.quarters % 2])

    def upright(self) -> NDArray[np.uint8]:
        """The picture the right way up: height, width, and red, green, blue."""
        return np.ascontiguousarray(np.rot90(self.pixels, self.quarters)[:, :, :3])


class Film:
    """An open film; `pictures` may be gone through once. Use it in a `with`."""

    def __init__(self, container: av.container.InputContainer, stream: VideoStream, duration_s: float | None) -> None:
        """Made by `open_film`."""
        self._container, self._stream = container, stream
        self.duration_s = duration_s
        stream.thread_type = "AUTO"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._container.close()

    def pictures(self) -> Iterator[Picture]:
        """The pictures in their order, times from 0 and growing, at most 31 a second. Raises FilmError."""
        first = last = None
        for frame, given_s in self._frames():
            if first is None:
                _check_size(frame.width, frame.height)
                first = given_s
            t_s = given_s - first
            if last is not None and t_s < last + 1 / MOST_A_SECOND:
                continue
            if t_s > LONGEST_S:
                raise FilmError(_too_long())
            last = t_s
            yield Picture(t_s=t_s, pixels=self._pixels(frame), quarters=_quarters(frame))
        if first is None:
            raise FilmError("There is no picture in it that can be read.")

    def _frames(self) -> Iterator[tuple[av.VideoFrame, float]]:
        """Decoded frames with their times in seconds; a few that are broken are passed over."""
        broken = number = 0
        rate = float(self._stream.average_rate or 0) or 30.0
        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets, None)
                if packet is None:
                    return
                frames = packet.decode()
            except av.error.FFmpegError:
                broken += 1
                if broken > MOST_BROKEN:
                    raise FilmError("It is broken: too much of it cannot be read.") from None
                continue
            if frames:
                broken = 0
            for frame in frames:
                if isinstance(frame, av.VideoFrame):
                    time = frame.time
                    yield frame, time if time is not None and abs(time) < DAYS_S else number / rate
                    number += 1

    def _pixels(self, frame: av.VideoFrame) -> NDArray[np.uint8]:
        width, height = _shown(frame.width, frame.height, float(self._stream.sample_aspect_ratio or 1))
        try:
            made = frame.reformat(width=width, height=height, format="rgba", interpolation="FAST_BILINEAR")
        except (av.error.FFmpegError, ValueError):
            raise FilmError("Its pictures are of a kind that cannot be read here.") from None
        plane = made.planes[0]
        rows: NDArray[np.uint8] = np.frombuffer(memoryview(plane), np.uint8).reshape(height, plane.line_size)
        return np.ascontiguousarray(rows[:, : 4 * width]).reshape(height, width, 4)


def open_film(path: Path) -> Film:
    """Open a film. Raises FilmError for whatever is not one, or is too large, too long or too broken to be used."""
    _check_file(path)
    av.logging.set_level(None)
    try:
        container = av.open(str(path), mode="r", metadata_errors="replace")
    except (av.error.FFmpegError, OSError, ValueError, MemoryError):
        raise FilmError("It is not a film, or it is broken.") from None
    try:
        stream = _pictures_of(container)
        return Film(container, stream, _check_length(container, stream))
    except FilmError:
        container.close()
        raise


def _check_file(path: Path) -> None:
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


def _pictures_of(container: av.container.InputContainer) -> VideoStream:
    """The stream with the pictures. A picture that comes with a song is none."""
    streams = [s for s in container.streams.video if not s.disposition & s.disposition.attached_pic]
    if not streams:
        heard = container.streams.audio
        raise FilmError("It holds sound alone, no pictures." if heard else "It is not a film: no pictures are in it.")
    known = [s for s in streams if s.codec_context is not None]
    if not known:
        raise FilmError("Its pictures are of a kind that cannot be read here.")
    stream = max(known, key=lambda s: s.codec_context.width * s.codec_context.height)
    _check_size(stream.codec_context.width, stream.codec_context.height)
    return stream


def _check_size(width: int, height: int) -> None:
    if not (width and height):
        raise FilmError("It is not a film, or it is broken.")
    if width * height > MOST_PIXELS:
        raise FilmError(f"Its pictures are too large ({width} by {height}); 4K is the most that can be read.")
    if min(width, height) < LEAST_SIDE_PX:
        raise FilmError(f"Its pictures are too small ({width} by {height}) to see anybody in them.")


def _check_length(container: av.container.InputContainer, stream: VideoStream) -> float | None:
    """How long it says it is, in seconds, if it says so."""
    said = None
    if stream.duration is not None and stream.time_base is not None:
        said = float(stream.duration * stream.time_base)
    elif container.duration is not None:
        said = container.duration / av.time_base
    if said is None or not math.isfinite(said) or said <= 0:
        return None
    if said > LONGEST_S:
        raise FilmError(_too_long())
    return said


def _too_long() -> str:
    return f"It is longer than {LONGEST_S / 60:.0f} minutes; cut out the set that you want to look at."


def _shown(width: int, height: int, aspect: float) -> tuple[int, int]:
    """The size to look at: square pixels, and no side longer than needed."""
    wide = width * aspect if 1 / 4 < aspect < 4 else width  # noqa: PLR2004 - pixels beyond that are a mistake in the file
    share = min(1.0, LONGEST_SIDE_PX / max(wide, height))
    return max(2, round(wide * share)), max(2, round(height * share))


def _quarters(frame: av.VideoFrame) -> int:
    """How many quarter turns to the left set it upright; phones write so how they were held."""
    return round(frame.rotation / QUARTER_DEG) % 4
