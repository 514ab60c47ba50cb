"""Files that are written only to be sent or read: beside the diary, for its owner alone, and gone afterwards."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from patella.store.entry import StoreError
from patella.store.log import Log

PREFIX = ".patella-scratch-"


@contextmanager
def scratch(log: Log) -> Iterator[Path]:
    """A folder that nobody else can look into, for as long as the block lasts. Raises StoreError."""
    try:
        with tempfile.TemporaryDirectory(dir=log.path.parent, prefix=PREFIX) as folder:
            yield Path(folder)
    except OSError as error:
        raise StoreError(f"Beside the diary nothing can be written: {error.strerror}.") from None


def sweep(log: Log) -> None:
    """Remove what a server that was killed in the middle may have left."""
    for left in log.path.parent.glob(f"{PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
