"""One exercise of a plan: its dose as the day has it, its sides, its load, how long it takes, and every reason."""

from __future__ import annotations

from dataclasses import dataclass, replace

from patella.care.choice import Scope
from patella.care.dosing import Dosed
from patella.care.exercise import Exercise, Group, Sides
from patella.care.gear import gear_of
from patella.care.opening import Day, Ease
from patella.care.person import Knee
from patella.care.prescription import Prescription, start_of
from patella.care.reason import Reason
from patella.care.slot import usable

EACH = "each"
READY_S = 20.0
SWITCH_S = 8.0
SHORT_SETS = 2
SORE_SETS = 2
OF_SETS = ("dose_short", "dose_sore", "dose_stand_in", "dose_no_longer", "dose_swapped_in")
BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """One exercise of a plan.

    `sides` are done in this order: left and right for one leg after the other, or both at once. `arc_deg` is the part
    of the movement in degrees of knee flexion, where it matters. `gentler`: the easier neighbours that are open today.
    `note`: what a physiotherapist wrote to it.
    """

    exercise: Exercise
    sides: tuple[str, ...]
    asked: Prescription
    load_kg: float | None
    band: str | None
    level: str | None
    arc_deg: tuple[float, float] | None
    rest_s: float
    because: tuple[Reason, ...]
    gentler: tuple[str, ...] = ()
    note: str = ""

    @property
    def side(self) -> str:
        """The sides in a word: both, each, left or right."""
        return EACH if len(self.sides) > 1 else self.sides[0]

    @property
    def seconds(self) -> float:
        """About how long it takes, rests included."""
        return seconds_for(self.exercise, self.asked, sides=len(self.sides))


def seconds_for(exercise: Exercise, asked: Prescription, *, sides: int) -> float:
    """About how long a dose of an exercise takes on one side or both, rests included."""
    dose = exercise.dose
    if asked.reps is not None and dose.tempo:
        one_set = asked.reps * dose.tempo.rep_s
    else:
        holds = asked.holds or 1
        one_set = holds * (asked.hold_s or 0.0) + (holds - 1) * dose.hold_rest_s
    all_sides = sides * one_set + (sides - 1) * SWITCH_S
    return READY_S + asked.sets * all_sides + (asked.sets - 1) * dose.rest_s


def with_a_set_less(item: PlanItem, why: Reason) -> PlanItem:
    """The same with one set less, and why; what was said of the number of sets before no longer holds."""
    said = tuple(r for r in item.because if r.key not in (why.key, *OF_SETS))
    return replace(item, asked=replace(item.asked, sets=item.asked.sets - 1), because=(*said, why))


def no_longer_than(item: PlanItem, most_s: float, why: Reason) -> PlanItem:
    """The same with as many sets as fit, but one at least."""
    while item.asked.sets > 1 and item.seconds > most_s:
        item = with_a_set_less(item, why)
    return item


def item_of(today: Day, dosed: Dosed, scope: Scope) -> PlanItem:
    """What a dosed exercise comes to in a plan of this scope; what stands in for one that was too much is no longer."""
    item, replaced = _item(today, dosed, scope), dosed.chosen.stands_in_for
    if replaced is None:
        return item
    line, least = today.set_for(replaced), start_of(replaced)
    least, _ = _for_scope(today, replaced, line.within(least) if line else least, scope)
    sides, _ = _sides(today, replaced)
    most_s = seconds_for(replaced, least, sides=len(sides))
    return no_longer_than(item, most_s, today.reason("dose_stand_in", instead_of=replaced.name))


def _item(today: Day, dosed: Dosed, scope: Scope) -> PlanItem:
    exercise, asked, why = dosed.chosen.exercise, dosed.asked, dosed.why
    line = today.set_for(exercise)
    asked, more = _for_scope(today, exercise, asked, scope)
    why = (*why, *more)
    step = exercise.dose.resistance(asked.step)
    sides, side_why = _sides(today, exercise)
    arc = exercise.arc
    return PlanItem(
        exercise=exercise,
        sides=sides,
        asked=asked,
        load_kg=step.load_kg,
        band=step.band,
        level=step.level,
        arc_deg=(arc.full_deg if asked.full_arc else arc.partial_deg) if arc else None,
        rest_s=exercise.dose.rest_s,
        gentler=tuple(e for e in exercise.easier if _is_open(today, e)),
        note=line.note if line else "",
        because=(
            *dosed.chosen.because,
            *why,
            _range_why(today, exercise),
            *_load_why(today, exercise, asked),
            *side_why,
            *_equipment_why(today, exercise, asked),
            today.reason("rest", source=exercise.dose.rest_source, rest_s=exercise.dose.rest_s),
        ),
    )


