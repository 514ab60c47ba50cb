"""Lanes of bars: sitting, barefoot, exercises done."""

from __future__ import annotations

from patella.paper.days import DAY
from patella.paper.lanes.frame import SAYS, Frame, Spec, lane_of, round_steps, y_axis


def bar_lanes(frame: Frame, key: str, title: str, height: int) -> list[Spec]:
    """One number a day as bars; none while it was never noted."""
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
            "y": y_axis("n", most * 1.05, [round_steps(most)[-1]]),
            "y2": {"datum": 0},
            "tooltip": SAYS,
        },
    }
    return [lane_of(frame, key, title, height, rows, [bar])]


def exercise_lanes(frame: Frame) -> list[Spec]:
    """Exercises done, and a ring where some that were asked for were left out on a day with pain."""
    lanes = bar_lanes(frame, "exercises", "Exercises done", 26)
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
