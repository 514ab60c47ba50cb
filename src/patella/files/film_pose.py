"""From a film to poses: pictures are decoded in one thread while the body is followed in another.

While somebody hardly moves, every second picture is passed over: its pose is taken from those before and after it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from queue import Full, Queue
from threading import Event, Thread

from patella.files.film import Film, Picture, open_film
from patella.files.model import Model
from patella.files.pose_model import PoseModel
from patella.motion.pose import PoseFrame

AHEAD = 4  # pictures
CLOSE_S = 0.05  # pictures further apart are all looked at
CALM = 0.25  # the speed below which every second one is: on twelve films that changed the knee by 0.1 to 0.5 degrees
WATCHED = (*range(11, 13), *range(23, 33))  # shoulders, hips and legs
WAIT_S = 0.1


def frames_of(path: Path, model: Model | str = Model.FULL) -> Iterator[PoseFrame]:
    """The pose in every picture of a film. Raises FilmError for a film that cannot be used."""
    with open_film(path) as film:
        for _, frame in poses(film, Model(model)):
            yield frame


def poses(film: Film, model: Model = Model.FULL) -> Iterator[tuple[Picture, PoseFrame]]:
    """Each picture of an open film and the pose in it. Raises FilmError."""
    yield from followed(PoseModel(model).see, _decoded(film))


def followed(see: Callable[[Picture], PoseFrame], pictures: Iterable[Picture]) -> Iterator[tuple[Picture, PoseFrame]]:
    """Each picture with its pose. `see` is asked of them in order, but not of every one while nothing much moves."""
    before: PoseFrame | None = None
    calm, waits = False, None
    for picture in pictures:
        if calm and waits is None and before is not None and picture.t_s - before.t_s < CLOSE_S:
            waits = picture
            continue
        frame = see(picture)
        if waits is not None and before is not None:
            yield waits, _between(before, frame, waits)
            waits = None
        yield picture, frame
        calm = before is not None and _speed(before, frame) < CALM
        before = frame
    if waits is not None:
        yield waits, see(waits)


def _speed(before: PoseFrame, now: PoseFrame) -> float:
    """How quickly the joint that moves most does, in lengths from shoulders to ankles a second."""
    if not (before.image and now.image and now.t_s > before.t_s):
        return math.inf
    aspect, one, other = now.width_px / now.height_px, before.image, now.image
    far = max(math.hypot((other[4 * j] - one[4 * j]) * aspect, other[4 * j + 1] - one[4 * j + 1]) for j in WATCHED)
    size = math.hypot(
        (other[44] + other[48] - other[108] - other[112]) / 2 * aspect,
        (other[45] + other[49] - other[109] - other[113]) / 2,
    )
    return far / (size * (now.t_s - before.t_s)) if size else math.inf


def _between(before: PoseFrame, after: PoseFrame, picture: Picture) -> PoseFrame:
    """The pose of a picture on the way from one to another; nobody where nobody is seen in the later one."""
    if not after.image:
        return replace(after, t_s=picture.t_s)
    share = (picture.t_s - before.t_s) / (after.t_s - before.t_s)

    def on_the_way(one: Sequence[float], other: Sequence[float]) -> tuple[float, ...]:
        return tuple(a + (b - a) * share for a, b in zip(one, other, strict=True)) if one and other else ()

    return replace(
        before,
        t_s=picture.t_s,
        image=on_the_way(before.image, after.image),
        world=on_the_way(before.world, after.world),
        people=after.people or before.people,
    )


def _decoded(film: Film) -> Iterator[Picture]:
    """The pictures, decoded ahead by a thread that ends with this iteration, however it ends."""
    ahead: Queue[Picture | Exception | None] = Queue(AHEAD)
    stop = Event()

    def give(item: Picture | Exception | None) -> None:
        while not stop.is_set():
            try:
                ahead.put(item, timeout=WAIT_S)
            except Full:
                continue
            return

    def decode() -> None:
        try:
            for picture in film.pictures():
                give(picture)
                if stop.is_set():
                    return
            give(None)
        except Exception as error:  # noqa: BLE001 - raised again in the thread that asked
            give(error)

    worker = Thread(target=decode, name="film", daemon=True)
    worker.start()
    try:
        while (item := ahead.get()) is not None:
            if isinstance(item, Exception):
                raise item
            yield item
    finally:
        stop.set()
        worker.join()
