"""The rows behind the charts: days gathered into weeks, bands of use, points set apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from patella.app.diary.timeline_day import TimelineDay
from patella.app.diary.timeline_week import week_of_days

Row = dict[str, Any]

DAY, WEEK = "day", "week"
GAP_DAYS = 21
GOLDEN = 0.618034
SPREAD = 0.42


def rows_of(days: Iterable[TimelineDay]) -> list[Row]:
    """The days as rows to draw from."""
    return [{**day} for day in days]


def in_weeks(days: Iterable[TimelineDay]) -> list[TimelineDay]:
    """Days as weeks that begin on Monday, the first and the last of them perhaps cut."""
    weeks: dict[str, list[TimelineDay]] = {}
    for row in days:
        day = date.fromisoformat(row["day"])
        weeks.setdefault((day - timedelta(days=day.weekday())).isoformat(), []).append(row)
    return [{**week_of_days(of_week), "day": monday} for monday, of_week in weeks.items()]


def bands_of(days: Sequence[Row], step: str) -> dict[str, list[tuple[date, date]]]:
    """For each shoe the stretches of use: first day and the day after the last, with no gap over three weeks."""
    length = timedelta(days=1 if step == DAY else 7)
    bands: dict[str, list[tuple[date, date]]] = {}
    for row in days:
        day = date.fromisoformat(row["day"])
        for shoe, metres in row["shoe_m"].items():
            if not metres:
                continue
            known = bands.setdefault(shoe, [])
            if known and day - known[-1][1] <= timedelta(days=GAP_DAYS):
                known[-1] = (known[-1][0], day + length)
            else:
                known.append((day, day + length))
    return bands


def spaced(points: Sequence[tuple[float, float]], *, width: float = 0.0) -> list[tuple[float, float]]:
    """Each point moved by less than half a step of pain, and sideways by up to `width`, so that equal ones are seen."""
    return [(x + (_turn(n * 7 + 3) * width), y + _turn(n) * 2 * SPREAD) for n, (x, y) in enumerate(points)]


def _turn(n: int) -> float:
    """A number from -0.5 to 0.5 that does not repeat soon; the same for the same n."""
    return (n * GOLDEN) % 1 - 0.5


def worst_colour(nprs: float, colours: Mapping[str, float]) -> str:
    """The colour of a pain: the last of `colours` whose floor it reaches."""
    return [name for name, floor in colours.items() if nprs >= floor][-1]
