"""What of a physiotherapist's programme comes today: whose turn it is, in their order, and why the rest does not.

Whose turn it is follows from what was done, never from how it felt; what the knee then shuts is left out. Where that is
all, one thing that asks nothing of the knee takes its place: only what is done can show that the knee is calm again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from patella.care.exercise import Exercise, Load
from patella.care.home_programme import HomeExercise, HomeProgramme
from patella.care.opening import WEEK_DAYS, Day, missing_things, shut_by, why_resting, why_shut
from patella.care.reason import Reason
from patella.care.slot import Chosen, as_many, first_usable


def choose_from_programme(day: Day, programme: HomeProgramme, wanted: tuple[HomeExercise, ...]) -> Iterator[Chosen]:
    """What is open of these, or the easier neighbour of one that was red at its smallest dose."""
    for line in wanted:
        exercise = day.library.exercises[line.id]
        easier = day.swapped_for(exercise)
        if why_not_open(day, exercise):
            continue
        if easier is None:
            yield Chosen(exercise=exercise, because=(day.reason("chosen_set", by=programme.by),))
        elif programme.of(easier.id) is None and not why_not_open(day, easier):
            because = (day.reason("chosen_easier", instead_of=exercise.name),)
            yield Chosen(exercise=easier, because=because, stands_in_for=exercise)


def fill_beside_programme(day: Day, programme: HomeProgramme) -> Iterator[Chosen]:
    """What asks nothing of the knee and was not set, so that it has no turn of its own."""
    fill = (e for e in day.library.programme.fill if programme.of(e) is None)
    yield from as_many(first_usable(day, fill, "chosen_fill"))


def todays_turn(day: Day, programme: HomeProgramme, *, most: int, light: bool = False) -> tuple[HomeExercise, ...]:
    """Those whose turn it is, in their order; where they are too many for one day, those that have waited longest.

    `light`: only what is light enough for any day.
    """
    exercises = day.library.exercises
    due = [
        e
        for e in programme.exercises
        if _has_turn(day, e)
        and not _is_barred(day, exercises[e.id])
        and not (light and exercises[e.id].load is Load.LOADED)
    ]
    waiting = sorted(due, key=lambda e: _last(day, e) or date.min)[:most]
    return tuple(e for e in due if e in waiting)


def why_left_out(day: Day, line: HomeExercise, *, asked: bool) -> Reason:
    """Why an exercise of the programme is not in; `asked`: it was asked for, and so its turn has no say."""
    exercise = day.library.exercises[line.id]
    because = why_not_open(day, exercise)
    if because is None and line.days_a_week and not asked and not _has_turn(day, line):
        days = "one day" if line.days_a_week == 1 else f"{line.days_a_week} days"
        because = day.reason("shut_set_days", days=days)
    if because:
        return because
    easier = day.swapped_for(exercise)
    if easier:
        return day.reason("shut_swapped", neighbour=easier.name)
    return day.reason("shut_set_most")


def why_not_open(day: Day, exercise: Exercise) -> Reason | None:
    """The gate that shuts an exercise today, the day of rest, or the thing that is missing."""
    because = why_shut(day, exercise) or why_resting(day, exercise)
    if because:
        return because
    missing = missing_things(day, exercise)
    if not missing:
        return None
    return day.reason("shut_equipment", things=", ".join(day.library.equipment[t].name for t in missing))


def _is_barred(day: Day, exercise: Exercise) -> bool:
    """Whether it cannot come today however well the knee is."""
    return bool(shut_by(day, exercise) or why_resting(day, exercise) or missing_things(day, exercise))


def _has_turn(day: Day, line: HomeExercise) -> bool:
    """Whether it may come again: fewer days of the last seven than were set, and those apart as far as they can be.

    A day that lies ahead (a clock set back, a flight westward) counts as one just behind.
    """
    if line.days_a_week is None:
        return True
    ago = [(day.date - d).days for d in day.done.get(line.id, ()) if (day.date - d).days < WEEK_DAYS]
    return len(ago) < line.days_a_week and all(n >= WEEK_DAYS // line.days_a_week for n in ago)


def _last(day: Day, line: HomeExercise) -> date | None:
    progress = day.course.progress.get(line.id)
    return progress.last_day if progress else None
