"""The library on a terminal: the exercises as a table, and one of them with its words, cautions and sources."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from patella.care.entries.field import write
from patella.care.exercise import Exercise
from patella.care.library import Library
from patella.care.units import Units
from patella.care.words import name_sources
from patella.terminal.page import Page, Tone
from patella.terminal.refused import InputError
from patella.terminal.today import say_source

if TYPE_CHECKING:
    from collections.abc import Iterable

NARROW = 60


def exercise_to_json(exercise: Exercise) -> dict[str, object]:
    """One exercise in plain values."""
    dose = exercise.dose
    return {
        "id": exercise.id,
        "name": exercise.name,
        "routine_number": exercise.routine_number,
        "summary": exercise.words.summary,
        "group": exercise.group.value,
        "dose": {
            "sets": dose.sets,
            "reps": list(dose.reps) if dose.reps else None,
            "holds": dose.holds,
            "hold_s": dose.hold_s,
            "rest_s": dose.rest_s,
            "tempo": write(dose.tempo) if dose.tempo else None,
            "loads_kg": list(dose.loads_kg),
            "bands": list(dose.bands),
            "levels": list(dose.levels),
            "step_thing": dose.step_thing,
        },
        "sides": exercise.sides.value,
        "footwear": exercise.footwear.value,
        "equipment": list(exercise.equipment),
        "level": exercise.level.value,
        "load": exercise.load.value,
        "camera": {"view": exercise.camera.view.value, "counts": exercise.camera.counts.value},
        "shut_by": sorted(g.fact.value for g in exercise.gates),
    }


def exercise_in_full(exercise: Exercise, library: Library) -> dict[str, object]:
    """One exercise in plain values, with its words and its sources written out."""
    from patella.app.plan.told import tell_sources

    words = exercise.words
    return {
        **exercise_to_json(exercise),
        "how": list(words.how),
        "feel": words.feel,
        "mistakes": list(words.mistakes),
        "cautions": list(words.cautions),
        "gates": dict(words.gates),
        "evidence": name_sources(words.evidence, library.sources),
        "cues": dict(words.cues),
        "easier": list(exercise.easier),
        "harder": list(exercise.harder),
        "sources": tell_sources(library, exercise.sources),
    }


def find_exercise(library: Library, wanted: str) -> Exercise:
    """The exercise of an id, of a routine number, or of a name. Raises InputError that names what comes close."""
    key = wanted.strip().lower()
    for exercise in library.exercises.values():
        if key in (exercise.id, exercise.name.lower(), str(exercise.routine_number or "")):
            return exercise
    near = get_close_matches(key, list(library.exercises), n=3, cutoff=0.4)
    hint = f"Did you mean {' or '.join(near)}?" if near else "`patella exercises` lists them all."
    raise InputError(f"There is no exercise called {wanted!r}. {hint}")


def dose_range(exercise: Exercise) -> str:
    """The range of an exercise's dose: `2 x 6-12`, `2 x 5 x 10 s`."""
    dose = exercise.dose
    if dose.reps:
        low, high = dose.reps
        return f"{dose.sets} x {low}" + ("" if low == high else f"-{high}")
    holds = "" if dose.holds == 1 else f"{dose.holds} x "
    return f"{dose.sets} x {holds}{dose.hold_s:g} s"


def list_exercises(page: Page, exercises: Iterable[Exercise]) -> None:
    """All exercises: a table where there is room for one, else a list."""
    if page.width < NARROW:
        for exercise in exercises:
            page.item(f"{exercise.name} ({exercise.id}): {dose_range(exercise)}", mark=_mark(exercise))
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table("", "Exercise", "Dose", "Feet", "Id", box=box.SIMPLE_HEAD, pad_edge=False)
    for exercise in exercises:
        row = (exercise.name, dose_range(exercise), exercise.footwear.value, exercise.id)
        table.add_row(_mark(exercise).strip("- "), *row)
    Console(file=page.stream, width=page.width, no_color=not page.colour, highlight=False).print(table)
    page.say("patella show ID tells all about one of them.")


def _mark(exercise: Exercise) -> str:
    return str(exercise.routine_number) if exercise.routine_number else "-"


def show_exercise(page: Page, exercise: Exercise, library: Library, units: Units) -> None:
    """One exercise as a runner wants to read it."""
    from patella.app.plan.told import tell_source

    words = exercise.words
    number = f"{exercise.routine_number} of the routine. " if exercise.routine_number else ""
    each = " on each side" if exercise.sides.value == "each" else ""
    things = ", ".join(library.equipment[t].name for t in exercise.equipment) or "nothing"
    page.say(words.name, tone=Tone.STRONG)
    page.say(words.summary)
    page.say()
    page.say(f"{number}{dose_range(exercise)}{each}. Feet: {exercise.footwear.value}. You need: {things}.")
    _section(page, "How", map(units.said, words.how), numbered=True)
    _section(page, "Feel", (units.said(words.feel),))
    _section(page, "Mistakes", map(units.said, words.mistakes))
    _section(page, "Cautions", map(units.said, words.cautions))
    _section(page, "Left out with", [f"{k.replace('_', ' ')}: {v}" for k, v in words.gates.items()])
    _section(page, "What research says", [name_sources(words.evidence, library.sources)])
    page.say()
    page.say("Sources", tone=Tone.STRONG)
    for source in exercise.sources:
        say_source(page, tell_source(library, source))


def _section(page: Page, title: str, lines: Iterable[str], *, numbered: bool = False) -> None:
    listed = list(lines)
    if not listed:
        return
    page.say()
    page.say(title, tone=Tone.STRONG)
    for number, line in enumerate(listed, 1):
        page.item(line, mark=f"{number}." if numbered else "-")
