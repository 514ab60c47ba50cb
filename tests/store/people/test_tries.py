"""Guessing is slow and nobody is locked out; whether there is an account cannot be told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from members import AT_HOME, WORDS, Clinic
from patella.store.people import accounts, passwords, tries
from patella.store.people.accounts import WrongPasswordError
from patella.store.people.tries import FIRST_WAIT_S, LONGEST_WAIT_S, PER_ACCOUNT, PER_ADDRESS, TooManyTriesError


def wait_of(clinic: Clinic, handle: str | None, address: str = AT_HOME) -> float:
    """How long is to be waited before a try; 0 where it was taken."""
    try:
        tries.take(clinic.people, handle=handle, address=address)
    except TooManyTriesError as error:
        return error.wait_s
    return 0.0


def test_after_ten_tries_at_an_account_each_waits_twice_as_long_and_never_more_than_a_quarter_of_an_hour(
    clinic: Clinic,
) -> None:
    assert [wait_of(clinic, "anna", f"192.0.2.{n}") for n in range(PER_ACCOUNT)] == [0.0] * PER_ACCOUNT
    waits = []
    for n in range(12):
        waits.append(wait_of(clinic, "anna", f"198.51.100.{n}"))
        clinic.clock.now_s += waits[-1] + 0.01
        assert wait_of(clinic, "anna", f"198.51.100.{n}") == 0.0
    assert waits == [min(FIRST_WAIT_S * 2**n, LONGEST_WAIT_S) for n in range(12)]


def test_after_thirty_tries_an_address_waits_whatever_it_tries(clinic: Clinic) -> None:
    assert [wait_of(clinic, f"somebody{n}") for n in range(PER_ADDRESS)] == [0.0] * PER_ADDRESS
    assert wait_of(clinic, "anna") == FIRST_WAIT_S
    assert wait_of(clinic, None) == FIRST_WAIT_S
    assert wait_of(clinic, "anna", "203.0.113.5") == 0.0


def test_a_try_that_came_too_early_makes_nobody_wait_longer(clinic: Clinic) -> None:
    for _ in range(PER_ACCOUNT):
        wait_of(clinic, "anna")
    assert [wait_of(clinic, "anna") for _ in range(50)] == [FIRST_WAIT_S] * 50


def test_tries_that_lie_a_quarter_of_an_hour_back_count_no_more(clinic: Clinic) -> None:
    for _ in range(PER_ACCOUNT - 1):
        wait_of(clinic, "anna")
    clinic.clock.now_s += 901
    assert [wait_of(clinic, "anna") for _ in range(PER_ACCOUNT)] == [0.0] * PER_ACCOUNT


def test_one_household_is_one_address(clinic: Clinic) -> None:
    for n in range(PER_ADDRESS):
        wait_of(clinic, None, f"2001:db8:1:2::{n:x}")
    assert wait_of(clinic, None, "2001:db8:1:2:ffff::1") == FIRST_WAIT_S
    assert wait_of(clinic, None, "2001:db8:1:3::1") == 0.0
    assert wait_of(clinic, None, "::ffff:192.0.2.1") == 0.0


def test_many_who_guess_at_once_are_heard_no_more_often(clinic: Clinic) -> None:
    with ThreadPoolExecutor(8) as pool:
        heard = list(pool.map(lambda n: wait_of(clinic, "anna", f"192.0.2.{n}"), range(40)))
    assert heard.count(0.0) == PER_ACCOUNT


def test_the_right_password_is_heard_after_the_delay_and_clears_the_account(clinic: Clinic) -> None:
    clinic.anna()
    for _ in range(PER_ACCOUNT):
        with pytest.raises(WrongPasswordError):
            accounts.sign_in(clinic.people, "anna", "not this one", address=AT_HOME, browser="B")
    with pytest.raises(TooManyTriesError):
        accounts.sign_in(clinic.people, "anna", WORDS, address=AT_HOME, browser="B")
    clinic.clock.now_s += FIRST_WAIT_S + 0.01
    assert accounts.sign_in(clinic.people, "Anna ", WORDS, address=AT_HOME, browser="B")[0].handle == "anna"
    assert [wait_of(clinic, "anna", f"192.0.2.{n}") for n in range(PER_ACCOUNT)] == [0.0] * PER_ACCOUNT


def test_whether_there_is_an_account_can_be_told_neither_from_the_words_nor_from_the_work(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut = clinic.join("berta")[0]
    clinic.anna()
    accounts.shut(clinic.people, shut.id)
    passwords.fits("once", None)
    worked: list[str] = []
    verify = type(passwords._hasher).verify

    def counted(self: object, kept: str, password: str) -> bool:
        worked.append(kept.rpartition("$")[0].rpartition("$")[0])
        return verify(self, kept, password)  # type: ignore[arg-type]

    monkeypatch.setattr(type(passwords._hasher), "verify", counted)
    said = []
    for handle in ("anna", "berta", "nobody", "\0\ud800"):
        with pytest.raises(WrongPasswordError) as wrong:
            accounts.sign_in(clinic.people, handle, "not this one", address=AT_HOME, browser="B")
        said.append(str(wrong.value))
    assert len(set(said)) == 1
    assert len(worked) == 4
    assert len(set(worked)) == 1
