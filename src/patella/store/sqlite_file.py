"""A diary in a SQLite file of its own: the database of one person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine

from patella.store import schema, sqlite
from patella.store.entry import StoreError
from patella.store.private import DIARY, close_to_others
from patella.store.tables import HEAD
from patella.store.whole_file import identity, private_file


class SqliteFile:
    """The file `patella.db` in a folder (`database.Database`)."""

    def __init__(self, engine: Engine, path: Path, known: tuple[int, int] | None = None) -> None:
        """Use `SqliteFile.open`; `known` is the file that is meant, the one at the path if left out."""
        self.engine = engine
        self.path = path
        self._identity = known or identity(path)

    @classmethod
    def open(cls, folder: Path, *, waits_s: float | None = None) -> Self:
        """Open `folder/patella.db`, as `Log.open` says it."""
        path = private_file(folder, DIARY)
        close_to_others(folder)
        engine = sqlite.engine_at(path, waits_s=waits_s)
        try:
            with sqlite.told(path):
                schema.prepare(engine, path)
        except StoreError:
            engine.dispose()
            raise
        return cls(engine, path)

    @property
    def name(self) -> str:
        """Its path."""
        return str(self.path)

    @property
    def folder(self) -> Path:
        """The one it lies in."""
        return self.path.parent

    @contextmanager
    def transaction(self, *, writes: bool = False, waits_s: float | None = None) -> Iterator[Connection]:
        """A transaction (`Database.transaction`)."""
        self._check_place()
        options = {} if waits_s is None else {"waits_s": waits_s}
        with (
            sqlite.told(self.path),
            self.engine.connect().execution_options(writes=writes, **options) as connection,
            connection.begin(),
        ):
            yield connection
        if writes:
            self._check_place()

    @contextmanager
    def at_once(self) -> Iterator[Self]:
        """Itself: the file is near (`Database.at_once`)."""
        yield self

    def numbers(self, connection: Connection, table: str, count: int) -> Sequence[int]:
        """Rising numbers (`Database.numbers`)."""
        return sqlite.numbers_for(connection, table, count)

    def check(self) -> list[str]:
        """What is wrong with the file, a sentence each; empty when all is well."""
        try:
            with self.transaction() as connection:
                version = schema.found(connection, self.path)
                wrong = sqlite.complaints(connection) + sqlite.orphans(connection)
        except StoreError as error:
            return [str(error)]
        if version != HEAD:
            wrong.append(f"the schema is {version or 'missing'} and should be {HEAD}")
        return [f"{self.path}: {sentence}." for sentence in wrong]

    def scrub(self) -> None:
        """Overwrite what was deleted. Raises StoreError if another process keeps the old pages in use."""
        with sqlite.told(self.path):
            sqlite.scrub(self.engine)

    def copy(self, target: Path) -> None:
        """Write a whole copy into `target`: as a folder's `patella.db` it opens."""
        with sqlite.told(target):
            sqlite.copy_into(self.engine, target)

    def patient(self) -> Self:
        """The same file opened once more."""
        # Where another was put in its place meanwhile, that is not it.
        return type(self)(sqlite.engine_at(self.path), self.path, self._identity)

    def close(self) -> None:
        """Let go of the file. The last one to close leaves `patella.db` alone in the folder."""
        self.engine.dispose()

    def _check_place(self) -> None:
        """Raise StoreError unless what is open is still what lies at its path.

        A file that was moved or removed can be written for as long as it is open, and nobody ever sees it again.
        """
        if identity(self.path) != self._identity:
            raise StoreError(
                f"Not saved: {self.path} was moved, removed or replaced while Patella was running. "
                "Put it back where it was, or start Patella again."
            )
