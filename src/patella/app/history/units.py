"""The units a person reads: each a setting of its own; who has chosen pounds and no others has miles and feet too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from patella.app.history.events import loose_events
from patella.app.patella import Patella
from patella.care.entries.bounds import Unsaid
from patella.care.entries.field import known, later
from patella.care.entries.kinds import Kind
from patella.care.entries.of_person import OldUnits, ProfileSet
from patella.care.session import Event
from patella.care.units import Distance, Height, Units, Weight

UNITS: Mapping[str, type[Weight | Distance | Height]] = {"weight": Weight, "distance": Distance, "height": Height}
OF_BOTH = {OldUnits.METRIC: Weight.KG, OldUnits.IMPERIAL: Weight.LB}  # until each unit had a setting


def units_of(app: Patella) -> Units:
    """The units as they stand."""
    return units_in(loose_events(app, (Kind.PROFILE_SET,)))


def units_in(said: Iterable[Event]) -> Units:
    """The units that settings come to, the latest of each; `said` are in the order of the log."""
    chosen = ProfileSet()
    for event in said:
        settings = event.said(ProfileSet)
        if isinstance(settings.units, OldUnits) and isinstance(settings.weight, Unsaid):
            settings = replace(settings, weight=OF_BOTH[settings.units])
        chosen = later(chosen, settings)
    weight = known(chosen.weight, Weight.KG)
    pounds = weight is Weight.LB
    return Units(
        weight=weight,
        distance=known(chosen.distance, Distance.MI if pounds else Distance.KM),
        height=known(chosen.height, Height.FT if pounds else Height.CM),
    )
