"""The films to measure with: those of the clips folder (PATELLA_CLIPS, else ../shared/clips), by what they are like."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av

HOUSE = Path(__file__).parents[1]
_RATE, _BITS, _FULL_RANGE = 30, 8_000_000, 2


def film_of(lines_px: int, least_s: float) -> tuple[Path, float] | None:
    """The first film with so many lines that is not shorter, and its seconds; None where there is none."""
    return next(
        ((path, seconds) for path, lines, seconds in _films() if lines == lines_px and seconds >= least_s), None
    )


def films_of(least_s: float) -> list[Path]:
    """The films that are not shorter."""
    return [path for path, _, seconds in _films() if seconds >= least_s]


def _films() -> Iterator[tuple[Path, int, float]]:
    """Every film of the folder, its lines and its seconds."""
    folder = Path(os.environ.get("PATELLA_CLIPS", HOUSE.parent / "shared" / "clips"))
    for path in sorted(folder.rglob("*.mp4")):
        with av.open(str(path)) as film:
            yield path, film.streams.video[0].height, float((film.duration or 0) / av.time_base)


def as_camera(film: Path, out: Path, frames: int) -> Path:
    """So many pictures of a film in the form in which a browser takes a file for its camera: one JPEG after another."""
    with av.open(str(film)) as source, out.open("wb") as target:
        stream = source.streams.video[0]
        coder = _coder(stream.width, stream.height)
        for n, picture in enumerate(islice(source.decode(stream), frames)):
            still = picture.reformat(stream.width, stream.height, coder.pix_fmt, dst_color_range="JPEG")
            still.pts, still.time_base, still.color_range = n, Fraction(1, _RATE), _FULL_RANGE
            for packet in coder.encode(still):
                target.write(bytes(packet))
    return out


def _coder(width_px: int, height_px: int) -> av.VideoCodecContext:
    coder = av.CodecContext.create("mjpeg", "w")
    if not isinstance(coder, av.VideoCodecContext):
        raise TypeError("This PyAV cannot write JPEGs.")
    coder.width, coder.height, coder.pix_fmt = width_px, height_px, "yuvj420p"
    coder.time_base, coder.bit_rate, coder.color_range = Fraction(1, _RATE), _BITS, _FULL_RANGE
    return coder
