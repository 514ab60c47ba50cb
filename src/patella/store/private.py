"""A diary is for its owner alone: what was left open to others is closed, or said."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from patella.store import keys, originals

DIARY = "patella.db"
FILES = (DIARY, *(f"{DIARY}-{more}" for more in ("wal", "shm", "journal")))
FOLDERS = (originals.FOLDER, keys.FOLDER)
OTHERS, OTHERS_WRITE = 0o077, 0o022
STICKY = 0o1000


def close_to_others(folder: Path) -> None:
    """Take from everybody but the owner what they may do with the diary in `folder`.

    With the folder itself too, unless it holds other things as well (a home, a desktop): that may be shared on purpose.
    """
    if not hasattr(os, "geteuid"):  # Windows, and a browser: nobody else to close it to
        return
    for path in (*(folder / name for name in (*FILES, *FOLDERS)), *([folder] if _is_a_diary_alone(folder) else [])):
        with suppress(OSError):
            found = path.stat()
            if found.st_uid == os.geteuid() and found.st_mode & OTHERS:
                path.chmod(found.st_mode & 0o777 & ~OTHERS)


def open_to_others(folder: Path) -> Iterator[str]:
    """What others of this machine can still do with the diary in `folder`, and what to do, a sentence each."""
    if os.name != "posix" or not folder.is_dir():
        return
    mode = folder.stat().st_mode
    if mode & OTHERS_WRITE and not mode & STICKY:
        yield f"Others on this machine can remove the diary: {folder} is open to them. chmod go-w {folder} closes it."
    for path in (folder / name for name in (*FILES, *FOLDERS)):
        if path.exists() and path.stat().st_mode & OTHERS:
            yield f"Others on this machine can open {path}. Its owner can close it: chmod go-rwx {path}."


def _is_a_diary_alone(folder: Path) -> bool:
    try:
        names = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    except OSError:
        return False
    return DIARY in names and names <= {*FILES, *FOLDERS}
