"""A film with what the coach saw drawn into it: the skeleton, the count, a word. Needs the extra `patella[video]`."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Self

import av
import av.error
import numpy as np
from av.video.stream import VideoStream
from numpy.typing import NDArray

from patella.files.bad_file import FilmError
from patella.files.film import Picture
from patella.motion.angles import SEEN
from patella.motion.pose import Joint, PoseFrame, Side

Bytes = NDArray[np.uint8]
PAPER, CORAL, INK = (251, 247, 240), (228, 87, 46), "#1F2421"
BONES = (
    (11, 12), (11, 13), (13, 15), (12, 14), (14, 16), (11, 23), (12, 24), (23, 24), (23, 25), (25, 27),
    (24, 26), (26, 28), (27, 29), (29, 31), (27, 31), (28, 30), (30, 32), (28, 32), (0, 11), (0, 12),
)  # fmt: skip
KNEES = {Side.LEFT: Joint.LEFT_KNEE, Side.RIGHT: Joint.RIGHT_KNEE}
MILLISECONDS = Fraction(1, 1000)
RATE = 30
LABEL = """#set page(width: auto, height: auto, margin: 0pt, fill: none)
#set text(font: "Libertinus Serif", size: 1em * float(sys.inputs.size), fill: rgb("#FBF7F0"), weight: "bold")
#box(fill: rgb(sys.inputs.ink + "C0"), inset: 0.35em, radius: 0.3em, sys.inputs.words)"""
COUNT_SHARE, WORDS_SHARE = 0.085, 0.035  # sizes of letters, of the picture's height
POINT_PX = 96 / 72
TYPST_EM_PT = 11


class Annotated:
    """A film being written as H.264 in MP4; `close` ends it. Raises FilmError where it cannot be written."""

    def __init__(self, path: Path) -> None:
        """Begin a film at `path`, whatever its name ends with."""
        self._container = av.open(str(path), mode="w", format="mp4")
        self._stream: VideoStream | None = None
        self._last = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None and self._stream is not None:
                self._container.mux(self._stream.encode(None))
        finally:
            self._container.close()

    def add(self, picture: Picture, frame: PoseFrame, *, side: Side | None, count: str, words: str) -> None:
        """Add one picture with its skeleton, the working knee in coral, the count, and a word about form if any."""
        pixels = picture.upright()
        draw_skeleton(pixels, frame, side)
        height = len(pixels)
        draw_label(pixels, count, size_px=height * COUNT_SHARE, at=(0.03, 0.04))
        draw_label(pixels, words, size_px=height * WORDS_SHARE, at=(0.03, 0.9))
        even = np.ascontiguousarray(pixels[: height // 2 * 2, : pixels.shape[1] // 2 * 2])
        shown = av.VideoFrame.from_ndarray(even, format="rgb24")
        self._last = max(self._last + 1, round(picture.t_s * 1000))
        shown.pts, shown.time_base = self._last, MILLISECONDS
        try:
            stream = self._stream or self._begin(even.shape[1], even.shape[0])
            self._container.mux(stream.encode(shown))
        except av.error.FFmpegError as error:
            raise FilmError(f"The annotated film could not be written: {error.strerror}.") from None

    def _begin(self, width: int, height: int) -> VideoStream:
        stream = self._container.add_stream("libx264", rate=RATE, options={"preset": "veryfast", "crf": "23"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.time_base = stream.codec_context.time_base = MILLISECONDS
        self._stream = stream
        return stream


def draw_skeleton(pixels: Bytes, frame: PoseFrame, side: Side | None) -> None:
    """Draw the bones and joints that are seen; the knee of `side` in coral."""
    if not frame.image:
        return
    height, width = pixels.shape[:2]
    points = np.array(frame.image).reshape(-1, 4)
    places, seen = points[:, :2] * (width, height), points[:, 3] >= SEEN
    thin = max(1, round(height / 300))
    lines = [_line(places[a], places[b]) for a, b in BONES if seen[a] and seen[b]]
    _stamp(pixels, lines, thin, PAPER)
    _stamp(pixels, [places[11:][seen[11:]]], 2 * thin, PAPER)
    knees = [knee for own, knee in KNEES.items() if side in (own, None) and seen[knee]]
    _stamp(pixels, [places[knees]], 4 * thin, CORAL)


def draw_label(pixels: Bytes, words: str, *, size_px: float, at: tuple[float, float]) -> None:
    """Write words on a dark patch, `at` shares of the width and height; what does not fit is cut off."""
    if not words:
        return
    label = _label(words, round(size_px))
    top, left = round(at[1] * pixels.shape[0]), round(at[0] * pixels.shape[1])
    under = pixels[top : top + len(label), left : left + label.shape[1]]
    label = label[: under.shape[0], : under.shape[1]]
    share = label[:, :, 3:].astype(np.float32) / 255
    under[:] = (under * (1 - share) + label[:, :, :3] * share).astype(np.uint8)


@lru_cache(maxsize=64)
def _label(words: str, size_px: int) -> Bytes:
    import typst

    inputs = {"words": words, "ink": INK, "size": str(size_px / POINT_PX / TYPST_EM_PT)}
    png = typst.compile(LABEL.encode(), format="png", ppi=96.0, ignore_system_fonts=True, sys_inputs=inputs)
    with av.open(io.BytesIO(png), mode="r") as drawn:
        return next(drawn.decode(video=0)).to_ndarray(format="rgba").astype(np.uint8)


def _line(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points a pixel apart from one to the other."""
    length = min(4000, int(np.hypot(*(other - one))) + 1)
    share = np.linspace(0, 1, length + 1)[:, np.newaxis]
    return one * (1 - share) + other * share


def _stamp(pixels: Bytes, places: Sequence[NDArray[np.float64]], radius: int, colour: Iterable[int]) -> None:
    """Colour a disc at every place; what lies outside the picture is left out."""
    if not places:
        return
    grid = np.mgrid[-radius : radius + 1, -radius : radius + 1].reshape(2, -1).T
    disc = grid[(grid**2).sum(axis=1) <= radius * (radius + 1)]
    dots = (np.concatenate(places).round().astype(int)[:, np.newaxis] + disc[np.newaxis, :, ::-1]).reshape(-1, 2)
    height, width = pixels.shape[:2]
    inside = dots[(dots[:, 0] >= 0) & (dots[:, 0] < width) & (dots[:, 1] >= 0) & (dots[:, 1] < height)]
    pixels[inside[:, 1], inside[:, 0]] = tuple(colour)
