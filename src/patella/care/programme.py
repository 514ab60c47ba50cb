"""Which exercises a day is made of, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from patella.motion.definition import DefinitionError, Table

Slots = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """The shape of a loaded day, a light day, the whole routine and a snack. A slot's alternatives take turns."""

    max_items: int
    hip_starters_days: int
    loaded: Slots
    hip_pairs: Slots
    calm_hips: tuple[str, ...]
    light: Slots
    fill: tuple[str, ...]
    full: Slots
    snack: tuple[str, ...]

    @property
    def named(self) -> frozenset[str]:
        """Every exercise the programme speaks of."""
        slots = (*self.loaded, *self.hip_pairs, *self.light, *self.full, self.calm_hips, self.fill, self.snack)
        return frozenset(e for slot in slots for e in slot)


def parse_programme(values: Mapping[str, object]) -> Programme:
    """The programme from the parsed `programme.toml`. Raises DefinitionError with the key and a sentence."""
    table = Table(values)
    loaded, light = table.table("loaded"), table.table("light")
    full, snack = table.table("full"), table.table("snack")
    programme = Programme(
        max_items=table.whole("max_items", 1, 10),
        hip_starters_days=table.whole("hip_starters_days", 0, 60),
        loaded=_slots(loaded, "slots"),
        hip_pairs=_slots(loaded, "hip_pairs"),
        calm_hips=loaded.texts("calm_hips"),
        light=_slots(light, "slots"),
        fill=light.texts("fill"),
        full=_slots(full, "also"),
        snack=snack.texts("slots"),
    )
    for each in (table, loaded, light, full, snack):
        each.done()
    return programme


def _slots(table: Table, key: str) -> Slots:
    found: list[tuple[str, ...]] = []
    for i, slot in enumerate(table.items(key)):
        if not isinstance(slot, list) or not slot or not all(isinstance(e, str) for e in slot):
            raise DefinitionError(f"{table.path(key)}[{i}]", "must be a list of exercise ids.")
        found.append(tuple(slot))
    return tuple(found)
