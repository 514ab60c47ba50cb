"""One session as a fold over its events: finish, undo and change are events as well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar

from patella.care.entries import of_knee, of_session
from patella.care.entries.field import Values, read
from patella.care.entries.kinds import Kind, complaint
from patella.care.pain import When
from patella.care.record import Effort, ItemDone, SessionDone, SetDone
from patella.care.task import Task, task_in

V = TypeVar("V", bound=Values)

FILM = "film"  # the scope of a session that was read from a film, some time after it


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened. `at` is aware; `body` holds plain values only, as the log keeps them."""

    id: str
    kind: str
    day: date
    at: datetime
    body: Mapping[str, object]
    values: Values | None = field(default=None, compare=False, repr=False)
    """The body as it was read already, where it was."""

    def said(self, as_: type[V]) -> V:
        """What it says, as the type of its kind. Raises BodyError where the body is not that."""
        return self.values if isinstance(self.values, as_) else read(as_, self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedSet:
    """A set with the event that logged it, so that it can be changed or undone."""

    event_id: str
    task: int
    exercise_id: str
    done: SetDone


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A task that is not gone on with, and the event that says so: it was skipped, or stopped."""

    event_id: str
    kind: Kind
    task: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The state of one session. `step` is the step to go on with; `peaks` is the worst pain during each task.

    `efforts` is how many more repetitions there would have been, as last said, by task and exercise.
    `swapped_away` are exercises that were begun and then swapped for another, by task and exercise; `been` is every
    exercise that a task has been before; `dropped` is what was skipped or stopped, once for each event that says so.
    `paused` is whether the clock stood still when it was last touched: finishing does not touch it.
    """

    id: str
    day: date
    scope: str
    begun_at: datetime
    last_at: datetime
    tasks: tuple[Task, ...]
    step: int = 0
    sets: tuple[LoggedSet, ...] = ()
    peaks: Mapping[int, int] = field(default_factory=dict)
    efforts: Mapping[tuple[int, str], Effort] = field(default_factory=dict)
    swapped_away: Mapping[tuple[int, str], ItemDone] = field(default_factory=dict)
    been: Mapping[int, frozenset[str]] = field(default_factory=dict)
    before: int | None = None
    after: int | None = None
    dropped: tuple[Dropped, ...] = ()
    paused: bool = False
    finished: bool = False

    @property
    def skipped(self) -> frozenset[int]:
        """The tasks that were skipped."""
        return frozenset(d.task for d in self.dropped if d.kind is Kind.ITEM_SKIPPED)

    @property
    def stopped(self) -> frozenset[int]:
        """The tasks that were stopped."""
        return frozenset(d.task for d in self.dropped if d.kind is Kind.ITEM_STOPPED)

    @property
    def of_film(self) -> bool:
        """Whether it was read from a film: its day is that of the film, its hour nobody knows."""
        return self.scope == FILM

    @property
    def is_empty(self) -> bool:
        """Whether nothing was done or answered in it."""
        return not self.sets and not self.peaks


def settle(events: Iterable[Event]) -> list[Event]:
    """The events that hold: what was undone is left out (undoing an undo brings it back), what was changed is changed.

    Order is kept. An undo or a change of something unknown does nothing, nor does a change that makes no sense.
    """
    listed = list(events)
    void: set[str] = set()
    for event in reversed(listed):
        if event.kind == Kind.ENTRY_UNDONE and event.id not in void:
            void.add(str(event.body.get("of")))
    changes: dict[str, dict[str, object]] = {}
    for event in listed:
        if event.kind == Kind.ENTRY_CHANGED and event.id not in void:
            values = event.body.get("body")
            changes.setdefault(str(event.body.get("of")), {}).update(values if isinstance(values, Mapping) else {})
    kept = (e for e in listed if e.id not in void and e.kind not in (Kind.ENTRY_UNDONE, Kind.ENTRY_CHANGED))
    return [_changed(e, changes[e.id]) if e.id in changes else e for e in kept]


def _changed(event: Event, values: Mapping[str, object]) -> Event:
    """The event as corrected; as it was, where it made no sense any more."""
    body = {**event.body, **values}
    return event if complaint(event.kind, body) else replace(event, body=body, values=None)


def fold(session_id: str, events: Iterable[Event]) -> Session | None:
    """The state of a session after its events, in their order; None when it was never begun, or that was undone."""
    state: Session | None = None
    moments: list[datetime] = []
    for event in settle(events):
        if event.kind == Kind.SESSION_BEGUN:
            state, moments = _begin(session_id, event), [event.at]
        elif state is not None and _has_place(state, event.body):
            state = _apply(state, event)
            moments.append(event.at)
    return None if state is None else replace(state, last_at=max(moments))


def _has_place(state: Session, body: Mapping[str, object]) -> bool:
    """Whether it is about no exercise, or about one that the session has."""
    number = body.get("item")
    return not isinstance(number, int) or 0 <= number < len(state.tasks)


def _begin(session_id: str, event: Event) -> Session:
    plan = event.said(of_session.SessionBegun).plan
    return Session(
        id=session_id,
        day=event.day,
        scope=plan.scope,
        begun_at=event.at,
        last_at=event.at,
        tasks=tuple(task_in(t) for t in plan.items),
    )


def _apply(state: Session, event: Event) -> Session:
    kind = event.kind
    if kind == Kind.STEP_REACHED:
        return replace(state, step=event.said(of_session.StepReached).step)
    if kind == Kind.SET_DONE:
        return replace(state, sets=(*state.sets, _set(event)))
    if kind == Kind.PAIN_NOTED:
        return _with_pain(state, event.said(of_knee.PainNoted))
    if kind == Kind.EFFORT_NOTED:
        return _with_effort(state, event.said(of_session.EffortNoted))
    if kind == Kind.ITEM_SWAPPED:
        return _with_task(state, event.said(of_session.ItemSwapped))
    if kind == Kind.ITEM_EASED:
        return _with_task(state, event.said(of_session.ItemEased))
    return _with_mark(state, event)


def _with_mark(state: Session, event: Event) -> Session:
    kind = event.kind
    if kind == Kind.ITEM_SKIPPED:
        return _without(state, event, Kind.ITEM_SKIPPED, event.said(of_session.ItemSkipped).item)
    if kind == Kind.ITEM_STOPPED:
        return _without(state, event, Kind.ITEM_STOPPED, event.said(of_session.ItemStopped).item)
    if kind == Kind.SESSION_FINISHED:
        return replace(state, finished=True)
    if kind in (Kind.SESSION_PAUSED, Kind.SESSION_RESUMED):
        return replace(state, paused=kind == Kind.SESSION_PAUSED)
    return state


def _without(state: Session, event: Event, kind: Kind, task: int) -> Session:
    return replace(state, dropped=(*state.dropped, Dropped(event_id=event.id, kind=kind, task=task)))


def _set(event: Event) -> LoggedSet:
    """A set as it was logged. What an experiment with the camera makes of the form decides nothing."""
    said = event.said(of_session.SetDone)
    done = SetDone(
        side=said.side.value,
        reps=said.reps,
        holds=said.holds,
        hold_s=said.hold_s,
        load_kg=said.load_kg,
        form_ok=None if said.counted_by is of_session.CountedBy.EXPERIMENT else said.form_ok,
    )
    return LoggedSet(event_id=event.id, task=said.item, exercise_id=said.exercise, done=done)


def _with_pain(state: Session, noted: of_knee.PainNoted) -> Session:
    if noted.when is When.BEFORE:
        return replace(state, before=noted.nprs)
    if noted.when is When.AFTER:
        return replace(state, after=noted.nprs)
    if noted.when is When.DURING and noted.item is not None:
        worst = max(noted.nprs, state.peaks.get(noted.item, 0))
        return replace(state, peaks={**state.peaks, noted.item: worst})
    return state


def _with_effort(state: Session, noted: of_session.EffortNoted) -> Session:
    """The last word on an exercise counts; a word that is not known here counts as none."""
    place = noted.item, noted.exercise
    others = {k: v for k, v in state.efforts.items() if k != place}
    return replace(state, efforts=others | {place: Effort(noted.left)} if noted.left in set(Effort) else others)


def _with_task(state: Session, other: of_session.ItemSwapped | of_session.ItemEased) -> Session:
    number, task = other.item, task_in(other.to)
    before = _item(state, number, state.tasks[number])
    if task.exercise_id != before.exercise_id:
        state = _swap_away(state, number, before, task.exercise_id)
    return replace(state, tasks=(*state.tasks[:number], task, *state.tasks[number + 1 :]))


def _swap_away(state: Session, number: int, before: ItemDone, to: str) -> Session:
    """One exercise makes way for another: what was begun is kept, and coming back to one goes on from there."""
    away = dict(state.swapped_away)
    if before.begun:
        away[number, before.exercise_id] = before
    back = away.pop((number, to), None)
    peaks = {k: v for k, v in state.peaks.items() if k != number}
    if back and back.peak is not None:
        peaks[number] = back.peak
    been = {**state.been, number: state.been.get(number, frozenset()) | {before.exercise_id}}
    dropped = tuple(d for d in state.dropped if d.task != number or d.kind is Kind.ITEM_SKIPPED)
    return replace(state, peaks=peaks, swapped_away=away, been=been, dropped=dropped)


def record_of(session: Session) -> SessionDone:
    """What decisions are made from: what was swapped away, then each task as the exercise it ended up as."""
    items = tuple(_item(session, number, task) for number, task in enumerate(session.tasks))
    return SessionDone(
        id=session.id,
        day=session.day,
        at=session.begun_at,
        items=(*session.swapped_away.values(), *items),
        before=session.before,
        after=session.after,
        finished=session.finished,
    )


def _item(session: Session, number: int, task: Task) -> ItemDone:
    mine = (s.done for s in session.sets if s.task == number and s.exercise_id == task.exercise_id)
    return ItemDone(
        exercise_id=task.exercise_id,
        asked=task.asked,
        sides=task.sides,
        sets=tuple(mine),
        peak=session.peaks.get(number),
        stopped=number in session.stopped,
        effort=session.efforts.get((number, task.exercise_id)),
        load_kg=task.load_kg,
    )
