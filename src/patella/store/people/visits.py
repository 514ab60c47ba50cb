"""Browsers that are signed in: each by a key of its own, of which only a hash is kept, and ended one by one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from patella.store.entry import StoreError
from patella.store.keys import called
from patella.store.people.people import Account, NobodyError, People, Role, hashed, new_key
from patella.store.people.tables import account, visit

IDLE_S = 30 * 86_400.0
LASTS_S = 180 * 86_400.0  # then one signs in again
SEEN_EVERY_S = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One browser that is signed in. Moments are seconds since 1970."""

    id: int
    name: str
    begun_s: float
    seen_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Who asks, and by which visit."""

    account: Account
    visit: Visit


def begin(connection: Connection, account_id: int, name: str, now_s: float) -> str:
    """A new visit; the key that its browser shows from now on. It was never anybody's before."""
    key = new_key()
    connection.execute(delete(visit).where(visit.c.account_id == account_id, _is_over(now_s)))
    row = {"hash": hashed(key), "account_id": account_id, "name": called(name), "begun_s": now_s, "seen_s": now_s}
    connection.execute(insert(visit).values(row))
    return key


def who_shows(people: People, key: str) -> Here | None:
    """Who is signed in by this key; None for nobody, and for somebody who was shut out meanwhile."""
    now_s = people.now_s()
    wanted = (
        select(visit.c.id.label("visit_id"), visit.c.name.label("browser"), visit.c.begun_s, visit.c.seen_s, account)
        .join(account, account.c.id == visit.c.account_id)
        .where(visit.c.hash == hashed(key), ~_is_over(now_s), account.c.shut_s.is_(None), account.c.closed_s.is_(None))
    )
    with people.begin() as connection:
        row = connection.execute(wanted).one_or_none()
    if row is None:
        return None
    if now_s - row.seen_s > SEEN_EVERY_S:
        with suppress(StoreError), people.begin() as connection:  # one that may only be read locks nobody out
            connection.execute(update(visit).where(visit.c.id == row.visit_id).values(seen_s=now_s))
    here = Visit(id=row.visit_id, name=row.browser, begun_s=row.begun_s, seen_s=row.seen_s)
    return Here(account=Account(id=row.id, handle=row.handle, name=row.name, role=Role(row.role)), visit=here)


def visits_of(people: People, account_id: int) -> list[Visit]:
    """The browsers that are signed in, the one that was here last first."""
    wanted = select(visit.c.id, visit.c.name, visit.c.begun_s, visit.c.seen_s)
    wanted = wanted.where(visit.c.account_id == account_id, ~_is_over(people.now_s()))
    with people.begin() as connection:
        rows = connection.execute(wanted.order_by(visit.c.seen_s.desc(), visit.c.id.desc()))
        return [Visit(id=row.id, name=row.name, begun_s=row.begun_s, seen_s=row.seen_s) for row in rows]


def end(people: People, account_id: int, visit_id: int) -> None:
    """End one visit of somebody. Raises NobodyError where they have no such one."""
    mine = (visit.c.account_id == account_id) & (visit.c.id == visit_id)
    with people.begin() as connection:
        if not connection.execute(delete(visit).where(mine)).rowcount:
            raise NobodyError("That browser is signed out already.")


def end_all(connection: Connection, account_id: int, *, but: int | None = None) -> None:
    """End every visit of somebody, but for one."""
    mine = visit.c.account_id == account_id
    connection.execute(delete(visit).where(mine if but is None else mine & (visit.c.id != but)))


def _is_over(now_s: float) -> ColumnElement[bool]:
    return (visit.c.seen_s < now_s - IDLE_S) | (visit.c.begun_s < now_s - LASTS_S)
