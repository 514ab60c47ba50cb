"""What the plan needs to know of a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from patella.care.equipment import Equipment


class Knee(StrEnum):
    """A knee, as the person's own left or right."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Knee:
        """The knee that this one is not."""
        return Knee.RIGHT if self is Knee.LEFT else Knee.LEFT


class Habit(StrEnum):
    """How regularly hips and glutes have been strengthened."""

    NONE = "none"
    SOME = "some"
    REGULAR = "regular"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Settings of one person.

    `knees` are the sore ones, empty when not said. `one_leg`: train only the sore leg where a leg works alone.
    `stretches`: whether muscles have been stretched regularly, None when not said.
    `has`: all equipment at hand, None when never listed (then everything is taken to be). `lacks` is known not to be
    there and `got` to be there, each said of one thing at a time. `full_arc`: the person has asked for the whole arc of
    a movement that begins with a part of it. `usual_pain`: of a usual morning, 0 to 10.
    `maintenance`: the programme is done and only kept; None when it was never asked.
    """

    knees: frozenset[Knee] = frozenset()
    one_leg: bool = False
    habit: Habit = Habit.NONE
    stretches: bool | None = None
    has: frozenset[str] | None = None
    lacks: frozenset[str] = frozenset()
    got: frozenset[str] = frozenset()
    cautious: bool = False
    full_arc: bool = False
    usual_pain: int | None = None
    maintenance: bool | None = None

    def may_use(self, thing: Equipment) -> bool:
        """Whether a thing is taken to be at hand: everything until a list was given, everyday things always."""
        return thing.id not in self.lacks and (self.has is None or thing.id in self.has or thing.everyday)

    def may_ask_for(self, thing: str) -> bool:
        """Whether it was never said of this thing whether it is at hand."""
        return self.has is None and thing not in self.lacks and thing not in self.got
