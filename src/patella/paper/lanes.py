"""The lanes of a timeline, each a small Vega-Lite view on the same axis of days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from patella.paper.days import DAY, Row, bands_of, worst_colour

Spec = dict[str, Any]

SIDE = 26
OCTAGON = "M-.41,-1L.41,-1L1,-.41L1,.41L.41,1L-.41,1L-1,.41L-1,-.41Z"
COLOURS = {"green": 0, "amber": 2.5, "red": 5.5}
SHAPES = {"green": "circle", "amber": "triangle-up", "red": OCTAGON}
SPIKES = {
    "warn": "over 10 % beyond the longest of 30 days",
    "strong": "over 30 % beyond the longest of 30 days",
    "red": "more than twice the longest of 30 days",
}
SPIKE_SIZES = {"warn": 45, "strong": 60, "red": 110}
GROUNDS = {
    "road": "hard",
    "pavement": "hard",
    "path": "soft",
    "trail": "soft",
    "grass": "soft",
    "sand": "soft",
    "track": "track",
    "treadmill": "track",
}
MIXED = "not said"
GROUND_WORDS = {"hard": "on hard ground", "soft": "on soft ground", "track": "on track or treadmill"}
SHOE_PX, BAND_PX = 29, 12
MOST_DROP_MM = 14
SCORES_PX = 30
LONG_TEXT = 44
LATE = 0.85
BESIDE = {
    "align": {"expr": "datum.late ? 'right' : 'left'"},
    "dx": {"expr": "datum.late ? -7 : 7"},
}
ROOMY_PX, ROOM_ROW_PX = 420, 3.0
TALLER = 1.3
GROWING = frozenset({"morning", "during", "after", "runs", "sitting_h"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What all lanes of a chart share. `plot` is the width of a lane in CSS pixels, `inks` the colours by their use."""

    days: Sequence[Row]
    shoes: Mapping[str, Mapping[str, Any]]
    names: Mapping[str, str]
    step: str
    since: str
    before: str
    plot: int
    inks: Mapping[str, str]

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
        return {"day": row["day"], "at": _edge(first), "to": _edge(first + timedelta(days=self.step_days))}

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


def lanes_of(frame: Frame) -> list[Spec]:
    """Every lane that has something to show, from top to bottom; morning pain always."""
    during = "Pain during exercise and runs" if frame.step == DAY else "Pain during, the worst"
    after = "Pain an hour after" if frame.step == DAY else "An hour after, the worst"
    return [
        *_pain(frame, "morning", "Pain in the morning", 88, always=True),
        *_pain(frame, "during", during, 46),
        *_pain(frame, "after", after, 46),
        *_runs(frame),
        *_shoes(frame),
        *_bars(frame, "sitting_h", "Sitting, hours a day", 38),
        *_bars(frame, "barefoot_min", "Barefoot, minutes", 32),
        *_exercises(frame),
        *_sports(frame),
        *_scores(frame),
    ]


def _moment(day: str) -> str:
    """Midnight of a day as an expression, with the months from 0."""
    at = date.fromisoformat(day)
    return f"datetime({at.year}, {at.month - 1}, {at.day})"


def _edge(day: date) -> str:
    return f"{day.isoformat()}T00:00:00"


def _lane(frame: Frame, name: str, title: str, height: int, rows: Sequence[Row], layers: Sequence[Spec]) -> Spec:
    """One lane: its rows, its layers, and the axis of days that all share."""
    ends = {"expr": f"[{_moment(frame.since)}, {_moment(frame.before)}]"}
    axis = {"title": None, "grid": True, "labels": False, "tickCount": max(frame.plot // 100, 2)}
    x: Spec = {"field": "at", "type": "temporal"}
    first = {**x, "scale": {"domain": ends, "nice": False}, "axis": axis}
    drawn = [{**layer, "encoding": {"x": x, **layer["encoding"]}} for layer in layers]
    drawn[0] |= {"name": name, "encoding": {**drawn[0]["encoding"], "x": first}}
    tall = round(height * (TALLER if frame.plot > ROOMY_PX * 2 and name in GROWING else 1))
    return {"title": title, "width": frame.plot, "height": tall, "data": {"values": list(rows)}, "layer": drawn}


def _y(field: str, most: float, values: Sequence[float] = (), *, least: float = 0, labels: bool = True) -> Spec:
    axis: Spec = {"values": list(values), "title": None, "minExtent": SIDE, "maxExtent": SIDE, "labels": labels}
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [least, most], "nice": False},
        "axis": axis,
    }


