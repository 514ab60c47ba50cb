"""What was said on two devices that did not know of each other, put together, by clocks that need not agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from care.stories import ASKED, LIBRARY, a_history, a_screening, a_yes, at, day
from patella.care.clearance import Clearance, Standing, clear
from patella.care.course import Course
from patella.care.fact import Fact
from patella.care.flags import flags_of
from patella.care.history import Assessed, History, Screened, SymptomNoted
from patella.care.screening import Finding

CLOCKS_APART = [timedelta(days=-400), timedelta(hours=-3), timedelta(0), timedelta(hours=3)]


def standing(history: History, on: int = 5) -> Clearance:
    return clear(day(on), history, Course(), LIBRARY.questionnaire.texts)


def screened(on: int, name: str, *knew: str, **answers: object) -> Screened:
    return replace(a_screening(day(on), **answers), id=name, knew=frozenset(knew))


def yes(moment: datetime, name: str, *knew: str) -> Assessed:
    return replace(a_yes(moment), id=name, knew=frozenset(knew))


def symptom(choice: str, moment: datetime, name: str, *knew: str) -> SymptomNoted:
    found = ASKED.symptom(choice)
    assert found is not None
    finding = Finding(question=found[0], choice=found[1])
    return SymptomNoted(at=moment, finding=finding, id=name, knew=frozenset(knew))


def told(*said: Screened | Assessed | SymptomNoted) -> History:
    return replace(
        a_history(screened=tuple(s for s in said if isinstance(s, Screened))),
        assessed=tuple(s for s in said if isinstance(s, Assessed)),
        symptoms=tuple(s for s in said if isinstance(s, SymptomNoted)),
    )


@pytest.mark.parametrize("apart", CLOCKS_APART)
def test_a_yes_holds_for_no_sign_that_was_noted_where_nobody_knew_of_the_yes(apart: timedelta) -> None:
    first = screened(0, "first", soon=["giving_way"])
    seen = yes(at(day(2)), "seen", "first")
    locking = symptom("locking", at(day(2)) + apart, "locking", "first")
    assert standing(told(first, seen)).is_open
    assert standing(told(first, seen, locking)).standing is Standing.SAME_DAY
    again = yes(at(day(3)), "again", *flags_of(told(first, seen, locking)).open_ids)
    assert standing(told(first, seen, locking, again)).standing is Standing.OK


@pytest.mark.parametrize("apart", CLOCKS_APART)
def test_calm_answers_do_away_with_no_symptom_that_was_not_known_where_they_were_given(apart: timedelta) -> None:
    first, calm = screened(0, "first"), screened(2, "calm", "first")
    swelling = symptom("swelling", at(day(2)) + apart, "swelling", "first")
    clearance = standing(told(first, calm, swelling))
    assert not clearance.is_open
    assert swelling.finding is not None
    assert swelling.finding.choice.facts <= clearance.facts


@pytest.mark.parametrize("apart", CLOCKS_APART)
def test_the_same_sign_named_on_both_is_open_until_both_were_seen(apart: timedelta) -> None:
    first = screened(0, "first")
    here = symptom("locking", at(day(1)), "here", "first")
    there = symptom("locking", at(day(1)) + apart, "there", "first")
    one = yes(at(day(2)), "one", "here")
    assert not standing(told(first, here, there, one)).is_open
    assert standing(told(first, here, there, one, yes(at(day(3)), "both", "here", "there"))).pending == ()


def test_what_two_sets_of_answers_shut_holds_until_it_is_answered_in_view_of_both() -> None:
    first = screened(0, "first")
    here = screened(2, "here", "first", health=["kneecap_out"], kneecap_out="earlier")
    there = screened(3, "there", "first")
    clearance = standing(told(first, here, there))
    assert clearance.facts == {Fact.KNEECAP_DISLOCATION}
    assert clearance.since == day(3)
    assert standing(told(first, here, there, screened(4, "both", "here", "there"))).facts == frozenset()


def test_running_that_one_set_of_answers_stopped_stays_so_until_it_is_answered_in_view_of_it() -> None:
    birth = screened(1, "birth", "first", health=["pregnancy"], pregnancy=["birth"])
    unaware = screened(2, "unaware", "first")
    assert not standing(told(screened(0, "first"), birth, unaware)).may_run
    aware = screened(3, "aware", "birth", "unaware")
    assert standing(told(screened(0, "first"), birth, unaware, aware)).may_run


def test_older_questions_answered_elsewhere_are_asked_anew() -> None:
    elsewhere = replace(screened(1, "elsewhere", "first"), is_current=False)
    assert standing(told(screened(0, "first"), elsewhere, screened(2, "here", "first"))).asks


def test_an_older_version_knew_of_all_that_was_said_before_but_not_of_what_a_newer_one_wrote() -> None:
    old_yes = a_yes(at(day(3)))
    before = replace(screened(0, "first", soon=["giving_way"]), knew=None)
    assert standing(told(before, old_yes)).is_open
    assert not standing(told(before, old_yes, symptom("locking", at(day(1)), "locking"))).is_open


def test_what_is_said_next_is_said_in_view_of_all_that_is_open() -> None:
    first = screened(0, "first", soon=["giving_way"])
    locking = symptom("locking", at(day(1)), "locking", "first")
    seen = yes(at(day(2)), "seen", "first")
    assert flags_of(told(first, locking, seen)).open_ids == ("first", "locking", "seen")
    last = screened(3, "last", "first", "locking", "seen")
    assert flags_of(told(first, locking, seen, last)).open_ids == ("last", "locking")
