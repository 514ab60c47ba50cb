"""A session from begin to finish: every step of it goes into the log before it is shown as saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid5

from patella.app.history.amend import corrected_holds, stop_for_pain, stop_of
from patella.app.history.events import events_of, session_of, sessions_between
from patella.app.history.reading import history_on, person_of
from patella.app.history.refused import TrainingError
from patella.app.patella import Patella
from patella.app.plan.plan import closed_text
from patella.app.plan.told import tell_plan
from patella.care.choice import Scope
from patella.care.entries.field import plain, write
from patella.care.entries.kinds import Kind
from patella.care.entries.of_session import EntryUndone
from patella.care.item import PlanItem, no_longer_than, seconds_for
from patella.care.library import Library
from patella.care.pain import GREEN_MAX, Colour, When, check_nprs, colour_of, span_of
from patella.care.person import Knee
from patella.care.plan import DayPlan, plan_for
from patella.care.prescription import lower
from patella.care.reason import give
from patella.care.record import Effort
from patella.care.session import Session
from patella.care.task import Task, seconds_left, task_of, tell_task
from patella.store.entry import StoreError

GO_ON_HOURS = 18
SETS = UUID("8d4c5c0a-6f43-5a0b-9a5e-736574736574")
EASIEST = "This is its easiest dose already. Do fewer or smaller ones, swap it, or leave it out: all are fine."


class RecordedElsewhereError(TrainingError):
    """Another window on the same session was quicker; `session` is how it stands now."""

    def __init__(self, session: Session) -> None:
        """`session`: as it is on the disk."""
        super().__init__("This set was recorded in another window already; it counts once.")
        self.session = session


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What the pain rule says in the middle of an exercise: go on, easier, or stop this one."""

    colour: Colour
    says: str


ADVICE = {
    Colour.GREEN: f"Fine up to {GREEN_MAX}. Go on, calmly.",
    Colour.AMBER: f"{span_of(Colour.AMBER)} is allowed if it settles. Make it smaller or easier; stopping is fine too.",
    Colour.RED: "Thanks for telling us. Stop this one now; the rest only if it does not hurt.",
}


def advise(app: Patella, colour: Colour) -> Advice:
    """What is said of a pain: the pain rule, or, where there is to be no exercise, only that."""
    return advice_while(colour, closed=closed_text(app))


def advice_while(colour: Colour, *, closed: str | None) -> Advice:
    """The same for whoever has asked already why there is to be no exercise; None where there may be some."""
    return Advice(colour=colour, says=ADVICE[colour] if closed is None else f"Noted. {closed}")


def begin(app: Patella, plan: DayPlan, *, before: int | None) -> Session:
    """Begin a session from a plan, which is frozen from now on; `before` is the pain before it, None if not said.

    Raises TrainingError when the plan holds nothing to do.
    """
    said, session_id = beginning_of(plan, app.library, before=before), app.new_id()
    for kind, body in said.items():
        app.write(kind, body, session_id=session_id)
    return reload(app, session_id)


def beginning_of(plan: DayPlan, library: Library, *, before: int | None) -> dict[Kind, dict[str, object]]:
    """What a session begins with, in its order. Raises TrainingError when the plan holds nothing to do."""
    if not plan.items:
        raise TrainingError("There is nothing to begin: the plan has no exercise today.")
    said: dict[Kind, dict[str, object]] = {Kind.SESSION_BEGUN: {"plan": plain(tell_plan(plan, library))}}
    if before is not None:
        said[Kind.PAIN_NOTED] = {"when": When.BEFORE.value, "nprs": check_nprs(before)}
    return said


def reload(app: Patella, session_id: str) -> Session:
    """The session as it stands on disk. Raises TrainingError when there is none of this id."""
    session = session_of(app, session_id)
    if session is None:
        raise TrainingError("There is no such session; it may have been undone.")
    return session


def note(
    app: Patella,
    session: Session,
    kind: Kind,
    body: Mapping[str, object] | None = None,
    *,
    entry_id: str | None = None,
) -> Session:
    """Put one event of a session into the log and give the session after it."""
    app.write(kind, body or {}, session_id=session.id, day=session.day, entry_id=entry_id)
    return reload(app, session.id)


