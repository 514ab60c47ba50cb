"""The end of the programme, and what keeps it: when five minutes, two or three days a week, are enough."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from patella.care.course import Course
from patella.care.history import History
from patella.care.pain import GREEN_MAX
from patella.care.person import Person
from patella.care.watch import Concern

PROGRAMME_DAYS = 84
GREEN_SESSIONS = 24
CALM_DAYS = 28
LATELY = timedelta(days=14)
MORNINGS_LEAST = 3


def is_at_the_end(
    day: date, person: Person, history: History, course: Course, concerns: Sequence[Concern] = ()
) -> bool:
    """Whether it is time to say that the programme is done: never said to somebody who has answered it before.

    Twelve weeks with two green stronger sessions in each, four weeks without amber, at least three mornings within a
    fortnight and none above 2, no pain above 2 in it, still training, and nothing to be shown to anybody.
    Source: twelve weeks as in the longer trials; the rest is Patella's own.
    """
    first, last = course.first_day, course.last_day
    if person.maintenance is not None or first is None or last is None or concerns:
        return False
    long_enough = (day - first).days >= PROGRAMME_DAYS and course.green_loaded >= GREEN_SESSIONS
    calm = course.amber_day is None or (day - course.amber_day).days >= CALM_DAYS
    mornings = [n for d, n in history.mornings.items() if day - LATELY < d <= day]
    pains = [n for d, n in history.pains.items() if day - LATELY < d <= day]
    known_well = len(mornings) >= MORNINGS_LEAST and max((*mornings, *pains), default=0) <= GREEN_MAX
    return long_enough and calm and known_well and day - last < LATELY
