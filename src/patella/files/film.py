"""Films: opened with care, decoded picture by picture, the right way up and each at its own time.

Needs the extra `patella[video]`; importing this without it raises ImportError.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Self, cast

import av
import av.container
import av.error
import numpy as np
from av.buffer import Buffer
from av.sidedata.sidedata import Type
from av.video.stream import VideoStream
from numpy.typing import NDArray

from patella.files.bad_file import FilmError
from patella.files.film_file import (
    LONGEST_S,
    check_file,
    check_length,
    check_size,
    length_of,
    open_container,
    pictures_of,
    walked_length,
)
from patella.files.film_remark import Remark

Pixels = NDArray[np.uint8]
LONGEST_SIDE_PX = 1280  # larger pictures are made this small: the models look at 256 pixels
MOST_A_SECOND = 31.0  # a film with more pictures is thinned; the models and the coach are made for 30 a second
MOST_BROKEN = 50  # packets in a row
MISSING_S, MISSING_SHARE = 0.5, 0.03  # an end that is further off than both from what the film says of itself is cut
CAPTURED = "com.android.capture.fps"
SLOW_FPS, SLOWED = 100.0, 1.9  # slow motion is filmed with 120 a second and more, and is played so many times slower
DAYS_S = 1e6


@dataclass(slots=True, kw_only=True, eq=False)
class Picture:
    """One picture, upright after `quarters` turns to the left; its pixels are made when they are first asked for.

    Sizes are those of the upright picture. A picture that nobody looks at costs its decoding only. One thread may ask
    at a time, as a decoded frame is not to be read by two at once.
    """

    t_s: float
    width_px: int
    height_px: int
    quarters: int
    make: Callable[[], Pixels]
    _pixels: Pixels | None = field(default=None, init=False)

    @property
    def pixels(self) -> Pixels:
        """As they are stored, before any turn: height, width, and red, green, blue, spare. Raises FilmError."""
        if self._pixels is None:
            self._pixels = self.make()
        return self._pixels

    def upright(self) -> Pixels:
        """The picture the right way up: height, width, and red, green, blue. Raises FilmError."""
        return np.ascontiguousarray(np.rot90(self.pixels, self.quarters)[:, :, :3])


class Film:
    """An open film; `pictures` may be gone through once. Use it in a `with`.

    `duration_s` is how long it lasts if that is known, `remarks` what is worth a word; more come with the pictures.
    """

    def __init__(self, container: av.container.InputContainer, stream: VideoStream, duration_s: float | None) -> None:
        """Made by `open_film`."""
        self._container, self._stream = container, stream
        self._pace = _pace(container, stream)
        self.duration_s = None if duration_s is None else duration_s * self._pace
        self.remarks: dict[Remark, None] = {Remark.SLOWED: None} if self._pace != 1 else {}
        self._turn: tuple[int, int] | None = None  # as PyAV tells it, and the quarters that this means
        stream.thread_type = "AUTO"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._container.close()

    def pictures(self) -> Iterator[Picture]:
        """The pictures in their order, at most 31 a second, in seconds of life on the clock of a player.

        It ends where the longest time that is looked at ends. Raises FilmError.
        """
        begin = last = None
        first_s = ended_s = 0.0
        for frame, given_s in self._frames():
            if begin is None:
                check_size(frame.width, frame.height)
                begin = self._begin_s(given_s)
                first_s = (given_s - begin) * self._pace
            t_s = ended_s = (given_s - begin) * self._pace
            if last is not None and t_s < last + 1 / MOST_A_SECOND:
                continue
            if t_s > LONGEST_S:
                self.remarks[Remark.LONG] = None
                return
            last = t_s
            yield self._picture(t_s, frame)
        if begin is None:
            raise FilmError("There is no picture in it that can be read.")
        missing_s = (self.duration_s or 0.0) - (ended_s - first_s)
        if missing_s > max(MISSING_S, MISSING_SHARE * (self.duration_s or 0.0)):
            self.remarks[Remark.CUT] = None

    def _begin_s(self, first_s: float) -> float:
        """Where a player's clock stands at nought: with the sound, if that begins before the first picture."""
        start = self._container.start_time
        start_s = first_s if start is None else start / av.time_base
        return start_s if 0 <= first_s - start_s <= LONGEST_S else first_s

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
                self.remarks[Remark.DAMAGED] = None
                if broken > MOST_BROKEN:
                    raise FilmError("It is broken: too much of it cannot be read.") from None
                continue
            if frames:
                broken = 0
            for frame in frames:
                if isinstance(frame, av.VideoFrame):
                    if frame.is_corrupt:
                        self.remarks[Remark.DAMAGED] = None
                    time = frame.time
                    yield frame, time if time is not None and abs(time) < DAYS_S else number / rate
                    number += 1

    def _picture(self, t_s: float, frame: av.VideoFrame) -> Picture:
        width, height = _shown(frame.width, frame.height, float(self._stream.sample_aspect_ratio or 1))
        quarters = self._quarters(frame)
        across, down = (height, width) if quarters % 2 else (width, height)
        make = partial(_pixels_of, frame, width, height)
        return Picture(t_s=t_s, width_px=across, height_px=down, quarters=quarters, make=make)

    def _quarters(self, frame: av.VideoFrame) -> int:
        """How many quarter turns to the left set it upright; phones write so how they were held.

        Where they also write that it is to be shown as a mirror image, the mirror is left out: the pixels are as the
        camera saw, so that left is the subject's own left. A frame whose side data were asked for is kept by them in a
        ring until Python looks for such rings, hundreds of megabytes later; so they are asked where the turn is new.
        """
        if self._turn is None or self._turn[0] != frame.rotation:
            across, down, mirrored = _turned(frame)
            if mirrored:
                self.remarks[Remark.MIRRORED] = None
            self._turn = frame.rotation, round(-math.atan2(down, across) / (math.pi / 2)) % 4
        return self._turn[1]


