"""The charts, each made once as a Vega-Lite specification: the page, paper and a notebook draw the same.

Everything lies on one axis of days. Pain has a colour and a shape, and nothing else has these colours. What is not
known is not drawn: an empty morning is no zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from patella.app.diary.timeline import Timeline
from patella.app.diary.timeline_day import TimelineDay
from patella.care.units import METRIC, Units
from patella.paper.days import DAY, WEEK, Row, in_weeks, rows_of, spaced
from patella.paper.lanes.frame import SIDE, Frame, Spec
from patella.paper.lanes.lanes import lanes_of

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FONT = "Atkinson Hyperlegible Next, Atkinson Hyperlegible, Verdana, sans-serif"
RIGHT = 12
LEAST_PLOT_PX = 120
LEAST_DAY_PX = 2.0
DAYS = {"date": "%-d %b", "week": "%-d %b", "month": "%b", "quarter": "%b", "year": "%Y"}
ZOOM = "wheel![event.ctrlKey || event.metaKey || event.shiftKey]"

INKS: Mapping[str, Mapping[str, str]] = {
    "light": {
        "ink": "#1F2421",
        "soft": "#565B56",
        "line": "#E5DBCB",
        "edge": "#8B857A",
        "coral": "#D9491F",
        "green": "#24693F",
        "amber": "#8A5300",
        "red": "#A3231B",
        "hard": "#4C504D",
        "gentle": "#B58F61",
        "machine": "#6E889C",
        "unsaid": "#ABA294",
        "band": "#D3C3A9",
    },
    "dark": {
        "ink": "#F2ECE2",
        "soft": "#BDB5A8",
        "line": "#3B3733",
        "edge": "#857D72",
        "coral": "#F2714A",
        "green": "#7CC796",
        "amber": "#F0B95A",
        "red": "#FF8A7D",
        "hard": "#D3CCC0",
        "gentle": "#A98659",
        "machine": "#6F8BA3",
        "unsaid": "#6B645B",
        "band": "#5D5448",
    },
}


def timeline_chart(
    timeline: Timeline,
    *,
    names: Mapping[str, str] | None = None,
    theme: str = "light",
    width: int = 640,
    units: Units = METRIC,
    cautious: bool = False,
) -> Spec:
    """One knee's days, everything aligned: pain, runs, shoes, sitting, exercises, other sports, scores.

    `timeline` is what `app.diary.timeline` gives, `names` the names of scores by their id; `theme` light or
    dark; `width` that of the drawing in CSS pixels; `cautious` whether every pain above 2 is red. Days too narrow to be
    told apart are drawn as weeks. A lane with nothing in it is left out, except morning pain. Every mark has the `day`
    it belongs to.
    """
    days: Sequence[TimelineDay] = timeline["days"]
    step, inks = str(timeline["step"]), INKS[theme]
    plot = max(width - SIDE - RIGHT, LEAST_PLOT_PX)
    if step == DAY and days and plot / len(days) < LEAST_DAY_PX:
        days, step = in_weeks(days), WEEK
    frame = Frame(
        days=rows_of(days),
        shoes=timeline["shoes"],
        names=names or {},
        step=step,
        since=str(timeline["since"]),
        before=str(timeline["before"]),
        plot=plot,
        inks=inks,
        units=units,
        cautious=cautious,
    )
    lanes = lanes_of(frame)
    labels = {"labels": True, "labelOverlap": "greedy", "labelFlush": True, "labelSeparation": 8, "format": DAYS}
    lanes[-1]["layer"][0]["encoding"]["x"]["axis"] |= labels
    return {
        "$schema": SCHEMA,
        "description": describe(timeline, units),
        "background": "transparent",
        "padding": {"left": 0, "right": RIGHT, "top": 2, "bottom": 2},
        "spacing": 30,
        "bounds": "flush",
        "vconcat": lanes,
        "resolve": {"scale": {"color": "independent"}},
        "params": [
            {
                "name": "zoom",
                "select": {"type": "interval", "encodings": ["x"], "zoom": ZOOM},
                "bind": "scales",
                "views": [lane["layer"][0]["name"] for lane in lanes],
            }
        ],
        "config": _config(inks),
    }


def describe(timeline: Timeline, units: Units = METRIC) -> str:
    """The chart in a few sentences, for whoever does not see it."""
    days = timeline["days"]
    parts = [f"Timeline from {timeline['since']} up to {timeline['before']}."]
    mornings = [d["pain"]["morning"] for d in days if d["pain"]["morning"] is not None]
    if mornings:
        mean = sum(mornings) / len(mornings)
        parts.append(f"Morning pain {mean:.1f} of 10 on average, {max(mornings):g} at worst.")
    metres = sum(d["run_m"] or 0 for d in days)
    if metres:
        parts.append(f"{units.far(metres)} run.")
    sessions = sum(d["sessions"] or 0 for d in days)
    if sessions:
        parts.append(f"{sessions} sessions of exercises.")
    return " ".join(parts)


def finding_chart(
    points: Sequence[tuple[float, float]],
    *,
    title: str,
    ends: tuple[str, str] | None = None,
    slope: float = 0.0,
    theme: str = "light",
    width: int = 420,
) -> Spec:
    """The mornings behind a finding: `points` are the factor's value, and the pain of the morning it is held against.

    `ends` names 0 and 1 where the factor is one or the other: two heaps with their means are drawn. Else a cloud, with
    a line that rises by `slope` points of pain for each unit. Points are set apart a little, so that each is seen.
    """
    inks = INKS[theme]
    shifted = spaced(points, width=0.5 if ends else 0.0)
    rows = [{"x": x, "pain": y, "sx": sx, "sy": sy} for (x, y), (sx, sy) in zip(points, shifted, strict=True)]
    x: Row = {"field": "sx", "type": "quantitative", "title": title, "scale": {"zero": False}, "axis": {"tickCount": 6}}
    if ends:
        words = [e.replace("\\", "").replace("'", "\u2019") for e in ends]
        choice = f"datum.value === 0 ? '{words[0]}' : '{words[1]}'"
        x |= {"scale": {"domain": [-0.6, 1.6]}, "axis": {"values": [0, 1], "labelExpr": choice, "grid": False}}
    axis = {"values": [0, 2, 4, 6, 8, 10], "minExtent": SIDE, "maxExtent": SIDE}
    y = {"field": "sy", "type": "quantitative", "title": None, "scale": {"domain": [-0.5, 10.5]}, "axis": axis}
    cloud = {
        "mark": {"type": "point", "filled": True, "size": 34, "opacity": 0.6, "color": inks["edge"]},
        "encoding": {"x": x, "y": y},
    }
    return {
        "$schema": SCHEMA,
        "description": f"{len(rows)} mornings, their pain against: {title}.",
        "background": "transparent",
        "padding": {"left": 0, "right": RIGHT, "top": 4, "bottom": 2},
        "width": max(width - SIDE - RIGHT, LEAST_PLOT_PX),
        "height": 170,
        "data": {"values": rows},
        "layer": [cloud, _means(inks) if ends else _line(rows, slope, inks)],
        "config": _config(inks),
    }


def _means(inks: Mapping[str, str]) -> Spec:
    return {
        "transform": [
            {"aggregate": [{"op": "mean", "field": "pain", "as": "mean"}], "groupby": ["x"]},
            {"calculate": "datum.x - 0.35", "as": "left"},
            {"calculate": "datum.x + 0.35", "as": "right"},
        ],
        "mark": {"type": "rule", "strokeWidth": 4, "color": inks["coral"], "strokeCap": "round"},
        "encoding": {
            "x": {"field": "left", "type": "quantitative"},
            "x2": {"field": "right"},
            "y": {"field": "mean", "type": "quantitative"},
        },
    }


def _line(rows: Sequence[Row], slope: float, inks: Mapping[str, str]) -> Spec:
    """A line through the middle of the cloud, from one end of it to the other."""
    xs, ys = [r["x"] for r in rows], [r["pain"] for r in rows]
    middle = (sum(xs) / len(xs), sum(ys) / len(ys)) if rows else (0.0, 0.0)
    ends = [{"sx": x, "sy": middle[1] + slope * (x - middle[0])} for x in (min(xs), max(xs))] if rows else []
    return {
        "data": {"values": ends},
        "mark": {"type": "line", "strokeWidth": 4, "color": inks["coral"], "strokeCap": "round", "clip": True},
        "encoding": {"x": {"field": "sx", "type": "quantitative"}, "y": {"field": "sy", "type": "quantitative"}},
    }


def _config(inks: Mapping[str, str]) -> Spec:
    return {
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "labelColor": inks["soft"],
            "labelFontSize": 12,
            "titleColor": inks["soft"],
            "titleFontWeight": "normal",
            "titleFontSize": 13,
            "gridColor": inks["line"],
            "domain": False,
            "ticks": False,
            "labelPadding": 4,
        },
        "title": {
            "anchor": "start",
            "frame": "group",
            "fontSize": 13,
            "fontWeight": 600,
            "color": inks["ink"],
            "subtitleColor": inks["soft"],
            "subtitleFontSize": 12,
            "offset": 4,
        },
        "legend": {"labelColor": inks["soft"], "labelFontSize": 12, "symbolStrokeWidth": 0},
    }
