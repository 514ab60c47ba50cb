"""One exercise as data: what it asks, whom it suits, what it needs, and where each claim comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from patella.care.fact import Fact
from patella.care.words import Words, parse_words
from patella.motion.definition import DefinitionError, Table
from patella.motion.tempo import Tempo, parse_tempo


class Group(StrEnum):
    """The shelf of the library an exercise stands on."""

    ROUTINE = "routine"
    ROLLING = "rolling"
    HIPS = "hips"
    STRETCH = "stretch"
    NEIGHBOUR = "neighbour"


class Aim(StrEnum):
    """What an exercise works on; the plan balances a day by it."""

    KNEE = "knee"
    HIP = "hip"
    CALF = "calf"
    MOBILITY = "mobility"
    ROLLING = "rolling"


class Level(StrEnum):
    """Whom an exercise is for."""

    EVERYONE = "everyone"
    ADVANCED = "advanced"


class Load(StrEnum):
    """How soon an exercise may come again: light ones daily, loaded ones every other day."""

    LIGHT = "light"
    LOADED = "loaded"


class Position(StrEnum):
    """How the body starts."""

    STANDING = "standing"
    SITTING = "sitting"
    KNEELING = "kneeling"
    LYING = "lying"


class Sides(StrEnum):
    """Each leg after the other, or both at once."""

    EACH = "each"
    BOTH = "both"


class Footwear(StrEnum):
    """What the feet wear."""

    BAREFOOT = "barefoot"
    SNEAKERS = "sneakers"
    ANY = "any"


class View(StrEnum):
    """From where a camera sees this movement."""

    SIDE = "side"
    FRONT = "front"
    CLOSE = "close"
    NONE = "none"


class Counts(StrEnum):
    """What a camera can honestly do: count, time a hold, watch the posture, be a mirror, or nothing."""

    REPS = "reps"
    HOLD = "hold"
    POSTURE = "posture"
    MIRROR = "mirror"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """The camera's role in one exercise."""

    view: View
    counts: Counts


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A fact that shuts this exercise, and the source that says so."""

    fact: Fact
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlock:
    """What has to be behind a person before an advanced exercise opens."""

    min_days: int
    green_sessions: int
    top_of: str | None
    amber_free_days: int
    max_pain: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """A part of the movement to begin with, in degrees of knee flexion, and when the whole of it opens."""

    partial_deg: tuple[float, float]
    full_deg: tuple[float, float]
    partial_days: int
    full_after_green: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise of the library.

    `chosen` is the key of its own reason to be in a day, where the reason of its slot would not be true of it.
    `max_pain_now`: above this pain, from 0 to 10, it is not for today; None for any.
    """

    id: str
    routine_number: int | None
    group: Group
    aim: Aim
    level: Level
    load: Load
    knee_load: int
    max_pain_now: int | None
    position: Position
    sides: Sides
    footwear: Footwear
    bare_legs: bool
    equipment: tuple[str, ...]
    substitutes: Mapping[str, tuple[str, ...]]
    without_equipment: str | None
    camera: Camera
    dose: Dose
    gates: tuple[Gate, ...]
    unlock: Unlock | None
    arc: Arc | None
    easier: tuple[str, ...]
    harder: tuple[str, ...]
    sources: tuple[str, ...]
    chosen: str | None
    words: Words

    @property
    def claimed(self) -> frozenset[str]:
        """Every source that a number, a gate or a sentence of evidence of this exercise names."""
        numbers = (self.dose.source, self.dose.rest_source, self.dose.tempo_source)
        parts = (part.source for part in (self.unlock, self.arc, *self.gates) if part)
        return frozenset((*(n for n in numbers if n), *parts, *self.words.cited))

    @property
    def name(self) -> str:
        """The exercise's name for people."""
        return self.words.name

    @property
    def asks_effort(self) -> bool:
        """Whether it is worth asking how many more repetitions there would have been: not of holds and light drills."""
        return self.dose.reps is not None and (self.load is Load.LOADED or self.dose.steps > 1)

    @property
    def puts_shoes_on(self) -> bool:
        """Whether it needs shoes on the feet: such exercises come at the end of a session, after the barefoot ones."""
        return self.footwear is Footwear.SNEAKERS

    @property
    def things(self) -> tuple[str, ...]:
        """Everything it may need: the equipment, and what its higher steps need."""
        return (*self.equipment, self.dose.step_thing) if self.dose.step_thing else self.equipment

    def things_at(self, step: int) -> tuple[str, ...]:
        """What a step of its resistance needs, from 0."""
        return self.things if step else self.equipment


