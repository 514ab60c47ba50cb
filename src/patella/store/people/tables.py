"""The tables of people, beside those of the diaries: no diary holds any of them, and no key of one leads to the other.

Moments are seconds since 1970. Of every key that opens something only a SHA-256 is kept. An account that is closed
keeps its number, which is given to nobody else, and the hour; nothing more.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Double, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

HEAD = 1
SCHEMA = "people"  # a namespace of their own, where the database has such

metadata = MetaData(
    schema=SCHEMA,
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    },
)

version = Table("version", metadata, Column("number", Integer, primary_key=True, autoincrement=False))


def _of(column: str, *, optional: bool = False, primary_key: bool = False) -> Column[int]:
    key = ForeignKey(f"{SCHEMA}.account.id")
    return Column(column, Integer, key, nullable=optional, primary_key=primary_key, autoincrement=False)


account = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("handle", String(64), unique=True),  # what somebody signs in with; none once it is closed
    Column("name", String(80), nullable=False),
    Column("role", String(20), nullable=False),
    Column("password", Text),  # argon2id, with its salt and its parameters
    Column("mark", LargeBinary, nullable=False, unique=True),  # what a passkey knows somebody by: random, says nothing
    Column("made_s", Double, nullable=False),
    Column("shut_s", Double),  # since when an administrator lets nobody in by it
    Column("closed_s", Double),  # since when its person is gone
    sqlite_autoincrement=True,
)

invitation = Table(
    "invitation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("name", String(80), nullable=False),
    Column("role", String(20), nullable=False),
    _of("physiotherapist_id", optional=True),  # with whom sharing will be offered
    _of("account_id", optional=True),  # whose way back in it is, instead of a new account
    _of("made_by", optional=True),  # none where it was made at the terminal
    Column("made_s", Double, nullable=False),
    sqlite_autoincrement=True,
)

visit = Table(
    "visit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    _of("account_id"),
    Column("name", String(40), nullable=False),
    Column("begun_s", Double, nullable=False),
    Column("seen_s", Double, nullable=False),
    Index(None, "account_id"),
    sqlite_autoincrement=True,
)

passkey = Table(
    "passkey",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("credential", LargeBinary, nullable=False, unique=True),
    _of("account_id"),
    Column("public_key", LargeBinary, nullable=False),
    Column("signs", Integer, nullable=False),  # how often it says that it was used; 0 where it does not count
    Column("backed_up", Boolean, nullable=False),
    Column("name", String(40), nullable=False),
    Column("made_s", Double, nullable=False),
    Column("used_s", Double),
    Index(None, "account_id"),
    sqlite_autoincrement=True,
)

# What a passkey is asked to sign, until it is answered; whose it may become, or nobody's where somebody comes in.
challenge = Table(
    "challenge",
    metadata,
    Column("hash", String(64), primary_key=True),
    _of("account_id", optional=True),
    Column("made_s", Double, nullable=False),
)

tries = Table(
    "tries",
    metadata,
    Column("subject", String(80), primary_key=True),
    Column("made", Integer, nullable=False),
    Column("last_s", Double, nullable=False),
)

sharing = Table(
    "sharing",
    metadata,
    _of("runner_id", primary_key=True),
    _of("physiotherapist_id", primary_key=True),
    Column("what", String(20), primary_key=True),
    Column("since_s", Double, nullable=False),
    Index(None, "physiotherapist_id"),
)

offer = Table(
    "offer",
    metadata,
    _of("runner_id", primary_key=True),
    _of("physiotherapist_id", primary_key=True),
    Column("made_s", Double, nullable=False),
)

# `name` is what the physiotherapist was called then: it stays true when they are gone.
look = Table(
    "look",
    metadata,
    Column("id", Integer, primary_key=True),
    _of("runner_id"),
    _of("physiotherapist_id"),
    Column("name", String(80), nullable=False),
    Column("what", String(20), nullable=False),
    Column("at_s", Double, nullable=False),
    Index(None, "runner_id", "at_s"),
    sqlite_autoincrement=True,
)
