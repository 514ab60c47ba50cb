"""Brings a database to the present schema: makes it, migrates it, or says why it cannot be used."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, inspect, select

from patella.store import sqlite
from patella.store.entry import DamagedError, NewerError, StoreError
from patella.store.tables import HEAD, alembic_version, metadata

FRESH = ""


def prepare(engine: Engine, path: Path) -> None:
    """Make sure that the file at `path` has the present schema. Raises StoreError if it cannot have it."""
    with engine.connect() as connection:
        version = found(connection, path)
    if version == HEAD:
        return
    # Keys are off while tables are rebuilt (SQLite's own advice for changing a schema), and checked before it counts.
    changing = sqlite.engine_at(path, foreign_keys=False)
    try:
        with changing.connect().execution_options(writes=True) as connection, connection.begin():
            _bring_up(connection, path)
    finally:
        changing.dispose()


def is_older(path: Path) -> bool:
    """Whether the diary at `path` has to be migrated before it is opened. What else is wrong is said by `prepare`."""
    if not path.exists() or not path.stat().st_size:
        return False
    engine = sqlite.engine_at(path)
    try:
        with suppress(StoreError), sqlite.told(path), engine.connect() as connection:
            return found(connection, path) not in (FRESH, HEAD)
    finally:
        engine.dispose()
    return False


def found(connection: Connection, name: object) -> str:
    """The version of the schema, FRESH for an empty database. Raises StoreError for a newer one or a stranger's."""
    names = set(inspect(connection).get_table_names())
    if not names - {alembic_version.name}:
        return FRESH
    version = ""
    if {alembic_version.name, "person", "entry"} <= names:
        version = connection.scalar(select(alembic_version.c.version)) or ""
    if not version.isdigit():
        raise DamagedError(f"{name} is a database, but of another program: it is not a Patella diary.")
    if int(version) > int(HEAD):
        raise NewerError(
            f"{name} was written by a newer Patella (schema {version}, this one knows {HEAD}). Update, then open it."
        )
    return version


def _bring_up(connection: Connection, path: Path) -> None:
    version = found(connection, path)  # again, now with the lock: another process may have been quicker
    if version == FRESH:
        metadata.create_all(connection)
        connection.execute(insert(alembic_version).values(version=HEAD))
    elif version != HEAD:
        from patella.store import migrations  # half a second that only a migration pays

        migrations.upgrade(connection, HEAD)
        if sqlite.orphans(connection):
            raise StoreError(f"{path} could not be brought up to date: rows belong to nobody. It is as it was.")
