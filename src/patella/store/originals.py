"""The files that were imported, kept as they came: private, each once, called by what is in it."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from patella.store.entry import StoreError
from patella.store.whole_file import sync

FOLDER = "originals"
PACKED = ".gz"
AT_ONCE = 8  # that are waited for together
MODE, FOLDER_MODE = 0o600, 0o700


def name_of(content: bytes) -> str:
    """What a file is called by its (unpacked) content: the SHA-256 of it, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


class Originals:
    """The folder `originals` beside a diary."""

    def __init__(self, folder: Path) -> None:
        """`folder`: that of the diary. Nothing is made until something is kept."""
        self.folder = folder / FOLDER
        self._parts: dict[Path, Path] = {}  # what is written and not yet settled, to the name it is to have

    def keep(self, name: str, ending: str, content: bytes, *, packed: bool) -> Path:
        """Keep a file under the name of its content, unless it is there; it has its place from `settle` on.

        `content` is what came, `packed` whether it came gzipped. Raises StoreError.
        """
        target = self.folder / name[:2] / f"{name}.{ending}{PACKED if packed else ''}"
        if target.exists():
            return target
        try:
            for folder in (self.folder, target.parent):  # never the diary's own folder: it would be another one
                folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
            part = target.with_name(f".{target.name}.part")
            handle = os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, MODE)
            with open(handle, "wb") as stream:  # noqa: PTH123 - opened above, for its owner alone
                stream.write(content)
        except OSError as error:
            raise self._unwritten(error) from None
        self._parts[part] = target
        return target

    def settle(self) -> None:
        """Wait until all that was kept is on the disk, each first whole and then by its name. Raises StoreError.

        All at once: a disk that is asked after each file is asked for most of the time an import takes.
        """
        parts, self._parts = self._parts, {}
        try:
            _sync_all(list(parts))
            for part, target in parts.items():
                part.replace(target)
            if parts:
                _sync_all([self.folder, *dict.fromkeys(target.parent for target in parts.values())])
        except OSError as error:
            for part in parts:
                part.unlink(missing_ok=True)
            raise self._unwritten(error) from None

    def _unwritten(self, error: OSError) -> StoreError:
        return StoreError(f"Not saved: {self.folder} could not be written: {error.strerror}.")

    def files(self) -> Iterator[Path]:
        """Every file that is kept, in the order of their names."""
        if self.folder.is_dir():
            yield from sorted(f for f in self.folder.glob("??/*") if f.is_file() and not f.name.startswith("."))

    def find(self, name: str) -> Path | None:
        """The file of this name, if it is kept."""
        return next((f for f in self.folder.glob(f"{name[:2]}/{name}.*")), None)

    def erase(self) -> None:
        """Remove them all. Raises StoreError."""
        try:
            if self.folder.is_dir():
                shutil.rmtree(self.folder)
        except OSError as error:
            raise StoreError(f"{self.folder} could not be removed: {error.strerror}. Remove it by hand.") from None


def _sync_all(places: Sequence[Path]) -> None:
    """Wait for all of them together: many are on a disk in little more time than one."""
    if len(places) == 1 or sys.platform == "emscripten":  # a page has no threads
        for place in places:
            sync(place)
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(AT_ONCE) as threads:
        for _ in threads.map(sync, places):
            pass