SAYS: Spec = {"field": "says", "type": "nominal"}


def _pain(frame: Frame, when: str, title: str, height: int, *, always: bool = False) -> list[Spec]:
    rows = []
    for row in frame.days:
        nprs = row["pain"][when]
        if nprs is None:
            rows.append({**frame.middle(row), "nprs": None})
            continue
        colour = worst_colour(nprs, COLOURS)
        says = f"{frame.when(row)}: {nprs:g} of 10"
        rows.append({**frame.middle(row), "nprs": nprs, "colour": colour, "says": says})
    if not always and all(r["nprs"] is None for r in rows):
        return []
    y = _y("nprs", 10.6, (0, 5, 10), least=-0.8)
    line = {
        "mark": {"type": "line", "color": frame.inks["edge"], "strokeWidth": 1, "clip": True, "opacity": 0.8},
        "encoding": {"y": y},
    }
    points = {
        "mark": {"type": "point", "filled": True, "opacity": 1, "size": frame.dot, "clip": True},
        "encoding": {
            "y": y,
            "color": _by_colour([frame.inks[name] for name in COLOURS]),
            "shape": _by_colour(list(SHAPES.values())),
            "tooltip": SAYS,
        },
    }
    return [_lane(frame, when, title, height, rows, [line, points] if always else [points])]


def _by_colour(looks: Sequence[str]) -> Spec:
    scale = {"domain": list(COLOURS), "range": list(looks)}
    return {"field": "colour", "type": "nominal", "scale": scale, "legend": None}


def _runs(frame: Frame) -> list[Spec]:
    rows = [_run_row(frame, d) for d in frame.days if d["run_m"]]
    if not rows:
        return []
    grounds = list(dict.fromkeys([*GROUNDS.values(), MIXED]))
    there = [g for g in grounds if any(r["ground"] == g for r in rows)]
    most = max(r["km"] for r in rows) * 1.5
    inks = {"hard": "hard", "soft": "gentle", "track": "machine", MIXED: "unsaid"}
    legend = {
        "orient": "top-left",
        "direction": "horizontal",
        "symbolType": "square",
        "columns": 4,
        "columnPadding": 8,
        "offset": 0,
        "padding": 0,
    }
    y = _y("km", most, _round_steps(most))
    bars = {
        "mark": {"type": "rect", "clip": True, **frame.between},
        "encoding": {
            "x2": {"field": "to"},
            "y": y,
            "y2": {"datum": 0},
            "color": {
                "field": "ground",
                "type": "nominal",
                "title": None,
                "scale": {"domain": there, "range": [frame.inks[inks[g]] for g in there]},
                "legend": legend if there != [MIXED] else None,
            },
            "tooltip": SAYS,
        },
    }
    marks = {
        "data": {"values": [_spike(frame, r) for r in rows if r["spike"]]},
        "mark": {"type": "point", "shape": "triangle-down", "yOffset": -9, "color": frame.inks["coral"], "clip": False},
        "encoding": {
            "y": y,
            "size": {"field": "size", "type": "quantitative", "scale": None},
            "fill": {"field": "fill", "type": "nominal", "scale": None},
            "tooltip": SAYS,
        },
    }
    title = f"Runs, km a {frame.step}"
    if any(r["spike"] for r in rows):
        title += "  \u25bd a step up"
    return [_lane(frame, "runs", title, 108, rows, [bars, marks])]


