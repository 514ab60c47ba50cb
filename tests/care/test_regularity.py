from __future__ import annotations

from datetime import date, timedelta

import pytest

from patella.care.regularity import regularity, week_of

MONDAY = date(2026, 3, 2)
DAYS = [MONDAY + timedelta(days=n) for n in range(7)]


def test_a_day_left_out_on_a_day_with_pain_is_adjusted_and_not_missed() -> None:
    week = week_of(MONDAY, {DAYS[0]}, {DAYS[2]: 4, DAYS[0]: 3})
    assert (week.done, week.adjusted, week.missed) == (1, (DAYS[2],), 1)
    assert week.share == pytest.approx(1 / 2)


def test_a_day_of_which_nothing_is_known_and_one_without_pain_excuse_nothing() -> None:
    week = week_of(MONDAY, {DAYS[0]}, {DAYS[1]: 0})
    assert (week.adjusted, week.missed) == ((), 2)
    assert week.share == pytest.approx(1 / 3)


def test_no_more_days_are_adjusted_than_were_asked_and_the_worst_of_them_count() -> None:
    week = week_of(MONDAY, {DAYS[6], DAYS[5]}, {DAYS[1]: 2, DAYS[3]: 5, DAYS[4]: 5})
    assert (week.adjusted, week.missed) == ((DAYS[3],), 0)
    assert week.share == 1
    assert week_of(MONDAY, set(DAYS[:5]), {DAYS[6]: 8}).adjusted == ()
    assert week_of(MONDAY, set(DAYS[:5]), {}).share == 1


def test_a_week_in_which_pain_left_nothing_to_do_says_nothing() -> None:
    sore = week_of(MONDAY, (), dict.fromkeys(DAYS, 6))
    assert (sore.share, sore.missed) == (None, 0)
    assert regularity([sore]) is None
    assert regularity([]) is None
    assert regularity([sore, week_of(MONDAY, set(DAYS[:3]), {})]) == 1
