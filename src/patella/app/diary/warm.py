"""Makes ready what a long diary needs to answer at once: done a little at a time, beside everything else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from patella.app.diary.days import remember_days
from patella.app.diary.timeline import remember_timeline
from patella.app.history.reading import SCREENING, course_memo, history_on, person_of
from patella.app.patella import Patella
from patella.app.running.runs import RUN

STEP_DAYS = 28
SUM_LASTS_DAYS = 6  # from the day on which a sum holds, the last on which nothing has to be added to it
DIARY_DAYS = 430
TIMELINE_DAYS = 5 * 366


def warm_up(app: Patella) -> Iterator[None]:
    """Sum up the course so far, then the diary of fourteen months and the timeline of five years, in small steps.

    Nothing has to be warm for an answer to be right; it only comes sooner.
    """
    yield from _sum_up(app)
    begun = app.entries(kinds=(SCREENING,))
    if begun:
        yield from remember_days(app, max(begun[0].day, app.today - timedelta(days=DIARY_DAYS)))
    seen = [e.day for e in (*begun, *app.entries(kinds=(RUN,)))]
    if seen:
        yield from remember_timeline(app, max(min(seen), app.today - timedelta(days=TIMELINE_DAYS)))


def _sum_up(app: Patella) -> Iterator[None]:
    person = person_of(app)
    known = app.log.memo(course_memo(app, person), no_later_than=app.today)
    begun = app.entries(kinds=(SCREENING,))
    if not begun:
        return
    day = known[0] + timedelta(days=SUM_LASTS_DAYS) if known else begun[0].day
    while day <= app.today:
        history_on(app, day, person)
        yield
        day += timedelta(days=STEP_DAYS)
