"""Browsers that are signed in: a new key each time, listed, ended one by one, and dead once they are over."""

from __future__ import annotations

import re

import pytest

from members import AT_HOME, WORDS, Clinic
from patella.store.people import accounts, visits
from patella.store.people.people import NobodyError
from patella.store.people.visits import IDLE_S, LASTS_S


def come(clinic: Clinic, browser: str) -> str:
    return accounts.sign_in(clinic.people, "anna", WORDS, address=AT_HOME, browser=browser)[1]


def test_every_sign_in_gives_a_key_of_its_own_of_256_bits(clinic: Clinic) -> None:
    _, first = clinic.join("anna")
    keys = {first, come(clinic, "B"), come(clinic, "B")}
    assert len(keys) == 3
    assert all(re.fullmatch(r"[\w-]{43}", key) for key in keys)


def test_visits_are_listed_and_ended_one_by_one_by_their_own_person(clinic: Clinic) -> None:
    anna, first = clinic.join("anna")
    ben, _ = clinic.join("ben")
    clinic.clock.now_s += 60
    second = come(clinic, "Firefox on\nLinux")
    assert [v.name for v in visits.visits_of(clinic.people, anna.id)] == ["Firefox on Linux", "A browser"]
    here = visits.who_shows(clinic.people, first)
    assert here is not None
    with pytest.raises(NobodyError):
        visits.end(clinic.people, ben.id, here.visit.id)
    visits.end(clinic.people, anna.id, here.visit.id)
    assert visits.who_shows(clinic.people, first) is None
    assert visits.who_shows(clinic.people, second) is not None
    with pytest.raises(NobodyError):
        visits.end(clinic.people, anna.id, here.visit.id)


def test_a_browser_that_does_not_come_for_a_month_is_signed_out(clinic: Clinic) -> None:
    _, key = clinic.join("anna")
    for _ in range(2):
        clinic.clock.now_s += IDLE_S - 1
        assert visits.who_shows(clinic.people, key) is not None
    clinic.clock.now_s += IDLE_S + 1
    assert visits.who_shows(clinic.people, key) is None


def test_after_half_a_year_one_signs_in_again_however_often_one_came(clinic: Clinic) -> None:
    _, key = clinic.join("anna")
    for _ in range(int(LASTS_S // IDLE_S)):
        assert visits.who_shows(clinic.people, key) is not None
        clinic.clock.now_s += IDLE_S
    clinic.clock.now_s += 1
    assert visits.who_shows(clinic.people, key) is None


@pytest.mark.parametrize("shown", ["", "x", "x" * 43, "\udcff", "' OR 1=1 --", "\0"])
def test_nobody_is_known_by_what_is_no_key(clinic: Clinic, shown: str) -> None:
    clinic.anna()
    assert visits.who_shows(clinic.people, shown) is None


def test_the_hash_of_a_key_opens_nothing(clinic: Clinic) -> None:
    from patella.store.people.people import hashed

    _, key = clinic.join("anna")
    assert visits.who_shows(clinic.people, hashed(key)) is None
