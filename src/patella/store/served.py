"""Who serves the diary of a folder, at which port, and where else: said in a file that is locked while it is true."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from patella.store.keys import FOLDER

FILE = "served"
LONGEST = 4096  # bytes
LOCK_AT = 1 << 20  # a byte beyond what is written, so that others can read it: Windows locks what it locks for all
TRIES, BETWEEN_S = 5, 0.02  # whoever asks holds the lock for a moment too


@contextmanager
def serving(folder: Path, port: int, addresses: tuple[str, ...] = ()) -> Iterator[None]:
    """Say that the diary in `folder` is served at `port`, until the block ends or the process does, however it does.

    `addresses` are those at which a phone finds it.

    Where another process says so already, or nothing can be written, nothing is said.
    """
    try:
        (folder / FOLDER).mkdir(mode=0o700, exist_ok=True)
        handle = os.open(folder / FOLDER / FILE, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError:
        yield
        return
    ours = _say(handle, "\n".join([str(port), *addresses]))
    try:
        yield
    finally:
        if ours:
            with suppress(OSError):
                (folder / FOLDER / FILE).unlink()
        os.close(handle)


def served_at(folder: Path) -> int | None:
    """The port at which a running server serves the diary in `folder`; None if there is none, or it cannot be told."""
    said = _said(folder)
    return int(said[0]) if said and said[0].isdigit() else None


def addresses_served(folder: Path) -> tuple[str, ...]:
    """The addresses at which a phone finds the server that runs; none if it is for this machine alone."""
    return tuple(_said(folder)[1:])


def _said(folder: Path) -> list[str]:
    try:
        handle = os.open(folder / FOLDER / FILE, os.O_RDWR)
    except OSError:
        return []
    try:
        if _lock(handle):  # nobody holds it
            return []
        return os.read(handle, LONGEST).decode("utf-8", "replace").splitlines()
    finally:
        os.close(handle)


def _say(handle: int, text: str) -> bool:
    for _ in range(TRIES):
        if _lock(handle):
            with suppress(OSError):  # a disk that is full
                os.ftruncate(handle, 0)
                os.write(handle, text.encode())
            return True
        time.sleep(BETWEEN_S)
    return False


def _lock(handle: int) -> bool:
    """Whether the file is now locked by us, until it is closed. True also where no file can be locked."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, LOCK_AT, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except (ImportError, OSError):
        return True
    return True
