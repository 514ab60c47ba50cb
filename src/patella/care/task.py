"""One exercise of a plan once begun: all that a player needs, in plain values, so that it can be frozen in the log."""

from __future__ import annotations

from dataclasses import dataclass

from patella.care.entries.of_session import GivenReason, PlannedTask
from patella.care.gear import Gear, gear_of
from patella.care.item import PlanItem
from patella.care.library import Library
from patella.care.person import Person
from patella.care.prescription import Prescription
from patella.care.reason import Input, Reason
from patella.motion.tempo import Tempo


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One exercise to do. `tempo` is None where holds are timed; `because` are the reasons as they were given.

    `gentler` are the easier neighbours that were open when it was planned; None in a log that does not say. `note` is
    what a physiotherapist wrote to it.
    """

    exercise_id: str
    sides: tuple[str, ...]
    asked: Prescription
    load_kg: float | None
    band: str | None
    level: str | None
    arc_deg: tuple[float, float] | None
    rest_s: float
    hold_rest_s: float
    tempo: Tempo | None
    seconds: float
    because: tuple[Reason, ...]
    gentler: tuple[str, ...] | None = None
    note: str = ""

    @property
    def side(self) -> str:
        """The sides in a word: both, each, left or right."""
        return "each" if len(self.sides) > 1 else self.sides[0]


def seconds_left(task: Task, *, sets_done: int) -> float:
    """About how long the sets take that are still to be done; a set is one side's."""
    return task.seconds * max(0.0, 1 - sets_done / (task.asked.sets * len(task.sides)))


def task_of(item: PlanItem) -> Task:
    """The task that a plan's item comes to."""
    return Task(
        exercise_id=item.exercise.id,
        sides=item.sides,
        asked=item.asked,
        load_kg=item.load_kg,
        band=item.band,
        level=item.level,
        arc_deg=item.arc_deg,
        rest_s=item.rest_s,
        hold_rest_s=item.exercise.dose.hold_rest_s,
        tempo=item.exercise.dose.tempo,
        seconds=item.seconds,
        because=item.because,
        gentler=item.gentler,
        note=item.note,
    )


def gear_for(task: Task, person: Person, library: Library) -> tuple[Gear, ...]:
    """What this person has for a task; nothing for an exercise that has left the library."""
    exercise = library.exercises.get(task.exercise_id)
    return gear_of(exercise, person, library.equipment, step=task.asked.step) if exercise else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTask:
    """A task as the log keeps it and as pages and `--json` are told of it: its dose is flat, seconds are whole."""

    exercise: str
    side: str
    sides: tuple[str, ...]
    sets: int
    reps: int | None
    holds: int | None
    hold_s: float | None
    load_kg: float | None
    band: str | None
    level: str | None
    arc_deg: tuple[float, float] | None
    step: int
    full_arc: bool
    rest_s: float
    hold_rest_s: float
    tempo: Tempo | None
    seconds: int
    gentler: tuple[str, ...] | None
    because: tuple[Reason, ...]
    note: str


def tell_task(task: Task) -> ToldTask:
    """The task as it is told."""
    asked = task.asked
    return ToldTask(
        exercise=task.exercise_id,
        side=task.side,
        sides=task.sides,
        sets=asked.sets,
        reps=asked.reps,
        holds=asked.holds,
        hold_s=asked.hold_s,
        load_kg=task.load_kg,
        band=task.band,
        level=task.level,
        arc_deg=task.arc_deg,
        step=asked.step,
        full_arc=asked.full_arc,
        rest_s=task.rest_s,
        hold_rest_s=task.hold_rest_s,
        tempo=task.tempo,
        seconds=round(task.seconds),
        gentler=task.gentler,
        because=task.because,
        note=task.note,
    )


def task_in(planned: PlannedTask) -> Task:
    """The task that an entry holds; one that was written before there were levels has none."""
    tempo = planned.tempo
    return Task(
        exercise_id=planned.exercise,
        sides=tuple(s.value for s in planned.sides),
        asked=Prescription(
            sets=planned.sets,
            reps=planned.reps,
            holds=planned.holds,
            hold_s=planned.hold_s,
            step=planned.step,
            full_arc=planned.full_arc,
        ),
        load_kg=planned.load_kg,
        band=planned.band,
        level=planned.level,
        arc_deg=planned.arc_deg,
        rest_s=planned.rest_s,
        hold_rest_s=planned.hold_rest_s,
        tempo=Tempo(up_s=tempo.up_s, hold_s=tempo.hold_s, down_s=tempo.down_s, rest_s=tempo.rest_s) if tempo else None,
        seconds=planned.seconds,
        because=tuple(_reason(r) for r in planned.because),
        gentler=planned.gentler,
        note=planned.note,
    )


def _reason(given: GivenReason) -> Reason:
    inputs: dict[str, Input] = {k: v for k, v in given.inputs.items() if v is None or isinstance(v, Input)}
    return Reason(key=given.key, about=given.about, text=given.text, source=given.source, inputs=inputs)
