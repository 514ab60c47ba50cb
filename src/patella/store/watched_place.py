"""Which folder is watched on this machine: a line beside the diary, in no export, gone when everything is erased."""

from __future__ import annotations

import os
from pathlib import Path

from patella.store.entry import StoreError
from patella.store.whole_file import written_whole

FILE = "watched-folder"
LONGEST = 4096


def watched_place(folder: Path) -> Path | None:
    """The folder that is watched for the diary in `folder`; None where none is."""
    try:
        said = (folder / FILE).read_text("utf-8")[:LONGEST].strip()
    except (OSError, UnicodeDecodeError):
        return None
    return Path(said) if os.path.isabs(said) else None  # noqa: PTH117 - the text may be nothing


def watch_place(folder: Path, place: Path) -> None:
    """From now on it is this one. Raises StoreError."""
    with written_whole(folder / FILE, replace=True) as part:
        part.write_text(f"{place}\n", "utf-8")


def watch_none(folder: Path) -> None:
    """From now on none is. Raises StoreError."""
    try:
        (folder / FILE).unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{folder / FILE} could not be removed: {error.strerror}.") from None
