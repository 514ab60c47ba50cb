"""Passkeys: a key pair that a device or a password manager keeps, of which only the public half is here (WebAuthn)."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from binascii import Error as NoBase64Error
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import webauthn
from sqlalchemy import Connection, Row, delete, insert, select, update
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from patella.store.keys import called
from patella.store.people import accounts, visits
from patella.store.people.people import Account, NobodyError, People, PeopleError, Person, hashed, put_once
from patella.store.people.tables import account, challenge, passkey

LASTS_S = 300.0
MOST = 20  # of one account
ODD = (WebAuthnException, ValueError, TypeError, KeyError)


class BadPasskeyError(PeopleError):
    """What a passkey said does not hold; why is not said."""

    def __init__(self) -> None:
        """There is one sentence for all of it."""
        super().__init__("That passkey was not accepted. Try again, or use your password if you have one.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where people sign in: the origin in their address bar, and the name of the host in it."""

    origin: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a browser made or signed, as it says it, and where."""

    place: Place
    said: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """One passkey of somebody. Moments are seconds since 1970."""

    id: int
    name: str
    made_s: float
    used_s: float | None


def begin_adding(people: People, who: Account, place: Place) -> Mapping[str, object]:
    """What a browser is asked for to make a passkey, as WebAuthn has it. Raises PeopleError."""
    with people.begin() as connection:
        mark = connection.execute(select(account.c.mark).where(account.c.id == who.id)).scalar_one()
        there = _credentials_of(connection, who.id)
        if len(there) >= MOST:
            raise PeopleError(f"{MOST} passkeys are enough. Remove one that you do not use.")
        person = Person(mark=mark, handle=who.handle, name=who.name)
        return asked_to_make(connection, people, person, place, there=there, account_id=who.id)


def asked_to_make(
    connection: Connection, people: People, person: Person, place: Place, *,
    there: Sequence[bytes] = (), account_id: int | None = None,
) -> Mapping[str, object]:  # fmt: skip
    """What a browser is asked for to make a passkey for somebody, who may have no account yet."""
    options = webauthn.generate_registration_options(
        rp_id=place.host,
        rp_name="Patella",
        user_id=person.mark,
        user_name=person.handle,
        user_display_name=person.name,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in there],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    _keep(connection, options.challenge, account_id, people.now_s())
    return _plain(webauthn.options_to_json(options))


def add(people: People, who: Account, place: Place, made: Mapping[str, object], *, name: str) -> None:
    """Take in the passkey that a browser made. Raises BadPasskeyError."""
    found = checked(people, Made(place=place, said=made), account_id=who.id)
    with people.begin() as connection:
        keep(connection, who.id, found, name=name, at_s=people.now_s())


def checked(people: People, made: Made, *, account_id: int | None = None) -> VerifiedRegistration:
    """What a browser made, if it is what was asked of it. Raises BadPasskeyError."""
    expected = _used(people, made.said, account_id)
    try:
        return webauthn.verify_registration_response(
            credential=dict(made.said),
            expected_challenge=expected,
            expected_rp_id=made.place.host,
            expected_origin=made.place.origin,
            require_user_verification=True,
        )
    except ODD:
        raise BadPasskeyError from None


def keep(connection: Connection, account_id: int, found: VerifiedRegistration, *, name: str, at_s: float) -> None:
    """Let somebody in by this passkey from now on. Raises BadPasskeyError where it is somebody's already."""
    row = {
        "credential": found.credential_id, "account_id": account_id, "public_key": found.credential_public_key,
        "signs": found.sign_count, "backed_up": found.credential_backed_up, "name": called(name), "made_s": at_s,
    }  # fmt: skip
    if put_once(connection, passkey, row) is None:
        raise BadPasskeyError


def forget_all(connection: Connection, account_id: int) -> None:
    """Let nobody in by any passkey of somebody."""
    connection.execute(delete(passkey).where(passkey.c.account_id == account_id))


def begin_sign_in(people: People, place: Place) -> Mapping[str, object]:
    """What a browser is asked for to sign somebody in; it says nothing of who there is."""
    options = webauthn.generate_authentication_options(
        rp_id=place.host, user_verification=UserVerificationRequirement.REQUIRED
    )
    with people.begin() as connection:
        _keep(connection, options.challenge, None, people.now_s())
    return _plain(webauthn.options_to_json(options))


def sign_in(people: People, place: Place, said: Mapping[str, object], *, browser: str) -> tuple[Account, str]:
    """Who it is, and the key of a new visit. Raises BadPasskeyError."""
    expected = _used(people, said, None)
    with people.begin() as connection:
        account_id = _signed(connection, people, place, said, expected)
        who = accounts.account_of(connection.execute(select(account).where(account.c.id == account_id)).one())
        return who, visits.begin(connection, account_id, browser, people.now_s())


