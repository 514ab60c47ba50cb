"""Files that are written whole or not at all, and folders that only their owner can look into."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from patella.store.entry import StoreError

PART = ".patella-"


@contextmanager
def written_whole(target: Path, *, replace: bool) -> Iterator[Path]:
    """A private temporary file beside `target` to write into; when the block ends well it becomes `target`, synced.

    When the block fails nothing of it stays, and what was at `target` before is still there. Raises StoreError if
    the folder does not exist, something is there and `replace` is not set, or the folder or the file cannot be written.
    """
    if not target.parent.is_dir():
        raise StoreError(f"The folder {target.parent} does not exist.")
    if target.is_dir():
        raise StoreError(f"{target} is a folder. Name a file to write to.")
    if target.exists() and not replace:
        raise StoreError(f"{target} is there already. Choose another name, or say that it may be replaced.")
    try:
        handle, name = tempfile.mkstemp(prefix=PART, suffix=".part", dir=target.parent)
        os.close(handle)
    except OSError as error:
        raise _unwritten(target, error) from None
    temporary = Path(name)
    try:
        yield temporary
        sync(temporary)
        temporary.replace(target)
        sync(target.parent)
    except OSError as error:
        raise _unwritten(target, error) from None
    finally:
        temporary.unlink(missing_ok=True)


def private_file(folder: Path, name: str) -> Path:
    """`folder/name`, made if it is missing: the folder for its owner alone (0700), the file too (0600).

    Raises StoreError if it cannot be made.
    """
    path = folder / name
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists() or path.stat().st_size == 0:  # new, or left so by a first try that failed
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            sync(folder)
            sync(folder.parent)
    except OSError as error:
        raise StoreError(f"The folder {folder} cannot be used for the diary: {error.strerror}.") from None
    return path


def identity(path: Path) -> tuple[int, int] | None:
    """What tells this file from another that is put in its place under the same name; None where there is none."""
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_dev, about.st_ino


def sync(path: Path) -> None:
    """Wait until a file's content, or a folder's list of names, is on the disk."""
    folder = path.is_dir()
    if folder and os.name != "posix":
        return  # elsewhere a folder cannot be opened, and needs no syncing
    handle = os.open(path, os.O_RDONLY if folder else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unwritten(target: Path, error: OSError) -> StoreError:
    return StoreError(f"{target} could not be written: {error.strerror}.")
