"""Passkeys: made and used at the place they are for, each challenge once, and nobody in by one that is bent."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from authenticator import PRESENT, Authenticator
from members import AT_HOME, WORDS, Clinic
from patella.store.people import accounts, invitations, passkeys, visits
from patella.store.people.accounts import WrongPasswordError
from patella.store.people.invitations import NoInvitationError
from patella.store.people.passkeys import LASTS_S, BadPasskeyError, Made, Place
from patella.store.people.people import Account, NobodyError, PeopleError, Role

PLACE = Place(origin="https://knee.example", host="knee.example")


@pytest.fixture
def anna(clinic: Clinic) -> Account:
    return clinic.anna()


def new(**bent: object) -> Authenticator:
    return replace(Authenticator(origin=PLACE.origin, host=PLACE.host), **bent)  # type: ignore[arg-type]


def added(clinic: Clinic, who: Account, device: Authenticator | None = None) -> Authenticator:
    device = device or new()
    asked = passkeys.begin_adding(clinic.people, who, PLACE)
    passkeys.add(clinic.people, who, PLACE, device.make(asked), name="Phone")
    return device


def come(clinic: Clinic, device: Authenticator) -> tuple[Account, str]:
    said = device.sign(passkeys.begin_sign_in(clinic.people, PLACE))
    return passkeys.sign_in(clinic.people, PLACE, said, browser="B")


def test_a_passkey_signs_its_person_in_and_says_when_it_was_used(clinic: Clinic, anna: Account) -> None:
    device = added(clinic, anna)
    clinic.clock.now_s += 60
    who, key = come(clinic, device)
    here = visits.who_shows(clinic.people, key)
    assert here is not None
    assert who == here.account == anna
    known = passkeys.passkeys_of(clinic.people, anna.id)
    assert [(k.name, k.made_s, k.used_s) for k in known] == [("Phone", clinic.clock.now_s - 60, clinic.clock.now_s)]


def test_what_is_asked_for_names_no_device_and_says_nothing_of_who_there_is(clinic: Clinic, anna: Account) -> None:
    added(clinic, anna)
    asked = passkeys.begin_sign_in(clinic.people, PLACE)
    assert asked["allowCredentials"] == []
    assert (asked["rpId"], asked["userVerification"]) == ("knee.example", "required")
    making = passkeys.begin_adding(clinic.people, anna, PLACE)
    assert str(anna.id).encode() != making["user"]["id"]  # type: ignore[index]
    assert len(making["excludeCredentials"]) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "bent",
    [
        {"origin": "https://knee.example.evil"}, {"origin": "http://knee.example"}, {"host": "evil"},
        {"flags": PRESENT}, {"flags": 0}, {"key": ec.generate_private_key(ec.SECP256R1())}, {"credential": b"x" * 32},
    ],
)  # fmt: skip
def test_one_that_is_bent_lets_nobody_in(clinic: Clinic, anna: Account, bent: dict[str, object]) -> None:
    device = added(clinic, anna)
    with pytest.raises(BadPasskeyError):
        come(clinic, replace(device, **bent))  # type: ignore[arg-type]
    assert come(clinic, device)


@pytest.mark.parametrize("bent", [{"origin": "https://evil"}, {"host": "evil"}, {"flags": PRESENT}])
def test_one_that_was_made_elsewhere_or_for_anybody_is_not_taken_in(
    clinic: Clinic, anna: Account, bent: dict[str, object]
) -> None:
    with pytest.raises(BadPasskeyError):
        added(clinic, anna, new(**bent))
    assert passkeys.passkeys_of(clinic.people, anna.id) == []


def test_an_answer_is_good_once_and_for_five_minutes(clinic: Clinic, anna: Account) -> None:
    device = added(clinic, anna)
    said = device.sign(passkeys.begin_sign_in(clinic.people, PLACE))
    assert passkeys.sign_in(clinic.people, PLACE, said, browser="B")
    with pytest.raises(BadPasskeyError):
        passkeys.sign_in(clinic.people, PLACE, said, browser="B")
    late = device.sign(passkeys.begin_sign_in(clinic.people, PLACE))
    clinic.clock.now_s += LASTS_S
    with pytest.raises(BadPasskeyError):
        passkeys.sign_in(clinic.people, PLACE, late, browser="B")


def test_a_challenge_is_for_what_it_was_asked_for(clinic: Clinic, anna: Account) -> None:
    ben, _ = clinic.join("ben")
    device = added(clinic, anna)
    mine = passkeys.begin_adding(clinic.people, anna, PLACE)
    for act in (
        lambda: passkeys.sign_in(clinic.people, PLACE, device.sign(mine), browser="B"),
        lambda: passkeys.add(clinic.people, ben, PLACE, new().make(mine), name="X"),
        lambda: passkeys.add(
            clinic.people, ben, PLACE, new().make(passkeys.begin_sign_in(clinic.people, PLACE)), name="X"
        ),
        lambda: passkeys.sign_in(clinic.people, PLACE, device.sign({"challenge": "AAAA"}), browser="B"),
    ):
        with pytest.raises(BadPasskeyError):
            act()


def test_a_copy_that_lags_behind_is_noticed(clinic: Clinic, anna: Account) -> None:
    device = added(clinic, anna)
    copy = replace(device)
    come(clinic, device)
    come(clinic, device)
    with pytest.raises(BadPasskeyError):
        come(clinic, copy)


def test_one_that_is_known_already_is_nobody_else_s(clinic: Clinic, anna: Account) -> None:
    device = added(clinic, anna)
    with pytest.raises(BadPasskeyError):
        added(clinic, clinic.join("ben")[0], device)


def test_one_that_was_removed_lets_nobody_in_and_is_removed_by_its_person_alone(clinic: Clinic, anna: Account) -> None:
    device = added(clinic, anna)
    ben, _ = clinic.join("ben")
    (known,) = passkeys.passkeys_of(clinic.people, anna.id)
    with pytest.raises(NobodyError):
        passkeys.forget(clinic.people, ben.id, known.id)
    passkeys.forget(clinic.people, anna.id, known.id)
    with pytest.raises(BadPasskeyError):
        come(clinic, device)


def test_who_is_shut_out_does_not_come_in_by_a_passkey(clinic: Clinic, anna: Account) -> None:
    device = added(clinic, anna)
    accounts.shut(clinic.people, anna.id)
    with pytest.raises(BadPasskeyError):
        come(clinic, device)


@pytest.mark.parametrize(
    "said",
    [
        {}, {"response": None}, {"response": {}}, {"response": {"clientDataJSON": 7}},
        {"response": {"clientDataJSON": "é"}},
        {"response": {"clientDataJSON": urlsafe_b64encode(b"[" * 20_000).decode()}},
        {"response": {"clientDataJSON": urlsafe_b64encode(b"[]").decode()}},
        {"response": {"clientDataJSON": urlsafe_b64encode(b'{"challenge": 7}').decode()}},
    ],
)  # fmt: skip
def test_what_is_no_answer_at_all_is_refused_in_a_sentence(clinic: Clinic, said: dict[str, object]) -> None:
    with pytest.raises(BadPasskeyError):
        passkeys.sign_in(clinic.people, PLACE, said, browser="B")


def test_twenty_are_enough(clinic: Clinic, anna: Account) -> None:
    for _ in range(passkeys.MOST):
        added(clinic, anna)
    with pytest.raises(PeopleError, match="enough"):
        added(clinic, anna)


def joined(clinic: Clinic, key: str, device: Authenticator, handle: str = "berta") -> tuple[Account, str]:
    asked = invitations.begin_by_passkey(clinic.people, key, PLACE, handle=handle, name="Berta")
    made = Made(place=PLACE, said=device.make(asked))
    return invitations.accept_by_passkey(clinic.people, key, made, handle=handle, name="Berta", browser="A phone")


def invited(clinic: Clinic) -> str:
    return invitations.invite(clinic.people, name="Berta", role=Role.RUNNER)


def test_who_is_invited_comes_in_by_a_passkey_alone_and_no_password_fits(clinic: Clinic) -> None:
    device = new()
    berta, key = joined(clinic, invited(clinic), device)
    here = visits.who_shows(clinic.people, key)
    assert here is not None
    assert here.account == come(clinic, device)[0] == berta
    assert [k.name for k in passkeys.passkeys_of(clinic.people, berta.id)] == ["A phone"]
    assert not accounts.has_password(clinic.people, berta)
    for password in ("", WORDS):
        with pytest.raises(WrongPasswordError):
            accounts.sign_in(clinic.people, "berta", password, address=AT_HOME, browser="B")
        with pytest.raises(WrongPasswordError):
            accounts.confirm(clinic.people, berta, password, address=AT_HOME)


def test_what_is_refused_leaves_the_invitation_good_and_no_account(clinic: Clinic, anna: Account) -> None:
    key, device = invited(clinic), new()
    for handle, sentence in (("anna", "already"), ("x", "sign-in name")):
        with pytest.raises(PeopleError, match=sentence):
            joined(clinic, key, device, handle)
    with pytest.raises(BadPasskeyError):
        joined(clinic, key, new(origin="https://evil"))
    theirs = added(clinic, anna)
    with pytest.raises(BadPasskeyError):
        joined(clinic, key, theirs)
    assert [found.account.handle for found in accounts.listed(clinic.people)] == ["anna"]
    assert joined(clinic, key, device)[0].handle == "berta"
    with pytest.raises(NoInvitationError):
        joined(clinic, key, new())


def test_a_device_that_is_asked_twice_keeps_one_passkey(clinic: Clinic) -> None:
    key = invited(clinic)
    first, second = (
        invitations.begin_by_passkey(clinic.people, key, PLACE, handle=handle, name="Berta")["user"]["id"]  # type: ignore[index]
        for handle in ("berta", "bertha")
    )
    other = invitations.begin_by_passkey(clinic.people, invited(clinic), PLACE, handle="berta", name="Berta")
    assert first == second != other["user"]["id"]  # type: ignore[index]


def test_who_lost_the_passkey_comes_back_by_a_link_and_the_lost_one_lets_nobody_in(clinic: Clinic) -> None:
    lost, found = new(), new()
    berta, before = joined(clinic, invited(clinic), lost)
    back = invitations.invite_back(clinic.people, berta.id)
    assert come(clinic, lost), "a link that nobody used changes nothing"
    again, key = joined(clinic, back, found, handle="")
    assert again == berta == come(clinic, found)[0]
    assert [visits.who_shows(clinic.people, k) is None for k in (before, key)] == [True, False]
    with pytest.raises(BadPasskeyError):
        come(clinic, lost)


def test_who_had_a_password_and_comes_back_by_a_passkey_has_none_and_the_other_way_round(
    clinic: Clinic, anna: Account
) -> None:
    lost, device = added(clinic, anna), new()
    joined(clinic, invitations.invite_back(clinic.people, anna.id), device)
    with pytest.raises(WrongPasswordError):
        accounts.sign_in(clinic.people, "anna", WORDS, address=AT_HOME, browser="B")
    back = invitations.invite_back(clinic.people, anna.id)
    invitations.accept(clinic.people, back, handle="", name="", password=WORDS, browser="B")
    assert accounts.sign_in(clinic.people, "anna", WORDS, address=AT_HOME, browser="B")
    for gone in (lost, device):
        with pytest.raises(BadPasskeyError):
            come(clinic, gone)


def test_the_last_way_in_is_not_taken_away(clinic: Clinic) -> None:
    berta, _ = joined(clinic, invited(clinic), new())
    (only,) = passkeys.passkeys_of(clinic.people, berta.id)
    with pytest.raises(PeopleError, match="passkey alone"):
        passkeys.forget(clinic.people, berta.id, only.id)
    added(clinic, berta)
    passkeys.forget(clinic.people, berta.id, only.id)
    (other,) = passkeys.passkeys_of(clinic.people, berta.id)
    accounts.change_password(clinic.people, berta, WORDS, browser="B")
    passkeys.forget(clinic.people, berta.id, other.id)
    assert passkeys.passkeys_of(clinic.people, berta.id) == []


def test_one_s_own_passkey_confirms_once_and_nobody_else_s_does(clinic: Clinic, anna: Account) -> None:
    device = new()
    berta, _ = joined(clinic, invited(clinic), device)
    theirs = added(clinic, anna)
    asked = passkeys.begin_confirming(clinic.people, berta, PLACE)
    assert len(asked["allowCredentials"]) == 1  # type: ignore[arg-type]
    said = device.sign(asked)
    passkeys.confirm(clinic.people, berta, PLACE, said)
    for again in (said, theirs.sign(passkeys.begin_confirming(clinic.people, berta, PLACE))):
        with pytest.raises(BadPasskeyError):
            passkeys.confirm(clinic.people, berta, PLACE, again)
    with pytest.raises(BadPasskeyError):
        passkeys.confirm(clinic.people, berta, PLACE, device.sign(passkeys.begin_sign_in(clinic.people, PLACE)))
