"""What happens in a session, from its frozen plan to the finish; taking back and correcting are entries too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from patella.care.entries.bounds import UNSAID, Bounds, Longest, Name, Text, Unsaid
from patella.care.entries.field import Values
from patella.care.entries.of_knee import MOST_TASKS, Item, Nprs
from patella.care.entries.of_running import Metres, RunSeconds
from patella.care.person import Knee
from patella.care.place import Doing, PlaceId

Count = Annotated[int, Bounds(0, 999)]
Seconds = Annotated[float, Bounds(0, 3600)]
Kg = Annotated[float, Bounds(0, 500)]
Share = Annotated[float, Bounds(0, 1)]
Degrees = Annotated[float, Bounds(-360, 360)]
Faults = Annotated[tuple[Name, ...], Longest(12)]
Any = Annotated[Mapping[str, object], Longest(1000)]


class SideName(StrEnum):
    """The leg that worked, or both at once."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class CountedBy(StrEnum):
    """Who counted a set; `beat`: it led, and nobody counted."""

    HAND = "hand"
    BEAT = "beat"
    CAMERA = "camera"
    EXPERIMENT = "experiment"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTempo(Values):
    """How fast one repetition goes."""

    up_s: Annotated[float, Bounds(0, 120)]
    hold_s: Annotated[float, Bounds(0, 120)]
    down_s: Annotated[float, Bounds(0, 120)]
    rest_s: Annotated[float, Bounds(0, 120)]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenReason(Values):
    """A reason as it was given, with what it was decided from."""

    key: Name
    about: Name
    text: Text
    source: Name
    inputs: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTask(Values):
    """One exercise with its dose, as it was planned: reps, or holds of hold_s seconds; `step` 0 is the lightest.

    `note` is what a physiotherapist wrote to it.
    """

    exercise: Name
    sides: Annotated[tuple[SideName, ...], Longest(2)]
    sets: Annotated[int, Bounds(1, 99)]
    reps: Count | None
    holds: Count | None
    hold_s: Seconds | None
    step: Annotated[int, Bounds(0, 99)]
    full_arc: bool
    load_kg: Kg | None
    band: Name | None
    arc_deg: tuple[Degrees, Degrees] | None
    rest_s: Seconds
    hold_rest_s: Seconds
    tempo: PlannedTempo | None
    seconds: Annotated[float, Bounds(0, 86_400)]
    because: Annotated[tuple[GivenReason, ...], Longest(100)]
    level: Name | None = None
    gentler: Annotated[tuple[Name, ...], Longest(100)] | None = None
    note: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenPlan(Values):
    """The plan of a session, frozen as it was shown. Only its items are read back as they are; the rest is words."""

    items: Annotated[tuple[PlannedTask, ...], Longest(MOST_TASKS)]
    scope: Name = "today"
    date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfFilm(Values):
    """The film a session was read from: its mark, and what it was filmed as."""

    mark: Name
    exercise: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionBegun(Values):
    """A session was begun from a plan; `film` where it was read from one."""

    plan: FrozenPlan
    film: OfFilm | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReached(Values):
    """The step of the script that is being done; `reps` is how far the count was."""

    step: Annotated[int, Bounds(0, 9999)]
    item: Item | None = None
    exercise: Name | None = None
    reps: Count | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRep(Values):
    """One repetition as the camera saw it."""

    range_deg: Annotated[float, Bounds(0, 360)]
    up_s: Seconds
    down_s: Seconds
    faults: Faults


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenHold(Values):
    """One hold as the camera saw it."""

    seconds: Seconds
    faults: Faults


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenSet(Values):
    """What the camera saw of a set; `form` is the share of repetitions or holds without a fault."""

    seen_fraction: Share
    reps: Annotated[tuple[SeenRep, ...], Longest(99)]
    holds: Annotated[tuple[SeenHold, ...], Longest(99)]
    form: Share | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDone(Values):
    """One set as it was done: reps, or holds of hold_s seconds; `held_s`: each hold, where one was left early.

    `form_ok` is the share of good repetitions, null where nobody looked.
    """

    item: Item
    exercise: Name
    side: SideName
    set: Annotated[int, Bounds(1, 99)] | None = None
    reps: Count | None = None
    holds: Count | None = None
    hold_s: Seconds | None = None
    held_s: Annotated[tuple[Seconds, ...], Longest(99)] | None = None
    load_kg: Kg | None = None
    band: Name | None = None
    level: Name | None = None
    form_ok: Share | None = None
    counted_by: CountedBy | None = None
    camera: SeenSet | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSkipped(Values):
    """A task was skipped."""

    item: Item
    exercise: Name | None = None
    why: Name | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStopped(Values):
    """A task was stopped; `why`: pain, or chosen."""

    item: Item
    exercise: Name | None = None
    why: Name | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSwapped(Values):
    """A task made way for another exercise."""

    item: Item
    to: PlannedTask
    exercise: Name | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemEased(Values):
    """A task became one step easier."""

    item: Item
    to: PlannedTask
    exercise: Name | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortNoted(Values):
    """How many more repetitions there would have been: 0-1, 2-3 or 4+; another word counts as not answered."""

    item: Item
    exercise: Name
    left: Name | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPaused(Values):
    """The session was paused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionResumed(Values):
    """The session went on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFinished(Values):
    """The session was finished."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryUndone(Values):
    """The entry of this id does not hold any more; undone itself, it holds again."""

    of: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Values):
    """What is different now; what is left out stays. A correction after which an entry made no sense does nothing."""

    reps: Count | Unsaid | None = UNSAID
    holds: Count | Unsaid | None = UNSAID
    hold_s: Seconds | Unsaid | None = UNSAID
    held_s: Annotated[tuple[Seconds, ...], Longest(99)] | Unsaid | None = UNSAID
    load_kg: Kg | Unsaid | None = UNSAID
    nprs: Nprs | Unsaid = UNSAID
    knee: Knee | Unsaid | None = UNSAID
    doing: Doing | Unsaid | None = UNSAID
    place: PlaceId | Unsaid | None = UNSAID
    distance_m: Metres | Unsaid | None = UNSAID
    moving_s: RunSeconds | Unsaid | None = UNSAID
    cadence_spm: Annotated[float, Bounds(0, 1000)] | Unsaid | None = UNSAID
    shoe: Name | Unsaid | None = UNSAID
    surface: Name | Unsaid | None = UNSAID
    name: Text | Unsaid | None = UNSAID
    race: bool | Unsaid | None = UNSAID
    heel_drop_mm: Annotated[float, Bounds(-10, 30)] | Unsaid | None = UNSAID
    since: date | Unsaid | None = UNSAID
    until: date | Unsaid | None = UNSAID
    usual: bool | Unsaid | None = UNSAID


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChanged(Values):
    """The entry of this id is corrected."""

    of: Name
    body: Correction