def log_set(app: Patella, session: Session, number: int, side: str, done: Mapping[str, object]) -> Session:
    """Log one set of a task: `done` has reps, or holds and hold_s, and what goes with it: held_s, counted_by.

    Raises RecordedElsewhereError, and writes nothing, when this set was logged from somewhere else meanwhile.
    """
    task = session.tasks[number]
    here = (number, task.exercise_id, side)
    entries = app.entries(session_id=session.id, kinds=[Kind.SET_DONE])
    there = [e for e in entries if (e.body.get("item"), e.body.get("exercise"), e.body.get("side")) == here]
    fresh = reload(app, session.id)
    more = {s.event_id for s in fresh.sets} - {s.event_id for s in session.sets}
    if any(e.id in more for e in there):
        if all(e.at == app.now() for e in there if e.id in more):
            return fresh  # the same set, said again because its answer was lost
        raise RecordedElsewhereError(fresh)
    entry_id = str(uuid5(SETS, f"{session.id} {here} {len(there)}"))  # two windows in one moment say the same
    body = {
        "item": number,
        "exercise": task.exercise_id,
        "side": side,
        "set": 1 + sum(1 for s in session.sets if (s.task, s.exercise_id, s.done.side) == here),
        "reps": done.get("reps"),
        "holds": done.get("holds"),
        "hold_s": done.get("hold_s"),
        "load_kg": task.load_kg,
        "band": task.band,
        "level": task.level,
        "form_ok": None,
        **{k: done[k] for k in ("held_s", "counted_by") if done.get(k) is not None},
    }
    try:
        return note(app, session, Kind.SET_DONE, body, entry_id=entry_id)
    except StoreError:
        known = app.log.entry(entry_id)
        if known is not None and known.at != app.now():
            raise RecordedElsewhereError(reload(app, session.id)) from None
        raise


def note_pain(app: Patella, session: Session, number: int, nprs: int) -> tuple[Session, Advice]:
    """Log the worst pain during a task, and what follows from it by the pain rule."""
    task = session.tasks[number]
    body = {
        "when": When.DURING.value,
        "nprs": check_nprs(nprs),
        "item": number,
        "exercise": task.exercise_id,
        "knee": None,
    }
    colour = colour_of(nprs, cautious=person_of(app).cautious)
    pain_id = app.new_id()
    after = note(app, session, Kind.PAIN_NOTED, body, entry_id=pain_id)
    if colour is Colour.RED:
        stop = stop_for_pain(number, task.exercise_id)
        after = note(app, after, Kind.ITEM_STOPPED, stop, entry_id=stop_of(pain_id))
    return after, advise(app, colour)


def note_effort(app: Patella, session: Session, number: int, effort: Effort) -> Session:
    """Log how many more repetitions of a task there would have been."""
    body = {"item": number, "exercise": session.tasks[number].exercise_id, "left": effort.value}
    return note(app, session, Kind.EFFORT_NOTED, body)


def ease(app: Patella, session: Session, number: int) -> Session:
    """Make a task one step easier for the rest of this session. Raises TrainingError when nothing is easier."""
    task = session.tasks[number]
    exercise = app.library.exercises[task.exercise_id]
    asked = lower(exercise, task.asked)
    if asked == task.asked:
        raise TrainingError(EASIEST)
    step = exercise.dose.resistance(asked.step)
    seconds = seconds_for(exercise, asked, sides=len(task.sides))
    eased = replace(task, asked=asked, load_kg=step.load_kg, band=step.band, level=step.level, seconds=seconds)
    return note(
        app, session, Kind.ITEM_EASED, {"item": number, "exercise": task.exercise_id, "to": write(tell_task(eased))}
    )


def can_ease(library: Library, task: Task) -> bool:
    """Whether a task has an easier dose left; not so for an exercise that has left the library."""
    exercise = library.exercises.get(task.exercise_id)
    return exercise is not None and lower(exercise, task.asked) != task.asked


def gentler_of(library: Library, session: Session, number: int) -> tuple[str, ...]:
    """The gentler exercises a task may make way for, the first choice first.

    Those that were open when it was planned; never one that is in the session already, nor one that the task came from.
    """
    task = session.tasks[number]
    exercise = library.exercises.get(task.exercise_id)
    wanted = task.gentler if task.gentler is not None else (exercise.easier if exercise else ())
    gone = {t.exercise_id for t in session.tasks} | session.been.get(number, frozenset())
    return tuple(e for e in wanted if e not in gone and e in library.exercises)


def swap(app: Patella, session: Session, number: int, exercise_id: str | None = None) -> Session:
    """Swap a task for an easier neighbour (or for the one named), dosed as the plan would dose it today.

    It takes no longer than what was left to do, but has one set at least: a swap does not make the session longer.
    Raises TrainingError when nothing easier is open.
    """
    task = session.tasks[number]
    taken = {t.exercise_id for t in session.tasks}
    wanted = (exercise_id,) if exercise_id and exercise_id not in taken else ()
    for candidate in wanted if exercise_id else gentler_of(app.library, session, number):
        item = _item_today(app, candidate, session)
        if item:
            found = _in_place_of(app, session, number, item)
            body = {"item": number, "exercise": task.exercise_id, "to": write(tell_task(found))}
            return note(app, session, Kind.ITEM_SWAPPED, body)
    raise TrainingError("Nothing easier is open for this one today. Skipping it is fine.")