def parse_exercise(values: Mapping[str, object], words_markdown: str) -> Exercise:
    """One exercise from its two files: the parsed `exercise.toml` and the text of `en.md`.

    Raises DefinitionError with the key and a sentence.
    """
    table = Table(values)
    words = parse_words(words_markdown)
    exercise = Exercise(
        id=table.text("id"),
        routine_number=table.whole("routine_number", 1, 6) if table.has("routine_number") else None,
        group=table.choice("group", Group),
        aim=table.choice("aim", Aim),
        level=table.choice("level", Level),
        load=table.choice("load", Load),
        knee_load=table.whole("knee_load", 0, 3),
        max_pain_now=table.whole("max_pain_now", 0, 10) if table.has("max_pain_now") else None,
        position=table.choice("position", Position),
        sides=table.choice("sides", Sides),
        footwear=table.choice("footwear", Footwear),
        bare_legs=table.flag("bare_legs", default=False),
        equipment=table.texts("equipment"),
        substitutes=_substitutes(table),
        without_equipment=table.text("without_equipment") if table.has("without_equipment") else None,
        camera=_camera(table.table("camera")),
        dose=_dose(table.table("dose")),
        gates=tuple(_gate(t) for t in table.tables("gates")),
        unlock=_unlock(table.table("unlock")) if table.has("unlock") else None,
        arc=_arc(table.table("arc")) if table.has("arc") else None,
        easier=table.texts("easier"),
        harder=table.texts("harder"),
        sources=table.texts("sources"),
        chosen=table.text("chosen") if table.has("chosen") else None,
        words=words,
    )
    table.done()
    _agree(exercise)
    return exercise


def _agree(exercise: Exercise) -> None:
    """The two files must speak of the same gates and sources, and nothing may be claimed without a source."""
    if (exercise.routine_number is not None) != (exercise.group is Group.ROUTINE):
        raise DefinitionError("routine_number", "belongs to the six exercises of group routine, and only to them.")
    gated = {g.fact.value for g in exercise.gates}
    told = set(exercise.words.gates)
    if gated != told:
        wrong = ", ".join(sorted(gated ^ told))
        raise DefinitionError("gates", f"must have one line in en.md under Gates for each fact, and no other: {wrong}.")
    listed, claimed = set(exercise.sources), exercise.claimed
    if listed != claimed:
        faults = [f"it leaves out {s}" for s in sorted(claimed - listed)]
        faults += [f"nothing there cites {s}" for s in sorted(listed - claimed)]
        sentence = f"must list every source that a number, a gate or en.md names, and no other: {', '.join(faults)}."
        raise DefinitionError("sources", sentence)
    if exercise.sides is Sides.EACH and "switch" not in exercise.words.cues:
        raise DefinitionError("sides", "is each, so en.md needs a line for switch under Cues.")
    if exercise.dose.tempo:
        unsaid = [key for key in ("out", "back") if key not in exercise.words.cues]
        if unsaid:
            raise DefinitionError("dose.reps", f"are led by a beat, so en.md needs a line for {unsaid[0]} under Cues.")
    for item in exercise.substitutes:
        if item not in exercise.things:
            raise DefinitionError("instead", f"replaces {item}, which is neither in equipment nor the step_thing.")


def _substitutes(table: Table) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for entry in table.tables("instead"):
        found[entry.text("of")] = entry.texts("use")
        entry.done()
    return found


def _camera(table: Table) -> Camera:
    camera = Camera(view=table.choice("view", View), counts=table.choice("counts", Counts))
    table.done()
    if (camera.view is View.NONE) != (camera.counts is Counts.NOTHING):
        raise DefinitionError(table.key, "needs view none and counts nothing together, or neither.")
    return camera


def _dose(table: Table) -> Dose:
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


def _gate(table: Table) -> Gate:
    gate = Gate(fact=table.choice("fact", Fact), source=table.text("source"))
    table.done()
    return gate


def _unlock(table: Table) -> Unlock:
    unlock = Unlock(
        min_days=table.whole("min_days", 0, 365),
        green_sessions=table.whole("green_sessions", 0, 100),
        top_of=table.text("top_of") if table.has("top_of") else None,
        amber_free_days=table.whole("amber_free_days", 0, 60),
        max_pain=table.whole("max_pain", 0, 10),
        source=table.text("source"),
    )
    table.done()
    return unlock


def _arc(table: Table) -> Arc:
    arc = Arc(
        partial_deg=_pair(table, "partial_deg"),
        full_deg=_pair(table, "full_deg"),
        partial_days=table.whole("partial_days", 0, 365),
        full_after_green=table.whole("full_after_green", 0, 100),
        source=table.text("source"),
    )
    table.done()
    return arc


def _pair(table: Table, key: str) -> tuple[float, float]:
    values = table.numbers(key, -10, 150)
    if len(values) != 2:  # noqa: PLR2004 - where the arc starts and where it ends
        raise DefinitionError(table.path(key), "must be two angles: where the arc starts and where it ends.")
    return values[0], values[1]
