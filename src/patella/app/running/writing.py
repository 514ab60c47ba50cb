"""Writing what an import reads: entries into the log, some hundred together, and their recordings beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from patella.app.patella import Patella
from patella.app.running.recording import Recording
from patella.care.entries.kinds import complaint
from patella.files.bad_file import BadFileError
from patella.store.entry import Entry, ErasedError, StoreError
from patella.store.originals import Originals

TOGETHER = 200


class Writer:
    """What is on its way into one diary; after an erase nothing more goes there.

    `fresh` are the entries that are still to be written.
    """

    def __init__(self, app: Patella) -> None:
        """For the diary as it is now, and no other that may follow it."""
        self.fresh: list[Entry] = []
        self._app = app
        self._originals = Originals(app.log.folder)
        self._owner = app.log.owner()
        self._kept: list[Path] = []

    def keep(self, recording: Recording) -> None:
        """Lay a recording beside the diary, byte for byte."""
        packed = recording.is_packed
        kept = self._originals.keep(recording.name, recording.ending, recording.content, packed=packed)
        self._kept.append(kept)

    def add(self, entry_id: str, kind: str, day: date, body: Mapping[str, object]) -> Entry:
        """One more entry, written with the next two hundred. Raises BadFileError where it says what cannot be."""
        if wrong := complaint(kind, body):
            raise BadFileError(f"It says what cannot be: {wrong}")
        entry = Entry(id=entry_id, session_id=None, kind=kind, day=day, at=self._app.now(), body=body)
        self.fresh.append(entry)
        if len(self.fresh) >= TOGETHER:
            self.write()
        return entry

    def write(self) -> None:
        """Put into the log what came since the last time. Raises StoreError; ErasedError after an erase."""
        fresh, kept, self.fresh, self._kept = self.fresh, self._kept, [], []
        if fresh:
            try:
                self._settle()
                self._app.log.append(fresh, of=self._owner)
            except ErasedError:
                for original in kept:
                    original.unlink(missing_ok=True)
                raise
            self._owner = self._owner or self._app.log.owner()

    def _settle(self) -> None:
        try:
            self._originals.settle()
        except StoreError:
            if self._app.log.owner() != self._owner:
                raise ErasedError("The diary was erased meanwhile, so nothing more was written into it.") from None
            raise
