"""Invitations: a link that is good once, within seven days, for a role; or the way back for who cannot come in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from patella.store.people import accounts, passkeys, passwords, visits
from patella.store.people.passkeys import Made, Place
from patella.store.people.people import (
    Account,
    NobodyError,
    People,
    PeopleError,
    Person,
    Role,
    hashed,
    new_key,
    put_once,
)
from patella.store.people.tables import account, invitation, offer

LASTS_S = 7 * 86_400.0


class NoInvitationError(NobodyError):
    """The link is none: it was used, is over, or was never made."""

    def __init__(self) -> None:
        """There is one sentence for all of them."""
        super().__init__("This link was used already, or it is older than seven days. Ask for a new one.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What somebody is invited to. `physiotherapist`: with whom sharing will be offered, never begun.

    `back` is whose way back in it is, by the name that they sign in with; None where it makes a new account.
    """

    id: int
    name: str
    role: Role
    physiotherapist: str | None
    back: str | None
    until_s: float


def invite(
    people: People, *, name: str, role: Role, made_by: Account | None = None, physiotherapist: int | None = None
) -> str:
    """Invite somebody; the key of the link. `physiotherapist` is with whom sharing is offered. Raises PeopleError."""
    name = accounts.read_name(name)
    if physiotherapist is not None and role is not Role.RUNNER:
        raise PeopleError("Only a runner has a diary to share.")
    with people.begin() as connection:
        if physiotherapist is not None and not _is_physiotherapist(connection, physiotherapist):
            raise NobodyError("There is no such physiotherapist.")
        return _made(
            connection, people, name=name, role=role.value, physiotherapist_id=physiotherapist, made_by=_id(made_by)
        )


def invite_back(people: People, account_id: int, *, made_by: Account | None = None) -> str:
    """A way back in for who forgot their password or lost their passkeys; the key of the link. Raises NobodyError."""
    with people.begin() as connection:
        wanted = select(account).where(account.c.id == account_id, account.c.closed_s.is_(None))
        row = connection.execute(wanted).one_or_none()
        if row is None:
            raise NobodyError("There is no such account.")
        connection.execute(delete(invitation).where(invitation.c.account_id == account_id))
        return _made(connection, people, name=row.name, role=row.role, account_id=account_id, made_by=_id(made_by))


def invited(people: People, key: str) -> Invitation:
    """What the link with this key is good for; it stays good. Raises NoInvitationError."""
    with people.begin() as connection:
        return _read(connection, people, key)


def accept(people: People, key: str, *, handle: str, name: str, password: str, browser: str) -> tuple[Account, str]:
    """Use a link up: the account it is for, and the key of its first visit. Raises PeopleError; then it stays good.

    For a way back `handle` and `name` are not looked at; every other browser is signed out, and neither a password nor
    a passkey from before lets anybody in.
    """
    person = _person(people, key, handle, name)
    kept = passwords.stretched(passwords.checked(password, person.handle, person.name))
    with people.begin() as connection:
        account_id = _joined(connection, people, key, person, kept)
        return _come(connection, people, account_id, browser)


def begin_by_passkey(people: People, key: str, place: Place, *, handle: str, name: str) -> Mapping[str, object]:
    """What a browser is asked for to make the passkey of who comes by a link. Raises PeopleError; it stays good."""
    person = _person(people, key, handle, name)
    with people.begin() as connection:
        return passkeys.asked_to_make(connection, people, person, place)


def accept_by_passkey(
    people: People, key: str, made: Made, *, handle: str, name: str, browser: str
) -> tuple[Account, str]:
    """Use a link up with a passkey instead of a password. Raises PeopleError; then it stays good.

    The account has no password then. On a way back the same goes as in `accept`.
    """
    person = _person(people, key, handle, name)
    device = passkeys.checked(people, made)
    with people.begin() as connection:
        account_id = _joined(connection, people, key, person, None)
        passkeys.keep(connection, account_id, device, name=browser, at_s=people.now_s())
        return _come(connection, people, account_id, browser)


def _person(people: People, key: str, handle: str, name: str) -> Person:
    """Who comes by this link. Raises PeopleError."""
    with people.begin() as connection:
        found = _read(connection, people, key)
        if found.back:
            row = connection.execute(select(account).where(account.c.handle == found.back)).one()
            return Person(handle=row.handle, name=row.name, mark=row.mark)
        handle = accounts.read_handle(handle)
        accounts.see_free(connection, handle)
    # The mark is the same each time that somebody begins: a device keeps one passkey for it, and no second one.
    mark = sha256(b"mark:" + key.encode("utf-8", "surrogatepass")).digest()
    return Person(handle=handle, name=accounts.read_name(name), mark=mark)


