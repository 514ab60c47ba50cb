"""What the coach says about seeing, as data: words for each sight, where the camera goes, what a measure is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from patella.motion.angles import Measure
from patella.motion.definition import DefinitionError, Table
from patella.motion.event import Sight


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A title to read from three metres, and one sentence to say."""

    title: str
    say: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureName:
    """What a measure is called, and what its numbers count: degrees, or parts of a length."""

    name: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sayings:
    """By the code of a sight; the place of the camera by view and position (`side-standing`); and by measure."""

    codes: Mapping[str, Saying]
    places: Mapping[str, str]
    measures: Mapping[str, MeasureName]


def parse_sayings(values: Mapping[str, object]) -> Sayings:
    """The words of `sights.toml`. Raises DefinitionError for a sight or a measure without words, or the other way."""
    table = Table(values)
    codes, places, measures = (table.table(key) for key in ("codes", "places", "measures"))
    found = Sayings(
        codes={key: _saying(codes.table(key)) for key in codes.keys()},  # noqa: SIM118 - a table of ours is no dict
        places={key: _place(places.table(key)) for key in places.keys()},  # noqa: SIM118
        measures={key: _measure(measures.table(key)) for key in measures.keys()},  # noqa: SIM118
    )
    table.done()
    _check_all("codes", "sight", {s.value for s in Sight}, set(found.codes))
    _check_all("measures", "measure", {m.value for m in Measure}, set(found.measures))
    return found


def _check_all(key: str, one: str, wanted: set[str], there: set[str]) -> None:
    wrong = sorted(wanted ^ there)
    if wrong:
        raise DefinitionError(key, f"must have one entry for each {one}, and no other: {', '.join(wrong)}.")


def _measure(table: Table) -> MeasureName:
    found = MeasureName(name=table.text("name"), unit=table.text("unit"))
    table.done()
    return found


def _saying(table: Table) -> Saying:
    saying = Saying(title=table.text("title"), say=table.text("say"))
    table.done()
    return saying


def _place(table: Table) -> str:
    say = table.text("say")
    table.done()
    return say
