"""Films for the browser: what its camera is to see, what somebody chooses from a disk, and landmarks alone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from filming import ROOM_PX, Bytes, figure
from patella.files.library import read_movement
from patella.motion.body import Body
from patella.motion.camera import camera_round
from patella.motion.performance import Attempt, Fault, Performance, filmed
from patella.motion.pose import pack
from patella.motion.tempo import Tempo
from web.coached import EXTENSION, TEMPO, frames_of

CLIPS = Path(os.environ.get("PATELLA_CLIPS", Path(__file__).resolve().parents[3] / "shared/clips"))
RATE = 30
QUALITY = 12_000_000
STEP_DOWN, QUICK = "lateral-step-down", Tempo(up_s=1.4, hold_s=0.2, down_s=1.2, rest_s=0.8)


def for_the_camera(path: Path, pictures: Iterable[Bytes]) -> Path:
    """A film in the form that Chromium takes for a camera: JPEGs, thirty a second, which it shows round and round."""
    coder: av.VideoCodecContext | None = None
    with path.open("wb") as file:
        for n, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            if coder is None:
                coder = _coder(frame.width // 2 * 2, frame.height // 2 * 2)
            still = frame.reformat(coder.width, coder.height, "yuvj420p", dst_color_range="JPEG")
            still.pts, still.time_base, still.color_range = n, Fraction(1, RATE), 2
            for packet in coder.encode(still):
                file.write(bytes(packet))
    return path


def _coder(width: int, height: int) -> av.VideoCodecContext:
    coder = av.CodecContext.create("mjpeg", "w")
    assert isinstance(coder, av.VideoCodecContext)
    coder.width, coder.height, coder.pix_fmt = width, height, "yuvj420p"
    coder.time_base, coder.bit_rate, coder.color_range = Fraction(1, RATE), QUALITY, 2
    return coder


def of_a_figure(exercise: str, cycles: int, after_s: float = 0.0) -> Iterator[Bytes]:
    """The project's own figure doing an exercise, then an empty room, so that going round makes no longer set."""
    last: Bytes | None = None
    for last in figure(exercise, cycles=cycles, rate=RATE):
        yield last
    assert last is not None
    room = np.full_like(last, 220)
    for _ in range(int(after_s * RATE)):
        yield room


def of_two_people(exercise: str) -> Iterator[Bytes]:
    """Two of the project's own figures beside each other."""
    for picture in figure(exercise, cycles=1, rate=RATE):
        one = picture[:, 140:460]
        yield np.concatenate([one, one], axis=1)


def of_a_clip(name: str, before_s: float = 0.0, after_s: float = 0.0) -> Iterator[Bytes]:
    """A film of the clips folder, thirty pictures a second; its first picture stands before it, an empty room after."""
    with av.open(CLIPS / name) as film:
        stream = film.streams.video[0]
        again = max(1, round(RATE / float(stream.average_rate or RATE)))
        picture: Bytes | None = None
        for frame in film.decode(stream):
            size = (640, 640 * frame.height // frame.width // 2 * 2)
            shown: Bytes = frame.reformat(*size, "rgb24").to_ndarray().astype(np.uint8)
            for _ in range(again if picture is not None else int(before_s * RATE)):
                yield shown
            picture = shown
    assert picture is not None
    for _ in range(int(after_s * RATE)):
        yield np.full_like(picture, 200)


def as_webm(path: Path, pictures: Iterable[Bytes], rate: int = RATE) -> Path:
    """A film that every browser plays."""
    with av.open(str(path), "w") as film:
        stream = film.add_stream("libvpx", rate=rate, options={"deadline": "realtime", "cpu-used": "8", "b": "2M"})
        stream.width, stream.height = ROOM_PX
        stream.pix_fmt = "yuv420p"
        for picture in pictures:
            film.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        film.mux(stream.encode(None))
    return path


def landmarks(path: Path, *frames: Iterable[bytes]) -> Path:
    """A recording of landmarks, as the page plays it in the place of a camera."""
    path.write_bytes(b"".join(f for some in frames for f in some))
    return path


def extensions(path: Path, reps: int, fault: Fault | None = None) -> Path:
    """A recording of terminal knee extensions of the right leg."""
    return landmarks(path, frames_of(reps, fault=fault))


def step_downs_behind(path: Path, side: str, reps: int) -> Path:
    """A recording of step-downs on one leg, from the other side of the body."""
    told = Performance(
        body=Body(), movement=read_movement(STEP_DOWN), attempts=(Attempt(tempo=QUICK),) * reps,
        side=side, walk_s=0.0, after_s=1.0,
    )  # fmt: skip
    camera = camera_round((0.0, -0.2, 0.86), -90 if side == "R" else 90, distance_m=3.4)
    return landmarks(path, (pack(frame) for frame in filmed(told, camera, 15)))


def of_a_person(path: Path, side: str = "R", distance_m: float = 3.1, reps: int = 4, still_s: float = 2.0) -> Path:
    """A recording of terminal knee extensions of one leg, from beside it, near or far away."""
    told = Performance(
        body=Body(), movement=read_movement(EXTENSION), attempts=(Attempt(tempo=TEMPO),) * reps,
        side=side, walk_s=0.0, still_s=still_s, after_s=1.0,
    )  # fmt: skip
    camera = camera_round((0.0, -0.2, 0.86), 90 if side == "R" else -90, distance_m=distance_m)
    return landmarks(path, (pack(frame) for frame in filmed(told, camera, 15)))
