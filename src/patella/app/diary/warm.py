"""Makes ready what a long diary needs to answer at once: done a little at a time, beside everything else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from patella.app.diary.days import remember_days
from patella.app.diary.timeline import remember_timeline
from patella.app.history.reading import person_of
from patella.app.history.summing import sum_up
from patella.app.patella import Patella
from patella.care.entries.kinds import Kind

DIARY_DAYS = 430
TIMELINE_DAYS = 5 * 366


def warm_up(app: Patella) -> Iterator[None]:
    """Sum up the course so far, then the diary of fourteen months and the timeline of five years, in small steps.

    Nothing has to be warm for an answer to be right; it only comes sooner. What was worked out by older rules goes.
    """
    begun = app.entries(kinds=(Kind.SCREENING_ANSWERED,))
    if begun:
        for _ in sum_up(app, app.today, person_of(app)):
            yield
        yield from remember_days(app, max(begun[0].day, app.today - timedelta(days=DIARY_DAYS)))
    seen = [e.day for e in (*begun, *app.entries(kinds=(Kind.RUN_ADDED,)))]
    if seen:
        yield from remember_timeline(app, max(min(seen), app.today - timedelta(days=TIMELINE_DAYS)))
    app.log.remembered.forget_others(app.rules)
