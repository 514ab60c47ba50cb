"""The rows behind the charts: days gathered into weeks, bands of use, points set apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from patella.app.diary.timeline_day import TimelineDay

Row = dict[str, Any]

DAY, WEEK = "day", "week"
GAP_DAYS = 21
GOLDEN = 0.618034
SPREAD = 0.42
SUMS = ("run_m", "barefoot_min", "sitting_h", "sessions", "exercises", "sets", "adjusted")
COLOURS = ("green", "amber", "red")


def rows_of(days: Iterable[TimelineDay]) -> list[Row]:
    """The days as rows to draw from."""
    return [{**day} for day in days]


def in_weeks(days: Sequence[Row]) -> list[Row]:
    """Days as weeks that begin on Monday: morning pain and sitting are means, other pain the worst, the rest sums."""
    weeks: dict[str, list[Row]] = {}
    for row in days:
        day = date.fromisoformat(row["day"])
        weeks.setdefault((day - timedelta(days=day.weekday())).isoformat(), []).append(row)
    return [_week(monday, rows) for monday, rows in weeks.items()]


def _week(monday: str, rows: Sequence[Row]) -> Row:
    pains = [r["pain"] for r in rows]
    metres: dict[str, float] = {}
    for row in rows:
        for shoe, metre in row["shoe_m"].items():
            metres[shoe] = metres.get(shoe, 0.0) + metre
    worst = {when: max(_known(p[when] for p in pains), default=None) for when in ("during", "after", "worst")}
    return {
        **{key: sum(found) if (found := _known(r.get(key) for r in rows)) else None for key in SUMS},
        "day": monday,
        "pain": {**worst, "morning": mean(_known(p["morning"] for p in pains))},
        "runs": [run for r in rows for run in r["runs"]],
        "sports": [sport for r in rows for sport in r["sports"]],
        "sitting_h": mean(_known(r["sitting_h"] for r in rows)),
        "shoe_m": metres,
        "scores": [score for r in rows for score in r["scores"]],
    }


def mean(values: Sequence[float]) -> float | None:
    """The mean to one decimal, None of nothing."""
    return round(sum(values) / len(values), 1) if values else None


def _known(values: Iterable[float | None]) -> list[float]:
    return [v for v in values if v is not None]


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
