"""The units a person reads: each a setting of its own; who has chosen pounds and no others has miles and feet too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from patella.app.history.reading import PROFILE, loose_events
from patella.app.patella import Patella
from patella.care.session import Event
from patella.care.units import Distance, Height, Units, Weight

UNITS: Mapping[str, type[Weight | Distance | Height]] = {"weight": Weight, "distance": Distance, "height": Height}
BOTH = "units"  # until each unit had a setting, one stood for the weight: metric or imperial
OF_BOTH = {"metric": Weight.KG.value, "imperial": Weight.LB.value}


def units_of(app: Patella) -> Units:
    """The units as they stand."""
    return units_in(loose_events(app, (PROFILE,)))


def units_in(said: Iterable[Event]) -> Units:
    """The units that settings come to, the latest of each; `said` are in the order of the log."""
    chosen: dict[str, object] = {}
    for event in said:
        if event.body.get(BOTH) in OF_BOTH:
            chosen["weight"] = OF_BOTH[str(event.body[BOTH])]
        chosen.update((k, v) for k, v in event.body.items() if k in UNITS)
    weight = Weight(str(chosen.get("weight") or Weight.KG))
    pounds = weight is Weight.LB
    return Units(
        weight=weight,
        distance=Distance(str(chosen.get("distance") or (Distance.MI if pounds else Distance.KM))),
        height=Height(str(chosen.get("height") or (Height.FT if pounds else Height.CM))),
    )
