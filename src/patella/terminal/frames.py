"""What one moment of a session says: the words around the big number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from patella.app.plan.told import name_of
from patella.care.gear import say_needs
from patella.care.library import Library
from patella.care.person import Person
from patella.care.script import Step, StepKind
from patella.care.session import Session
from patella.care.task import Task, gear_for, tell_task
from patella.care.units import Units
from patella.terminal.led_set import beat_of
from patella.terminal.route import step_after
from patella.terminal.wording import counted, dose_of, side_of

KEYS = {
    "space, Enter, +": "one more rep (in a rest: go on now; in a hold: end it here)",
    "d": "done as asked",
    "a number, Enter": "so many reps",
    "p": "pause, and go on",
    "b": "back one step",
    "s": "skip this exercise",
    "w": "swap it for something easier",
    "e": "make it easier",
    "h": "it hurts",
    "u": "take back the last entry",
    "q, Ctrl-C": "leave; everything so far is saved",
    "?": "these keys",
}
HINT = "d done  p pause  h it hurts  s skip  ? all keys"
HINT_REPS = "space +1  d done  h it hurts  s skip  ? all keys"
HINT_PAIN = "0 to 10 and Enter; Enter alone leaves it open"
HINT_EFFORT = "a number; Enter leaves it open"

DOING = {
    StepKind.READY: "Get ready",
    StepKind.REPS: "Work",
    StepKind.HOLD: "Hold",
    StepKind.HOLD_REST: "Let go",
    StepKind.REST: "Rest",
    StepKind.SWITCH: "Switch sides",
    StepKind.PAIN: "Done",
}
CUES = {
    StepKind.READY: "ready",
    StepKind.REPS: "work",
    StepKind.HOLD: "work",
    StepKind.REST: "rest",
    StepKind.SWITCH: "switch",
    StepKind.PAIN: "finish",
}
FALLBACK = {
    "ready": "Find your place.",
    "work": "Slowly, with control.",
    "halfway": "Half-way.",
    "rest": "Rest.",
    "switch": "The other side.",
    "finish": "Done.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One moment: where we are, what to do and how much, the big number, a cue, what comes next, and the keys."""

    place: str
    doing: str
    asks: str = ""
    big: str = ""
    unit: str = ""
    cue: str = ""
    coming: str = ""
    hint: str = HINT


def cue_of(task: Task, library: Library, key: str) -> str:
    """What the exercise says at a moment of it."""
    exercise = library.exercises.get(task.exercise_id)
    return (exercise.words.cues.get(key) if exercise else None) or FALLBACK.get(key, "")


def frame_of(
    session: Session, script: Sequence[Step], step: Step, library: Library, person: Person, units: Units
) -> Frame:
    """The frame of a step before any number is put into it. `person`: what they have is what they are told to take."""
    task = session.tasks[step.task]
    name = name_of(task.exercise_id, library)
    key = CUES.get(step.kind)
    return Frame(
        place=f"{step.task + 1} of {len(session.tasks)}: {name}",
        doing=_doing(step, task, units),
        asks=_asks(step, task, library, person),
        cue=cue_of(task, library, key) if key else "",
        coming=_coming(session, script, step, library, units),
        hint={StepKind.REPS: HINT_REPS, StepKind.PAIN: HINT_PAIN}.get(step.kind, HINT),
    )


def _doing(step: Step, task: Task, units: Units) -> str:
    doing = DOING[step.kind]
    if step.kind is StepKind.READY:
        return f"{doing}. {dose_of(tell_task(task), units)}"
    if not step.is_work:
        return doing
    parts = [doing, side_of(step.side)] if step.side != "both" else [doing]
    parts.append(f"set {step.set} of {task.asked.sets}")
    if step.hold is not None and (task.asked.holds or 1) > 1:
        parts.append(f"hold {step.hold} of {task.asked.holds}")
    return ", ".join(parts)


def _asks(step: Step, task: Task, library: Library, person: Person) -> str:
    if step.kind is StepKind.READY and (gear := gear_for(task, person, library)):
        return say_needs(gear)
    if step.reps is not None:
        beat = beat_of(task, library)
        return ", ".join(t for t in (counted(task.asked.reps or step.reps, "rep"), beat.tell() if beat else "") if t)
    return f"{step.seconds:g} s" if step.seconds else ""


def _coming(session: Session, script: Sequence[Step], step: Step, library: Library, units: Units) -> str:
    after = step_after(session, script, step.index)
    if after is None:
        return "Next: the summary"
    if after.kind is StepKind.READY:
        return f"Next: {name_of(session.tasks[after.task].exercise_id, library)}"
    doing = _doing(after, session.tasks[after.task], units)
    if after.seconds and not after.is_work:
        return f"Next: {doing.lower()}, {after.seconds:g} s"
    return f"Next: {doing[:1].lower()}{doing[1:]}"


def reps_unit(count: int, asked: int) -> str:
    """What stands under the number of reps."""
    return f"of {counted(asked, 'rep')}" if count <= asked else "reps"
