"""From a film to poses: pictures are decoded in one thread while the body is followed in another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from queue import Full, Queue
from threading import Event, Thread

from patella.files.film import Film, Picture, open_film
from patella.files.model import Model
from patella.files.pose_followed import followed
from patella.files.pose_model import PoseModel
from patella.motion.pose import PoseFrame

AHEAD = 2  # pictures
WAIT_S = 0.1


def frames_of(path: Path, model: Model | str = Model.FULL) -> Iterator[PoseFrame]:
    """The pose in every picture of a film. Raises FilmError for a film that cannot be used."""
    with open_film(path) as film:
        for _, frame in poses(film, Model(model)):
            yield frame


def poses(film: Film, model: Model = Model.FULL) -> Iterator[tuple[Picture, PoseFrame]]:
    """Each picture of an open film and the pose in it. Raises FilmError."""
    yield from followed(PoseModel(model), _decoded(film))


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
