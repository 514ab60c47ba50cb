"""What a runner lets a physiotherapist see. The runner alone begins it and ends it; ended counts at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, select

from patella.store.people.looks import written_down
from patella.store.people.people import Account, NobodyError, People, PeopleError, Role, handle_of, put_once
from patella.store.people.tables import account, offer, sharing


class What(StrEnum):
    """A part of a diary that may be shared."""

    PLAN = "plan"  # what is to be done today, and why
    SESSIONS = "sessions"  # what was done, and how well
    PAIN = "pain"  # how the knee answered, and what was noted of it
    RUNNING = "running"
    REPORT = "report"  # the report for the practice, and the same as FHIR
    PROGRAMME = "programme"  # sets a programme: the only one that is not only looked at


class NotSharedError(NobodyError):
    """It is not shared with the one who asks, or there is nobody of that number: which of them is not said."""

    def __init__(self) -> None:
        """There is one sentence for both."""
        super().__init__("This is not shared with you now. Sharing begins and ends with the runner.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What one runner shares with one physiotherapist; nothing yet, where sharing was only offered."""

    with_whom: Account
    what: frozenset[What]
    since_s: float  # since when the first of it; the offer, while it is one


def seen_by(people: People, who: Account, runner_id: int, what: What) -> Account:
    """The runner whose diary `who` may look at, now that the look is written down for the runner to see.

    With `all_seen` the only door of a physiotherapist to a diary. Raises NobodyError for whatever is not shared with
    them now: it reads the same for a stranger's diary as for one that is not there.
    """
    with people.begin() as connection:
        for runner, part in _let_in(connection, who, sharing.c.runner_id == runner_id, sharing.c.what == what.value):
            written_down(connection, who, [(runner.id, part)], people.now_s())
            return runner
    raise NotSharedError


@contextmanager
def still_shared(people: People, who: Account, runner_id: int, what: What) -> Iterator[None]:
    """For whoever writes into a diary: what is shared stays so until the block ends, and ending it waits for that.

    Raises NotSharedError. It is no look, and writes none down.
    """
    with people.begin() as connection:
        if not _let_in(connection, who, sharing.c.runner_id == runner_id, sharing.c.what == what.value):
            raise NotSharedError
        yield


def all_seen(
    people: People, who: Account, parts: Collection[What], *, runner_id: int | None = None
) -> dict[Account, frozenset[What]]:
    """Everybody who shares one of these parts with `who`, or one runner alone, and which; by name.

    Each look is written down for the runner to see, all of them at once.
    """
    whose = [] if runner_id is None else [sharing.c.runner_id == runner_id]
    found: dict[Account, set[What]] = {}
    with people.begin() as connection:
        shown = _let_in(connection, who, sharing.c.what.in_([p.value for p in parts]), *whose)
        for runner, part in shown:
            found.setdefault(runner, set()).add(part)
        written_down(connection, who, [(runner.id, part) for runner, part in shown], people.now_s())
    return {runner: frozenset(what) for runner, what in found.items()}


def _let_in(connection: Connection, who: Account, *only: ColumnElement[bool]) -> list[tuple[Account, What]]:
    """What is shared with a physiotherapist now, by the runner's name.

    The rows are held until the look is written: what is ended meanwhile is ended before or after it, not between.
    """
    if who.role is not Role.PHYSIOTHERAPIST:
        return []
    wanted = (
        select(account.c.id, account.c.handle, account.c.name, account.c.role, sharing.c.what)
        .join(sharing, sharing.c.runner_id == account.c.id)
        .where(sharing.c.physiotherapist_id == who.id, account.c.shut_s.is_(None), account.c.closed_s.is_(None), *only)
        .order_by(account.c.name, account.c.id)
        .with_for_update(read=True, of=sharing)
    )
    return [(_account(row), What(row.what)) for row in connection.execute(wanted)]


