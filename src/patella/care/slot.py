"""What a slot of a day has for today: whose turn it is among what is open, and what takes the place of what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from patella.care.exercise import Exercise
from patella.care.ladder import rungs_down, standing_rung
from patella.care.opening import Day, missing_things, shut_by, why_resting, why_shut
from patella.care.programme import Ladder, Slots
from patella.care.reason import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One exercise of the day and why it is in.

    `ladder` is the one it is a rung of, where a slot asked for that; `stands_in_for` is what it takes the place of
    because that was too much.
    """

    exercise: Exercise
    because: tuple[Reason, ...]
    ladder: Ladder | None = None
    stands_in_for: Exercise | None = None


def fill_slots(day: Day, slots: Slots, key: str, *, turn: int) -> Iterator[Chosen]:
    """One of each slot that has something for today; `turn` counts the days so far."""
    for slot in slots:
        why = "chosen_turn" if key == "chosen_light" and len(set(slot)) > 1 else key
        yield from as_many(find_in(day, _open_turn(day, slot, turn), why))


def _open_turn(day: Day, slot: tuple[str, ...], turn: int) -> tuple[str, ...]:
    """The alternatives of a slot that are open, from the one whose turn it is.

    What is shut today passes its turn to the next, and leaves all other days as they are.
    """
    return tuple(e for e in turns_of(day, slot, turn) if _is_open(day, e))


def turns_of(day: Day, slot: tuple[str, ...], turn: int) -> tuple[str, ...]:
    """The alternatives of a slot that are this person's, from the one whose turn it is: pain has no say in that.

    What a person stands on in a ladder has a slot of its own, so it is left out elsewhere.
    """
    standing = [standing_rung(day, found) for found in day.library.programme.ladders.values()]
    taken = {r.id for r in standing if r is not None}
    return turned(tuple(e for e in slot if e not in taken and not _is_gated(day, e)), turn)


def _is_gated(day: Day, name: str) -> bool:
    """Whether an exercise, or every rung of a ladder, is shut to this person whatever the day."""
    ladder = day.library.programme.ladders.get(name)
    return not rungs_down(day, ladder) if ladder else shut_by(day, day.library.exercises[name]) is not None


def _is_open(day: Day, name: str) -> bool:
    """Whether an exercise, or any rung a person may be on, is not shut today."""
    ladder = day.library.programme.ladders.get(name)
    ids = rungs_down(day, ladder) if ladder else (name,)
    return any(why_shut(day, day.library.exercises[e]) is None for e in ids)


def turned(slot: tuple[str, ...], turn: int) -> tuple[str, ...]:
    """The alternatives in their order, from the one whose turn it is."""
    start = turn % len(slot) if slot else 0
    return slot[start:] + slot[:start]


def find_in(day: Day, names: Iterable[str], key: str) -> Chosen | None:
    """The first exercise or ladder of a slot that has something for today."""
    for name in names:
        ladder = day.library.programme.ladders.get(name)
        ids = rungs_down(day, ladder) if ladder else (name,)
        found = first_usable(day, ids, key)
        if found:
            more = _skipped(day, ladder, found.exercise) if ladder else ()
            return replace(found, because=(*found.because, *more), ladder=ladder)
    return None


def _skipped(day: Day, ladder: Ladder, chosen: Exercise) -> tuple[Reason, ...]:
    """That this rung takes the place of one for which something is missing."""
    rungs = (day.library.exercises[r] for r in ladder.rungs)
    missed = [r.name for r in rungs if r.without_equipment == chosen.id and missing_things(day, r)]
    return tuple(day.reason("chosen_without", instead_of=name) for name in missed)


def first_usable(day: Day, candidates: Iterable[str], key: str) -> Chosen | None:
    """The first of these exercises that can be done today, or what takes its place."""
    for exercise_id in candidates:
        exercise = day.library.exercises[exercise_id]
        found = usable(day, exercise)
        if found:
            because = (day.reason(_why(key, found[0])), *found[1])
            too_much = exercise if found[0] is day.swapped_for(exercise) else None
            return Chosen(exercise=found[0], because=because, stands_in_for=too_much)
    return None


def _why(key: str, exercise: Exercise) -> str:
    """The reason of the slot, or the exercise's own where what research says of knee exercise is not said of it."""
    return exercise.chosen if key == "chosen_knee" and exercise.chosen else key


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


def as_many(chosen: Chosen | None) -> tuple[Chosen, ...]:
    """What was chosen as a tuple, empty where nothing was."""
    return (chosen,) if chosen else ()
