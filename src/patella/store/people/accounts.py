"""Accounts: signing in with a password, changing what is one's own, and what an administrator may do."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, or_, select, update

from patella.store.people import passwords, tries, visits
from patella.store.people.people import Account, NobodyError, People, PeopleError, Person, Role, handle_of, put_once
from patella.store.people.sharing import ended_with
from patella.store.people.tables import account, challenge, invitation, look, passkey

LONGEST_NAME = 80
MARK_BYTES = 32


class WrongPasswordError(PeopleError):
    """It is not the password of this account, or there is no such account: which of them is not said."""

    def __init__(self) -> None:
        """There is one sentence for all of them."""
        super().__init__("That name and that password do not belong together.")


class TakenError(PeopleError):
    """Somebody signs in with that name."""

    def __init__(self) -> None:
        """There is one sentence for it."""
        super().__init__("Somebody signs in with that already. Choose another.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An account as an administrator sees it: nothing of a diary."""

    account: Account
    made_s: float
    is_shut: bool


def read_handle(typed: str) -> str:
    """What somebody signs in with, in the one way it is kept. Raises PeopleError with a sentence."""
    handle = handle_of(typed)
    if not handle:
        raise PeopleError(
            "A sign-in name has 3 to 64 letters, digits, or . _ - + @ in between: a short name, or your e-mail address."
        )
    return handle


def read_name(typed: str) -> str:
    """What somebody is called, in one line. Raises PeopleError."""
    name = " ".join("".join(c if c.isprintable() else " " for c in typed).split())[:LONGEST_NAME].strip()
    if not name:
        raise PeopleError("Type a name, so that others know who it is.")
    return name


def see_free(connection: Connection, handle: str) -> None:
    """Raise TakenError where somebody signs in with that already."""
    if connection.scalar(select(account.c.id).where(account.c.handle == handle)) is not None:
        raise TakenError


def made(connection: Connection, person: Person, *, role: Role, kept: str | None, at_s: float) -> int:
    """A new account; its number. Raises TakenError.

    `kept` is what is kept of its password, None for somebody who comes by a passkey alone.
    """
    row = {
        "handle": person.handle, "name": person.name, "mark": person.mark,
        "role": role.value, "password": kept, "made_s": at_s,
    }  # fmt: skip
    made_id = put_once(connection, account, row)
    if made_id is None:
        raise TakenError
    return made_id


def sign_in(people: People, handle: str, password: str, *, address: str, browser: str) -> tuple[Account, str]:
    """Who it is, and the key of a new visit. It takes as long for whoever there is not.

    Raises WrongPasswordError, or TooManyTriesError without having looked.
    """
    typed = handle.strip().lower()
    tries.take(people, handle=typed, address=address)
    with people.begin() as connection:
        row = _open_row(connection, account.c.handle == handle_of(typed))
    if not passwords.fits(password, None if row is None else row.password) or row is None:
        raise WrongPasswordError
    tries.forgive(people, handle=typed, address=address)
    renewed = passwords.stretched(password) if passwords.is_outdated(row.password) else row.password
    with people.begin() as connection:
        # Only as long as it is still what was compared with: a password that was changed meanwhile lets nobody in.
        mine = (account.c.id == row.id) & (account.c.password == row.password)
        if not connection.execute(update(account).where(mine).values(password=renewed)).rowcount:
            raise WrongPasswordError
        return account_of(row), visits.begin(connection, row.id, browser, people.now_s())


def confirm(people: People, who: Account, password: str, *, address: str) -> None:
    """See that it is still the same person. Raises WrongPasswordError, or TooManyTriesError."""
    tries.take(people, handle=who.handle, address=address)
    with people.begin() as connection:
        kept = connection.scalar(select(account.c.password).where(account.c.id == who.id))
    if not passwords.fits(password, kept):
        raise WrongPasswordError
    tries.forgive(people, handle=who.handle, address=address)


def has_password(people: People, who: Account) -> bool:
    """Whether somebody can come in by a password; else it is by passkeys alone."""
    with people.begin() as connection:
        return connection.scalar(select(account.c.password).where(account.c.id == who.id)) is not None


def rename(people: People, who: Account, name: str) -> Account:
    """Call somebody by another name. Raises PeopleError."""
    name = read_name(name)
    with people.begin() as connection:
        connection.execute(update(account).where(account.c.id == who.id).values(name=name))
    return Account(id=who.id, handle=who.handle, name=name, role=who.role)


def change_password(people: People, who: Account, password: str, *, browser: str) -> str:
    """Another password from now on: every browser is signed out; the key of a new visit for this one.

    Raises PeopleError for one that is not accepted.
    """
    kept = passwords.stretched(passwords.checked(password, who.handle, who.name))
    with people.begin() as connection:
        connection.execute(update(account).where(account.c.id == who.id).values(password=kept))
        connection.execute(delete(invitation).where(invitation.c.account_id == who.id))
        visits.end_all(connection, who.id)
        return visits.begin(connection, who.id, browser, people.now_s())


