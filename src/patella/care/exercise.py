"""One exercise as data: what it asks, whom it suits, what it needs, and where each claim comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from patella.care.dose import Dose, parse_dose
from patella.care.gate import Gate, Unlock, parse_gate, parse_unlock
from patella.care.words import Words, parse_words
from patella.motion.definition import DefinitionError, Table


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
        dose=parse_dose(table.table("dose")),
        gates=tuple(parse_gate(t) for t in table.tables("gates")),
        unlock=parse_unlock(table.table("unlock")) if table.has("unlock") else None,
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
