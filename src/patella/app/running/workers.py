"""Reading recordings in other processes, while the diary takes in what was read of the last ones.

Each process is asked by a thread of its own, one file at a time, and gets nothing but its bytes. It ends when nobody
asks any more, however that comes.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from threading import local
from typing import IO, Any

from patella.app.running import recording
from patella.app.running.recording import Opened, Read, Recording
from patella.files.bad_file import BadFileError
from patella.files.source import Found

AHEAD, AHEAD_BYTES = 8, 16_000_000
AT_ONCE = 1 << 20  # bytes that a pipe holds, where the system grants it: a recording in one piece, not in ten
# Each recording asks for as much memory as the last one did: what is given back to the system has to be cleared anew.
HOLD_ON = {"MALLOC_TRIM_THRESHOLD_": "16000000", "MALLOC_MMAP_THRESHOLD_": "16000000"}
SUDDEN = "Reading it ended suddenly, as it does where there is too little memory; try it alone."
BEGIN = "from patella.app.running.workers import work; work()"


class Workers:
    """Some processes, each asked by a thread of its own."""

    def __init__(self, count: int, known: Collection[str]) -> None:
        """None is begun until there is something to read; `known`: the names the diary has."""
        self._known = frozenset(known)
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="reading")
        self._mine = local()
        self._begun: list[subprocess.Popen[bytes]] = []

    def read(self, recordings: Sequence[Found]) -> Iterator[tuple[Found, Read]]:
        """Each in its turn, while the next few are read."""
        waiting: deque[tuple[Found, int, Future[Recording]]] = deque()
        size = 0
        for found in recordings:
            length, answer = self._ask(found)
            waiting.append((found, length, answer))
            size += length
            while len(waiting) > AHEAD or (size > AHEAD_BYTES and waiting):
                first, length, answer = waiting.popleft()
                size -= length
                yield first, answer.result
        for found, _, answer in waiting:
            yield found, answer.result

    def _ask(self, found: Found) -> tuple[int, Future[Recording]]:
        try:
            content = found.read()
        except Exception as error:  # noqa: BLE001 - said by whoever wants what it holds
            failed: Future[Recording] = Future()
            failed.set_exception(error)
            return 0, failed
        return len(content), self._threads.submit(self._answer, content)

    def _answer(self, content: bytes) -> Recording:
        worker = getattr(self._mine, "worker", None) or self._begin()
        try:
            _tell(worker.stdin, content)
            said: Exception | Opened = _hear(worker.stdout)
        except (OSError, EOFError, pickle.UnpicklingError):
            self._mine.worker = None
            raise BadFileError(SUDDEN) from None
        if isinstance(said, Exception):
            raise said
        return Recording(content, *said)

    def _begin(self) -> subprocess.Popen[bytes]:
        worker = subprocess.Popen(
            [sys.executable, "-c", BEGIN],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pipesize=AT_ONCE,
            env={**os.environ, **HOLD_ON},
        )
        self._begun.append(worker)
        self._mine.worker = worker
        _tell(worker.stdin, self._known)
        return worker

    def close(self) -> None:
        """Let nobody read on, and end the processes."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._begun:
            worker.kill()
        self._threads.shutdown()
        for worker in self._begun:
            with worker:
                pass


def work() -> None:
    """In a process of its own: read what is sent, until nothing more comes. Ctrl-C is for who began it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    heard, told = sys.stdin.buffer, sys.stdout.buffer
    with suppress(EOFError, BrokenPipeError):
        known: frozenset[str] = _hear(heard)
        while True:
            _tell(told, _tried(_hear(heard), known))


def _tried(content: bytes, known: frozenset[str]) -> Opened | Exception:
    try:
        return recording.opened(content, known)
    except Exception as error:  # noqa: BLE001 - it is raised again by whoever asked
        return error


def _tell(stream: IO[bytes] | None, what: object) -> None:
    if stream is not None:
        pickle.dump(what, stream, pickle.HIGHEST_PROTOCOL)
        stream.flush()


def _hear(stream: IO[bytes] | None) -> Any:  # noqa: ANN401 - what either side expects
    if stream is None:
        raise EOFError
    return pickle.load(stream)  # noqa: S301 - of our own process