def open_film(path: Path) -> Film:
    """Open a film. Raises FilmError for whatever is not one, or is too large, too long or too broken to be used."""
    check_file(path)
    container, in_photo = open_container(path)
    try:
        stream, second = pictures_of(container)
        length_s = length_of(container, stream) or walked_length(path)
        film = Film(container, stream, length_s)
        check_length(film.duration_s)
    except FilmError:
        container.close()
        raise
    film.remarks |= {r: None for r, so in ((Remark.IN_PHOTO, in_photo), (Remark.SECOND_FILM, second)) if so}
    return film


def _pixels_of(frame: av.VideoFrame, width: int, height: int) -> Pixels:
    """A decoded frame in a size and in colours; by one thread, as more cost more than they bring."""
    try:
        made = frame.reformat(width=width, height=height, format="rgba", interpolation="FAST_BILINEAR", threads=1)
    except (av.error.FFmpegError, ValueError):
        raise FilmError("Its pictures are of a kind that cannot be read here.") from None
    plane = made.planes[0]
    rows: Pixels = np.frombuffer(memoryview(plane), np.uint8).reshape(height, plane.line_size)
    return np.ascontiguousarray(rows[:, : 4 * width]).reshape(height, width, 4)


def _pace(container: av.container.InputContainer, stream: VideoStream) -> float:
    """Seconds of life in a second of the film: less than 1 where slow motion was saved slow, as Android writes it."""
    try:
        captured = float(container.metadata.get(CAPTURED, 0))
    except ValueError:
        return 1.0
    played = float(stream.average_rate or 0)
    if not (played > 0 and SLOW_FPS <= captured < 1e4):  # noqa: PLR2004 - no camera takes more
        return 1.0
    return played / captured if captured > SLOWED * played else 1.0


def _turned(frame: av.VideoFrame) -> tuple[float, float, bool]:
    """Where the picture's own right points once it is upright (across, down), and whether it would be mirrored."""
    try:
        beside = cast("Mapping[Type, Buffer]", frame.side_data)
        matrix = struct.unpack("=9i", bytes(beside[Type.DISPLAYMATRIX])[:36])
    except (KeyError, struct.error):
        return 1.0, 0.0, False
    across, down, across_low, down_low = (float(matrix[i]) for i in (0, 1, 3, 4))
    mirrored = across * down_low - down * across_low < 0
    return (-across if mirrored else across), down, mirrored


def _shown(width: int, height: int, aspect: float) -> tuple[int, int]:
    """The size to look at: square pixels, and no side longer than needed."""
    wide = width * aspect if 1 / 4 < aspect < 4 else width  # noqa: PLR2004 - pixels beyond that are a mistake in the file
    share = min(1.0, LONGEST_SIDE_PX / max(wide, height))
    return max(2, round(wide * share)), max(2, round(height * share))
