"""The lane of runs, on what ground, and which were a step up."""

from __future__ import annotations

from collections import Counter

from patella.paper.days import Row
from patella.paper.lanes.frame import SAYS, Frame, Spec, lane_of, round_steps, y_axis

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


def run_lanes(frame: Frame) -> list[Spec]:
    """Runs as bars by ground, with a mark over what was a step up."""
    rows = [_run_row(frame, d) for d in frame.days if d["run_m"]]
    if not rows:
        return []
    grounds = list(dict.fromkeys([*GROUNDS.values(), MIXED]))
    there = [g for g in grounds if any(r["ground"] == g for r in rows)]
    most = max(r["far"] for r in rows) * 1.5
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
    y = y_axis("far", most, round_steps(most))
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
    title = f"Runs, {frame.units.distance} a {frame.step}"
    if any(r["spike"] for r in rows):
        title += "  \u25bd a step up"
    return [lane_of(frame, "runs", title, 108, rows, [bars, marks])]


def _spike(frame: Frame, row: Row) -> Row:
    fill = "transparent" if row["spike"] == "warn" else frame.inks["coral"]
    return {**row, "at": row["middle"], "fill": fill, "size": SPIKE_SIZES[row["spike"]]}


def _run_row(frame: Frame, day: Row) -> Row:
    metres: Counter[str] = Counter()
    for run in day["runs"]:
        metres[GROUNDS.get(run["surface"] or "", MIXED)] += run["distance_m"] or 1
    for surface, m in day.get("surface_m", {}).items():  # of a week
        metres[GROUNDS.get(surface, MIXED)] += m
    there = [day.get("spike"), *(r["spike"] for r in day["runs"])]
    spike = max((s for s in there if s in SPIKES), key=list(SPIKES).index, default=None)
    ground = metres.most_common(1)[0][0] if metres else MIXED
    says = f"{frame.when(day)}: {frame.units.far(day['run_m'])}{'' if ground == MIXED else f', {GROUND_WORDS[ground]}'}"
    if spike:
        says += f"; {SPIKES[spike]}"
    return {
        **frame.at(day),
        "middle": frame.middle(day)["at"],
        "far": round(frame.units.much(day["run_m"]), 2),
        "ground": ground,
        "spike": spike,
        "says": says,
    }
