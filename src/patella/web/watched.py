"""A folder that is watched while Patella serves its pages: beside the answers, chosen once, also after a restart.

The line beside the diary that names it (`store/watched_place.py`) is asked at every look, so that whoever erases the
diary, in a terminal too, has ended the watching with it.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from patella.app.patella import Patella
from patella.app.running.imported import Imported
from patella.app.running.watching import DIARY_THERE, Watching
from patella.files.bad_file import BadFileError
from patella.files.watched import WatchedFolder
from patella.store.entry import StoreError
from patella.store.watched_place import watch_none, watch_place, watched_place
from patella.web.answer import Refusal
from patella.web.slow_work import steps_of

EVERY_S = 1.5
IDLE_FOR_EACH_BUSY = 9  # a folder of many files on a slow share is looked at less often
MOST_TOLD, MOST_NAMES = 20, 3
NO_FOLDER = Refusal(422, "no-folder", "There is no such folder. Give its whole address, as /home/you/Sync/watch.")
HOLDS_DIARY = Refusal(422, "holds-diary", DIARY_THERE)


class _Stop(Exception):  # noqa: N818 - an end, not a fault
    """It is no longer wanted."""


class Watched:
    """The watched folder of one server."""

    def __init__(self, app: Patella) -> None:
        """Nothing is looked at before `go_on`."""
        self._app = app
        self._watching: Watching | None = None
        self._ended = False
        self.sentence: str | None = None
        self._came: deque[dict[str, object]] = deque(maxlen=MOST_TOLD)

    @property
    def _data(self) -> Path:
        return self._app.log.folder

    def shown(self) -> dict[str, object]:
        """How it stands, in plain values; what came since the pages were opened, the latest first."""
        place = watched_place(self._data)
        known = self._watching if self._watching and self._watching.folder.place == place else None
        return {
            "folder": str(place) if place else None,
            "is_there": place is not None and (known.is_there if known else place.is_dir()),
            "sentence": self.sentence,
            "came": list(self._came),
        }

    def choose(self, said: str) -> None:
        """Watch this folder from now on. Raises Refusal, StoreError."""
        place = Path(said.strip()).expanduser()
        try:
            is_folder = place.is_absolute() and place.is_dir()
        except (OSError, ValueError):
            is_folder = False
        if not is_folder:
            raise NO_FOLDER
        if self._app.log.folder.resolve().is_relative_to(place.resolve()):
            raise HOLDS_DIARY
        watch_place(self._data, place)
        self.sentence = None
        self._came.clear()

    def stop(self) -> None:
        """Watch none; what came is kept."""
        watch_none(self._data)
        self.sentence = None

    async def go_on(self) -> None:
        """Look again and again, until this is cancelled."""
        try:
            while True:
                began = time.monotonic()
                place = watched_place(self._data)
                if place is not None:
                    await self._look(place)
                await asyncio.sleep(max(EVERY_S, IDLE_FOR_EACH_BUSY * (time.monotonic() - began)))
        finally:
            self._ended = True

    async def _look(self, place: Path) -> None:
        try:
            with self._app.log.patient() as log:
                watching = self._of(place)
                watching.app = replace(self._app, log=log)
                async for came in steps_of(watching.look(time.monotonic())):
                    self._tell(came.files, came.imported)
            self.sentence = None
        except _Stop:
            pass
        except (BadFileError, StoreError) as error:
            self.sentence = str(error).replace(str(self._app.log.path), "The diary", 1)

    def _of(self, place: Path) -> Watching:
        if self._watching is None or self._watching.folder.place != place:
            self._watching = Watching(self._app, WatchedFolder(place), progress=self._heard)
        return self._watching

    def _heard(self, _done: int, _of: int, _name: str) -> None:
        if self._ended or (self._watching and watched_place(self._data) != self._watching.folder.place):
            raise _Stop

    def _tell(self, files: tuple[str, ...], imported: Imported) -> None:
        if imported.runs or imported.other or imported.failed:
            at = datetime.now().astimezone().isoformat(timespec="seconds")
            told = {"at": at, "files": files[:MOST_NAMES], "more": len(files[MOST_NAMES:]), "result": imported}
            self._came.appendleft(told)
