"""Doses, sides, days and pain in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from patella.care.exercise import Footwear
from patella.care.pain import Colour, colour_of
from patella.care.task import ToldTask
from patella.care.units import Units
from patella.terminal.page import Tone

TONES = {Colour.GREEN: Tone.GREEN, Colour.AMBER: Tone.AMBER, Colour.RED: Tone.RED, None: Tone.QUIET}
FEET = {Footwear.BAREFOOT: "barefoot", Footwear.SNEAKERS: "sneakers on"}


def counted(number: float, one: str, many: str | None = None) -> str:
    """A number with its noun: `1 set`, `2 sets`."""
    return f"{number:g} {one if number == 1 else many or one + 's'}"


def dose_of(task: ToldTask, units: Units) -> str:
    """What a task asks, in a few words: `2 sets of 6 reps on each side, light band`."""
    if task.reps is not None:
        once = counted(task.reps, "rep")
    elif task.holds == 1:
        once = f"{task.hold_s:g} s held"
    else:
        once = f"{counted(task.holds or 1, 'hold')} of {task.hold_s:g} s"
    sets = once if task.sets == 1 else f"{task.sets} sets of {once}"
    return ", ".join([sets + _on_sides(task), *_with(task, units)])


def _on_sides(task: ToldTask) -> str:
    return {"both": "", "each": " on each side"}.get(task.side, f", {task.side} side only")


def _with(task: ToldTask, units: Units) -> list[str]:
    found = [units.said(t) for t in (task.band, task.level) if t]
    if task.load_kg is not None:
        found.append(units.load(task.load_kg) if task.load_kg else "no weight yet")
    if task.arc_deg:
        found.append(f"from {task.arc_deg[0]:g}° to {task.arc_deg[1]:g}°")
    return found


def needs_of(footwear: Footwear, gear: Sequence[str]) -> str:
    """What to have on and at hand for a task; empty when nothing."""
    return ", ".join([*([FEET[footwear]] if footwear in FEET else []), *gear])


def side_of(side: str) -> str:
    """A side in a word or two."""
    return "both sides" if side == "both" else side


def day_of(day: date) -> str:
    """A day as people write it."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def pain_of(nprs: int | None, *, cautious: bool = False) -> str:
    """Pain with its colour as a word: `2 of 10, green`; `not answered` when it was not."""
    return "not answered" if nprs is None else f"{nprs} of 10, {colour_of(nprs, cautious=cautious).value}"


def done_words(done: Mapping[str, object]) -> str:
    """What was done of a set: its reps, or its holds with how long each was."""
    reps, holds, hold_s = done.get("reps"), done.get("holds"), done.get("hold_s")
    if isinstance(reps, int):
        return counted(reps, "rep")
    each = done.get("held_s")
    if isinstance(each, list):
        return f"holds of {', '.join(f'{s:g}' for s in each)} s"
    return f"{counted(int(str(holds)), 'hold')} of {hold_s:g} s"
