"""The tables, said once. A change here needs a migration beside it and a new HEAD; a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

HEAD = "0003"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Every row belongs to a person: one in a file, many on a server.
person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("made_at", Text, nullable=False),
    sqlite_autoincrement=True,
)

# `seq` is the order of writing and is never given twice, not even after an erase. `at` keeps its own offset: text.
entry = Table(
    "entry",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("id", String(200), nullable=False),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("session_id", String(200)),
    Column("kind", String(200), nullable=False),
    Column("day", Date, nullable=False),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "person_id", "kind", "day"),
    Index(None, "person_id", "kind", "seq"),
    Index(None, "person_id", "day"),
    Index(None, "person_id", "seq"),
    Index(None, "person_id", "session_id"),
    # Where many live, two may hold the same entry: a diary that moved, a run that a whole club has the file of.
    UniqueConstraint("id").ddl_if(dialect="sqlite"),
    UniqueConstraint("person_id", "id").ddl_if(dialect="postgresql"),
    sqlite_autoincrement=True,
)

# Derived from entries before `day`, rebuildable at any time.
memo = Table(
    "memo",
    metadata,
    Column("person_id", Integer, ForeignKey("person.id"), primary_key=True),
    Column("name", String(200), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("body", Text, nullable=False),
)

# Derived from entries from `since` to ahead of `day` alone: an older or a younger entry changes nothing of it.
span = Table(
    "span",
    metadata,
    Column("person_id", Integer, ForeignKey("person.id"), primary_key=True),
    Column("name", String(200), primary_key=True),
    Column("since", Date, nullable=False),
    Column("day", Date, nullable=False),
    Column("body", Text, nullable=False),
)

# The name and the shape are those of the migration tool, so that it finds its own table in a database made without it.
alembic_version = Table("alembic_version", metadata, Column("version_num", String(32), primary_key=True, key="version"))
alembic_version.primary_key.name = "alembic_version_pkc"