def _joined(connection: Connection, people: People, key: str, person: Person, kept: str | None) -> int:
    """The number of the account that this link is for, new or with nothing left by which one came in before."""
    row = _taken(connection, people, key)
    at_s = people.now_s()
    if row.account_id is not None:
        account_id: int = row.account_id
        connection.execute(update(account).where(account.c.id == account_id).values(password=kept))
        passkeys.forget_all(connection, account_id)
        visits.end_all(connection, account_id)
    else:
        account_id = accounts.made(connection, person, role=Role(row.role), kept=kept, at_s=at_s)
    if row.physiotherapist_id is not None:
        with_whom = {"runner_id": account_id, "physiotherapist_id": row.physiotherapist_id, "made_s": at_s}
        put_once(connection, offer, with_whom)
    return account_id


def _come(connection: Connection, people: People, account_id: int, browser: str) -> tuple[Account, str]:
    who = accounts.account_of(connection.execute(select(account).where(account.c.id == account_id)).one())
    return who, visits.begin(connection, account_id, browser, people.now_s())


def open_invitations(people: People, *, made_by: Account | None = None) -> list[Invitation]:
    """The links that nobody has used, the newest first; those of one who made them, or all."""
    wanted = _asked().where(invitation.c.made_s > people.now_s() - LASTS_S).order_by(invitation.c.id.desc())
    if made_by is not None:
        wanted = wanted.where(invitation.c.made_by == made_by.id)
    with people.begin() as connection:
        return [_told(row) for row in connection.execute(wanted)]


def withdraw(people: People, invitation_id: int, *, made_by: Account | None = None) -> None:
    """Make a link good for nothing. Raises NobodyError."""
    mine = invitation.c.id == invitation_id
    if made_by is not None:
        mine &= invitation.c.made_by == made_by.id
    with people.begin() as connection:
        if not connection.execute(delete(invitation).where(mine)).rowcount:
            raise NobodyError("There is no such invitation; perhaps it was used.")


def _made(connection: Connection, people: People, **row: object) -> str:
    now_s = people.now_s()
    connection.execute(delete(invitation).where(invitation.c.made_s <= now_s - LASTS_S))
    key = new_key()
    connection.execute(insert(invitation).values(hash=hashed(key), made_s=now_s, **row))
    return key


_physiotherapist = account.alias("physiotherapist")
_back = account.alias("back")


def _asked() -> Select[*tuple[Any, ...]]:
    return (
        select(invitation, _physiotherapist.c.name.label("with_whom"), _back.c.handle.label("back"))
        .outerjoin(_physiotherapist, _physiotherapist.c.id == invitation.c.physiotherapist_id)
        .outerjoin(_back, _back.c.id == invitation.c.account_id)
    )


def _read(connection: Connection, people: People, key: str) -> Invitation:
    row = connection.execute(_asked().where(invitation.c.hash == hashed(key))).one_or_none()
    if row is None or row.made_s <= people.now_s() - LASTS_S:
        raise NoInvitationError
    return _told(row)


def _taken(connection: Connection, people: People, key: str) -> Row[*tuple[Any, ...]]:
    """The invitation, which is gone now: of two who use it, one hears of it. Raises NoInvitationError."""
    gone = delete(invitation).where(invitation.c.hash == hashed(key)).returning(*invitation.c)
    row = connection.execute(gone).one_or_none()
    if row is None or row.made_s <= people.now_s() - LASTS_S:
        raise NoInvitationError
    return row


def _told(row: Row[*tuple[Any, ...]]) -> Invitation:
    return Invitation(
        id=row.id, name=row.name, role=Role(row.role), physiotherapist=row.with_whom, back=row.back,
        until_s=row.made_s + LASTS_S,
    )  # fmt: skip


def _is_physiotherapist(connection: Connection, account_id: int) -> bool:
    wanted = select(account.c.id).where(
        account.c.id == account_id, account.c.role == Role.PHYSIOTHERAPIST.value, account.c.closed_s.is_(None)
    )
    return connection.scalar(wanted) is not None


def _id(who: Account | None) -> int | None:
    return None if who is None else who.id
