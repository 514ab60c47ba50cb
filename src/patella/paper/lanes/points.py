"""Lanes of single things: other sports, scores."""

from __future__ import annotations

from patella.paper.lanes.frame import SAYS, Frame, Spec, lane_of, y_axis

SCORES_PX = 30
BESIDE = {
    "align": {"expr": "datum.late ? 'right' : 'left'"},
    "dx": {"expr": "datum.late ? -7 : 7"},
}


def sport_lanes(frame: Frame) -> list[Spec]:
    """Other sports, a diamond for each."""
    rows = []
    for day in frame.days:
        for sport in day["sports"]:
            far = f", {frame.units.far(sport['distance_m'])}" if sport["distance_m"] else ""
            rows.append({**frame.middle(day), "y": 0.5, "says": f"{frame.when(day)}: {sport['sport']}{far}"})
    if not rows:
        return []
    point = {
        "mark": {"type": "point", "shape": "diamond", "color": frame.inks["machine"], "size": frame.dot, "clip": True},
        "encoding": {"y": y_axis("y", 1, labels=False), "tooltip": SAYS},
    }
    return [lane_of(frame, "sports", "Other sports", 16, rows, [point])]


def score_lanes(frame: Frame) -> list[Spec]:
    """Scores, each kind a row of its own with the number beside it."""
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
        lane_of(
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