def begin_confirming(people: People, who: Account, place: Place) -> Mapping[str, object]:
    """What a browser is asked for so that somebody who is signed in shows that it is still they. Raises PeopleError."""
    with people.begin() as connection:
        there = _credentials_of(connection, who.id)
        if not there:
            raise PeopleError("There is no passkey of yours to ask for.")
        options = webauthn.generate_authentication_options(
            rp_id=place.host,
            allow_credentials=[PublicKeyCredentialDescriptor(id=one) for one in there],
            user_verification=UserVerificationRequirement.REQUIRED,
        )
        _keep(connection, options.challenge, who.id, people.now_s())
    return _plain(webauthn.options_to_json(options))


def confirm(people: People, who: Account, place: Place, said: Mapping[str, object]) -> None:
    """See by a passkey that it is still the same person. Raises BadPasskeyError."""
    expected = _used(people, said, who.id)
    with people.begin() as connection:
        if _signed(connection, people, place, said, expected) != who.id:
            raise BadPasskeyError


def _signed(connection: Connection, people: People, place: Place, said: Mapping[str, object], expected: bytes) -> int:
    """Whose passkey signed what was expected: the number of the account. Raises BadPasskeyError."""
    try:
        row = _passkey_row(connection, _decoded(said["rawId"]))
    except ODD:
        raise BadPasskeyError from None
    if row is None:
        raise BadPasskeyError
    try:
        found = webauthn.verify_authentication_response(
            credential=dict(said),
            expected_challenge=expected,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=row.public_key,
            credential_current_sign_count=row.signs,
            require_user_verification=True,
        )
    except ODD:
        raise BadPasskeyError from None
    now = {"signs": found.new_sign_count, "backed_up": found.credential_backed_up, "used_s": people.now_s()}
    connection.execute(update(passkey).where(passkey.c.id == row.id).values(now))
    account_id: int = row.account_id
    return account_id


def _passkey_row(connection: Connection, credential: bytes) -> Row[*tuple[Any, ...]] | None:
    """A passkey of somebody who may come in, for as long as nobody else uses it."""
    wanted = (
        select(passkey)
        .join(account, account.c.id == passkey.c.account_id)
        .where(passkey.c.credential == credential, account.c.shut_s.is_(None), account.c.closed_s.is_(None))
        .with_for_update(of=passkey)
    )
    return connection.execute(wanted).one_or_none()


def _credentials_of(connection: Connection, account_id: int) -> list[bytes]:
    return list(connection.scalars(select(passkey.c.credential).where(passkey.c.account_id == account_id)))


def passkeys_of(people: People, account_id: int) -> list[Passkey]:
    """The passkeys of somebody, the oldest first."""
    wanted = select(passkey.c.id, passkey.c.name, passkey.c.made_s, passkey.c.used_s)
    with people.begin() as connection:
        rows = connection.execute(wanted.where(passkey.c.account_id == account_id).order_by(passkey.c.id))
        return [Passkey(id=row.id, name=row.name, made_s=row.made_s, used_s=row.used_s) for row in rows]


def forget(people: People, account_id: int, passkey_id: int) -> None:
    """Let nobody in by this passkey any more. Raises NobodyError, and PeopleError for the last way in."""
    mine = (passkey.c.account_id == account_id) & (passkey.c.id == passkey_id)
    with people.begin() as connection:
        own = select(account.c.password).where(account.c.id == account_id).with_for_update()
        others = select(passkey.c.id).where(passkey.c.account_id == account_id, passkey.c.id != passkey_id)
        if connection.scalar(own) is None and connection.scalar(others.limit(1)) is None:
            raise PeopleError("You come in by this passkey alone. Add another one, or a password, then remove it.")
        if not connection.execute(delete(passkey).where(mine)).rowcount:
            raise NobodyError("That passkey is gone already.")


def _keep(connection: Connection, asked: bytes, account_id: int | None, now_s: float) -> None:
    connection.execute(delete(challenge).where(challenge.c.made_s <= now_s - LASTS_S))
    connection.execute(insert(challenge).values(hash=hashed(asked), account_id=account_id, made_s=now_s))


def _used(people: People, said: Mapping[str, object], account_id: int | None) -> bytes:
    """The challenge that this answers: it was ours, and is used up whatever comes of it. Raises BadPasskeyError."""
    try:
        answer = said["response"]
        if not isinstance(answer, Mapping):
            raise BadPasskeyError
        told = json.loads(_decoded(answer["clientDataJSON"]))
        asked = _decoded(told["challenge"])
    except (*ODD, NoBase64Error, RecursionError):
        raise BadPasskeyError from None
    mine = challenge.c.hash == hashed(asked)
    mine &= challenge.c.account_id.is_(None) if account_id is None else challenge.c.account_id == account_id
    with people.begin() as connection:
        made_s = connection.execute(delete(challenge).where(mine).returning(challenge.c.made_s)).scalar_one_or_none()
    if made_s is None or made_s <= people.now_s() - LASTS_S:
        raise BadPasskeyError
    return asked


def _decoded(text: object) -> bytes:
    if not isinstance(text, str):
        raise TypeError
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _plain(text: str) -> Mapping[str, object]:
    plain: Mapping[str, object] = json.loads(text)
    return plain
