"""Everything that is SQLite's alone: how a file is opened, what its errors mean, vacuum and backup."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from patella.store.entry import BusyError, DamagedError, StoreError

BUSY_S = 5.0

# FULL: an acknowledged entry survives a power cut, not only a crash. fullfsync: on macOS fsync alone does not reach the
# disk. secure_delete: what is erased is overwritten. temp_store: nothing of the diary is spilled into /tmp.
PRAGMAS = ("synchronous=FULL", "fullfsync=ON", "checkpoint_fullfsync=ON", "secure_delete=ON", "temp_store=MEMORY")

SENTENCES = {
    sqlite3.SQLITE_NOTADB: "{path} is not a database, so it is not a Patella diary.",
    sqlite3.SQLITE_CORRUPT: "{path} is damaged. Restore your latest backup or export.",
    sqlite3.SQLITE_BUSY: "{path} is in use by another program. Close it, then try again.",
    sqlite3.SQLITE_LOCKED: "{path} is in use by another program. Close it, then try again.",
    sqlite3.SQLITE_FULL: "Not saved: the disk is full. Make some room, then try again.",
    sqlite3.SQLITE_IOERR: "Not saved: {path} could not be read or written. Is the disk full, or was it taken out?",
    sqlite3.SQLITE_READONLY: "Not saved: {path} may only be read. Is the disk full, or the folder closed to you?",
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened. Check that it is there and who owns it.",
    sqlite3.SQLITE_PERM: "{path} cannot be opened. Check who owns it.",
}
UNWRITTEN = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL)
BESIDE = ("wal", "journal")
HELD = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
UNREADABLE = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


def numbers_for(connection: Connection, table: str, count: int) -> Sequence[int]:
    """So many numbers of a table whose rows are counted up, which are given to nobody else.

    A row that is moved to a number does not count up by itself.
    """
    known = connection.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :table"), {"table": table})
    to = {"table": table, "seq": (known or 0) + count}
    if known is None:
        connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :seq)"), to)
    else:
        connection.execute(text("UPDATE sqlite_sequence SET seq = :seq WHERE name = :table"), to)
    return range((known or 0) + 1, (known or 0) + 1 + count)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn whatever SQLite says about the file at `path` into a StoreError of one or two sentences."""
    try:
        yield
    except DBAPIError as error:
        raise _sentence(error.orig, path) from None
    except sqlite3.Error as error:
        raise _sentence(error, path) from None


def engine_at(path: Path, *, foreign_keys: bool = True, waits_s: float | None = None) -> Engine:
    """An engine on an existing file; it opens nothing yet. Raises nothing; connecting does.

    A connection with the execution option `writes` takes the write lock as its transaction begins, and waits for it:
    one that began by reading and then wants to write would be refused at once when somebody else wrote in between.
    `waits_s` is how long it waits, 5 s if left out; the option `waits_s` of a connection says so for this one time.
    """
    url = URL.create("sqlite", database=str(path))
    usual_s = BUSY_S if waits_s is None else waits_s
    engine = create_engine(url, creator=lambda: _connect_or_read(path, foreign_keys=foreign_keys, waits_s=usual_s))

    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if not options.get("writes", False):
            connection.exec_driver_sql("BEGIN")
            return
        once_s = options.get("waits_s", usual_s)
        if once_s == usual_s:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        connection.exec_driver_sql(f"PRAGMA busy_timeout={once_s * 1000:.0f}")
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={usual_s * 1000:.0f}")

    def checkin(connection: sqlite3.Connection | None, record: ConnectionPoolEntry) -> None:
        if isinstance(connection, _AsItLies):  # the next may find the disk with room again
            record.invalidate()

    event.listen(engine, "begin", begin)
    event.listen(engine, "checkin", checkin)
    return engine


def scrub(engine: Engine) -> None:
    """Rewrite the file without its free pages and empty the write-ahead log: nothing deleted can be read back."""
    with closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        raise StoreError(
            "Your entries are gone, but another program still holds old pages. Close it, then erase again."
        )


def copy_into(engine: Engine, target: Path) -> None:
    """Write a whole, consistent copy into `target`, which must be absent or empty."""
    with closing(engine.raw_connection()) as connection:
        connection.cursor().execute("VACUUM INTO ?", (str(target),))


def complaints(connection: Connection) -> list[str]:
    """What SQLite finds wrong with the pages and indexes of the file."""
    return [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check(20)") if row[0] != "ok"]


def orphans(connection: Connection) -> list[str]:
    """Rows that point to a row that is not there."""
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check")
    return [f"{row[0]} row {row[1]} belongs to no {row[2]}" for row in rows]


class _AsItLies(sqlite3.Connection):
    """A connection to a file that nobody can write: nothing is made beside it."""


def _connect_or_read(path: Path, *, foreign_keys: bool, waits_s: float) -> sqlite3.Connection:
    """A connection; where nothing can be written beside the file, one that can read what is there all the same."""
    try:
        return _connect(path, foreign_keys=foreign_keys, waits_s=waits_s)
    except sqlite3.Error as error:
        if _code(error) not in UNWRITTEN or not _is_whole(path):
            raise
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, factory=_AsItLies)


def _is_whole(path: Path) -> bool:
    """Whether all of the diary is in the file itself: a log beside it holds what came last."""
    try:
        return path.stat().st_size > 0 and not any(
            left.exists() and left.stat().st_size for left in (path.with_name(f"{path.name}-{m}") for m in BESIDE)
        )
    except OSError:
        return False


def _connect(path: Path, *, foreign_keys: bool, waits_s: float) -> sqlite3.Connection:
    # No isolation level: the driver then starts no transaction of its own, and a migration is one transaction too.
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=waits_s, isolation_level=None, check_same_thread=False
    )
    try:
        for pragma in (*PRAGMAS, f"foreign_keys={'ON' if foreign_keys else 'OFF'}"):
            connection.execute(f"PRAGMA {pragma}")
        _use_wal(connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _use_wal(connection: sqlite3.Connection) -> None:
    # The mode stays with the file. Two first openers may collide here, and SQLite does not wait by itself.
    deadline = time.monotonic() + BUSY_S
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return  # also where the file system cannot share memory and SQLite kept its older, equally durable, mode


def _code(error: BaseException | None) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _sentence(error: BaseException | None, path: Path) -> StoreError:
    sentence = SENTENCES.get(_code(error), "{path} could not be used: {error}.").format(path=path, error=error)
    if _code(error) in UNREADABLE:
        return DamagedError(sentence)
    return BusyError(sentence) if _code(error) in HELD else StoreError(sentence)
