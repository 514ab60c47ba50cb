"""What the plan needs to know of a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Knee(StrEnum):
    """A knee, as the person's own left or right."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Knee:
        """The other one."""
        return Knee.RIGHT if self is Knee.LEFT else Knee.LEFT


class Habit(StrEnum):
    """How regularly hips and glutes have been strengthened, and muscles stretched."""

    NONE = "none"
    SOME = "some"
    REGULAR = "regular"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Settings of one person.

    `knees` are the sore ones, empty when not said. `one_leg`: train only the sore leg where a leg works alone.
    `has`: equipment at hand, None when never asked (then everything is taken to be). `full_arc`: the person has asked
    for the whole arc of a movement that begins with a part of it. `usual_pain`: of a usual morning, 0 to 10.
    """

    knees: frozenset[Knee] = frozenset()
    one_leg: bool = False
    habit: Habit = Habit.NONE
    has: frozenset[str] | None = None
    cautious: bool = False
    full_arc: bool = False
    usual_pain: int | None = None
