"""Films that the suite makes for itself: plain ones, awkward ones, and the project's own figures doing an exercise."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from fractions import Fraction
from importlib.resources import files
from itertools import chain, repeat
from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer
from numpy.typing import NDArray

from patella.files.film import Picture

Bytes = NDArray[np.uint8]
WALL = (236, 231, 222)
MILLISECONDS = Fraction(1, 1000)
SILENCE_HZ = 8000
ROOM_PX = (640, 560)
STILL_S = 1.5


def picture_of(pixels: Bytes, *, t_s: float = 0.0, quarters: int = 0) -> Picture:
    """A picture of pixels that are there: height, width, and red, green, blue, spare."""
    height, width = pixels.shape[:2]
    across, down = (height, width) if quarters % 2 else (width, height)
    return Picture(t_s=t_s, width_px=across, height_px=down, quarters=quarters, make=lambda: pixels)


def moving_square(count: int, size: tuple[int, int] = (96, 64)) -> Iterator[Bytes]:
    """Pictures on which a white square goes from left to right, along the top."""
    width, height = size
    for number in range(count):
        picture = np.zeros((height, width, 3), np.uint8)
        left = (width - 16) * number // max(1, count - 1)
        picture[:16, left : left + 16] = 255
        yield picture


def write_film(  # noqa: PLR0913 - each is one way in which films differ
    path: Path,
    pictures: Iterable[Bytes],
    times_s: Iterable[float],
    *,
    turned_deg: int = 0,
    kind: str = "mp4",
    about: dict[str, str] | None = None,
    options: dict[str, str] | None = None,
    sound: bool = False,
) -> Path:
    """Write a film with each picture at its time; `turned_deg` is how a phone says that it was held.

    `about` is what else it says of itself, `sound` a second of silence from the beginning.
    """
    given = {"movflags": "use_metadata_tags"} if kind == "mp4" else {}
    with av.open(str(path), "w", format=kind, options=given | (options or {})) as film:
        film.metadata.update(about or {})
        stream = None
        heard = film.add_stream("aac", rate=SILENCE_HZ) if sound else None
        for picture, time_s in zip(pictures, times_s, strict=False):
            if stream is None:
                stream = film.add_stream("libx264", rate=30, options={"crf": "12", "preset": "ultrafast"})
                stream.height, stream.width = picture.shape[:2]
                stream.pix_fmt = "yuv420p"
                stream.time_base = stream.codec_context.time_base = MILLISECONDS
                if turned_deg:
                    stream.set_display_rotation(turned_deg)
                if heard is not None:
                    _silence(film, heard)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = round(1000 * time_s), MILLISECONDS
            film.mux(stream.encode(frame))
        if stream is not None:
            film.mux(stream.encode(None))
    return path


def steady(rate: float = 30.0) -> Iterator[float]:
    """Times of a film whose pictures come evenly."""
    number = 0
    while True:
        yield number / rate
        number += 1


def write_sound(path: Path) -> Path:
    """A second of silence, and no picture."""
    with av.open(str(path), "w", format="mp4") as film:
        _silence(film, film.add_stream("aac", rate=SILENCE_HZ))
    return path


def _silence(film: OutputContainer, stream: AudioStream) -> None:
    frame = av.AudioFrame.from_ndarray(np.zeros((1, SILENCE_HZ), np.float32), format="fltp", layout="mono")
    frame.sample_rate = SILENCE_HZ
    film.mux(stream.encode(frame))
    film.mux(stream.encode(None))


def figure(exercise: str, *, cycles: int, rate: float) -> Iterator[Bytes]:
    """The moving figure of an exercise before a wall, so many times round, so many pictures a second.

    It stays still in its first pose before and after.
    """
    drawn, own_rate = _drawn(exercise)
    loop = [drawn[int(n * own_rate / rate)] for n in range(int(len(drawn) * rate / own_rate))]
    wait = list(repeat(loop[0], int(rate * STILL_S)))
    for one in chain(wait, *repeat(loop, cycles), wait):
        yield _before_wall(one)


def _drawn(exercise: str) -> tuple[list[Bytes], float]:
    """The pictures of a figure: red, green, blue and how solid; and how many a second."""
    content = files("patella") / "web" / "static" / "figures" / f"{exercise}.avif"
    (colours, rate), (solid, _) = (_stream(content.read_bytes(), kind) for kind in ("rgb24", "gray"))
    return [np.dstack([colour, alpha]) for colour, alpha in zip(colours, solid, strict=True)], rate


def _stream(content: bytes, kind: str) -> tuple[list[Bytes], float]:
    """The pictures of one stream of a figure: the colours, or how solid each pixel is."""
    with av.open(io.BytesIO(content), mode="r") as film:
        moving = [stream for stream in film.streams.video if stream.frames > 1]
        wanted = moving[0 if kind == "rgb24" else 1]
        return [f.to_ndarray(format=kind).astype(np.uint8) for f in film.decode(wanted)], float(
            wanted.average_rate or 30
        )


def _before_wall(drawn: Bytes) -> Bytes:
    width, height = ROOM_PX
    picture = np.full((height, width, 3), WALL, np.uint8)
    top, left = (height - drawn.shape[0]) // 2, (width - drawn.shape[1]) // 2
    under = picture[top : top + drawn.shape[0], left : left + drawn.shape[1]]
    share = drawn[..., 3:].astype(np.float32) / 255
    under[:] = (under * (1 - share) + drawn[..., :3] * share).astype(np.uint8)
    return picture