def _in_place_of(app: Patella, session: Session, number: int, item: PlanItem) -> Task:
    task, of_task = session.tasks[number], app.library.exercises.get(session.tasks[number].exercise_id)
    done = sum(1 for s in session.sets if (s.task, s.exercise_id) == (number, task.exercise_id))
    why = give(app.library.reasons["dose_swapped_in"], instead_of=of_task.name if of_task else task.exercise_id)
    return task_of(no_longer_than(item, seconds_left(task, sets_done=done), why))


def _item_today(app: Patella, exercise_id: str, session: Session) -> PlanItem | None:
    """The exercise as the plan would dose it, had this session not begun: what it loads today must not rest from it."""
    if exercise_id not in app.library.exercises:
        raise TrainingError(f"There is no exercise called {exercise_id}.")
    person = person_of(app)
    history = history_on(app, app.today, person)
    history = replace(history, sessions=tuple(s for s in history.sessions if s.id != session.id))
    plan = plan_for(app.today, person, history, app.library, scope=Scope.ONE, only=exercise_id)
    return plan.items[0] if plan.items else None


def undo_last(app: Patella, session: Session) -> Session | None:
    """Undo the last set, pain, effort, skip, swap, ease, stop or finish; None when there is nothing to undo.

    A red pain takes the stop that followed from it along.
    """
    entries = app.entries(session_id=session.id)
    undone = {e.said(EntryUndone).of for e in events_of(entries) if e.kind == Kind.ENTRY_UNDONE}
    followed = {stop_of(e.id) for e in entries if e.kind == Kind.PAIN_NOTED}
    open_ = [e for e in entries if e.id not in undone and e.kind in _UNDOABLE]
    last = next((e for e in reversed(open_) if e.id not in followed), None)
    if last is None:
        return None
    if stop_of(last.id) in {e.id for e in open_}:
        note(app, session, Kind.ENTRY_UNDONE, {"of": stop_of(last.id)})
    return note(app, session, Kind.ENTRY_UNDONE, {"of": last.id})


_UNDOABLE = (
    Kind.SET_DONE,
    Kind.PAIN_NOTED,
    Kind.EFFORT_NOTED,
    Kind.ITEM_SKIPPED,
    Kind.ITEM_SWAPPED,
    Kind.ITEM_EASED,
    Kind.ITEM_STOPPED,
    Kind.SESSION_FINISHED,
)


def change_set(app: Patella, session: Session, event_id: str, body: Mapping[str, object]) -> Session:
    """Correct a logged set, before or after the finish. Raises TrainingError when it is not a set of this session."""
    if event_id not in {s.event_id for s in session.sets}:
        raise TrainingError("There is no such set in this session.")
    return note(app, session, Kind.ENTRY_CHANGED, {"of": event_id, "body": corrected_holds(body)})


def note_loose_pain(
    app: Patella, nprs: int, when: When, *, knee: Knee | None = None, exercise_id: str | None = None
) -> Session | None:
    """Note pain outside the player: it goes to the session it speaks of, which is given back, or stands alone.

    Before and morning stand alone; during and after belong to the latest session of the last eighteen hours.
    """
    body: dict[str, object] = {"when": when.value, "nprs": check_nprs(nprs), "knee": knee.value if knee else None}
    session = _session_spoken_of(app) if when in (When.DURING, When.AFTER) else None
    if session is None:
        app.write(Kind.PAIN_NOTED, body)
        return None
    if when is When.DURING:
        number = _task_spoken_of(session, exercise_id)
        body |= {"item": number, "exercise": session.tasks[number].exercise_id}
    return note(app, session, Kind.PAIN_NOTED, body)


def _session_spoken_of(app: Patella) -> Session | None:
    recent = sessions_between(app, app.today - timedelta(days=1), app.today + timedelta(days=1))
    oldest = app.now() - timedelta(hours=GO_ON_HOURS)
    return next((s for s in reversed(recent) if s.last_at >= oldest and not s.of_film), None)


def _task_spoken_of(session: Session, exercise_id: str | None) -> int:
    if exercise_id is None:
        return session.sets[-1].task if session.sets else 0
    for number, task in enumerate(session.tasks):
        if task.exercise_id == exercise_id:
            return number
    raise TrainingError(f"{exercise_id} is not part of the latest session.")
