"""A session as steps to walk through: get ready, work, rest between holds, rest, switch sides, next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from patella.care.item import READY_S, SWITCH_S
from patella.care.task import Task


class StepKind(StrEnum):
    """What a step asks: `reps` and `hold` are work; `pain` asks for the worst pain during the exercise."""

    READY = "ready"
    REPS = "reps"
    HOLD = "hold"
    HOLD_REST = "hold_rest"
    REST = "rest"
    SWITCH = "switch"
    PAIN = "pain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: `task` is the number of the exercise, `set` and `hold` count from 1.

    `seconds` is None where a person decides when it is over (reps, pain). `ends_set`: the set is done when the step is.
    """

    index: int
    kind: StepKind
    task: int
    side: str
    set: int
    hold: int | None = None
    reps: int | None = None
    seconds: float | None = None
    ends_set: bool = False

    @property
    def is_work(self) -> bool:
        """Whether the body works in this step."""
        return self.kind in (StepKind.REPS, StepKind.HOLD)


def script_of(tasks: Sequence[Task]) -> tuple[Step, ...]:
    """The steps of a whole session, numbered from 0.

    All sets of an exercise alternate sides: left, right, rest, left, right; so each leg rests while the other works.
    """
    steps: list[Step] = []
    for number, task in enumerate(tasks):
        for step in _steps_of(number, task):
            steps.append(replace(step, index=len(steps)))
    return tuple(steps)


def _steps_of(number: int, task: Task) -> Iterator[Step]:
    first = task.sides[0]
    yield Step(index=0, kind=StepKind.READY, task=number, side=first, set=1, seconds=READY_S)
    for set_number in range(1, task.asked.sets + 1):
        for place, side in enumerate(task.sides):
            if place:
                yield Step(index=0, kind=StepKind.SWITCH, task=number, side=side, set=set_number, seconds=SWITCH_S)
            yield from _work(number, task, side, set_number)
        if set_number < task.asked.sets:
            yield Step(index=0, kind=StepKind.REST, task=number, side=first, set=set_number + 1, seconds=task.rest_s)
    yield Step(index=0, kind=StepKind.PAIN, task=number, side=task.sides[-1], set=task.asked.sets)


def _work(number: int, task: Task, side: str, set_number: int) -> Iterator[Step]:
    asked = task.asked
    if asked.reps is not None:
        yield Step(index=0, kind=StepKind.REPS, task=number, side=side, set=set_number, reps=asked.reps, ends_set=True)
        return
    holds = asked.holds or 1
    for hold in range(1, holds + 1):
        yield Step(
            index=0,
            kind=StepKind.HOLD,
            task=number,
            side=side,
            set=set_number,
            hold=hold,
            seconds=asked.hold_s,
            ends_set=hold == holds,
        )
        if hold < holds and task.hold_rest_s:
            yield Step(
                index=0,
                kind=StepKind.HOLD_REST,
                task=number,
                side=side,
                set=set_number,
                hold=hold + 1,
                seconds=task.hold_rest_s,
            )
