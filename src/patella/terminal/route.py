"""Where to go in the steps of a session: what is still open, what comes before, where an interrupted one goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from patella.care.script import Step, StepKind
from patella.care.session import LoggedSet, Session


def logged(session: Session, step: Step) -> LoggedSet | None:
    """The set that this step's work was logged as, if it was."""
    exercise_id = session.tasks[step.task].exercise_id
    mine = [
        s for s in session.sets if s.task == step.task and s.exercise_id == exercise_id and s.done.side == step.side
    ]
    return mine[step.set - 1] if step.set <= len(mine) else None


def has_sets(session: Session, task: int) -> bool:
    """Whether anything was logged of a task as it is now."""
    exercise_id = session.tasks[task].exercise_id
    return any(s.task == task and s.exercise_id == exercise_id for s in session.sets)


def is_open(session: Session, step: Step) -> bool:
    """Whether a step is still to be walked: not those of a task that was stopped or skipped.

    The pain of a skipped task is asked all the same if some of it was done.
    """
    if step.task in session.stopped:
        return False
    if step.task in session.skipped:
        return step.kind is StepKind.PAIN and has_sets(session, step.task) and step.task not in session.peaks
    return True


def step_before(session: Session, script: Sequence[Step], at: int) -> int | None:
    """The open step before this one."""
    return next((i for i in range(at - 1, -1, -1) if is_open(session, script[i])), None)


def step_after(session: Session, script: Sequence[Step], at: int) -> Step | None:
    """The open step after this one."""
    return next((s for s in script[at + 1 :] if is_open(session, s)), None)


def first_of(script: Sequence[Step], task: int) -> int:
    """The first step of a task."""
    return next((s.index for s in script if s.task == task), len(script))


def pain_of_task(script: Sequence[Step], task: int) -> int:
    """The step that asks for the worst pain of a task."""
    return next(s.index for s in script if s.task == task and s.kind is StepKind.PAIN)


def first_undone(session: Session, script: Sequence[Step], task: int) -> int:
    """The step to go on with in a task: the first set that is not logged, else the question about pain."""
    for step in script:
        if step.task == task and step.is_work and logged(session, step) is None:
            return step.index
    return pain_of_task(script, task)


def go_on_at(session: Session, script: Sequence[Step], noted: Mapping[str, object] | None) -> int:
    """The step where an interrupted session goes on.

    `noted` is the last step as it was written down, with its task and exercise: if the program was ended between a swap
    and the step that followed, the number alone would mean something else now.
    """
    if noted is None:
        return 0
    at, task = session.step, noted.get("item")
    if isinstance(task, int) and 0 <= task < len(session.tasks):
        if session.tasks[task].exercise_id != noted.get("exercise"):
            return first_of(script, task)
        if at >= len(script) or script[at].task != task:
            return first_undone(session, script, task)
    while at < len(script) and script[at].ends_set and logged(session, script[at]):
        at += 1
    return min(at, len(script))
