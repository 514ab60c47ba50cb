"""Reminders for a calendar: small breaks spread through the day, and the question of the morning after a session."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_TIMES = 8
MINUTES = 5
EVENTS = UUID("3f0f2c1e-6f2d-5e6b-8c9d-72656d696e64")

SUMMARY = "Two minutes for the knee"
TEXT = "One small exercise, barefoot, and done. Not today? Fine too: the next one comes by itself."
MORNING = time(7, 30)
MORNING_SUMMARY = "How is the knee this morning?"
MORNING_TEXT = "One number, 0 to 10. It decides whether anything goes up."
NAME = "Patella"
REFRESH = timedelta(hours=12)


class ReminderError(ValueError):
    """The reminders cannot be made; the message is one sentence for the person."""


def write_reminders(times: str, days: str, *, since: date) -> bytes:
    """A calendar with one weekly event for each time of the day.

    `times` as "09:00,13:00", at most eight; `days` as "mo,tu,we"; the events are in the local time of whoever reads the
    calendar, from the first of these days on or after `since`. The same input gives the same bytes, and an event keeps
    its id, so that a calendar that reads the feed again changes nothing. Raises ReminderError.
    """
    from icalendar import Calendar, Event

    clock, weekdays = _times(times), _days(days)
    calendar = Calendar()
    calendar.add("prodid", "-//Patella//Reminders//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", NAME)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    first = next(d for d in (since + timedelta(days=n) for n in range(7)) if DAYS[d.weekday()] in weekdays)
    for moment in clock:
        event = Event()
        event.add("uid", str(uuid5(EVENTS, moment.isoformat())))
        event.add("dtstamp", datetime(2026, 1, 1, tzinfo=UTC))
        event.add("dtstart", datetime.combine(first, moment))  # no zone: nine o'clock is nine o'clock wherever one is
        event.add("duration", timedelta(minutes=MINUTES))
        event.add("rrule", {"freq": "weekly", "byday": list(weekdays)})
        event.add("summary", SUMMARY)
        event.add("description", TEXT)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def write_morning(day: date, link: str) -> bytes:
    """A calendar with one event: the question of the morning of a day, with a link that opens it.

    At half past seven in the local time of whoever reads the calendar; the same day gives the same event.
    """
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Patella//Reminders//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", str(uuid5(EVENTS, f"morning {day.isoformat()}")))
    event.add("dtstamp", datetime(2026, 1, 1, tzinfo=UTC))
    event.add("dtstart", datetime.combine(day, MORNING))
    event.add("duration", timedelta(minutes=MINUTES))
    event.add("summary", MORNING_SUMMARY)
    event.add("description", f"{MORNING_TEXT}\n{link}")
    event.add("url", link)
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", MORNING_SUMMARY)
    alarm.add("trigger", timedelta(0))
    event.add_component(alarm)
    calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def _times(said: str) -> list[time]:
    found: set[time] = set()
    for part in said.split(","):
        match = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)", part.strip(), re.ASCII)
        if not match:
            raise ReminderError(f"A time is written as 09:00, not {part.strip()[:20]!r}.")
        found.add(time(int(match[1]), int(match[2])))
    if len(found) > MOST_TIMES:
        raise ReminderError(f"At most {MOST_TIMES} times a day: small breaks, not an alarm clock.")
    return sorted(found)


def _days(said: str) -> list[str]:
    wanted = {part.strip().upper() for part in said.split(",")}
    strange = sorted(wanted - set(DAYS))
    if strange:
        raise ReminderError(f"A day is one of {', '.join(DAYS).lower()}, not {strange[0].lower()[:20]!r}.")
    return [d for d in DAYS if d in wanted]
