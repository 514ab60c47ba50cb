"""The people of a shared Patella: their database, a clock, and the one who asks."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table
from sqlalchemy.dialects import postgresql, sqlite

from patella.store.people.schema import prepare
from patella.store.postgresql import told

KEY_BYTES = 32
HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9._@+-]{1,62}[a-z0-9])")


class Role(StrEnum):
    """What somebody is here."""

    RUNNER = "runner"  # has a diary
    PHYSIOTHERAPIST = "physiotherapist"  # sees of a diary what its runner shares
    ADMINISTRATOR = "administrator"  # lets people in and out, and sees no diary


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who may come in. `id` is also whose diary it is."""

    id: int
    handle: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who may get an account: with what they sign in, what others call them, what a passkey knows them by."""

    handle: str
    name: str
    mark: bytes


class PeopleError(Exception):
    """It is not done; the message is a sentence for the person."""


class NobodyError(PeopleError):
    """There is nobody and nothing of the kind, or not for the one who asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Where the accounts are kept. `now_s`: seconds since 1970."""

    engine: Engine = field(repr=False)
    now_s: Callable[[], float] = time.time

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A connection whose changes count together, or not at all. Raises StoreError where the database cannot."""
        with told(), self.engine.begin() as connection:
            yield connection


def people_in(engine: Engine, now_s: Callable[[], float] = time.time) -> People:
    """The people of a database; their tables are made if there are none. Raises StoreError."""
    with told():
        return People(engine=prepare(engine), now_s=now_s)


def handle_of(typed: str) -> str:
    """What somebody may have meant by it; empty where nobody can sign in with anything like it."""
    handle = typed.strip().lower()
    return handle if HANDLE.fullmatch(handle) else ""


def new_key() -> str:
    """A random key of 256 bits, in letters, digits, - and _."""
    return secrets.token_urlsafe(KEY_BYTES)


def hashed(key: str | bytes) -> str:
    """What is kept of a key in place of it: its SHA-256, from which nobody gets the key back."""
    return sha256(key if isinstance(key, bytes) else key.encode("utf-8", "surrogatepass")).hexdigest()


def put_once(connection: Connection, table: Table, row: Mapping[str, object]) -> int | None:
    """Write a row, unless there is one with a key of it already: then it stays as it is. Its first key, None if not.

    Where somebody else is just writing one, this waits for what becomes of it.
    """
    first = next(iter(table.primary_key.columns))
    written: int | None = connection.scalar(_inserted(connection, table, row).on_conflict_do_nothing().returning(first))
    return written


def held_row(connection: Connection, table: Table, row: Mapping[str, object]) -> Row[*tuple[Any, ...]]:
    """The row with this key, made now if there is none; nobody else changes or deletes it until this is decided."""
    key = list(table.primary_key.columns)
    same = {column.name: column for column in key}
    held = _inserted(connection, table, row).on_conflict_do_update(index_elements=key, set_=same)
    return connection.execute(held.returning(*table.c)).one()


def _inserted(connection: Connection, table: Table, row: Mapping[str, object]) -> postgresql.Insert | sqlite.Insert:
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    return insert(table).values(row)
