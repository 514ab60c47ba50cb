"""Makes the tables of people in a database, once, whoever comes first; or says why it cannot be used."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, insert, inspect, select, text

from patella.store.entry import NewerError
from patella.store.people.tables import HEAD, SCHEMA, metadata, version

LOCK = 7_220_241  # any number that no other program of this database takes


def prepare(engine: Engine) -> Engine:
    """The engine for people's tables, which are there from now on. Raises NewerError.

    Where a database knows no namespaces (SQLite, in tests), they lie among the others.
    """
    engine = named(engine)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        found = _found(connection)
        if found is None:
            metadata.create_all(connection)
            connection.execute(insert(version).values(number=HEAD))
        elif found > HEAD:
            raise NewerError(
                f"The accounts were written by a newer Patella (schema {found}, this one knows {HEAD}). Update first."
            )
    return engine


def named(engine: Engine) -> Engine:
    """The same engine, that finds the tables of people where they are in its database."""
    if engine.dialect.name == "postgresql":
        return engine
    return engine.execution_options(schema_translate_map={SCHEMA: None})


def _found(connection: Connection) -> int | None:
    schema = SCHEMA if connection.dialect.name == "postgresql" else None
    if not inspect(connection).has_table(version.name, schema=schema):
        return None
    return connection.scalar(select(version.c.number))
