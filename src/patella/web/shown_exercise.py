"""How an exercise of the library is shown to a page: a line of the shelf, and everything about one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from patella.care.clearance import Standing
from patella.care.dose import Dose
from patella.care.entries.field import more_than
from patella.care.exercise import Aim, Arc, Camera, Exercise, Footwear, Group, Level, Load, Position, Sides
from patella.care.fact import Fact
from patella.care.gate import Unlock
from patella.care.library import Library
from patella.care.reason import Reason
from patella.care.units import Units

FIGURES = Path(__file__).resolve().parent / "static" / "figures" / "figures.json"  # on a phone it is there alone


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDose:
    """How much, in a line: `reps` from the least to the most, or `holds` of `hold_s` seconds."""

    sets: int
    reps: tuple[int, int] | None
    holds: int | None
    hold_s: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfExercise:
    """What a shelf shows of an exercise beside its dose."""

    id: str
    name: str
    routine_number: int | None
    sides: Sides
    footwear: Footwear
    equipment: tuple[str, ...]
    level: Level
    camera: Camera
    group: Group
    aim: Aim
    summary: str
    has_figure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseRow(OfExercise):
    """One line of the library."""

    dose: RowDose


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """A thing that an exercise may need, and what can stand in for it."""

    id: str
    name: str
    instead: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShutBy:
    """What shuts an exercise, and why."""

    fact: Fact
    why: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """An easier or a harder exercise."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenToday:
    """Whether an exercise is open today, and why not."""

    open: bool
    because: tuple[Reason, ...]
    clearance: Standing
    clearance_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownExercise(OfExercise):
    """Everything about one exercise, in the person's units."""

    dose: Dose
    load: Load
    knee_load: int
    position: Position
    bare_legs: bool
    things: tuple[Needed, ...]
    without_equipment: str | None
    how: tuple[str, ...]
    feel: str
    mistakes: tuple[str, ...]
    cautions: tuple[str, ...]
    evidence: str
    cues: Mapping[str, str]
    figure_text: str
    gates: tuple[ShutBy, ...]
    unlock: Unlock | None
    arc: Arc | None
    easier: tuple[Neighbour, ...]
    harder: tuple[Neighbour, ...]


def show_exercise_row(exercise: Exercise) -> ExerciseRow:
    """One line of the library, as a shelf shows it."""
    return more_than(ExerciseRow, _of(exercise), dose=more_than(RowDose, exercise.dose))


def _of(exercise: Exercise) -> OfExercise:
    return OfExercise(
        id=exercise.id,
        name=exercise.name,
        routine_number=exercise.routine_number,
        sides=exercise.sides,
        footwear=exercise.footwear,
        equipment=exercise.equipment,
        level=exercise.level,
        camera=exercise.camera,
        group=exercise.group,
        aim=exercise.aim,
        summary=exercise.words.summary,
        has_figure=has_figure(exercise.id),
    )


def show_exercise(exercise: Exercise, library: Library, units: Units) -> ShownExercise:
    """Everything about one exercise."""
    words = exercise.words
    shown = more_than(
        ShownExercise,
        _of(exercise),
        dose=exercise.dose,
        load=exercise.load,
        knee_load=exercise.knee_load,
        position=exercise.position,
        bare_legs=exercise.bare_legs,
        things=tuple(_thing(exercise, library, t) for t in exercise.things),
        without_equipment=exercise.without_equipment,
        how=words.how,
        feel=words.feel,
        mistakes=words.mistakes,
        cautions=words.cautions,
        evidence=words.evidence,
        cues=words.cues,
        figure_text=words.figure,
        gates=tuple(ShutBy(fact=g.fact, why=words.gates[g.fact.value], source=g.source) for g in exercise.gates),
        unlock=exercise.unlock,
        arc=exercise.arc,
        easier=_neighbours(exercise.easier, library),
        harder=_neighbours(exercise.harder, library),
    )
    return units.said_in(shown)


def _thing(exercise: Exercise, library: Library, thing: str) -> Needed:
    instead = tuple(library.equipment[t].name for t in exercise.substitutes.get(thing, ()))
    return Needed(id=thing, name=library.equipment[thing].name, instead=instead)


def _neighbours(ids: Sequence[str], library: Library) -> tuple[Neighbour, ...]:
    return tuple(Neighbour(id=i, name=library.exercises[i].name) for i in ids)


def has_figure(exercise_id: str) -> bool:
    """Whether a moving figure and its stills were made for it."""
    return exercise_id in _figures()


@cache
def _figures() -> frozenset[str]:
    return frozenset(json.loads(FIGURES.read_text("utf-8"))["figures"])