def _spike(frame: Frame, row: Row) -> Row:
    fill = "transparent" if row["spike"] == "warn" else frame.inks["coral"]
    return {**row, "at": row["middle"], "fill": fill, "size": SPIKE_SIZES[row["spike"]]}


def _run_row(frame: Frame, day: Row) -> Row:
    km = day["run_m"] / 1000
    metres: Counter[str] = Counter()
    for run in day["runs"]:
        metres[GROUNDS.get(run["surface"] or "", MIXED)] += run["distance_m"] or 1
    for surface, m in day.get("surface_m", {}).items():  # of a week
        metres[GROUNDS.get(surface, MIXED)] += m
    there = [day.get("spike"), *(r["spike"] for r in day["runs"])]
    spike = max((s for s in there if s in SPIKES), key=list(SPIKES).index, default=None)
    ground = metres.most_common(1)[0][0] if metres else MIXED
    says = f"{frame.when(day)}: {km:.1f} km{'' if ground == MIXED else f', {GROUND_WORDS[ground]}'}"
    if spike:
        says += f"; {SPIKES[spike]}"
    return {
        **frame.at(day),
        "middle": frame.middle(day)["at"],
        "km": round(km, 2),
        "ground": ground,
        "spike": spike,
        "says": says,
    }


def _round_steps(most: float) -> list[float]:
    """Nothing, and one or two round numbers below the most."""
    step = next((s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500) if most / s <= 3), 1000)  # noqa: PLR2004 - three fit
    return [n * step for n in range(int(most // step) + 1)]


def _shoes(frame: Frame) -> list[Spec]:
    """Each pair a line of its own: its bands, as thick as its heel is high over the ball of the foot."""
    bands = bands_of(frame.days, frame.step)
    if not bands:
        return []
    rows, names = [], []
    for number, (shoe, stretches) in enumerate(bands.items()):
        about = frame.shoes.get(shoe, {"name": "A pair", "heel_drop_mm": None})
        drop = about["heel_drop_mm"]
        words = f"{str(about['name'])[:LONG_TEXT]}, {'drop not known' if drop is None else f'{drop:g} mm drop'}"
        thick = 4 if drop is None else 2 + BAND_PX * min(max(drop, 0), MOST_DROP_MM) / MOST_DROP_MM
        floor = (number + 1) * SHOE_PX
        names.append({"at": _edge(date.fromisoformat(frame.since)), "top": floor - 14, "words": words})
        for first, after in stretches:
            place = {"day": first.isoformat(), "at": _edge(first), "to": _edge(after)}
            rows.append({**place, "top": floor - thick, "floor": floor, "known": drop is not None, "says": words})
    height = len(bands) * SHOE_PX
    y = {"type": "quantitative", "scale": {"domain": [height, 0], "nice": False}, "axis": None}
    band = {
        "mark": {"type": "rect", "clip": True, "color": frame.inks["band"]},
        "encoding": {
            "x2": {"field": "to"},
            "y": {"field": "top", **y},
            "y2": {"field": "floor"},
            "tooltip": SAYS,
            "opacity": {"condition": {"test": "datum.known", "value": 1}, "value": 0.5},
        },
    }
    texts = {
        "data": {"values": names},
        "mark": {"type": "text", "align": "left", "baseline": "bottom", "fontSize": 12, "color": frame.inks["soft"]},
        "encoding": {"x": {"value": 0}, "y": {"field": "top", **y}, "text": {"field": "words", "type": "nominal"}},
    }
    return [_lane(frame, "shoes", "Shoes; the thicker, the higher the heel", height, rows, [band, texts])]


def _bars(frame: Frame, key: str, title: str, height: int) -> list[Spec]:
    rows = [
        {**frame.at(d), "n": d[key], "says": f"{frame.when(d)}: {title.partition(',')[0].lower()} {d[key]:g}"}
        for d in frame.days
        if d[key]
    ]
    if not rows:
        return []
    most = max(r["n"] for r in rows)
    bar = {
        "mark": {"type": "rect", "clip": True, "color": frame.inks["gentle"], **frame.between},
        "encoding": {
            "x2": {"field": "to"},
            "y": _y("n", most * 1.05, [_round_steps(most)[-1]]),
            "y2": {"datum": 0},
            "tooltip": SAYS,
        },
    }
    return [_lane(frame, key, title, height, rows, [bar])]


def _exercises(frame: Frame) -> list[Spec]:
    """Exercises done, and a ring where some that were asked for were left out on a day with pain."""
    lanes = _bars(frame, "exercises", "Exercises done", 26)
    left_out = [
        {**frame.middle(d), "n": 0, "says": f"{frame.when(d)}: {_left_out(d['adjusted'], frame.step)}"}
        for d in frame.days
        if d.get("adjusted")
    ]
    if lanes and left_out:
        lanes[0]["title"] += "  \u25cb left out for pain"
        ring = {
            "data": {"values": left_out},
            "mark": {"type": "point", "color": frame.inks["soft"], "size": 30, "yOffset": -5, "clip": False},
            "encoding": {
                "x": {"field": "at", "type": "temporal"},
                "y": {"field": "n", "type": "quantitative"},
                "tooltip": SAYS,
            },
        }
        lanes[0]["layer"].append(ring)
    return lanes


def _left_out(days: int, step: str) -> str:
    when = "" if step == DAY else f", {days} {'day' if days == 1 else 'days'}"
    return f"exercises left out on a day with pain{when}"


def _sports(frame: Frame) -> list[Spec]:
    rows = []
    for day in frame.days:
        for sport in day["sports"]:
            km = f", {sport['distance_m'] / 1000:.1f} km" if sport["distance_m"] else ""
            rows.append({**frame.middle(day), "y": 0.5, "says": f"{frame.when(day)}: {sport['sport']}{km}"})
    if not rows:
        return []
    point = {
        "mark": {"type": "point", "shape": "diamond", "color": frame.inks["machine"], "size": frame.dot, "clip": True},
        "encoding": {"y": _y("y", 1, labels=False), "tooltip": SAYS},
    }
    return [_lane(frame, "sports", "Other sports", 16, rows, [point])]


def _scores(frame: Frame) -> list[Spec]:
    kinds = list(dict.fromkeys(s["score"] for d in frame.days for s in d["scores"]))
    if not kinds:
        return []
    rows = []
    for day in frame.days:
        for score in day["scores"]:
            floor = (kinds.index(score["score"]) + 1) * SCORES_PX
            name, value = frame.names.get(score["score"], score["score"]), f"{score['value']:g}"
            says = f"{frame.when(day)}: {name} {value}"
            rows.append({**frame.middle(day), "y": floor - 6, "words": value, "says": says, "late": frame.is_late(day)})
    named = [{"y": (n + 1) * SCORES_PX - 14, "words": frame.names.get(kind, kind)} for n, kind in enumerate(kinds)]
    height = len(kinds) * SCORES_PX
    y = {"field": "y", "type": "quantitative", "scale": {"domain": [height, 0], "nice": False}, "axis": None}
    text = {"type": "text", "baseline": "bottom", "fontSize": 12}
    return [
        _lane(
            frame,
            "scores",
            "Scores",
            height,
            rows,
            [
                {
                    "mark": {
                        "type": "point",
                        "filled": True,
                        "opacity": 1,
                        "shape": "diamond",
                        "size": 55,
                        "color": frame.inks["ink"],
                        "clip": True,
                    },
                    "encoding": {"y": y, "tooltip": SAYS},
                },
                {
                    "mark": {**text, **BESIDE, "dy": 6, "color": frame.inks["ink"], "clip": True},
                    "encoding": {"y": y, "text": {"field": "words", "type": "nominal"}},
                },
                {
                    "data": {"values": named},
                    "mark": {**text, "align": "left", "color": frame.inks["soft"]},
                    "encoding": {"x": {"value": 0}, "y": y, "text": {"field": "words", "type": "nominal"}},
                },
            ],
        )
    ]
