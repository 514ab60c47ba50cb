"""What all lanes of a timeline share: the days, the room there is, the axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from patella.app.diary.timeline import TimelineShoe
from patella.care.units import METRIC, Units
from patella.paper.days import DAY, Row

Spec = dict[str, Any]
SIDE = 26
ROOMY_PX = 420
ROOM_ROW_PX = 3.0
LATE = 0.85
TALLER = 1.3
GROWING = frozenset({"morning", "during", "after", "runs", "sitting_h"})
SAYS: Spec = {"field": "says", "type": "nominal"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What all lanes of a chart share. `plot` is the width of a lane in CSS pixels, `inks` the colours by their use."""

    days: Sequence[Row]
    shoes: Mapping[str, TimelineShoe]
    names: Mapping[str, str]
    step: str
    since: str
    before: str
    plot: int
    inks: Mapping[str, str]
    units: Units = METRIC
    cautious: bool = False

    @property
    def step_days(self) -> int:
        """How many days one row covers."""
        return 1 if self.step == DAY else 7

    @property
    def row_px(self) -> float:
        """How wide one row is."""
        return self.plot / max(len(self.days), 1)

    @property
    def dot(self) -> float:
        """The area of a symbol: as large as the rows leave room for, never too small to be told apart."""
        return min(max(self.row_px * 1.3, 5.5), 9.5) ** 2

    @property
    def between(self) -> Row:
        """The room between bars, where there is room."""
        return {"xOffset": 0.5, "x2Offset": -0.5} if self.row_px > ROOM_ROW_PX else {}

    def at(self, row: Row) -> Row:
        """Where a row lies: its first and last moment, and the middle."""
        first = date.fromisoformat(row["day"])
        return {"day": row["day"], "at": edge_of(first), "to": edge_of(first + timedelta(days=self.step_days))}

    def middle(self, row: Row) -> Row:
        """A row as a point in the middle of its day or week."""
        middle = date.fromisoformat(row["day"]) + timedelta(days=self.step_days // 2)
        return {"day": row["day"], "at": f"{middle.isoformat()}T12:00:00"}

    def is_late(self, row: Row) -> bool:
        """Whether a row lies so near the end that words after it would not fit."""
        first, last, day = (date.fromisoformat(d) for d in (self.since, self.before, row["day"]))
        return (day - first).days > LATE * (last - first).days

    def when(self, row: Row) -> str:
        """The day or week in words."""
        day = date.fromisoformat(row["day"])
        return f"{'' if self.step == DAY else 'Week of '}{day:%a} {day.day} {day:%b %Y}"


def _moment(day: str) -> str:
    """Midnight of a day as an expression, with the months from 0."""
    at = date.fromisoformat(day)
    return f"datetime({at.year}, {at.month - 1}, {at.day})"


def edge_of(day: date) -> str:
    """Midnight at the beginning of a day."""
    return f"{day.isoformat()}T00:00:00"


def lane_of(frame: Frame, name: str, title: str, height: int, rows: Sequence[Row], layers: Sequence[Spec]) -> Spec:
    """One lane: its rows, its layers, and the axis of days that all share."""
    ends = {"expr": f"[{_moment(frame.since)}, {_moment(frame.before)}]"}
    axis = {"title": None, "grid": True, "labels": False, "tickCount": max(frame.plot // 100, 2)}
    x: Spec = {"field": "at", "type": "temporal"}
    first = {**x, "scale": {"domain": ends, "nice": False}, "axis": axis}
    drawn = [{**layer, "encoding": {"x": x, **layer["encoding"]}} for layer in layers]
    drawn[0] |= {"name": name, "encoding": {**drawn[0]["encoding"], "x": first}}
    tall = round(height * (TALLER if frame.plot > ROOMY_PX * 2 and name in GROWING else 1))
    return {"title": title, "width": frame.plot, "height": tall, "data": {"values": list(rows)}, "layer": drawn}


def y_axis(field: str, most: float, values: Sequence[float] = (), *, least: float = 0, labels: bool = True) -> Spec:
    """The upward axis of a lane, from `least` to `most`, with numbers at `values`."""
    axis: Spec = {"values": list(values), "title": None, "minExtent": SIDE, "maxExtent": SIDE, "labels": labels}
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [least, most], "nice": False},
        "axis": axis,
    }


def round_steps(most: float) -> list[float]:
    """Nothing, and one or two round numbers below the most."""
    step = next((s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500) if most / s <= 3), 1000)  # noqa: PLR2004 - three fit
    return [n * step for n in range(int(most // step) + 1)]
