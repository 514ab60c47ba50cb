"""Invitations: a link that is good once, within seven days, for a role; or the way back for who forgot a password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from patella.store.people import accounts, passwords, visits
from patella.store.people.people import Account, NobodyError, People, PeopleError, Role, hashed, new_key, put_once
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
    """A way back in for somebody who forgot their password; the key of the link. Raises NobodyError."""
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

    For a way back `handle` and `name` are not looked at; the password is new, and every other browser is signed out.
    """
    found = invited(people, key)
    handle = found.back or accounts.read_handle(handle)
    name = found.name if found.back else accounts.read_name(name)
    kept = passwords.stretched(passwords.checked(password, handle, name))
    with people.begin() as connection:
        row = _taken(connection, people, key)
        at_s = people.now_s()
        if row.account_id is not None:
            account_id = row.account_id
            connection.execute(update(account).where(account.c.id == account_id).values(password=kept))
            visits.end_all(connection, account_id)
        else:
            account_id = accounts.made(
                connection, handle=handle, name=name, role=Role(row.role), kept=kept, at_s=at_s,
            )  # fmt: skip
        if row.physiotherapist_id is not None:
            with_whom = {"runner_id": account_id, "physiotherapist_id": row.physiotherapist_id, "made_s": at_s}
            put_once(connection, offer, with_whom)
        who = accounts.account_of(connection.execute(select(account).where(account.c.id == account_id)).one())
        return who, visits.begin(connection, account_id, browser, at_s)


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