def shared_with(people: People, who: Account) -> dict[Account, frozenset[What]]:
    """The runners who share something with a physiotherapist, and what; by name. It tells nothing of their diaries."""
    wanted = (
        select(account.c.id, account.c.handle, account.c.name, account.c.role, sharing.c.what)
        .join(sharing, sharing.c.runner_id == account.c.id)
        .where(sharing.c.physiotherapist_id == who.id, account.c.shut_s.is_(None), account.c.closed_s.is_(None))
        .order_by(account.c.name, account.c.id)
    )
    found: dict[Account, set[What]] = {}
    with people.begin() as connection:
        for row in connection.execute(wanted):
            runner = Account(id=row.id, handle=row.handle, name=row.name, role=Role(row.role))
            found.setdefault(runner, set()).add(What(row.what))
    return {runner: frozenset(what) for runner, what in found.items()}


def shared_by(people: People, runner: Account) -> list[Shared]:
    """What a runner shares and with whom, and who was offered to them."""
    asked = (account.c.id, account.c.handle, account.c.name, account.c.role)
    shares = select(*asked, sharing.c.what, sharing.c.since_s).join(
        sharing, sharing.c.physiotherapist_id == account.c.id
    )
    offers = select(*asked, offer.c.made_s).join(offer, offer.c.physiotherapist_id == account.c.id)
    found: dict[int, Shared] = {}
    with people.begin() as connection:
        for offered in connection.execute(offers.where(offer.c.runner_id == runner.id)):
            found[offered.id] = Shared(with_whom=_account(offered), what=frozenset(), since_s=offered.made_s)
        for row in connection.execute(shares.where(sharing.c.runner_id == runner.id)):
            before = found.get(row.id)
            what, since_s = (before.what, min(before.since_s, row.since_s)) if before else (frozenset(), row.since_s)
            found[row.id] = Shared(with_whom=_account(row), what=what | {What(row.what)}, since_s=since_s)
    return sorted(found.values(), key=lambda s: (s.with_whom.name, s.with_whom.id))


def share(people: People, runner: Account, physiotherapist: str, what: Collection[What]) -> None:
    """Share exactly this with the physiotherapist of a handle from now on; nothing ends it. Raises PeopleError."""
    if runner.role is not Role.RUNNER:
        raise PeopleError("Only a runner has a diary to share.")
    with people.begin() as connection:
        other = _physiotherapist(connection, physiotherapist)
        pair = (sharing.c.runner_id == runner.id) & (sharing.c.physiotherapist_id == other)
        before = {What(w) for w in connection.scalars(select(sharing.c.what).where(pair).with_for_update())}
        gone = before - set(what)
        connection.execute(delete(sharing).where(pair, sharing.c.what.in_([w.value for w in gone])))
        row = {"runner_id": runner.id, "physiotherapist_id": other, "since_s": people.now_s()}
        for added in sorted(set(what) - before):
            put_once(connection, sharing, {**row, "what": added.value})
        connection.execute(delete(offer).where(offer.c.runner_id == runner.id, offer.c.physiotherapist_id == other))


def ended_with(connection: Connection, account_id: int) -> None:
    """Nothing is shared by this account or with it any more."""
    for table in (sharing, offer):
        mine = (table.c.runner_id == account_id) | (table.c.physiotherapist_id == account_id)
        connection.execute(delete(table).where(mine))


def _physiotherapist(connection: Connection, handle: str) -> int:
    found: int | None = connection.scalar(
        select(account.c.id).where(
            account.c.handle == handle_of(handle),
            account.c.role == Role.PHYSIOTHERAPIST.value,
            account.c.closed_s.is_(None),
        )
    )
    if found is None:
        raise NobodyError("There is no physiotherapist of that name here. Ask them what they sign in with.")
    return found


def _account(row: Row[*tuple[Any, ...]]) -> Account:
    return Account(id=row.id, handle=row.handle or "", name=row.name, role=Role(row.role))
