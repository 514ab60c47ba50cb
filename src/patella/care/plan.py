"""Today's plan: the few things to do, how much of each, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from patella.care.choice import Chosen, Scope, Shut, choose, find_shut
from patella.care.clearance import Clearance, clear
from patella.care.course import follow
from patella.care.exercise import Exercise, Sides
from patella.care.history import History
from patella.care.library import Library
from patella.care.opening import Day, Ease, stand_in
from patella.care.person import Knee, Person
from patella.care.prescription import Prescription, step_up
from patella.care.progression import Progress, Verdict, after_break, beginning
from patella.care.reason import Reason

EACH = "each"
READY_S = 5.0
SWITCH_S = 8.0
BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """One exercise of a plan.

    `sides` are done in this order: left and right for one leg after the other, or both at once. `arc_deg` is the part
    of the movement in degrees of knee flexion, where it matters.
    """

    exercise: Exercise
    sides: tuple[str, ...]
    asked: Prescription
    load_kg: float | None
    band: str | None
    arc_deg: tuple[float, float] | None
    rest_s: float
    because: tuple[Reason, ...]

    @property
    def side(self) -> str:
        """The sides in a word: both, each, left or right."""
        return EACH if len(self.sides) > 1 else self.sides[0]

    @property
    def seconds(self) -> float:
        """About how long it takes, rests included."""
        asked, dose = self.asked, self.exercise.dose
        if asked.reps is not None and dose.tempo:
            one_set = asked.reps * dose.tempo.rep_s
        else:
            holds = asked.holds or 1
            one_set = holds * (asked.hold_s or 0.0) + (holds - 1) * dose.hold_rest_s
        sides = len(self.sides)
        both_sides = sides * one_set + (sides - 1) * SWITCH_S
        return READY_S + asked.sets * both_sides + (asked.sets - 1) * self.rest_s


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPlan:
    """The plan of one day. No items where the clearance is not open; `shut` says what was left out and why."""

    day: date
    scope: Scope
    clearance: Clearance
    items: tuple[PlanItem, ...]
    shut: tuple[Shut, ...]
    because: tuple[Reason, ...]

    @property
    def seconds(self) -> float:
        """About how long the whole of it takes."""
        return sum(i.seconds for i in self.items)


def plan_for(
    day: date,
    person: Person,
    history: History,
    library: Library,
    *,
    scope: Scope = Scope.TODAY,
    only: str | None = None,
) -> DayPlan:
    """The plan for a day, from nothing but what is given: the same inputs give the same plan.

    `only` names the one exercise of scope one. Raises KeyError when the library has no such exercise.
    """
    if only is not None and only not in library.exercises:
        raise KeyError(only)
    course = follow(history.course, history.sessions, library.exercises, person=person, mornings=history.mornings)
    clearance = clear(day, history, course)
    if not clearance.is_open:
        return DayPlan(day=day, scope=scope, clearance=clearance, items=(), shut=(), because=())
    today = Day(date=day, person=person, course=course, clearance=clearance, library=library, pain_now=history.pain_now)
    chosen = choose(today, scope, only=only)
    items = tuple(_item(today, c, scope) for c in _with_one_step_up(today, chosen))
    return DayPlan(
        day=day,
        scope=scope,
        clearance=clearance,
        items=items,
        shut=find_shut(today, scope, only=only),
        because=_of_the_day(today),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dosed:
    chosen: Chosen
    asked: Prescription
    why: tuple[Reason, ...]


def _with_one_step_up(today: Day, chosen: Sequence[Chosen]) -> tuple[_Dosed, ...]:
    """Each exercise with its dose; at most one goes up a level, and whose turn it is does not depend on pain."""
    progress = {c.exercise.id: _progress(today, c.exercise) for c in chosen}
    turn = _whose_turn(chosen, progress)
    return tuple(_dosed(today, c, progress[c.exercise.id], may_step=c.exercise.id == turn) for c in chosen)


def _progress(today: Day, exercise: Exercise) -> Progress:
    known = today.course.progress.get(exercise.id)
    progress = after_break(exercise, known, today.date) if known else beginning(exercise)
    return replace(progress, next=replace(progress.next, sets=exercise.dose.sets))


def _whose_turn(chosen: Sequence[Chosen], progress: dict[str, Progress]) -> str | None:
    """Of those at the top, the one at the lowest level; an advanced one last, as more pain may lock it.

    Were it first, locking it would hand its turn to another, and more pain would make that one harder.
    """
    waiting = [c.exercise for c in chosen if progress[c.exercise.id].at_top and _has_room(c.exercise, progress)]
    turn = min(waiting, key=lambda e: (e.unlock is not None, progress[e.id].next.step), default=None)
    return turn.id if turn else None


def _has_room(exercise: Exercise, progress: dict[str, Progress]) -> bool:
    return step_up(exercise, progress[exercise.id].next, arc_may_open=True) is not None


def _dosed(today: Day, chosen: Chosen, progress: Progress, *, may_step: bool) -> _Dosed:
    if progress.may_step:
        return _at_the_top(today, chosen, progress, may_step=may_step)
    if progress.verdict is Verdict.RISE and progress.last and today.ease is not Ease.OPEN:
        last = replace(progress.last, sets=progress.next.sets)
        return _Dosed(chosen=chosen, asked=last, why=(today.reason("dose_calm"),))
    key, source = progress.verdict.value, chosen.exercise.dose.source
    return _Dosed(chosen=chosen, asked=progress.next, why=(today.reason(key, source=source, **progress.inputs),))


def _at_the_top(today: Day, chosen: Chosen, progress: Progress, *, may_step: bool) -> _Dosed:
    exercise, asked = chosen.exercise, progress.next
    if not _has_room(exercise, {exercise.id: progress}):
        return _Dosed(chosen=chosen, asked=asked, why=(today.reason("dose_top_of_all"),))
    higher = step_up(exercise, asked, arc_may_open=_arc_may_open(today, exercise, progress))
    awaits_arc = today.person.full_arc and not asked.full_arc and higher is not None and not higher.full_arc
    if higher is None or awaits_arc or not may_step or not today.is_quiet:
        return _Dosed(chosen=chosen, asked=asked, why=(today.reason("dose_top_twice"),))
    if higher.full_arc and not asked.full_arc:
        arc_source = exercise.arc.source if exercise.arc else None
        return _Dosed(chosen=chosen, asked=higher, why=(today.reason("dose_step_arc", source=arc_source),))
    return _Dosed(chosen=chosen, asked=higher, why=(today.reason("dose_step_up"),))


def _arc_may_open(today: Day, exercise: Exercise, progress: Progress) -> bool:
    arc = exercise.arc
    if arc is None or not today.person.full_arc or progress.first_day is None:
        return False
    long_enough = (today.date - progress.first_day).days >= arc.partial_days
    return long_enough and progress.green_sessions >= arc.full_after_green


def _item(today: Day, dosed: _Dosed, scope: Scope) -> PlanItem:
    exercise, asked, why = dosed.chosen.exercise, dosed.asked, dosed.why
    if scope is Scope.SNACK:
        asked, why = replace(asked, sets=1), (*why, today.reason("dose_snack"))
    dose = exercise.dose
    sides, side_why = _sides(today, exercise)
    arc = exercise.arc
    return PlanItem(
        exercise=exercise,
        sides=sides,
        asked=asked,
        load_kg=dose.loads_kg[asked.step] if dose.loads_kg else None,
        band=dose.bands[asked.step] if dose.bands else None,
        arc_deg=(arc.full_deg if asked.full_arc else arc.partial_deg) if arc else None,
        rest_s=dose.rest_s,
        because=(
            *dosed.chosen.because,
            *why,
            _range_why(today, exercise),
            *_load_why(today, exercise, asked),
            *side_why,
            *_equipment_why(today, exercise),
            today.reason("rest", source=dose.rest_source, rest_s=dose.rest_s),
        ),
    )


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
    dose, arc, found = exercise.dose, exercise.arc, []
    if dose.bands:
        band = dose.bands[asked.step]
        found.append(today.reason("load_band", load=band[:1].upper() + band[1:]))
    elif dose.loads_kg:
        load = f"{dose.loads_kg[asked.step]:g} kg"
        key = "load_step" if asked.step else "load_first"
        found.append(today.reason(key, load=load, step=asked.step + 1, steps=dose.steps))
    if arc:
        key, degrees = ("arc_full", arc.full_deg) if asked.full_arc else ("arc_partial", arc.partial_deg)
        found.append(today.reason(key, source=arc.source, from_deg=degrees[0], to_deg=degrees[1]))
    return tuple(found)


def _equipment_why(today: Day, exercise: Exercise) -> tuple[Reason, ...]:
    found = []
    for thing in exercise.equipment:
        use = stand_in(today, exercise, thing)
        if use is not None and use != thing:
            names = today.library.equipment
            found.append(today.reason("use_substitute", thing=names[thing].name, use=names[use].name))
    return tuple(found)


def _of_the_day(today: Day) -> tuple[Reason, ...]:
    shape = today.reason("day_loaded" if today.may_load else "day_light")
    if today.is_unloading:
        return (shape, today.reason("day_unload"))
    if today.ease is Ease.UNLOAD:
        return (shape, today.reason("day_unload_now", pain_now=today.pain_now))
    if today.course.sore:
        return (shape, today.reason("day_calm"))
    if today.ease is Ease.CALM:
        return (shape, today.reason("day_calm_now", pain_now=today.pain_now))
    return (shape,)
