from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from patella.paper.reminders import DAYS, ReminderError, write_morning, write_reminders

SUNDAY = date(2026, 11, 22)


def test_each_time_of_the_day_is_one_weekly_event() -> None:
    events = events_of(write_reminders("13:00,09:00", "mo,we", since=SUNDAY))
    assert [e.decoded("dtstart").isoformat() for e in events] == ["2026-11-23T09:00:00", "2026-11-23T13:00:00"]
    assert events[0]["rrule"]["BYDAY"] == ["MO", "WE"]
    assert events[0].decoded("duration") == timedelta(minutes=5)


def test_the_same_wish_gives_the_same_bytes_and_an_event_keeps_its_id() -> None:
    one = write_reminders("09:00,13:00", "mo,tu", since=SUNDAY)
    assert one == write_reminders(" 13:00 , 09:00,09:00", "TU,mo", since=SUNDAY)
    ids = {str(e["uid"]) for e in events_of(one)}
    later = events_of(write_reminders("09:00,17:00", "fr", since=SUNDAY))
    assert len(ids & {str(e["uid"]) for e in later}) == 1


def test_the_first_event_is_on_a_day_that_was_asked_for() -> None:
    for number in range(14):
        day = SUNDAY + timedelta(days=number)
        for weekday in DAYS:
            event = events_of(write_reminders("09:00", weekday.lower(), since=day))[0]
            first = event.decoded("dtstart").date()
            assert DAYS[first.weekday()] == weekday
            assert 0 <= (first - day).days < 7


def test_a_feed_says_how_often_to_look_again_and_rings_no_bell() -> None:
    text = write_reminders("09:00", "mo", since=SUNDAY).decode()
    assert "X-PUBLISHED-TTL:PT12H" in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H" in text
    assert "VALARM" not in text
    assert all(len(line.encode()) <= 75 for line in text.splitlines())


@pytest.mark.parametrize(
    ("times", "days"),
    [
        ("9:00", "mo"),
        ("24:00", "mo"),
        ("09:60", "mo"),
        ("\u0660\u0669:00", "mo"),
        ("", "mo"),
        ("09:00", "monday"),
        ("09:00", ""),
    ],
)
def test_what_is_no_time_or_no_day_is_refused_with_a_sentence(times: str, days: str) -> None:
    with pytest.raises(ReminderError, match=r"^A (time|day) is .*\.$"):
        write_reminders(times, days, since=SUNDAY)


def test_more_than_eight_times_are_too_many() -> None:
    with pytest.raises(ReminderError, match="At most 8"):
        write_reminders(",".join(f"{h:02}:00" for h in range(9)), "mo", since=SUNDAY)


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_gives_a_calendar_or_a_sentence(times: str, days: str) -> None:
    try:
        made = write_reminders(times, days, since=SUNDAY)
    except ReminderError as error:
        assert str(error).endswith(".")  # noqa: PT017 - either is right
    else:
        assert made.startswith(b"BEGIN:VCALENDAR")


def events_of(calendar: bytes) -> list[Any]:
    return list(Calendar.from_ical(calendar).walk("VEVENT"))


def test_the_mornings_question_is_one_event_with_a_link_that_opens_it() -> None:
    link = "http://127.0.0.1:8123/today"
    made = write_morning(SUNDAY, link)
    (event,) = events_of(made)
    assert event["dtstart"].dt == datetime.combine(SUNDAY, time(7, 30))
    assert event["url"] == link
    assert link in event["description"]
    assert event.walk("VALARM")
    assert write_morning(SUNDAY, link) == made
