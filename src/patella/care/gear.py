"""What a person has for an exercise: each thing it needs, or what stands in for it; never what is not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from patella.care.equipment import Equipment
from patella.care.exercise import Exercise
from patella.care.person import Person

Shelf = Mapping[str, Equipment]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gear:
    """One thing to have ready.

    `instead_of`: what the exercise asks for, where this stands in for it. `others`: what is there too and would do.
    """

    thing: Equipment
    instead_of: Equipment | None = None
    others: tuple[Equipment, ...] = ()

    @property
    def says(self) -> str:
        """In a few words: `firm cushion instead of the ball`."""
        return f"{self.thing.name} instead of the {self.instead_of.short}" if self.instead_of else self.thing.name


def gear_of(exercise: Exercise, person: Person, shelf: Shelf, *, step: int = 0) -> tuple[Gear, ...]:
    """What this person has of the things an exercise needs at a step of its resistance, in the exercise's order.

    A thing that is not there and has no stand-in is left out: the plan leaves such an exercise out too, so this is one
    that was begun before somebody said so.
    """
    found = []
    for wanted in exercise.things_at(step):
        there = _at_hand(exercise, person, shelf, wanted)
        if there:
            instead_of = None if there[0].id == wanted else shelf[wanted]
            found.append(Gear(thing=there[0], instead_of=instead_of, others=there[1:]))
    return tuple(found)


def stand_in(exercise: Exercise, person: Person, shelf: Shelf, thing: str) -> str | None:
    """The thing itself if it is at hand, otherwise the first substitute that is; None when neither."""
    there = _at_hand(exercise, person, shelf, thing)
    return there[0].id if there else None


def _at_hand(exercise: Exercise, person: Person, shelf: Shelf, thing: str) -> tuple[Equipment, ...]:
    """Of a thing and its substitutes those that are there, in the exercise's order."""
    choices = (shelf[t] for t in (thing, *exercise.substitutes.get(thing, ())))
    return tuple(c for c in choices if person.may_use(c))


def say_needs(gear: Sequence[Gear]) -> str:
    """What is said before an exercise: `You need a firm cushion instead of the ball.`; empty for nothing."""
    said = [f"{g.thing.article} {g.says}" for g in gear]
    if not said:
        return ""
    if len(said) == 1:
        return f"You need {said[0]}."
    comma = "," if any(g.instead_of for g in gear) else ""
    return f"You need {', '.join(said[:-1])}{comma} and {said[-1]}."
