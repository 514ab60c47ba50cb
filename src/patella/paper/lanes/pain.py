"""The lanes of pain."""

from __future__ import annotations

from collections.abc import Mapping

from patella.care.pain import limits
from patella.paper.days import worst_colour
from patella.paper.lanes.frame import SAYS, Frame, Spec, lane_of, y_axis

OCTAGON = "M-.41,-1L.41,-1L1,-.41L1,.41L.41,1L-.41,1L-1,.41L-1,-.41Z"
HALF = 0.5  # of a week the morning is a mean, and goes to the colour that is nearest
SHAPES = {"green": "circle", "amber": "triangle-up", "red": OCTAGON}


def pain_lanes(frame: Frame, when: str, title: str, height: int, *, always: bool = False) -> list[Spec]:
    """Pain at one moment, a line behind it where it is the lane that is always there; none while none was noted."""
    floors = {name.value: max(0.0, least - HALF) for name, (least, _) in limits(cautious=frame.cautious).items()}
    rows = []
    for row in frame.days:
        nprs = row["pain"][when]
        if nprs is None:
            rows.append({**frame.middle(row), "nprs": None})
            continue
        colour = worst_colour(nprs, floors)
        says = f"{frame.when(row)}: {nprs:g} of 10"
        rows.append({**frame.middle(row), "nprs": nprs, "colour": colour, "says": says})
    if not always and all(r["nprs"] is None for r in rows):
        return []
    y = y_axis("nprs", 10.6, (0, 5, 10), least=-0.8)
    line = {
        "mark": {"type": "line", "color": frame.inks["edge"], "strokeWidth": 1, "clip": True, "opacity": 0.8},
        "encoding": {"y": y},
    }
    points = {
        "mark": {"type": "point", "filled": True, "opacity": 1, "size": frame.dot, "clip": True},
        "encoding": {
            "y": y,
            "color": _by_colour({name: frame.inks[name] for name in floors}),
            "shape": _by_colour({name: SHAPES[name] for name in floors}),
            "tooltip": SAYS,
        },
    }
    return [lane_of(frame, when, title, height, rows, [line, points] if always else [points])]


def _by_colour(looks: Mapping[str, str]) -> Spec:
    scale = {"domain": list(looks), "range": list(looks.values())}
    return {"field": "colour", "type": "nominal", "scale": scale, "legend": None}
