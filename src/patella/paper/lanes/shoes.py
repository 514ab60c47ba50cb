"""The lane of shoes, each pair a line of its own."""

from __future__ import annotations

from datetime import date

from patella.paper.days import bands_of
from patella.paper.lanes.frame import SAYS, Frame, Spec, edge_of, lane_of
from patella.paper.typefaces import isolated

SHOE_PX = 29
BAND_PX = 12
MOST_DROP_MM = 14
LONG_TEXT = 44


def shoe_lanes(frame: Frame) -> list[Spec]:
    """Each pair a line of its own: its bands, as thick as its heel is high over the ball of the foot."""
    bands = bands_of(frame.days, frame.step)
    if not bands:
        return []
    rows, names = [], []
    for number, (shoe, stretches) in enumerate(bands.items()):
        about = frame.shoes.get(shoe, {"name": "A pair", "heel_drop_mm": None})
        drop = about["heel_drop_mm"]
        words = (
            f"{isolated(str(about['name'])[:LONG_TEXT])}, {'drop not known' if drop is None else f'{drop:g} mm drop'}"
        )
        thick = 4 if drop is None else 2 + BAND_PX * min(max(drop, 0), MOST_DROP_MM) / MOST_DROP_MM
        floor = (number + 1) * SHOE_PX
        names.append({"at": edge_of(date.fromisoformat(frame.since)), "top": floor - 14, "words": words})
        for first, after in stretches:
            place = {"day": first.isoformat(), "at": edge_of(first), "to": edge_of(after)}
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
    return [lane_of(frame, "shoes", "Shoes; the thicker, the higher the heel", height, rows, [band, texts])]
