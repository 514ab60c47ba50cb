"""Accounts: who is invited comes in once, what is one's own can be changed, and who is gone is gone."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from sqlalchemy import select

from members import AT_HOME, WORDS, Clinic
from patella.store.people import accounts, invitations, visits
from patella.store.people.accounts import WrongPasswordError
from patella.store.people.invitations import NoInvitationError
from patella.store.people.people import NobodyError, People, PeopleError, Role
from patella.store.people.tables import account, metadata

OTHER = "granite teapot sings"


def everything(clinic: Clinic) -> str:
    """All that is kept, as text."""
    with clinic.people.begin() as connection:
        return "\n".join(str(row) for table in metadata.sorted_tables for row in connection.execute(select(table)))


def test_a_link_is_good_once_and_for_seven_days(clinic: Clinic) -> None:
    first, second, third = (invitations.invite(clinic.people, name="Anna", role=Role.RUNNER) for _ in range(3))
    said = {"name": "Anna", "password": WORDS, "browser": "B"}
    who, _ = invitations.accept(clinic.people, first, handle="anna", **said)
    assert (who.handle, who.name, who.role) == ("anna", "Anna", Role.RUNNER)
    with pytest.raises(NoInvitationError):
        invitations.accept(clinic.people, first, handle="anna2", **said)
    clinic.clock.now_s += 7 * 86_400 - 1
    assert invitations.invited(clinic.people, second).name == "Anna"
    clinic.clock.now_s += 1
    for used in (second, third, "", "x" * 43):
        with pytest.raises(NoInvitationError):
            invitations.accept(clinic.people, used, handle="anna3", **said)


def test_of_many_who_use_a_link_at_once_one_comes_in(clinic: Clinic) -> None:
    key = invitations.invite(clinic.people, name="Anna", role=Role.RUNNER)

    def accept(n: int) -> bool:
        with suppress(NoInvitationError):
            invitations.accept(clinic.people, key, handle=f"anna{n}", name="A", password=WORDS, browser="B")
            return True
        return False

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(accept, range(4))) == 1


def test_what_is_refused_uses_no_link_up(clinic: Clinic) -> None:
    clinic.anna()
    key = invitations.invite(clinic.people, name="Anna", role=Role.RUNNER)
    wrong = (
        {"handle": "anna"},
        {"handle": "a"},
        {"handle": "an na"},
        {"password": "short"},
        {"password": "anna2026"},
        {"name": " "},
    )
    for different in wrong:
        said = {"handle": "annika", "name": "Anna", "password": WORDS} | different
        with pytest.raises(PeopleError):
            invitations.accept(clinic.people, key, **said, browser="B")
    assert invitations.accept(clinic.people, key, handle="annika", name="Anna", password=WORDS, browser="B")


def test_no_key_and_no_password_is_kept_as_it_is(clinic: Clinic) -> None:
    unused = invitations.invite(clinic.people, name="Ben", role=Role.RUNNER)
    _, key = clinic.join("anna")
    kept = everything(clinic)
    assert all(secret not in kept for secret in (unused, key, WORDS))
    assert "$argon2id$" in kept


def test_who_forgot_a_password_comes_back_by_a_link_and_every_browser_signs_in_anew(clinic: Clinic) -> None:
    anna, before = clinic.join("anna")
    first, key = (invitations.invite_back(clinic.people, anna.id) for _ in range(2))
    assert invitations.invited(clinic.people, key).back == "anna"
    with pytest.raises(NoInvitationError):
        invitations.invited(clinic.people, first)
    who, after = invitations.accept(clinic.people, key, handle="", name="", password=OTHER, browser="B")
    assert who == anna
    assert visits.who_shows(clinic.people, before) is None
    assert visits.who_shows(clinic.people, after) is not None
    with pytest.raises(WrongPasswordError):
        accounts.sign_in(clinic.people, "anna", WORDS, address=AT_HOME, browser="B")


def test_who_made_a_link_can_withdraw_it_and_nobody_else_s(clinic: Clinic) -> None:
    petra = clinic.petra()
    mine = invitations.invite(clinic.people, name="Anna", role=Role.RUNNER, made_by=petra, physiotherapist=petra.id)
    other = invitations.invite(clinic.people, name="Ben", role=Role.RUNNER)
    assert [i.name for i in invitations.open_invitations(clinic.people, made_by=petra)] == ["Anna"]
    ben, anna = invitations.open_invitations(clinic.people)
    assert (ben.physiotherapist, anna.physiotherapist) == (None, "Petra")
    with pytest.raises(NobodyError):
        invitations.withdraw(clinic.people, ben.id, made_by=petra)
    invitations.withdraw(clinic.people, anna.id, made_by=petra)
    with pytest.raises(NoInvitationError):
        invitations.invited(clinic.people, mine)
    assert invitations.invited(clinic.people, other).name == "Ben"


@pytest.mark.parametrize(
    "gone", [accounts.shut, lambda people, number: accounts.change_role(people, number, Role.RUNNER)]
)
def test_who_lets_nobody_in_any_more_has_no_link_left_that_does(
    clinic: Clinic, gone: Callable[[People, int], None]
) -> None:
    admira, petra = clinic.join("admira", Role.ADMINISTRATOR)[0], clinic.petra()
    clinic.join("berta", Role.ADMINISTRATOR)
    made = [
        invitations.invite(clinic.people, name="Mallory", role=Role.ADMINISTRATOR, made_by=admira),
        invitations.invite_back(clinic.people, admira.id),
        invitations.invite(clinic.people, name="Anna", role=Role.RUNNER, physiotherapist=petra.id),
    ]
    other = invitations.invite(clinic.people, name="Ben", role=Role.RUNNER)
    for somebody in (admira, petra):
        gone(clinic.people, somebody.id)
    for key in made:
        with pytest.raises(NoInvitationError):
            invitations.invited(clinic.people, key)
    assert invitations.invited(clinic.people, other).name == "Ben"


def test_only_a_physiotherapist_is_offered_and_only_a_runner_s_diary(
    clinic: Clinic,
) -> None:
    anna, petra = clinic.anna(), clinic.petra()
    for role, physiotherapist in ((Role.ADMINISTRATOR, petra.id), (Role.RUNNER, anna.id), (Role.RUNNER, 999)):
        with pytest.raises(PeopleError):
            invitations.invite(clinic.people, name="X", role=role, physiotherapist=physiotherapist)


def test_another_password_signs_every_browser_out_but_this_one_which_shows_a_new_key(clinic: Clinic) -> None:
    anna, first = clinic.join("anna")
    _, second = accounts.sign_in(clinic.people, "anna", WORDS, address=AT_HOME, browser="B")
    back = invitations.invite_back(clinic.people, anna.id)
    third = accounts.change_password(clinic.people, anna, OTHER, browser="B")
    known = [visits.who_shows(clinic.people, key) is not None for key in (first, second, third)]
    assert known == [False, False, True]
    with pytest.raises(NoInvitationError):
        invitations.invited(clinic.people, back)
    assert accounts.sign_in(clinic.people, "anna", OTHER, address=AT_HOME, browser="B")


def test_a_closed_account_leaves_its_number_and_nothing_of_its_person(clinic: Clinic) -> None:
    anna, key = clinic.join("anna-lena")
    invitations.invite_back(clinic.people, anna.id)
    with clinic.people.begin() as connection:
        mark, made_s = connection.execute(select(account.c.mark, account.c.made_s)).one()
    clinic.clock.now_s += 60
    accounts.close(clinic.people, anna)
    kept = everything(clinic).lower()
    assert str(mark).lower() not in kept
    assert str(made_s) not in kept
    assert "anna" not in kept
    assert "lena" not in kept
    assert visits.who_shows(clinic.people, key) is None
    again, _ = clinic.join("anna-lena")
    assert again.id != anna.id


def test_who_is_shut_out_is_out_at_once_and_can_be_let_in_again(clinic: Clinic) -> None:
    anna, key = clinic.join("anna")
    accounts.shut(clinic.people, anna.id)
    assert visits.who_shows(clinic.people, key) is None
    assert [listed.is_shut for listed in accounts.listed(clinic.people)] == [True]
    with pytest.raises(WrongPasswordError):
        accounts.sign_in(clinic.people, "anna", WORDS, address=AT_HOME, browser="B")
    accounts.reopen(clinic.people, anna.id)
    assert visits.who_shows(clinic.people, key) is None
    assert accounts.sign_in(clinic.people, "anna", WORDS, address=AT_HOME, browser="B")


def test_there_is_always_an_administrator(clinic: Clinic) -> None:
    first, _ = clinic.join("admira", Role.ADMINISTRATOR)
    with pytest.raises(PeopleError, match="administrator"):
        accounts.close(clinic.people, first)
    with pytest.raises(PeopleError, match="administrator"):
        accounts.shut(clinic.people, first.id)
    with pytest.raises(PeopleError, match="administrator"):
        accounts.change_role(clinic.people, first.id, Role.RUNNER)
    clinic.join("second", Role.ADMINISTRATOR)
    accounts.change_role(clinic.people, first.id, Role.RUNNER)
    assert {a.account.handle: a.account.role for a in accounts.listed(clinic.people)} == {
        "admira": Role.RUNNER, "second": Role.ADMINISTRATOR,
    }  # fmt: skip


def test_another_role_is_signed_in_anew(clinic: Clinic) -> None:
    anna, key = clinic.join("anna")
    accounts.change_role(clinic.people, anna.id, Role.RUNNER)
    assert visits.who_shows(clinic.people, key) is not None
    accounts.change_role(clinic.people, anna.id, Role.PHYSIOTHERAPIST)
    assert visits.who_shows(clinic.people, key) is None


def test_what_is_said_to_nobody_is_an_error(clinic: Clinic) -> None:
    anna = clinic.anna()
    accounts.close(clinic.people, anna)
    acts: tuple[Callable[[People, int], object], ...] = (accounts.shut, accounts.reopen, accounts.sign_out)
    for act in (*acts, invitations.invite_back):
        for unknown in (anna.id, 999):
            with pytest.raises(NobodyError):
                act(clinic.people, unknown)
