"""How much of an exercise: the dose that its definition allows, from the lightest to the most."""

from __future__ import annotations

from dataclasses import dataclass

from patella.motion.definition import DefinitionError, Table
from patella.motion.tempo import Tempo, parse_tempo


@dataclass(frozen=True, slots=True, kw_only=True)
class Resistance:
    """What one step adds: a weight in kg, a band, or a level in words ("10 cm step"); at most one of them is there."""

    load_kg: float | None = None
    band: str | None = None
    level: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """How much: either `reps` (low, high) or `holds` of `hold_s` seconds, in `sets`, with `rest_s` between the sets.

    `hold_top_s` is how long a hold may become, `hold_rise_s` how much longer at a time; None: about a tenth. The steps
    of resistance, lightest first, are `loads_kg`, `bands` or `levels` (in words), at most one of the three.
    `step_thing` is what every step above the first needs: without it, or what may stand in for it, there is only the
    first.
    """

    sets: int
    reps: tuple[int, int] | None
    holds: int | None
    hold_s: float | None
    hold_top_s: float | None
    hold_rise_s: float | None
    hold_rest_s: float
    rest_s: float
    tempo: Tempo | None
    loads_kg: tuple[float, ...]
    bands: tuple[str, ...]
    levels: tuple[str, ...]
    step_thing: str | None
    source: str
    rest_source: str
    tempo_source: str | None

    @property
    def steps(self) -> int:
        """How many steps of resistance there are; one where there is nothing to add."""
        return max(len(self.loads_kg), len(self.bands), len(self.levels), 1)

    def resistance(self, step: int) -> Resistance:
        """The resistance of a step; that of the highest where the library has fewer by now."""
        at = min(step, self.steps - 1)
        return Resistance(
            load_kg=self.loads_kg[at] if self.loads_kg else None,
            band=self.bands[at] if self.bands else None,
            level=self.levels[at] if self.levels else None,
        )


def parse_dose(table: Table) -> Dose:
    """The dose of the table `dose` of `exercise.toml`. Raises DefinitionError with the key and a sentence."""
    by_reps, by_holds = table.has("reps"), table.has("holds")
    if by_reps == by_holds:
        raise DefinitionError(table.key, "needs either reps or holds, and not both.")
    holds = _holds(table) if by_holds else None
    dose = Dose(
        sets=table.whole("sets", 1, 6),
        reps=_reps(table) if by_reps else None,
        holds=holds[0] if holds else None,
        hold_s=holds[1] if holds else None,
        hold_top_s=holds[2] if holds else None,
        hold_rise_s=table.number("hold_rise_s", 1, 30) if by_holds and table.has("hold_rise_s") else None,
        hold_rest_s=table.number("hold_rest_s", 0, 120) if table.has("hold_rest_s") else 0.0,
        rest_s=table.number("rest_s", 0, 300),
        tempo=parse_tempo(table.table("tempo")) if by_reps else None,
        loads_kg=_rising(table, "loads_kg") if table.has("loads_kg") else (),
        bands=table.texts("bands"),
        levels=table.texts("levels"),
        step_thing=table.text("step_thing") if table.has("step_thing") else None,
        source=table.text("source"),
        rest_source=table.text("rest_source"),
        tempo_source=table.text("tempo_source") if by_reps else None,
    )
    table.done()
    if sum(1 for steps in (dose.loads_kg, dose.bands, dose.levels) if steps) > 1:
        raise DefinitionError(table.key, "needs one of loads_kg, bands and levels at most.")
    if dose.step_thing and dose.steps == 1:
        raise DefinitionError(table.path("step_thing"), "needs steps: more than one of loads_kg, bands or levels.")
    return dose


def _reps(table: Table) -> tuple[int, int]:
    values = table.numbers("reps", 1, 60)
    if len(values) != 2 or values[0] > values[1] or any(v != int(v) for v in values):  # noqa: PLR2004 - low and high
        raise DefinitionError(table.path("reps"), "must be two whole numbers, the lower one first.")
    return int(values[0]), int(values[1])


def _holds(table: Table) -> tuple[int, float, float]:
    hold_s = table.number("hold_s", 1, 300)
    top_s = table.number("hold_top_s", 1, 300) if table.has("hold_top_s") else hold_s
    if top_s < hold_s:
        raise DefinitionError(table.path("hold_top_s"), "must not be shorter than hold_s.")
    return table.whole("holds", 1, 20), hold_s, top_s


def _rising(table: Table, key: str) -> tuple[float, ...]:
    values = table.numbers(key, 0, 40)
    if list(values) != sorted(set(values)):
        raise DefinitionError(table.path(key), "must rise from step to step.")
    return values
