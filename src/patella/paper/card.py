"""One exercise on a handout: its dose and its gear in words, its steps, its boxes to tick."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from patella.care.exercise import Aim, Exercise, Footwear, Level, Load
from patella.care.gear import gear_of
from patella.care.item import BOTH
from patella.care.library import Library
from patella.care.person import Knee, Person
from patella.care.task import Task

Briefs = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One exercise on the sheet. `ticks` is how many boxes a day has: one for each set."""

    exercise_id: str
    number: int
    name: str
    tag: str
    dose: str
    steps: tuple[str, ...]
    gear: str
    note: str
    caution: str
    figure_says: str
    mirrored: bool
    ticks: int
    rhythm: str


def cards_of(
    library: Library,
    briefs: Briefs,
    tasks: Sequence[Task],
    person: Person,
    *,
    resting: frozenset[str] = frozenset(),
    locked: frozenset[str] = frozenset(),
) -> tuple[Card, ...]:
    """A card for each task, in their order: those that rest today and those that are not open yet say so."""
    found = []
    for number, task in enumerate(tasks, start=1):
        card = _card(library, briefs, number, task, person)
        if task.exercise_id in resting:
            card = replace(card, tag="rests today")
        elif task.exercise_id in locked:
            card = replace(card, note=_unlocks(library.exercises[task.exercise_id]), rhythm="not yet", ticks=0)
        found.append(card)
    return tuple(found)


def _card(library: Library, briefs: Briefs, number: int, task: Task, person: Person) -> Card:
    exercise = library.exercises[task.exercise_id]
    words = exercise.words
    return Card(
        exercise_id=exercise.id,
        number=number,
        name=exercise.name,
        tag="for the advanced" if exercise.level is Level.ADVANCED else "",
        dose=say_dose(exercise, task),
        steps=tuple(briefs.get(exercise.id, words.how)),
        gear=say_gear(library, exercise, person, step=task.asked.step),
        note=task.note,
        caution=words.cautions[0],
        figure_says=words.figure,
        mirrored=task.side == Knee.LEFT,
        ticks=task.asked.sets,
        rhythm="every other day" if exercise.load is Load.LOADED else "daily",
    )


def _unlocks(exercise: Exercise) -> str:
    unlock = exercise.unlock
    return f"Not before {unlock.min_days} days and {unlock.green_sessions} calm sessions." if unlock else ""


def say_dose(exercise: Exercise, task: Task) -> str:
    """A dose in words, as in "2 sets of 6, each leg, light band, rest 60 s"."""
    return ", ".join(_parts_of_dose(exercise, task))


def _parts_of_dose(exercise: Exercise, task: Task) -> Iterator[str]:
    asked = task.asked
    if asked.reps is not None:
        yield f"{_sets(asked.sets)} of {asked.reps}"
    elif asked.holds == 1:
        yield f"{asked.sets} {'hold' if asked.sets == 1 else 'holds'} of {asked.hold_s:g} s"
    else:
        yield f"{_sets(asked.sets)} of {asked.holds} holds of {asked.hold_s:g} s"
    yield from _sides(exercise, task)
    if task.band or task.level:
        yield task.band or task.level or ""
    if task.load_kg is not None:
        yield f"{task.load_kg:g} kg" if task.load_kg else "no weight yet"
    if task.arc_deg:
        yield f"from {task.arc_deg[0]:g} to {task.arc_deg[1]:g} degrees"
    if task.hold_rest_s:
        yield f"{task.hold_rest_s:g} s between holds"
    if asked.sets > 1 and task.rest_s:
        yield f"rest {task.rest_s:g} s"


def _sets(count: int) -> str:
    return "1 set" if count == 1 else f"{count} sets"


def _sides(exercise: Exercise, task: Task) -> Iterator[str]:
    """Legs, or sides where the whole body lies, leans or walks to one."""
    what = "side" if exercise.aim is Aim.HIP else "leg"
    if len(task.sides) > 1:
        yield f"each {what}, right first" if task.sides[0] == Knee.RIGHT else f"each {what}"
    elif task.sides[0] != BOTH:
        yield f"{task.sides[0]} {what}"


def say_gear(library: Library, exercise: Exercise, person: Person, *, step: int = 0) -> str:
    """Footwear and what this person has of its equipment, in a few words, each thing with what may take its place.

    `step`: the step of its resistance; those above the first may need more.
    """
    shoes = {Footwear.BAREFOOT: "Barefoot", Footwear.SNEAKERS: "Sneakers", Footwear.ANY: "Barefoot or shoes"}
    words = [shoes[exercise.footwear]]
    if exercise.bare_legs:
        words.append("bare legs")
    for gear in gear_of(exercise, person, library.equipment, step=step):
        others = [t.name for t in gear.others]
        words.append(f"{gear.says} (or {' or '.join(others)})" if others else gear.says)
    return " · ".join(words)
