"""How a session is shown to a page: plain values, with the words of the library beside the numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime

from patella.app.history.amend import stop_of
from patella.app.history.events import events_of
from patella.app.history.reading import person_of
from patella.app.history.units import units_of
from patella.app.patella import Patella
from patella.app.session.intake import Taken
from patella.app.session.seen import SeenSet, seen_in
from patella.app.session.training import can_ease, gentler_of
from patella.care.entries import of_knee, of_session
from patella.care.entries.field import more_than
from patella.care.entries.kinds import Kind
from patella.care.exercise import (
    Counts,
    Exercise,
    Footwear,
    Position,
    View,
)
from patella.care.gear import say_needs
from patella.care.library import Library
from patella.care.pain import When
from patella.care.person import Knee, Person
from patella.care.reason import Reason
from patella.care.script import Step, script_of
from patella.care.session import Event, LoggedSet, Session, settle
from patella.care.task import Task, ToldTask, gear_for, tell_task
from patella.care.units import Units
from patella.files.library import own_experiment

Shown = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What an experiment with the camera says of itself, and what it counts."""

    counts: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCamera:
    """What the player shows of the camera, and what is said of an experiment, where there is one."""

    view: View
    counts: Counts
    position: Position | None = None
    experiment: Tried | None = None


UNSEEN = TaskCamera(view=View.NONE, counts=Counts.NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskWords:
    """What the player says of a task, in the person's units."""

    because: tuple[Reason, ...]
    needs: str
    name: str
    footwear: Footwear = Footwear.ANY
    cues: Mapping[str, str] = field(default_factory=dict)
    how: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    figure_text: str = ""
    easier: tuple[str, ...] = ()
    camera: TaskCamera = UNSEEN
    asks_effort: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTask(ToldTask):
    """A task with its words, and what the pain rule may offer in it."""

    needs: str
    name: str
    footwear: Footwear
    cues: Mapping[str, str]
    how: tuple[str, ...]
    cautions: tuple[str, ...]
    mistakes: tuple[str, ...]
    figure_text: str
    easier: tuple[str, ...]
    camera: TaskCamera
    asks_effort: bool
    can_ease: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSet:
    """A set that was done in a session, by the entry that can be corrected."""

    event_id: str
    task: int
    exercise: str
    side: str
    set: int
    reps: int | None
    holds: int | None
    hold_s: float | None
    held_s: tuple[float, ...] | None
    load_kg: float | None
    counted_by: of_session.CountedBy
    camera: SeenSet | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPain:
    """A pain that was noted in a session."""

    entry_id: str
    when: When
    nprs: int
    item: int | None
    exercise: str | None
    knee: Knee | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEffort:
    """How many more repetitions there would have been of an exercise, as it was said once."""

    entry_id: str
    item: int
    exercise: str
    left: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDropped:
    """A task that was skipped or stopped, by the entry that says so; `pain` is the red one that stopped it."""

    entry_id: str
    kind: Kind
    item: int
    pain: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownState:
    """How far a session is, and what happened in it: all that a page folds what is still on its way into."""

    last_at: datetime
    finished: bool
    paused: bool
    step: int
    sets: tuple[ShownSet, ...]
    pains: tuple[ShownPain, ...]
    efforts: tuple[ShownEffort, ...]
    peaks: Mapping[int, int]
    before: int | None
    after: int | None
    gone: tuple[ShownDropped, ...]
    skipped: tuple[int, ...]
    stopped: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSession(ShownState):
    """A session as it stands, with its script and everything that can be corrected in it."""

    id: str
    entry_id: str
    day: date
    scope: str
    begun_at: datetime
    tasks: tuple[ShownTask, ...]
    steps: tuple[Step, ...]
    left: tuple[str, ...]
    now: datetime


def show_session(taken: Taken, here: Patella) -> ShownSession:
    """A session with its script, and everything that can be corrected in it by the id of its entry."""
    session, person, units = taken.session, person_of(here), units_of(here)
    held = settle(events_of(taken.entries))
    return more_than(
        ShownSession,
        show_state(session, held),
        id=session.id,
        entry_id=next(e.id for e in held if e.kind == Kind.SESSION_BEGUN),
        day=session.day,
        scope=session.scope,
        begun_at=session.begun_at,
        tasks=tuple(_task(session, n, here.library, person, units) for n in range(len(session.tasks))),
        steps=script_of(session.tasks),
        left=tuple(i.exercise_id for i in session.swapped_away.values()),
        now=here.now(),
    )


def show_state(session: Session, held: Sequence[Event]) -> ShownState:
    """The state of a session, `held` being the events of it that hold."""
    pains = [e for e in held if e.kind == Kind.PAIN_NOTED]
    return ShownState(
        last_at=session.last_at,
        finished=session.finished,
        paused=session.paused,
        step=session.step,
        sets=_sets(session, held),
        pains=tuple(_pain(e.id, e.said(of_knee.PainNoted)) for e in pains),
        efforts=tuple(_effort(e.id, e.said(of_session.EffortNoted)) for e in held if e.kind == Kind.EFFORT_NOTED),
        peaks=session.peaks,
        before=session.before,
        after=session.after,
        gone=_dropped(session, pains),
        skipped=tuple(sorted(session.skipped)),
        stopped=tuple(sorted(session.stopped)),
    )


def _task(session: Session, number: int, library: Library, person: Person, units: Units) -> ShownTask:
    task = session.tasks[number]
    needs = say_needs(gear_for(task, person, library))
    words = units.said_in(_words(library.exercises.get(task.exercise_id), task, needs))
    may = {"can_ease": can_ease(library, task), "gentler": gentler_of(library, session, number)}
    return more_than(ShownTask, tell_task(task), **{f.name: getattr(words, f.name) for f in fields(words)}, **may)


def _words(exercise: Exercise | None, task: Task, needs: str) -> TaskWords:
    """What the player says; an exercise that has left the library keeps its id for a name."""
    if exercise is None:
        return TaskWords(because=task.because, needs=needs, name=task.exercise_id)
    words = exercise.words
    return TaskWords(
        because=task.because,
        needs=needs,
        name=exercise.name,
        footwear=exercise.footwear,
        cues=words.cues,
        how=tuple(words.how),
        cautions=tuple(words.cautions),
        mistakes=tuple(words.mistakes),
        figure_text=words.figure,
        easier=tuple(exercise.easier),
        camera=_camera_of_task(exercise),
        asks_effort=exercise.asks_effort,
    )


def _camera_of_task(exercise: Exercise) -> TaskCamera:
    found = own_experiment(exercise.id)
    return TaskCamera(
        view=exercise.camera.view,
        counts=exercise.camera.counts,
        position=exercise.position,
        experiment=Tried(counts=found.counts, says=found.says) if found else None,
    )


def _sets(session: Session, held: Sequence[Event]) -> tuple[ShownSet, ...]:
    said = {e.id: e.said(of_session.SetDone) for e in held if e.kind == Kind.SET_DONE}
    return tuple(_set(logged, said[logged.event_id]) for logged in session.sets)


def _set(logged: LoggedSet, said: of_session.SetDone) -> ShownSet:
    return ShownSet(
        event_id=logged.event_id,
        task=logged.task,
        exercise=logged.exercise_id,
        side=logged.done.side,
        set=said.set or 1,
        reps=logged.done.reps,
        holds=logged.done.holds,
        hold_s=logged.done.hold_s,
        held_s=said.held_s,
        load_kg=logged.done.load_kg,
        counted_by=said.counted_by or of_session.CountedBy.HAND,
        camera=seen_in(said.camera) if said.camera else None,
    )


def _effort(entry_id: str, said: of_session.EffortNoted) -> ShownEffort:
    return ShownEffort(entry_id=entry_id, item=said.item, exercise=said.exercise, left=said.left)


def _pain(entry_id: str, said: of_knee.PainNoted) -> ShownPain:
    return ShownPain(
        entry_id=entry_id,
        when=said.when,
        nprs=said.nprs,
        item=said.item,
        exercise=said.exercise,
        knee=said.knee,
    )


def _dropped(session: Session, pains: Sequence[Event]) -> tuple[ShownDropped, ...]:
    stopped_by = {stop_of(p.id): p.id for p in pains}
    return tuple(
        ShownDropped(entry_id=d.event_id, kind=d.kind, item=d.task, pain=stopped_by.get(d.event_id))
        for d in session.dropped
    )