def close(people: People, who: Account) -> None:
    """Close an account for good: nothing of its person is left but its number. Raises PeopleError.

    Their diary is not here; whoever calls this has erased it before. What they looked at as a physiotherapist stays
    written down for the runners.
    """
    with people.begin() as connection:
        _keep_one_administrator(connection, who.id)
        visits.end_all(connection, who.id)
        ended_with(connection, who.id)
        _withdraw_all(connection, who.id)
        for table in (passkey, challenge):
            connection.execute(delete(table).where(table.c.account_id == who.id))
        connection.execute(delete(look).where(look.c.runner_id == who.id))
        now_s = people.now_s()
        unknown = {"mark": secrets.token_bytes(MARK_BYTES), "made_s": now_s}  # what a passkey in their hand would say
        gone = {"handle": None, "name": "", "password": None, "closed_s": now_s, **unknown}
        connection.execute(update(account).where(account.c.id == who.id).values(gone))


def is_open(connection: Connection, account_id: int) -> bool:
    """Whether this account is not closed, as it stands at this moment; one that is shut for a while is open."""
    mine = select(account.c.id).where(account.c.id == account_id, account.c.closed_s.is_(None))
    return connection.scalar(mine) is not None


def see_closable(people: People, who: Account) -> None:
    """Raise PeopleError if this account cannot be closed now."""
    with people.begin() as connection:
        _keep_one_administrator(connection, who.id)


def listed(people: People) -> list[Listed]:
    """Everybody who has an account, by name."""
    wanted = select(account).where(account.c.closed_s.is_(None)).order_by(func.lower(account.c.name), account.c.id)
    with people.begin() as connection:
        rows = connection.execute(wanted).all()
    return [Listed(account=account_of(r), made_s=r.made_s, is_shut=r.shut_s is not None) for r in rows]


def shut(people: People, account_id: int) -> None:
    """Let nobody in by this account until it is opened again, nor by its links; its diary stays. Raises PeopleError."""
    with people.begin() as connection:
        _known(connection, account_id)
        _keep_one_administrator(connection, account_id)
        visits.end_all(connection, account_id)
        _withdraw_all(connection, account_id)
        mine = (account.c.id == account_id) & account.c.shut_s.is_(None)
        connection.execute(update(account).where(mine).values(shut_s=people.now_s()))


def reopen(people: People, account_id: int) -> None:
    """Let somebody in again. Raises NobodyError."""
    with people.begin() as connection:
        _known(connection, account_id)
        connection.execute(update(account).where(account.c.id == account_id).values(shut_s=None))


def sign_out(people: People, account_id: int) -> None:
    """Sign somebody out everywhere. Raises NobodyError."""
    with people.begin() as connection:
        _known(connection, account_id)
        visits.end_all(connection, account_id)


def change_role(people: People, account_id: int, role: Role) -> None:
    """Make somebody something else: they sign in anew, and what was shared by or with them ends. Raises PeopleError."""
    with people.begin() as connection:
        if _known(connection, account_id).role is role:
            return
        _keep_one_administrator(connection, account_id)
        visits.end_all(connection, account_id)
        ended_with(connection, account_id)
        _withdraw_all(connection, account_id)
        connection.execute(update(account).where(account.c.id == account_id).values(role=role.value))


def account_of(row: Row[*tuple[Any, ...]]) -> Account:
    """An account as its row says it."""
    return Account(id=row.id, handle=row.handle, name=row.name, role=Role(row.role))


def _open_row(connection: Connection, condition: ColumnElement[bool]) -> Row[*tuple[Any, ...]] | None:
    wanted = select(account).where(condition, account.c.shut_s.is_(None), account.c.closed_s.is_(None))
    return connection.execute(wanted).one_or_none()


def _known(connection: Connection, account_id: int) -> Account:
    wanted = select(account).where(account.c.id == account_id, account.c.closed_s.is_(None))
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise NobodyError("There is no such account.")
    return account_of(row)


def _withdraw_all(connection: Connection, account_id: int) -> None:
    """No link is good any more that this account made, that leads back into it, or that offers sharing with it."""
    columns = (invitation.c.made_by, invitation.c.account_id, invitation.c.physiotherapist_id)
    connection.execute(delete(invitation).where(or_(*(column == account_id for column in columns))))


def _keep_one_administrator(connection: Connection, account_id: int) -> None:
    """Raise PeopleError if nobody would be left who lets people in."""
    wanted = select(account.c.id).where(
        account.c.role == Role.ADMINISTRATOR.value, account.c.shut_s.is_(None), account.c.closed_s.is_(None)
    )
    left = set(connection.scalars(wanted.with_for_update()))
    if left == {account_id}:
        raise PeopleError("There has to be an administrator. Make somebody else one first.")
