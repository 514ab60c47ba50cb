"""A diary on a PostgreSQL server, where many people have theirs: each by the number of an account."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    ScalarSelect,
    Table,
    create_engine,
    delete,
    insert,
    make_url,
    select,
    text,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from patella.store import schema
from patella.store.entry import BusyError, DamagedError, ErasedError, StoreError
from patella.store.log import Log
from patella.store.rows import person_made
from patella.store.tables import HEAD, alembic_version, metadata, person

DRIVER = "postgresql+psycopg"
NAME = "The database"
WAITS_S = 5.0
LOCK = 7_065_746  # one of two halves of a lock's number: ours among those of other programs in the same database
MAKING, WRITING = LOCK, LOCK + 1
# The first two are as usual: nobody may have turned them down for an acknowledged entry. What hangs is ended.
OPTIONS = {
    "synchronous_commit": "on",
    "timezone": "UTC",
    "statement_timeout": "30000",
    "idle_in_transaction_session_timeout": "60000",
}
# Whose machine is gone says no more, not even that: the line to it is given up in half a minute, and not in hours.
LINE = {
    "connect_timeout": 5, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}  # fmt: skip
NOT_READ = "The diary cannot be reached just now: the database does not answer. Try again in a moment."
SENTENCES = {
    "55P03": "The diary is being written from elsewhere. Try again in a moment.",
    "53100": "Not saved: the disk is full. Make some room, then try again.",
    "25006": "Not saved: the database may only be read just now.",
    "57014": "Not saved: that took too long. Try again in a moment.",
    "42501": "The database may not be used like that: its user lacks the right to.",
    "28P01": "The database does not let Patella in: the user or the password is wrong.",
    "28000": "The database does not let Patella in: the user or the password is wrong.",
    "3D000": "There is no such database. Make it, then start again.",
}
BUSY = "55P03"
NOT_POSTGRESQL = "is no address of a PostgreSQL database. It is like postgresql://patella@localhost/patella."

# Whose diary a person's entries are. An erase ends the person, and the next entry makes another, as in a file.
shared = MetaData(naming_convention=metadata.naming_convention)
diary = Table(
    "diary",
    shared,
    Column("account_id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", Integer, ForeignKey(person.c.id), nullable=False, unique=True),
)


MayBegin = Callable[[Connection, int], bool]


def whoever_comes(connection: Connection, account_id: int) -> bool:  # noqa: ARG001 - that of a store alone
    """Every account may begin a diary."""
    return True


class OfAccount:
    """Whose the entries of one account are (`rows.Whose`)."""

    def __init__(self, account_id: int, may_begin: MayBegin) -> None:
        """Of this account; `may_begin` as `SharedStore` has it."""
        self.account_id = account_id
        self._may_begin = may_begin

    def now(self) -> ScalarSelect[int | None]:
        """Its person."""
        return select(diary.c.person_id).where(diary.c.account_id == self.account_id).scalar_subquery()

    def made(self, connection: Connection, at: str) -> int:
        """A new person of it. Raises ErasedError where the account was closed: what was erased for good stays so."""
        if not self._may_begin(connection, self.account_id):
            raise ErasedError("This account was closed meanwhile, so nothing more was written.")
        made = person_made(connection, at)
        connection.execute(insert(diary).values(account_id=self.account_id, person_id=made))
        return made

    def gone(self, connection: Connection, owner: int) -> None:
        """It has nobody."""
        connection.execute(delete(diary).where(diary.c.account_id == self.account_id))
        connection.execute(delete(person).where(person.c.id == owner))


class OnServer:
    """The database of one account (`database.Database`): writing waits for others who write for the same account."""

    def __init__(self, engine: Engine, account_id: int, folder: Path, *, waits_s: float = WAITS_S) -> None:
        """`folder` holds the files that belong to this diary."""
        self.engine = engine
        self.account_id = account_id
        self._folder = folder
        self._waits_s = waits_s

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return "The diary"

    @property
    def folder(self) -> Path:
        """For its files, for the server's user alone; made when it is first asked for. Raises StoreError."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"Beside the diary nothing can be written: {error.strerror}.") from None
        return self._folder

    @contextmanager
    def transaction(self, *, writes: bool = False, waits_s: float | None = None) -> Iterator[Connection]:
        """A transaction (`Database.transaction`)."""
        with told(), self.engine.begin() as connection:
            if writes:
                self._wait_for_turn(connection, self._waits_s if waits_s is None else waits_s)
            yield connection

    @contextmanager
    def at_once(self) -> Iterator[OnServer]:
        """The same, asking all in one transaction (`Database.at_once`); what is written has another, of its own."""
        with self.transaction() as connection:
            yield _AtOnce(self, connection)

    def numbers(self, connection: Connection, table: str, count: int) -> Sequence[int]:
        """Rising numbers (`Database.numbers`); others may be given some in between."""
        asked = text("SELECT nextval(pg_get_serial_sequence(:table, 'seq')) FROM generate_series(1, :count)")
        return sorted(connection.scalars(asked, {"table": table, "count": count}))

    def check(self) -> list[str]:
        """What is wrong with the database, a sentence each."""
        try:
            with self.transaction() as connection:
                version = schema.found(connection, NAME)
                kept = connection.scalar(text("SHOW fsync")) == "on"
        except StoreError as error:
            return [str(error)]
        wrong = [] if version == HEAD else [f"{NAME}: the schema is {version or 'missing'} and should be {HEAD}."]
        return wrong if kept else [*wrong, f"{NAME} does not wait for its disk: a power cut loses what was saved."]

    def scrub(self) -> None:
        """The server overwrites what was deleted in its own time: vacuum."""

    def copy(self, target: Path) -> None:
        """One diary alone is exported; all of them are backed up by the server's own tools. Raises StoreError."""
        raise StoreError(f"{target} was not written: pg_dump makes backups of a database on a server.")

    def patient(self) -> Self:
        """The same, which waits as long as is usual."""
        return type(self)(self.engine, self.account_id, self._folder)

    def close(self) -> None:
        """Others still use its connections."""

    def _wait_for_turn(self, connection: Connection, waits_s: float) -> None:
        """One writer at a time for each account, so that its numbers are in the order of writing."""
        key = {"ours": WRITING, "account": self.account_id}
        if waits_s <= 0:
            if not connection.scalar(text("SELECT pg_try_advisory_xact_lock(:ours, :account)"), key):
                raise BusyError(SENTENCES[BUSY])
            return
        connection.execute(text(f"SET LOCAL lock_timeout = {max(1, round(waits_s * 1000))}"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:ours, :account)"), key)


class _AtOnce(OnServer):
    """A database whose questions have one transaction."""

    def __init__(self, of: OnServer, connection: Connection) -> None:
        super().__init__(of.engine, of.account_id, of._folder, waits_s=of._waits_s)  # noqa: SLF001 - of its own kind
        self._connection = connection

    @contextmanager
    def transaction(self, *, writes: bool = False, waits_s: float | None = None) -> Iterator[Connection]:
        if writes:
            with super().transaction(writes=True, waits_s=waits_s) as connection:
                yield connection
            return
        with told():
            yield self._connection


class SharedStore:
    """Every diary of a server; open once in each process."""

    def __init__(self, engine: Engine, folder: Path, *, may_begin: MayBegin = whoever_comes) -> None:
        """Use `SharedStore.open`. `may_begin` says of an account whether an empty diary of it may be written into."""
        self.engine = engine
        self.folder = folder
        self._may_begin = may_begin

    @classmethod
    def open(cls, address: str, folder: Path, *, connections: int = 8) -> Self:
        """Open the database at `address` (postgresql://user:password@host/name); make or migrate what it needs.

        `folder` is where the files lie that belong to diaries; at most so many `connections` are open at a time.

        Raises StoreError: the address is none, the database cannot be reached, or is another program's or newer.
        """
        engine = engine_at(address, connections=connections)
        store = cls(engine, folder)
        try:
            store.prepare()
        except StoreError:
            engine.dispose()
            raise
        return store

    def prepare(self) -> None:
        """Bring the schema up to date; of several that start at once one does it. Raises StoreError."""
        with told(), self.engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:ours, 0)"), {"ours": MAKING})
            version = schema.found(connection, NAME)
            if version == schema.FRESH:
                metadata.create_all(connection)
                shared.create_all(connection)
                connection.execute(insert(alembic_version).values(version=HEAD))
            elif version != HEAD:
                from patella.store import migrations

                migrations.upgrade(connection, HEAD)

    def log_of(self, account_id: int, *, waits_s: float = WAITS_S) -> Log:
        """The diary of an account; it is empty until something is written."""
        folder = self.folder / str(account_id)
        return Log(OnServer(self.engine, account_id, folder, waits_s=waits_s), OfAccount(account_id, self._may_begin))

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def engine_at(address: str, *, connections: int) -> Engine:
    """An engine on a PostgreSQL database; it opens nothing yet. Raises StoreError where the address is none."""
    try:
        url = make_url(address)
        if url.get_backend_name() != "postgresql" or not url.database:
            raise StoreError(f"That {NOT_POSTGRESQL}")
        return create_engine(
            url.set(drivername=DRIVER),
            pool_size=connections,
            max_overflow=0,
            pool_pre_ping=True,  # after a restart of the server the next question finds a way again
            pool_timeout=WAITS_S,
            hide_parameters=True,  # what is told of a fault is told without the data
            connect_args={"options": " ".join(f"-c {k}={v}" for k, v in OPTIONS.items()), **LINE},
        )
    except (ArgumentError, NoSuchModuleError):
        raise StoreError(f"That {NOT_POSTGRESQL}") from None
    except ModuleNotFoundError:
        raise StoreError(
            "A shared Patella needs a driver for PostgreSQL that is not installed: install this package with its "
            "extra `shared`."
        ) from None


@contextmanager
def told() -> Iterator[None]:
    """Turn whatever the database says into a StoreError of one or two sentences; nothing of what was asked is told."""
    try:
        yield
    except DBAPIError as error:
        raise _sentence(error) from None
    except NoConnectionError:
        raise StoreError(NOT_READ) from None


def _sentence(error: DBAPIError) -> StoreError:
    state = str(getattr(error.orig, "sqlstate", None) or "")
    if state == BUSY:
        return BusyError(SENTENCES[BUSY])
    if state in SENTENCES:
        return StoreError(SENTENCES[state])
    if not state or state[:2] in ("08", "53", "57"):  # the connection, what it runs out of, who stops it
        return StoreError(NOT_READ)
    if state[:2] in ("XX", "58"):
        return DamagedError("The database is damaged. Restore the latest backup.")
    return StoreError(f"The diary could not be used: the database said {state}.")
