"""Where a knee hurts: the places a person can point to, and what a place suggests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from patella.motion.definition import DefinitionError, Table


class PlaceId(StrEnum):
    """A place on the knee."""

    FRONT = "front"
    ABOVE = "above"
    BELOW = "below"
    INSIDE = "inside"
    OUTSIDE = "outside"
    BACK = "back"
    ALL_OVER = "all-over"


class Doing(StrEnum):
    """What a person was doing when it hurt."""

    RUN = "run"
    SIT = "sit"
    STAIRS = "stairs"
    SQUAT = "squat"
    KNEEL = "kneel"
    WALK = "walk"
    REST = "rest"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place. `says`: where pain there may be something else than the kneecap's, a sentence with its source."""

    id: PlaceId
    name: str
    says: str | None
    source: str | None


def parse_places(values: Mapping[str, object]) -> dict[PlaceId, Place]:
    """Every place, from the parsed `places.toml`. Raises DefinitionError with the key and a sentence."""
    table = Table(values)
    found = {place_id: _place(place_id, table.table(place_id.value)) for place_id in PlaceId}
    table.done()
    return found


def _place(place_id: PlaceId, table: Table) -> Place:
    says = table.text("says") if table.has("says") else None
    source = table.text("source") if table.has("source") else None
    if (says is None) is not (source is None):
        raise DefinitionError(table.path("source"), "belongs to says: both or neither.")
    place = Place(id=place_id, name=table.text("name"), says=says, source=source)
    table.done()
    return place
