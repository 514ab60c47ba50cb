"""Many films at once: on all cores, each in a process of its own kind, kept as they come so that a later call goes on.

What is kept is a file of lines, one JSON object a film: its mark (`files/film_mark.py`), what was asked of it, and the
answer. A line that was being written when everything stopped is left out and that film looked at again, as is one
that failed.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from patella.app.film.film import Question, analyse_film, camera_for, film_readers, watched_to_json
from patella.app.film.running import running_to_json, watch_running
from patella.files.bad_file import BadFileError
from patella.files.film_mark import film_mark
from patella.files.library import own_library
from patella.files.model import Model
from patella.motion.pose import Side

ENDINGS = frozenset(
    {".mp4", ".mov", ".m4v", ".webm", ".mkv", ".avi", ".3gp", ".mts", ".m2ts", ".ts", ".mpg", ".mpeg", ".wmv"}
)
STOPPED = "Reading it ended suddenly, as it does where there is too little memory; try it alone."

Answer = dict[str, object]


class KeptElsewhereError(ValueError):
    """The file that answers are to be kept in holds something else, or cannot be written; the message says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of every film: an exercise, or with None how somebody runs."""

    exercise: str | None
    side: str | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One film: its answer, or why there is none; `before` is true of what an earlier call had kept."""

    film: Path
    answer: Answer | None = None
    error: str | None = None
    before: bool = False


def films_in(paths: Sequence[Path]) -> list[Path]:
    """The files that are named, and every film in the folders that are, each once; hidden ones are left alone."""
    found = dict[Path, None]()
    for path in paths:
        if not path.is_dir():
            found[path] = None
            continue
        for file in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
            if file.suffix.lower() in ENDINGS and not hidden and file.is_file():
                found[file] = None
    return list(found)


Engine = Callable[[Sequence[Path], Wanted], Iterator[Looked]]


def look_at_films(
    films: Sequence[Path], wanted: Wanted, kept: Path | None = None, engine: Engine | None = None
) -> Iterator[Looked]:
    """Each film as it is done, those first that were kept before; by an engine, or on all cores of this machine.

    Raises UnseenExerciseError, VideoMissingError, KeptElsewhereError for a file to keep answers in that is none, and
    whatever the engine does.
    """
    if wanted.exercise is not None:
        camera_for(own_library().exercises[wanted.exercise])
    if engine is None:
        film_readers()
    known = _read(kept, wanted) if kept else {}
    if kept:
        _check_writable(kept)
    left = list[Path]()
    for film in films:
        answer = known.get(_mark(film)) if known else None
        if answer is None:
            left.append(film)
        else:
            yield Looked(film=film, answer=answer, before=True)
    left.sort(key=_bytes, reverse=True)  # the long ones first: no core waits at the end for one that began last
    for looked in (engine or _looked_at)(left, wanted):
        if kept and looked.answer is not None:
            _keep(kept, looked, wanted)
        yield looked


def _looked_at(films: Sequence[Path], wanted: Wanted) -> Iterator[Looked]:
    """On all cores; where a process dies, what it may have died of is tried again alone."""
    cores = os.cpu_count() or 1
    workers = max(1, min(cores, len(films)))
    alone = yield from _together(films, wanted, workers=workers, threads=cores // workers)
    for film in alone:
        if (yield from _together([film], wanted, workers=1, threads=cores)):
            yield Looked(film=film, error=STOPPED)


def _together(
    films: Sequence[Path], wanted: Wanted, *, workers: int, threads: int
) -> Generator[Looked, None, list[Path]]:
    """Each film as it is done; returns those during which a process died."""
    if not films:
        return []
    ready = (os.getpid(), max(1, threads))
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=ready)
    died = list[Path]()
    waiting: dict[Future[Looked], Path] = {}
    try:
        waiting = {pool.submit(look_at_one, film, wanted): film for film in films}
        while waiting:
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                film = waiting.pop(future)
                try:
                    yield future.result()
                except BrokenProcessPool:
                    died.append(film)
    finally:
        pool.shutdown(wait=not waiting, cancel_futures=True)
        if waiting:  # left in the middle: nobody waits for the rest of a film
            for child in multiprocessing.active_children():
                child.terminate()
    return died


def _begin(parent: int, threads: int) -> None:
    """In a new process: leave Ctrl-C to the parent, end with it however it ends, and take so many cores."""
    from patella.files import pose_network

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pose_network.use_threads(threads)
    watched = multiprocessing.parent_process()

    def follow() -> None:
        if watched is not None and watched.pid == parent:
            watched.join()
            os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def look_at_one(film: Path, wanted: Wanted) -> Looked:
    """One film in this process; whatever is wrong with it becomes its error."""
    try:
        return Looked(film=film, answer=_answer(film, wanted))
    except BadFileError as error:
        return Looked(film=film, error=str(error))
    except Exception as error:  # noqa: BLE001 - one film must not end the others, and is named with what it was
        return Looked(film=film, error=f"It could not be looked at ({type(error).__name__}: {error}).")


def _answer(film: Path, wanted: Wanted) -> Answer:
    model = Model(wanted.model) if wanted.model else None
    if wanted.exercise is None:
        return running_to_json(watch_running(film, model))
    side = Side(wanted.side) if wanted.side else None
    asked = Question(film=film, exercise=own_library().exercises[wanted.exercise], side=side, model=model)
    return watched_to_json(asked, analyse_film(asked))


def _bytes(film: Path) -> int:
    """How large its file is, which says without opening it about how long it takes."""
    try:
        return film.stat().st_size
    except OSError:
        return 0


def _mark(film: Path) -> str:
    try:
        return film_mark(film)
    except OSError:
        return ""


def _check_writable(kept: Path) -> None:
    """Ahead of the work, as an hour of it could be kept nowhere. Raises KeptElsewhereError."""
    try:
        kept.open("ab").close()
    except OSError as error:
        raise KeptElsewhereError(f"{kept} cannot be written: {error.strerror}. Choose another place.") from None


def _keep(kept: Path, looked: Looked, wanted: Wanted) -> None:
    line = {"film": looked.film.name, "mark": _mark(looked.film), "asked": asdict(wanted), "answer": looked.answer}
    with kept.open("a+b") as file:
        file.seek(0, os.SEEK_END)
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                file.write(b"\n")
        file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _read(kept: Path, wanted: Wanted) -> Mapping[str, Answer]:
    """The answers to the same question that are kept, by the mark of their film."""
    try:
        lines = kept.read_bytes().splitlines()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise KeptElsewhereError(f"{kept} cannot be read: {error.strerror}.") from None
    found, ours = dict[str, Answer](), 0
    for line in lines:
        with suppress(ValueError, TypeError, KeyError):
            told = json.loads(line)
            mark, asked, answer = told["mark"], told["asked"], told["answer"]
            ours += 1
            if asked == asdict(wanted) and mark and isinstance(answer, dict):
                found[mark] = answer
    if len(lines) > 1 and not ours:
        raise KeptElsewhereError(f"{kept} holds something else than answers of films. Choose another name.")
    return found
