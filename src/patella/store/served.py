"""Who serves the diary of a folder, and at which port: said in a file that is locked for as long as it is true."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from patella.store.keys import FOLDER

FILE = "served"
LOCK_AT = 1 << 20  # a byte beyond what is written, so that others can read it: Windows locks what it locks for all
TRIES, BETWEEN_S = 5, 0.02  # whoever asks holds the lock for a moment too


@contextmanager
def serving(folder: Path, port: int) -> Iterator[None]:
    """Say that the diary in `folder` is served at `port`, until the block ends or the process does, however it does.

    Where another process says so already, or nothing can be written, nothing is said.
    """
    try:
        (folder / FOLDER).mkdir(mode=0o700, exist_ok=True)
        handle = os.open(folder / FOLDER / FILE, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError:
        yield
        return
    ours = _say(handle, port)
    try:
        yield
    finally:
        if ours:
            with suppress(OSError):
                (folder / FOLDER / FILE).unlink()
        os.close(handle)


def served_at(folder: Path) -> int | None:
    """The port at which a running server serves the diary in `folder`; None if there is none, or it cannot be told."""
    try:
        handle = os.open(folder / FOLDER / FILE, os.O_RDWR)
    except OSError:
        return None
    try:
        if _lock(handle):  # nobody holds it
            return None
        said = os.read(handle, 8)
        return int(said) if said.isdigit() else None
    finally:
        os.close(handle)


def _say(handle: int, port: int) -> bool:
    for _ in range(TRIES):
        if _lock(handle):
            with suppress(OSError):  # a disk that is full
                os.ftruncate(handle, 0)
                os.write(handle, str(port).encode())
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
