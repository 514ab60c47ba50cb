"""A watched folder into the log: what lies there at rest is imported, once; it is only ever read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from patella.app.patella import Patella
from patella.app.running.imported import Imported, Upload
from patella.app.running.importing import Progress, import_files
from patella.files.source import is_list_named
from patella.files.watched import WatchedFolder
from patella.store.entry import BusyError

DIARY_THERE = "That folder holds your diary; watch one that only recordings are put into."
MOST_APART = 40  # a heap of more is one import, which reads the diary once and not for each


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came of files that were found at rest: of one, or of a whole heap."""

    files: tuple[str, ...]
    imported: Imported


@dataclass(slots=True)
class Watching:
    """Looks at one folder and imports what is new there; the diary knows what it has, also from an earlier watching.

    `progress` hears of each recording as `import_files` tells it; what it raises ends the look.
    """

    app: Patella
    folder: WatchedFolder
    progress: Progress | None = None
    is_there: bool = field(default=True, init=False)

    def look(self, now_s: float) -> Iterator[Came]:
        """Import what rests now, file by file; together where a list among them speaks of the others, or over forty.

        `now_s` only ever grows. Where the folder is gone, `is_there` says so, and nothing comes until it is back. What
        waits for another program that writes into the diary comes with a later look. Raises BadFileError, StoreError.
        """
        try:
            ready = self.folder.look(now_s)
        except OSError:
            self.is_there = False
            return
        self.is_there = True
        together = len(ready) > MOST_APART or any(is_list_named(file.as_posix()) for file in ready)
        for files in [ready] if together else [[file] for file in ready]:
            try:
                yield self._take(files)
            except BusyError:
                return

    def _take(self, files: Sequence[Path]) -> Came:
        named = [Upload(path=f, name=f.relative_to(self.folder.place).as_posix()) for f in files]
        imported = import_files(self.app, named, progress=self.progress, by_hand=False)
        for file in files:
            self.folder.tell(file)
        return Came(files=tuple(n.name for n in named), imported=imported)
