"""Days and spans of days as they stand in an address or a body."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Annotated

from fastapi import Query

from patella.web.answer import Refusal

YEARS = range(2000, 2100)
PATTERN = r"^\d{4}-\d{2}-\d{2}$"

Since = Annotated[str | None, Query(pattern=PATTERN, description="The first day.")]
Before = Annotated[str | None, Query(pattern=PATTERN, description="The day after the last; tomorrow if not said.")]


def read_day(said: str) -> date:
    """The day that was said, if it lies in a century that anybody here lives in. Raises Refusal."""
    with suppress(ValueError):
        day = date.fromisoformat(said)
        if day.year in YEARS:
            return day
    raise Refusal(422, "days", "A day is written as 2026-05-31, and lies in this century.")


def day_of(said: str | None) -> date | None:
    """The day that was said, if one was. Raises Refusal."""
    return None if said is None else read_day(said)


def span_of(since: str | None, before: str | None, today: date, *, usual: int, most: int) -> tuple[date, date]:
    """The first day and the day after the last: `usual` days up to today where nothing is said. Raises Refusal."""
    last = read_day(before) if before else today + timedelta(days=1)
    first = read_day(since) if since else last - timedelta(days=usual)
    if not 0 < (last - first).days <= most:
        raise Refusal(422, "days", f"The first day must come before the last, by at most {most} days.")
    return first, last
