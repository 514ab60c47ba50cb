"""Many films on many machines: what `many.py` does on one, handed out by a Dask scheduler that is already there.

Its workers are processes that have this same Patella, with `video` and `dask`, and find the films at the same paths.
Dask gives a film to another worker when one dies; a film that several died of is tried once more by itself.
"""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

from patella.app.film.many import STOPPED, Engine, Looked, Wanted, look_at_one
from patella.version import VERSION

ANSWERS_S = 10
COMES_S = 30
EXTRA = "distributed"
_Client = Any  # Dask has no types, and may not be there
_Task = Any


class EngineError(RuntimeError):
    """Nobody hands the films out, or nobody is left to look at them; the message says so and what to do."""


def spread_over(address: str) -> Engine:
    """What looks at films by way of the scheduler at an address, such as tcp://10.0.0.5:8786; it raises EngineError."""

    def engine(films: Sequence[Path], wanted: Wanted) -> Iterator[Looked]:
        if films:
            yield from _spread(address, films, wanted)

    return engine


def look_there(film: Path, wanted: Wanted, version: str) -> Looked:
    """What a worker does with a film: one core each, as Dask starts as many workers as there are."""
    if version != VERSION:
        return Looked(film=film, error=f"A worker has Patella {VERSION}, and {version} asks. Use one version.")
    try:
        from patella.files import pose_network
    except ImportError:
        return Looked(film=film, error="A worker lacks Patella's video part: pip install '.[video,dask]' there.")
    pose_network.use_threads(1)
    return look_at_one(film, wanted)


def _spread(address: str, films: Sequence[Path], wanted: Wanted) -> Iterator[Looked]:
    with _client(address) as client:
        try:
            client.wait_for_workers(1, timeout=COMES_S)
        except TimeoutError:
            raise EngineError(
                f"The scheduler at {address} has no worker. Start one for each core: dask worker --nthreads 1 {address}"
            ) from None
        alone = yield from _handed_out(client, films, wanted)
        for film in alone:
            if (yield from _handed_out(client, [film], wanted)):
                yield Looked(film=film, error=STOPPED)


def _client(address: str) -> _Client:
    try:
        from distributed import Client
    except ImportError as error:
        if error.name is None or error.name.split(".")[0] != EXTRA:
            raise
        raise EngineError(
            "For this, Patella needs its part for Dask. In the folder it was installed from: pip install '.[dask]'"
        ) from None
    for talks in (EXTRA, f"{EXTRA}.client"):
        logging.getLogger(talks).setLevel(logging.CRITICAL)  # what there is to say is said here, in words
    try:
        return Client(address, timeout=ANSWERS_S)
    except (OSError, ValueError) as error:
        raise EngineError(f"No Dask scheduler answers at {address}. Is the address right, and does it run?") from error


def _handed_out(client: _Client, films: Sequence[Path], wanted: Wanted) -> Generator[Looked, None, list[Path]]:
    """Each film as it is done; returns those that so many workers died of that Dask gave up."""
    from distributed import KilledWorker

    died = list[Path]()
    tasks: list[_Task] = [client.submit(look_there, film.absolute(), wanted, VERSION, pure=False) for film in films]
    waiting = {task.key: (film, task) for film, task in zip(films, tasks, strict=True)}
    try:
        while waiting:
            for task in _done(client, [task for _, task in waiting.values()]):
                film, _ = waiting.pop(task.key)
                if task.cancelled():
                    raise EngineError(f"The scheduler went away in the middle, with {len(waiting) + 1} films to go.")
                error = task.exception()
                if error is None:
                    found: Looked = task.result()
                    yield Looked(film=film, answer=found.answer, error=found.error)
                elif isinstance(error, KilledWorker):
                    died.append(film)
                else:
                    yield Looked(film=film, error=f"A worker could not begin ({type(error).__name__}: {error}).")
    finally:
        client.cancel([task for _, task in waiting.values()])
    return died


def _done(client: _Client, tasks: list[_Task]) -> list[_Task]:
    """Those that have ended, as soon as one has. Raises EngineError when nobody is left who could do one."""
    from distributed import wait

    while True:
        try:
            wait(tasks, timeout=COMES_S, return_when="FIRST_COMPLETED")
        except TimeoutError:
            if not client.nthreads():
                raise EngineError(f"No worker is left, with {len(tasks)} films to go.") from None
        else:
            return [task for task in tasks if task.done()]
