"""The files of a folder, as they are brought in: hidden ones left out, links not followed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from patella.files.bad_file import BadFileError

MOST_FILES = 100_000


def files_below(folder: Path, *, refused: Callable[[OSError], None] | None = None) -> list[Path]:
    """Every file below it, in the order of its names. Raises BadFileError for more than 100 000.

    A folder within it that cannot be opened is left out; `refused` hears of it.
    """
    found: list[Path] = []
    for place, folders, files in os.walk(folder, onerror=refused):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        found += [Path(place, f) for f in sorted(files) if not f.startswith(".")]
        if len(found) > MOST_FILES:
            raise BadFileError(f"It holds more than {MOST_FILES} files; name a smaller folder.")
    return [f for f in found if not f.is_symlink()]