def _is_open(today: Day, exercise_id: str) -> bool:
    """Whether an exercise itself, and no other in its place, can be done today."""
    exercise = today.library.exercises[exercise_id]
    return usable(today, exercise) == (exercise, ())


def _for_scope(
    today: Day, exercise: Exercise, asked: Prescription, scope: Scope
) -> tuple[Prescription, tuple[Reason, ...]]:
    """The dose as the scope has it, with fewer sets where little is asked for or the knee is sore.

    In the whole routine the holds are the routine's own.
    """
    if scope is Scope.SNACK:
        return replace(asked, sets=1), (today.reason("dose_snack"),)
    if scope is Scope.TODAY and today.keeps:
        return replace(asked, sets=1), (today.reason("dose_kept"),)
    if scope is Scope.SHORT and asked.sets > SHORT_SETS:
        return replace(asked, sets=SHORT_SETS), (today.reason("dose_short"),)
    if today.ease is not Ease.OPEN and asked.sets > SORE_SETS:
        return replace(asked, sets=SORE_SETS), (today.reason("dose_sore"),)
    own = exercise.dose.hold_s if exercise.group is Group.ROUTINE and not today.programme else None
    if scope is Scope.FULL and own is not None and own < (asked.hold_s or 0.0):
        return replace(asked, hold_s=own), (today.reason("dose_full", hold_s=own),)
    return asked, ()


def _sides(today: Day, exercise: Exercise) -> tuple[tuple[str, ...], tuple[Reason, ...]]:
    if exercise.sides is Sides.BOTH:
        return (BOTH,), ()
    knees = today.person.knees
    if len(knees) != 1:
        return (Knee.LEFT.value, Knee.RIGHT.value), (today.reason("side_each"),)
    sore = next(iter(knees))
    if today.person.one_leg:
        return (sore.value,), (today.reason("side_one", knee=sore.value),)
    return (sore.value, sore.other.value), (today.reason("side_sore_first", knee=sore.value),)


def _range_why(today: Day, exercise: Exercise) -> Reason:
    dose = exercise.dose
    if dose.reps:
        text = f"{dose.reps[0]} to {dose.reps[1]} reps" if dose.reps[0] != dose.reps[1] else f"{dose.reps[0]} reps"
    else:
        holds = "1 hold" if dose.holds == 1 else f"{dose.holds} holds"
        text = f"{holds} of {dose.hold_s:g} s"
    return today.reason("range", source=dose.source, sets=dose.sets, range=text)


def _load_why(today: Day, exercise: Exercise, asked: Prescription) -> tuple[Reason, ...]:
    arc, found = exercise.arc, []
    here, step, steps = exercise.dose.resistance(asked.step), asked.step + 1, exercise.dose.steps
    if here.band:
        found.append(today.reason("load_band", load=_capital(here.band)))
    elif here.level:
        found.append(today.reason("load_step", load=_capital(here.level), step=step, steps=steps))
    elif here.load_kg is not None:
        key = "load_step" if asked.step else "load_first" if arc or here.load_kg else "load_none"
        found.append(today.reason(key, load=f"{here.load_kg:g} kg", step=step, steps=steps))
    if arc:
        key, degrees = ("arc_full", arc.full_deg) if asked.full_arc else ("arc_partial", arc.partial_deg)
        found.append(today.reason(key, source=arc.source, from_deg=degrees[0], to_deg=degrees[1]))
    return tuple(found)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _equipment_why(today: Day, exercise: Exercise, asked: Prescription) -> tuple[Reason, ...]:
    gear = gear_of(exercise, today.person, today.library.equipment, step=asked.step)
    return tuple(
        today.reason("use_substitute", thing=g.instead_of.name, use=g.thing.name) for g in gear if g.instead_of
    )
