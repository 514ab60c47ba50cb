"""A process that forks writers: each opens the diary anew and writes, to be killed at any moment.

Importing takes most of a second and a fork a few milliseconds, so one such process serves hundreds of kills. It reads
one order a line (JSON) and says on its output what its writer acknowledged and, when it is gone, how it ended.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import alembic.command  # noqa: F401 - loaded before the fork, like everything that takes time
import sqlalchemy.dialects.sqlite  # noqa: F401

from patella.store.entry import Entry, StoreError
from patella.store.log import Log

FIRST_DAY = date(2026, 1, 1)
UNLIMITED = resource.RLIM_INFINITY


def batch(number: int, prefix: str = "n") -> list[Entry]:
    """The entries that are appended together under one number: one, two or three, always the same for a number."""
    return [
        Entry(
            id=f"{prefix}{number}.{part}",
            session_id=f"session {number // 20}",
            kind="set.done",
            day=FIRST_DAY + timedelta(days=number // 20),
            at=datetime(2026, 1, 1, 18, tzinfo=UTC) + timedelta(minutes=number),
            body={"exercise": "long bridge", "side": "left", "reps": number, "part": part, "note": "x" * (number % 97)},
        )
        for part in range(number % 3 + 1)
    ]


def say(word: str, what: object) -> None:
    """One line, in one write, so that a kill leaves whole lines."""
    os.write(sys.stdout.fileno(), f"{word} {what}\n".encode())


def append_for_ever(folder: str, first: int) -> None:
    """Append batch after batch and acknowledge each one once it is written."""
    with Log.open(Path(folder)) as log:
        for number in count(first):
            log.append(batch(number))
            say("ack", number)


def append_some(folder: str, prefix: str, many: int) -> None:
    """Append so many batches and end."""
    with Log.open(Path(folder)) as log:
        for number in range(many):
            log.append(batch(number, prefix))
            say("ack", number)


def open_and_wait(folder: str) -> None:
    """Open the diary, which makes or migrates it, say so, and wait to be killed."""
    Log.open(Path(folder)).close()
    say("ack", 0)
    signal.pause()


def open_at_once(folder: str, many: int) -> None:
    """Let so many processes open the same diary at the same moment and write one entry each."""
    gate, opens = os.pipe()
    for number in range(many):
        if os.fork() == 0:
            os.close(opens)
            os.read(gate, 1)  # returns for all of them when the gate is closed
            with Log.open(Path(folder)) as log:
                log.append(batch(0, f"{number}-"))
            say("ack", number)
            os._exit(0)
    os.close(opens)
    for _ in range(many):
        os.wait()


def append_on_a_full_disk(folder: str, steps: int, bytes_a_step: int) -> None:
    """For n = 1, 2, ...: let the files grow by n steps more, append until refused, make room, append the same again."""
    files = [Path(folder) / name for name in ("patella.db", "patella.db-wal")]
    numbers = count()
    with Log.open(Path(folder)) as log:
        log.append(batch(next(numbers)))
        for step in range(1, steps + 1):
            largest = max(file.stat().st_size for file in files)
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest + step * bytes_a_step, UNLIMITED))
            refused = _append_until_refused(log, numbers)
            resource.setrlimit(resource.RLIMIT_FSIZE, (UNLIMITED, UNLIMITED))
            say("refused", refused)
            log.append(batch(refused))
            say("ack", refused)


def _append_until_refused(log: Log, numbers: Iterator[int]) -> int:
    for number in numbers:
        try:
            log.append(batch(number))
        except StoreError as error:
            say("because", error)
            if any(log.entry(entry.id) for entry in batch(number)):
                say("half", number)
            return number
        say("ack", number)
    raise AssertionError("numbers do not end")


def append_while_writes_fail(folder: str, many: int, failing: str) -> None:
    """Append so many batches, each once, whatever is refused; `failing` is for the failing disk (`failing_write.c`)."""
    os.environ["FAILING_WRITE"] = failing
    log = None
    for number in range(many):
        try:
            log = log or Log.open(Path(folder))
            log.append(batch(number))
        except StoreError as error:
            say("because", error)
            say("refused", number)
        else:
            say("ack", number)


WORKS: tuple[Callable[..., None], ...] = (
    append_for_ever,
    append_some,
    open_at_once,
    open_and_wait,
    append_on_a_full_disk,
    append_while_writes_fail,
)
ORDERS = {work.__name__: work for work in WORKS}


def serve() -> None:
    """Fork a writer for each order, one after the other, and say how it ended."""
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            say("begun", os.getpid())
            ORDERS[order.pop("do")](**order)
            os._exit(0)
        say("gone", os.waitpid(pid, 0)[1])


if __name__ == "__main__":
    serve()
