"""Which exercises today: the shape of the day filled with what is open, and what takes the place of what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from patella.care.exercise import Exercise, Footwear, Group
from patella.care.opening import Day, Ease, missing_things, why_resting, why_shut
from patella.care.person import Habit
from patella.care.programme import Slots
from patella.care.reason import Reason


class Scope(StrEnum):
    """What was asked for: today's few, the whole routine, two minutes, or one exercise."""

    TODAY = "today"
    FULL = "full"
    SNACK = "snack"
    ONE = "one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One exercise of the day and why it is in."""

    exercise: Exercise
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shut:
    """One exercise that is not in, and why."""

    exercise: Exercise
    because: Reason


def choose(day: Day, scope: Scope, *, only: str | None = None) -> tuple[Chosen, ...]:
    """The exercises of the day in the order they are done, each once: barefoot first, shoes on at the end."""
    if scope is Scope.ONE:
        found = _first_usable(day, (only or "",), "chosen_only")
        chosen = [found] if found else []
    elif scope is Scope.SNACK:
        turn = day.date.toordinal()
        found = _first_usable(day, _turned(day.library.programme.snack, turn), "chosen_snack")
        chosen = [found] if found else []
    elif scope is Scope.FULL:
        chosen = list(_unique(_whole_routine(day)))
    else:
        chosen = list(_unique(_few(day)))[: day.library.programme.max_items]
    return tuple(sorted(chosen, key=lambda c: c.exercise.footwear is Footwear.SNEAKERS))


def _few(day: Day) -> Iterator[Chosen]:
    programme, ease = day.library.programme, day.ease
    if not day.may_load:
        yield from _slots(day, programme.light, "chosen_light", turn=day.course.light_count)
    else:
        slots = programme.loaded if ease is Ease.OPEN else programme.loaded[:1]
        yield from _slots(day, slots, "chosen_knee", turn=day.course.loaded_count)
        yield from _hips(day)
    for exercise_id in programme.fill:
        yield from _maybe(_first_usable(day, (exercise_id,), "chosen_fill"))


def _hips(day: Day) -> Iterator[Chosen]:
    programme, count = day.library.programme, day.course.loaded_count
    if day.ease is not Ease.OPEN:
        pair, key = programme.calm_hips, "chosen_calm"
    elif day.person.habit is Habit.NONE and count < programme.hip_starters_days:
        pair, key = programme.hip_pairs[0], "chosen_hip_starter"
    else:
        pair, key = programme.hip_pairs[count % len(programme.hip_pairs)], "chosen_hip"
    wanted = 1 if day.person.habit is Habit.REGULAR and day.ease is Ease.OPEN else 2
    spare = (*pair, *programme.calm_hips)
    usable = (c for c in (_first_usable(day, (e,), key) for e in spare) if c)
    for _, chosen in zip(range(wanted), _unique(usable), strict=False):
        yield chosen


def _whole_routine(day: Day) -> Iterator[Chosen]:
    routine = (e for e in day.library.exercises.values() if e.group is Group.ROUTINE)
    for exercise in sorted(routine, key=lambda e: e.routine_number or 0):
        yield from _maybe(_first_usable(day, (exercise.id,), "chosen_full"))
    yield from _slots(day, day.library.programme.full, "chosen_full", turn=day.course.light_count)
    yield from _hips(day)


def _slots(day: Day, slots: Slots, key: str, *, turn: int) -> Iterator[Chosen]:
    for slot in slots:
        why = "chosen_turn" if key == "chosen_light" and len(slot) > 1 else key
        yield from _maybe(_first_usable(day, _open_turn(day, slot, turn), why))


def _open_turn(day: Day, slot: tuple[str, ...], turn: int) -> tuple[str, ...]:
    """The alternatives of a slot that are open, from the one whose turn it is."""
    opened = tuple(e for e in slot if why_shut(day, day.library.exercises[e]) is None)
    return _turned(opened, turn)


def _turned(slot: tuple[str, ...], turn: int) -> tuple[str, ...]:
    start = turn % len(slot) if slot else 0
    return slot[start:] + slot[:start]


def _first_usable(day: Day, candidates: Iterable[str], key: str) -> Chosen | None:
    for exercise_id in candidates:
        found = usable(day, day.library.exercises[exercise_id])
        if found:
            return Chosen(exercise=found[0], because=(day.reason(key), *found[1]))
    return None


def usable(day: Day, exercise: Exercise) -> tuple[Exercise, tuple[Reason, ...]] | None:
    """The exercise itself if it can be done today, or what takes its place, with why; None if neither.

    An easier neighbour takes the place of one that was red at its smallest dose; another takes the place of one whose
    equipment is missing.
    """
    if why_shut(day, exercise) or why_resting(day, exercise):
        return None
    swaps: tuple[tuple[str, Callable[[], Exercise | None]], ...] = (
        ("chosen_easier", lambda: day.swapped_for(exercise)),
        ("chosen_without", lambda: _without(day, exercise)),
    )
    for key, find in swaps:
        other = find()
        if other:
            barred = why_shut(day, other) or why_resting(day, other) or missing_things(day, other)
            return None if barred else (other, (day.reason(key, instead_of=exercise.name),))
    return None if missing_things(day, exercise) else (exercise, ())


def _without(day: Day, exercise: Exercise) -> Exercise | None:
    if not exercise.without_equipment or not missing_things(day, exercise):
        return None
    return day.library.exercises[exercise.without_equipment]


def _maybe(chosen: Chosen | None) -> Iterator[Chosen]:
    if chosen:
        yield chosen


def _unique(chosen: Iterable[Chosen]) -> Iterator[Chosen]:
    seen: set[str] = set()
    for one in chosen:
        if one.exercise.id not in seen:
            seen.add(one.exercise.id)
            yield one


def find_shut(day: Day, scope: Scope, *, only: str | None = None) -> tuple[Shut, ...]:
    """Every exercise that is not for this person today, and why.

    That one rests today is said where it was asked for: in the whole routine, and when it alone was wanted.
    """
    asked = {only} if scope is Scope.ONE else {e.id for e in day.library.exercises.values() if e.group is Group.ROUTINE}
    found: list[Shut] = []
    for exercise in day.library.exercises.values():
        because = why_shut(day, exercise) or _why_missing(day, exercise)
        if because is None and exercise.id in asked:
            resting = why_resting(day, exercise) if scope in (Scope.FULL, Scope.ONE) else None
            because = resting or _why_swapped(day, exercise)
        if because:
            found.append(Shut(exercise=exercise, because=because))
    return tuple(found)


def _why_missing(day: Day, exercise: Exercise) -> Reason | None:
    missing = missing_things(day, exercise)
    if not missing:
        return None
    return day.reason("shut_equipment", things=", ".join(day.library.equipment[t].name for t in missing))


def _why_swapped(day: Day, exercise: Exercise) -> Reason | None:
    easier = day.swapped_for(exercise)
    return day.reason("shut_swapped", neighbour=easier.name) if easier else None
