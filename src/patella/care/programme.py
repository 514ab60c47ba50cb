"""Which exercises a day is made of, as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from patella.motion.definition import DefinitionError, Table

Slots = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Exercises that follow one another, easiest first: the next one opens when the one below is at its top.

    `trained`: where somebody begins who trains hips and glutes regularly. `passed_at`: the step of resistance at whose
    top an exercise counts as passed; its highest where nothing is said.
    """

    id: str
    rungs: tuple[str, ...]
    trained: str | None
    passed_at: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """The shape of a loaded day, a light day, the whole routine, ten minutes, a snack, and what keeps it all.

    A slot's alternatives take turns; each is an exercise or a ladder.
    """

    max_items: int
    hip_starters_days: int
    light_gap_days: int
    ladders: Mapping[str, Ladder]
    knee: Slots
    hips: Slots
    hip_starters: tuple[str, ...]
    calm_hips: tuple[str, ...]
    light: Slots
    fill: tuple[str, ...]
    full: Slots
    kept: Slots
    short_loaded: Slots
    short_light: Slots
    snack: tuple[str, ...]

    @property
    def named(self) -> frozenset[str]:
        """Every exercise the programme speaks of."""
        slots = (*self.knee, *self.hips, *self.light, *self.full, *self.kept, *self.short_loaded, *self.short_light)
        lists = (self.hip_starters, self.calm_hips, self.fill, self.snack, *(r.rungs for r in self.ladders.values()))
        return frozenset(e for slot in (*slots, *lists) for e in slot) - set(self.ladders)

    def first_of(self, name: str) -> str:
        """The exercise that an alternative of a slot begins with: itself, or the lowest rung of a ladder."""
        return self.ladders[name].rungs[0] if name in self.ladders else name


def parse_programme(values: Mapping[str, object]) -> Programme:
    """The programme from the parsed `programme.toml`. Raises DefinitionError with the key and a sentence."""
    table = Table(values)
    ladders = {found.id: found for found in _ladders(table)}
    loaded, light, full = table.table("loaded"), table.table("light"), table.table("full")
    short, snack, kept = table.table("short"), table.table("snack"), table.table("maintenance")
    programme = Programme(
        max_items=table.whole("max_items", 1, 10),
        hip_starters_days=table.whole("hip_starters_days", 0, 60),
        light_gap_days=table.whole("light_gap_days", 1, 60),
        ladders=ladders,
        knee=_slots(loaded, "knee"),
        hips=_slots(loaded, "hips"),
        hip_starters=loaded.texts("hip_starters"),
        calm_hips=loaded.texts("calm_hips"),
        light=_slots(light, "slots"),
        fill=light.texts("fill"),
        full=_slots(full, "also"),
        kept=_slots(kept, "slots"),
        short_loaded=_slots(short, "loaded"),
        short_light=_slots(short, "light"),
        snack=snack.texts("slots"),
    )
    for each in (table, loaded, light, full, kept, short, snack):
        each.done()
    return programme


def _ladders(table: Table) -> Iterator[Ladder]:
    """Every ladder; an exercise is a rung of one of them at most."""
    seen: set[str] = set()
    for entry in table.tables("ladders"):
        rungs = entry.texts("rungs")
        passed = entry.table("passed_at") if entry.has("passed_at") else None
        found = Ladder(
            id=entry.text("id"),
            rungs=rungs,
            trained=entry.text("trained") if entry.has("trained") else None,
            passed_at={k: passed.whole(k, 0, 20) for k in passed.keys()} if passed else {},  # noqa: SIM118 - no dict
        )
        entry.done()
        if len(rungs) < 2 or len(set(rungs)) < len(rungs) or seen & {*rungs, found.id}:  # noqa: PLR2004 - a ladder
            raise DefinitionError(entry.path("rungs"), "needs two exercises or more, each on this ladder alone, once.")
        for key, named in (("trained", [found.trained] if found.trained else []), ("passed_at", found.passed_at)):
            if not set(named) <= set(rungs):
                raise DefinitionError(entry.path(key), "must name rungs of this ladder.")
        seen |= {*rungs, found.id}
        yield found


def _slots(table: Table, key: str) -> Slots:
    found: list[tuple[str, ...]] = []
    for i, slot in enumerate(table.items(key)):
        if not isinstance(slot, list) or not slot or not all(isinstance(e, str) for e in slot):
            raise DefinitionError(f"{table.path(key)}[{i}]", "must be a list of exercises or ladders, by id.")
        found.append(tuple(slot))
    return tuple(found)
