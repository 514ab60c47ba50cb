"""Files that a page sends to be imported: gathered on the disk, read in steps beside the answers, then gone."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from uuid import uuid4

from starlette.requests import ClientDisconnect

from patella.app.patella import Patella
from patella.app.running.imported import Imported, Upload
from patella.app.running.importing import Step, importing
from patella.store import scratch
from patella.store.entry import StoreError
from patella.web.answer import Refusal
from patella.web.security import LARGEST_UPLOAD, too_large_file
from patella.web.slow_work import steps_of

LIES_AT = "patella.lies_at"  # among the extensions of a scope: where a file lies that need not be sent
MOST_FILES = 20_000
MOST_BYTES = 2 * LARGEST_UPLOAD  # of one import: what lies there is room that others of the machine have not
FORGOTTEN_S = 3600

NO_IMPORT = Refusal(404, "no-import", "There is no such import any more. Choose the files again.")
BUSY = Refusal(409, "import-runs", "An import is running already. Wait for it, or stop it.")
BEGUN = Refusal(409, "import-begun", "This import has begun; files for another one are sent to that.")
TOO_MANY = Refusal(413, "too-many", f"That is more than {MOST_FILES} files at once. Put them into one archive.")
TOO_MUCH = Refusal(
    413,
    "too-much",
    f"That is more than {MOST_BYTES // 10**9} GB together. Import what came so far, then bring the rest.",
)
CUT_OFF = Refusal(400, "cut-off", "The file broke off on its way. Try again.")
NO_ROOM = Refusal(507, "disk-full", "There is no room on the disk for this file.")


class State(StrEnum):
    """Where an import is."""

    OPEN = "open"
    READING = "reading"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class _Stop(Exception):  # noqa: N818 - an end, not a fault
    """The person does not want to wait."""


@dataclass(slots=True, eq=False)
class Batch:
    """One import: its files on the disk, and how far it has come."""

    folder: Path
    id: str = field(default_factory=lambda: str(uuid4()))
    state: State = State.OPEN
    files: list[Upload] = field(default_factory=list)
    size: int = 0
    done: int = 0
    total: int = 0
    name: str = ""
    result: Imported | None = None
    sentence: str | None = None
    stopping: bool = False
    task: asyncio.Task[None] | None = None

    def shown(self) -> dict[str, object]:
        """How it stands, in plain values."""
        return {
            "id": self.id,
            "state": self.state.value,
            "files": len(self.files),
            "done": self.done,
            "total": self.total,
            "name": self.name,
            "result": self.result,
            "sentence": self.sentence,
        }

    def heard(self, step: Step) -> None:
        """How far the reading has come, after each file."""
        self.done, self.total, self.name = step
        if self.stopping:
            raise _Stop

    def grow(self, more: int) -> None:
        """So many bytes more came of its files. Raises Refusal."""
        self.size += more
        if self.size > MOST_BYTES:
            raise TOO_MUCH

    def let_go(self) -> None:
        """Leave nothing of its files."""
        for file in self.files:
            _drop(file.path)
        shutil.rmtree(self.folder, ignore_errors=True)


class Uploads:
    """The import of one person: one at a time, the last one is remembered."""

    def __init__(self) -> None:
        """None yet."""
        self.batch: Batch | None = None

    def open(self, here: Patella) -> Batch:
        """Begin to gather files. What was gathered before and never read is let go. Raises Refusal, StoreError."""
        if self.batch and self.batch.state is State.READING:
            raise BUSY
        self.clear()
        scratch.sweep(here.log.folder, older_than_s=FORGOTTEN_S)
        self.batch = Batch(scratch.make(here.log.folder))
        return self.batch

    def find(self, batch_id: str) -> Batch:
        """The import with this id. Raises Refusal."""
        if self.batch is None or self.batch.id != batch_id:
            raise NO_IMPORT
        return self.batch

    async def take(self, batch: Batch, name: str, parts: AsyncIterator[bytes]) -> None:
        """Put one more file beside the others. Raises Refusal; nothing of the file is left then."""
        self._check_room(batch)
        file = batch.folder / f"{uuid4()}"
        try:
            await self._write(batch, file, parts)
            self._check(batch)
        except BaseException as problem:  # noqa: BLE001 - whatever ends it, nothing of the file stays
            _drop(file)
            raise _refusal(problem, batch is self.batch) from None
        batch.files.append(Upload(path=file, name=name))

    def take_lying(self, batch: Batch, name: str, path: Path) -> None:
        """Take one that is there already, to be read where it lies and then let go. Raises Refusal."""
        try:
            self._check_room(batch)
            if path.stat().st_size > LARGEST_UPLOAD:
                raise too_large_file(LARGEST_UPLOAD)
        except Refusal:
            _drop(path)
            raise
        batch.files.append(Upload(path=path, name=name))

    def _check_room(self, batch: Batch) -> None:
        if batch.state is not State.OPEN:
            raise BEGUN
        if len(batch.files) >= MOST_FILES:
            raise TOO_MANY

    def _check(self, batch: Batch) -> None:
        """Raise Refusal unless it is still this import that files are gathered for."""
        if batch is not self.batch or batch.state is not State.OPEN:
            raise NO_IMPORT

    async def _write(self, batch: Batch, file: Path, parts: AsyncIterator[bytes]) -> None:
        came = 0
        try:
            with file.open("xb") as stream:
                async for part in parts:
                    came += len(part)
                    batch.grow(len(part))
                    stream.write(part)
        except BaseException:
            batch.size -= came
            raise

    def begin(self, batch: Batch, here: Patella) -> None:
        """Read what was gathered, in steps."""
        if batch.state is State.OPEN:
            batch.state = State.READING
            batch.total = len(batch.files)
            batch.task = asyncio.create_task(_read(batch, here))

    def stop(self, batch: Batch) -> None:
        """Let an import go; what was read until now is kept."""
        batch.stopping = True
        if batch.state is State.OPEN:
            batch.state = State.STOPPED
            batch.let_go()

    def clear(self) -> None:
        """Forget the last import, and leave nothing of it on the disk."""
        if self.batch:
            self.stop(self.batch)
            if self.batch.state is not State.READING:
                self.batch = None

    async def forget(self) -> None:
        """Stop what is read, wait until it has stopped, and know nothing of it any more."""
        batch, self.batch = self.batch, None
        if batch:
            self.stop(batch)
            if batch.task:
                await asyncio.wait([batch.task])


class Everybodys:
    """The imports of a server, each person's by whose diary it is."""

    def __init__(self) -> None:
        """None yet."""
        self._of: dict[int | None, Uploads] = {}

    def of(self, account_id: int | None) -> Uploads:
        """Those of an account; None on a server of one person."""
        return self._of.setdefault(account_id, Uploads())

    def clear(self) -> None:
        """Forget them all, and leave nothing of them on the disk."""
        for uploads in self._of.values():
            uploads.clear()


async def _read(batch: Batch, here: Patella) -> None:
    try:
        with here.log.patient() as log, closing(importing(replace(here, log=log), batch.files)) as steps:
            async for step in steps_of(steps):
                if isinstance(step, Imported):
                    batch.result = step
                else:
                    batch.heard(step)
        batch.state = State.DONE
    except _Stop:
        batch.state = State.STOPPED
    except StoreError as error:
        batch.sentence, batch.state = str(error).replace(here.log.name, "The diary", 1), State.FAILED
    except Exception:
        batch.sentence, batch.state = "Something in these files could not be read. What was read is kept.", State.FAILED
        raise
    finally:
        batch.let_go()


def _drop(file: Path) -> None:
    with suppress(OSError):
        file.unlink(missing_ok=True)


def _refusal(problem: BaseException, is_current: bool) -> BaseException:  # noqa: FBT001 - two words would say less
    """What is said when a file did not arrive."""
    if isinstance(problem, ClientDisconnect):
        return CUT_OFF
    if isinstance(problem, OSError):
        return NO_ROOM if is_current else NO_IMPORT
    return problem
