"""What is not in a plan, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from patella.care.choice import Scope, choose
from patella.care.exercise import Exercise, Group
from patella.care.opening import Day, missing_things, why_resting, why_shut
from patella.care.programme_today import why_left_out
from patella.care.reason import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Shut:
    """One exercise that is not in, and why."""

    exercise: Exercise
    because: Reason


def find_shut(day: Day, scope: Scope, *, only: str | None = None) -> tuple[Shut, ...]:
    """Every exercise that is not for this person today, and why.

    That one rests today is said where it was asked for: in the whole routine, and when it alone was wanted. Of a
    physiotherapist's programme everything that is not in is said, but for what is too much for a few minutes.
    """
    if day.programme and scope is not Scope.ONE:
        chosen = {c.exercise.id for c in choose(day, scope)}
        left_out = (e for e in day.programme.exercises if e.id not in chosen)
        why = {e.id: why_left_out(day, e, asked=scope is Scope.FULL) for e in left_out}
        return tuple(
            Shut(exercise=day.library.exercises[e], because=because)
            for e, because in why.items()
            if because.key != "shut_set_most" or scope is Scope.TODAY
        )
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


def why_no_time(day: Day, scope: Scope, exercises: Iterable[Exercise]) -> tuple[Shut, ...]:
    """Why these, of the whole that was asked for, are too many for today."""
    asked = exercises if scope is Scope.FULL or (day.programme and scope is not Scope.ONE) else ()
    return tuple(Shut(exercise=e, because=day.reason("shut_length")) for e in asked)


def _why_missing(day: Day, exercise: Exercise) -> Reason | None:
    missing = missing_things(day, exercise)
    if not missing:
        return None
    return day.reason("shut_equipment", things=", ".join(day.library.equipment[t].name for t in missing))


def _why_swapped(day: Day, exercise: Exercise) -> Reason | None:
    easier = day.swapped_for(exercise)
    return day.reason("shut_swapped", neighbour=easier.name) if easier else None
