"""Plans are for local days: clocks that jump, leap days, flights and midnights change nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from care.stories import a_history, a_person, a_plan, a_screening, a_session, an_item, done_as_planned, ids
from patella.care.clearance import Standing
from patella.care.course import Course
from patella.care.history import History
from patella.care.record import SessionDone

BERLIN = ZoneInfo("Europe/Berlin")
AUCKLAND, HONOLULU = timezone(timedelta(hours=13)), timezone(timedelta(hours=-10))


def screened(on: date) -> History:
    return a_history(screened=(a_screening(on - timedelta(days=1)),))


def session_at(moment: datetime, *, peak: int = 0) -> SessionDone:
    return replace(a_session(moment.date(), an_item("squat", peak=peak)), at=moment)


@pytest.mark.parametrize("sunday", [date(2026, 3, 29), date(2026, 10, 25)], ids=["an hour lost", "an hour gained"])
def test_the_day_the_clocks_change_is_a_day_like_any_other(sunday: date) -> None:
    evening = datetime(sunday.year, sunday.month, sunday.day, 20, tzinfo=BERLIN) - timedelta(days=1)
    history = replace(screened(sunday), sessions=(session_at(evening),))
    plans = [a_plan(sunday + timedelta(days=n), history) for n in range(3)]
    assert [p.because[0].key for p in plans] == ["day_light", "day_loaded", "day_loaded"]
    assert [p.day for p in plans] == [sunday + timedelta(days=n) for n in range(3)]


def test_the_hour_that_comes_twice_tells_two_moments_apart() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    second = first.replace(fold=1)
    on = date(2026, 10, 25)
    answered = replace(a_screening(on), at=first.astimezone(UTC))
    noted_after = a_history(screened=(answered,), symptoms=(second.astimezone(UTC),))
    noted_before = a_history(
        screened=(replace(answered, at=second.astimezone(UTC)),), symptoms=(first.astimezone(UTC),)
    )
    assert a_plan(on, noted_after).clearance.standing is Standing.ASK_AGAIN_SYMPTOM
    assert a_plan(on, noted_before).clearance.is_open


def test_the_morning_after_the_28th_of_february_is_a_leap_day_when_there_is_one() -> None:
    for year, morning in ((2028, date(2028, 2, 29)), (2027, date(2027, 3, 1))):
        on = date(year, 2, 28)
        plan = a_plan(on, screened(on))
        history = replace(screened(on), sessions=(done_as_planned(plan),), mornings={morning: 0})
        later = a_plan(on + timedelta(days=2), history)
        assert later.items[0].asked.reps == 7


def test_a_month_of_thirty_days_is_counted_across_a_leap_day() -> None:
    history = a_history(screened=(a_screening(date(2028, 2, 10)),))
    assert a_plan(date(2028, 3, 10), history).clearance.is_open
    assert a_plan(date(2028, 3, 11), history).clearance.standing is Standing.ASK_AGAIN_MONTH


def test_a_session_over_midnight_belongs_to_the_day_on_which_it_began() -> None:
    begun = date(2026, 5, 4)
    ended = datetime(2026, 5, 5, 0, 40, tzinfo=BERLIN)
    over_midnight = replace(a_session(begun, an_item("squat")), at=ended)
    history = replace(screened(begun), sessions=(over_midnight,))
    assert a_plan(date(2026, 5, 5), history).because[0].key == "day_light"
    assert a_plan(date(2026, 5, 6), history).because[0].key == "day_loaded"


def test_a_second_red_over_midnight_unloads_from_when_it_was_said() -> None:
    first = session_at(datetime(2026, 5, 2, 18, tzinfo=BERLIN), peak=8)
    second = replace(
        session_at(datetime(2026, 5, 4, 18, tzinfo=BERLIN), peak=8), at=datetime(2026, 5, 5, 0, 30, tzinfo=BERLIN)
    )
    history = replace(a_history(screened=(a_screening(date(2026, 5, 7)),)), sessions=(first, second))
    assert a_plan(date(2026, 5, 7), history).because[-1].key == "day_unload"
    assert a_plan(date(2026, 5, 8), history).because[-1].key != "day_unload"


def test_a_flight_westward_over_the_date_line_does_not_make_a_second_stronger_day() -> None:
    home = session_at(datetime(2026, 5, 5, 9, tzinfo=AUCKLAND))
    there = home.at.astimezone(HONOLULU).date()
    assert there == date(2026, 5, 4)
    plan = a_plan(there, replace(screened(there), sessions=(home,)))
    assert plan.because[0].key == "day_light"


def test_a_flight_eastward_over_the_date_line_costs_no_follow_up() -> None:
    there = session_at(datetime(2026, 5, 4, 20, tzinfo=HONOLULU))
    morning = datetime(2026, 5, 5, 8, tzinfo=HONOLULU).astimezone(AUCKLAND)
    assert morning.date() == date(2026, 5, 6)
    plan = a_plan(morning.date(), replace(screened(there.day), sessions=(there,), mornings={date(2026, 5, 5): 0}))
    assert plan.because[0].key == "day_loaded"


def test_a_plan_asks_only_for_the_day_whatever_the_zone_of_the_moments() -> None:
    moment = datetime(2026, 5, 4, 20, tzinfo=BERLIN)
    plans = [
        a_plan(date(2026, 5, 6), replace(screened(date(2026, 5, 4)), sessions=(replace(session_at(moment), at=at),)))
        for at in (moment, moment.astimezone(UTC), moment.astimezone(AUCKLAND))
    ]
    assert plans[0] == plans[1] == plans[2]


def test_a_clock_set_back_over_midnight_neither_doubles_a_stronger_day_nor_raises_a_dose() -> None:
    ahead = session_at(datetime(2026, 5, 5, 0, 30, tzinfo=BERLIN))
    before = a_plan(date(2026, 5, 4), replace(screened(date(2026, 5, 4)), sessions=(ahead,)), a_person())
    assert "squat" not in ids(before)
    assert before.because[0].key == "day_light"


def test_a_course_that_ends_ahead_of_the_day_is_as_careful_as_one_that_ended_today() -> None:
    on = date(2026, 5, 4)
    ahead = Course(loaded_days=(on + timedelta(days=1),), amber_day=on + timedelta(days=1))
    plan = a_plan(on, replace(screened(on), course=ahead))
    assert plan.because[0].key == "day_light"
