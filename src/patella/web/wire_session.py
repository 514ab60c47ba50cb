"""What a page may say of a session, before a camera or not, and of a film. Bounded like the rest."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from patella.care.entries.kinds import Kind
from patella.web.wire import (
    Correction,
    Count,
    Empty,
    Id,
    Item,
    Kg,
    KneeName,
    Moment,
    Name,
    Nprs,
    Said,
    ScopeName,
    Seconds,
    SideName,
)

Mark = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]


class Begin(Said):
    """Begin a session. The page chooses the id, so that asking twice begins one."""

    id: Id
    scope: ScopeName = "today"
    only: Name | None = None
    before: Nprs | None = None


class StepReached(Said):
    """The step of the script that is being done."""

    step: Annotated[int, Field(ge=0, le=9999)]


Fault = Annotated[str, StringConstraints(pattern="^[a-z][a-z_]{0,39}$")]
Faults = Annotated[list[Fault], Field(max_length=12)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class SeenRep(Said):
    """One repetition as the camera saw it: how far, how long there and back, and what went astray."""

    range_deg: Annotated[float, Field(ge=0, le=360, allow_inf_nan=False)]
    up_s: Seconds
    down_s: Seconds
    faults: Faults


class SeenHold(Said):
    """One hold as the camera saw it."""

    seconds: Seconds
    faults: Faults


class SeenSet(Said):
    """What the camera saw of a set; `form` is the share of repetitions or holds without a fault, if it saw enough."""

    seen_fraction: Share
    reps: Annotated[list[SeenRep], Field(max_length=40)]
    holds: Annotated[list[SeenHold], Field(max_length=40)]
    form: Share | None = None


class SetDone(Said):
    """One set as it was done: reps, or holds of so many seconds.

    `held_s` is how long each hold lasted, where one was left early; `counted_by` beat: it led, and nobody counted.
    """

    item: Item
    exercise: Name
    side: SideName
    set: Annotated[int, Field(ge=1, le=99)]
    reps: Count | None = None
    holds: Count | None = None
    hold_s: Seconds | None = None
    held_s: Annotated[list[Seconds], Field(max_length=40)] | None = None
    load_kg: Kg | None = None
    band: Annotated[str, StringConstraints(max_length=80)] | None = None
    level: Annotated[str, StringConstraints(max_length=80)] | None = None
    form_ok: Share | None = None
    counted_by: Literal["hand", "beat", "camera", "experiment"] | None = None
    camera: SeenSet | None = None


class Watch(Said):
    """What the camera is to look at, and where it left off, if the line was cut.

    `session` is None for a film that belongs to none; `seen` is how many frames `state` has taken in; `experiment` asks
    for the exercise's camera experiment.
    """

    kind: Literal["begin"]
    exercise: Name
    side: SideName | None = None
    session: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    experiment: bool = False
    seen: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    state: dict[str, object] | None = None


class FilmSet(Said):
    """One set of a film, as it was found in it."""

    side: SideName
    reps: Count | None = None
    holds: Count | None = None
    hold_s: Seconds | None = None
    held_s: Annotated[list[Seconds], Field(max_length=40)] | None = None
    camera: SeenSet


class FilmKept(Said):
    """A film's sets, for the diary; `mark` is by what the film is known again, `day` the day that it shows."""

    id: Id
    exercise: Name
    mark: Mark
    day: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    sets: Annotated[list[FilmSet], Field(min_length=1, max_length=40)]


class PainNoted(Said):
    """Pain before, during (the worst of one exercise) or after a session."""

    when: Literal["before", "during", "after"]
    nprs: Nprs
    item: Item | None = None
    exercise: Name | None = None
    knee: KneeName | None = None


class EffortNoted(Said):
    """How many more repetitions of one exercise there would have been."""

    left: Literal["0-1", "2-3", "4+"]
    item: Item
    exercise: Name | None = None


class OfItem(Said):
    """One task of the session."""

    item: Item
    exercise: Name | None = None
    why: Annotated[str, StringConstraints(pattern="^[a-z_-]{1,40}$")] | None = None


class Undone(Said):
    """The entry that is taken back."""

    of: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Changed(Said):
    """The entry that is corrected."""

    of: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    body: Correction


class _Event(Said):
    id: Id
    at: Moment


class StepEvent(_Event):
    """A step was reached."""

    kind: Literal[Kind.STEP_REACHED]
    body: StepReached


class SetEvent(_Event):
    """A set was done."""

    kind: Literal[Kind.SET_DONE]
    body: SetDone


class PainEvent(_Event):
    """Pain was noted."""

    kind: Literal[Kind.PAIN_NOTED]
    body: PainNoted


class EffortEvent(_Event):
    """How hard an exercise was."""

    kind: Literal[Kind.EFFORT_NOTED]
    body: EffortNoted


class ItemEvent(_Event):
    """An exercise was skipped or stopped."""

    kind: Literal[Kind.ITEM_SKIPPED, Kind.ITEM_STOPPED]
    body: OfItem


class ClockEvent(_Event):
    """The session was paused, resumed or finished."""

    kind: Literal[Kind.SESSION_PAUSED, Kind.SESSION_RESUMED, Kind.SESSION_FINISHED]
    body: Empty


class UndoneEvent(_Event):
    """An earlier event was taken back."""

    kind: Literal[Kind.ENTRY_UNDONE]
    body: Undone


class ChangedEvent(_Event):
    """An earlier event was corrected."""

    kind: Literal[Kind.ENTRY_CHANGED]
    body: Changed


SessionEvent = Annotated[
    StepEvent | SetEvent | PainEvent | EffortEvent | ItemEvent | ClockEvent | UndoneEvent | ChangedEvent,
    Field(discriminator="kind"),
]


class Events(Said):
    """What happened since the page was last heard."""

    events: Annotated[list[SessionEvent], Field(min_length=1, max_length=200)]


class Swap(Said):
    """Another exercise in place of a task; the first that is open among the easier ones when `to` is not said."""

    id: Id
    item: Item
    to: Name | None = None


class Ease(Said):
    """A task, one step easier."""

    id: Id
    item: Item
