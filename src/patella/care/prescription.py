"""How much of one exercise: the dose of one day, and the steps up and down from it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from patella.care.exercise import Exercise

HOLD_RISE = 0.10


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescription:
    """A dose: `reps` in each set, or `holds` of `hold_s` seconds, at resistance `step` (0 is the lightest)."""

    sets: int
    reps: int | None
    holds: int | None
    hold_s: float | None
    step: int
    full_arc: bool

    @property
    def hardness(self) -> tuple[int, int, float]:
        """A key that orders the doses of one exercise from the easiest to the hardest."""
        return (int(self.full_arc), self.step, float(self.reps or 0) + (self.hold_s or 0.0))


def start_of(exercise: Exercise) -> Prescription:
    """The dose to begin with: the bottom of the range, the lightest resistance, the safer arc."""
    dose = exercise.dose
    return Prescription(
        sets=dose.sets,
        reps=dose.reps[0] if dose.reps else None,
        holds=dose.holds,
        hold_s=dose.hold_s,
        step=0,
        full_arc=exercise.arc is None,
    )


def start_of_trained(exercise: Exercise) -> Prescription:
    """The dose to begin with for somebody who trains: the middle of the range, the rest as for everybody."""
    first, dose = start_of(exercise), exercise.dose
    if dose.reps:
        return replace(first, reps=(dose.reps[0] + dose.reps[1]) // 2)
    return replace(first, hold_s=float(((dose.hold_s or 0.0) + (dose.hold_top_s or 0.0)) // 2))


def is_top(exercise: Exercise, prescription: Prescription) -> bool:
    """Whether reps or hold are at the top of the exercise's range."""
    dose = exercise.dose
    if dose.reps:
        return (prescription.reps or 0) >= dose.reps[1]
    return (prescription.hold_s or 0.0) >= (dose.hold_top_s or 0.0)


def bottom(exercise: Exercise, prescription: Prescription) -> Prescription:
    """The same resistance at the bottom of the range."""
    first = start_of(exercise)
    return replace(prescription, reps=first.reps, hold_s=first.hold_s)


def top(exercise: Exercise, prescription: Prescription) -> Prescription:
    """The same resistance at the top of the range."""
    dose = exercise.dose
    return replace(prescription, reps=dose.reps[1] if dose.reps else None, hold_s=dose.hold_top_s)


def rise(exercise: Exercise, prescription: Prescription) -> Prescription:
    """One more rep, or about a tenth more of a hold (ACSM 2009: 2 to 10 %), never over the top of the range."""
    dose = exercise.dose
    if dose.reps and prescription.reps is not None:
        return replace(prescription, reps=min(prescription.reps + 1, dose.reps[1]))
    held, top = prescription.hold_s or 0.0, dose.hold_top_s or 0.0
    return replace(prescription, hold_s=min(held + (dose.hold_rise_s or max(1.0, round(held * HOLD_RISE))), top))


def at_load(exercise: Exercise, prescription: Prescription, load_kg: float | None) -> Prescription:
    """The dose with the step that this weight is in the library of today, whatever number it had when it was asked.

    A weight that the library no longer has counts as the next lighter one; None: no weight was asked for.
    """
    loads = exercise.dose.loads_kg
    if load_kg is None or not loads or (prescription.step < len(loads) and loads[prescription.step] == load_kg):
        return prescription
    return replace(prescription, step=max((n for n, kg in enumerate(loads) if kg <= load_kg), default=0))


def capped(exercise: Exercise, prescription: Prescription, *, steps: int) -> Prescription:
    """The dose with the sets of the library and no step above the `steps` that are open.

    The highest open step stands in for a higher one, at the top of its range: what it takes the place of was harder.
    """
    kept = replace(prescription, sets=exercise.dose.sets)
    return kept if kept.step < steps else replace(top(exercise, kept), step=steps - 1)


def step_up(exercise: Exercise, prescription: Prescription, *, arc_may_open: bool, steps: int) -> Prescription | None:
    """The next level with reps at the bottom again: the whole arc if that may open, at the lightest resistance.

    Otherwise more resistance, as far as the `steps` that are open; None when there is nothing to add.
    """
    low = bottom(exercise, prescription)
    if not prescription.full_arc and arc_may_open:
        return replace(low, full_arc=True, step=0)
    if prescription.step + 1 < steps:
        return replace(low, step=prescription.step + 1)
    return None


def lower(exercise: Exercise, prescription: Prescription) -> Prescription:
    """One step down: to the bottom of the range, else one resistance down, else the safer arc, else as it is."""
    low = bottom(exercise, prescription)
    if low.hardness < prescription.hardness:
        return low
    if low.step > 0:
        return replace(low, step=low.step - 1)
    return replace(low, full_arc=exercise.arc is None)
