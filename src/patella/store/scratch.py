"""Files that are written only to be sent or read: beside the diary, for its owner alone, and gone afterwards."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from patella.store.entry import StoreError
from patella.store.whole_file import PART

PREFIX = f"{PART}scratch-"


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A folder beside the diary that nobody else can look into, for as long as the block lasts. Raises StoreError."""
    made = make(folder)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def make(folder: Path) -> Path:
    """The same, to be removed by whoever asked for it."""
    try:
        return Path(tempfile.mkdtemp(dir=folder, prefix=PREFIX))
    except OSError as error:
        raise StoreError(f"Beside the diary nothing can be written: {error.strerror}.") from None


def sweep(folder: Path, *, older_than_s: float = 0.0) -> None:
    """Remove what was left beside the diary by a program that was killed in the middle, if nobody wrote it lately."""
    for left in folder.glob(f"{PART}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime < older_than_s:
                continue
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink()
