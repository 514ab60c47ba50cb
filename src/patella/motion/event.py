"""What the coach says happened. Every event has a plain form that goes through JSON, with its `kind`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum


class Sight(StrEnum):
    """How well the coach sees; `ready` alone means that it counts."""

    READY = "ready"
    NOBODY = "nobody"
    TWO_PEOPLE = "two-people"
    UNCLEAR = "unclear"
    OUT_OF_FRAME = "out-of-frame"
    TOO_NEAR = "too-near"
    TOO_FAR = "too-far"
    WRONG_VIEW = "wrong-view"
    NOT_IN_FRONT = "not-in-front"
    WRONG_SIDE = "wrong-side"
    TAKE_POSITION = "take-position"
    STAND_STILL = "stand-still"
    CAMERA_MOVES = "camera-moves"
    FAR_LEG = "far-leg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How well the coach sees has changed, at `t_s`."""

    kind: str = "sight"
    t_s: float
    code: Sight


@dataclass(frozen=True, slots=True, kw_only=True)
class Rep:
    """One repetition, the `n`th, of a side (left, right or both).

    `start_s`, `peak_s` and `end_s` are on the camera's clock; `up_s` and `down_s` are how long the way out and the way
    back took; `reach` is the main measure at its furthest (an angle where it is one); `faults` are named by the
    definition. One that was counted from where no angle can be told has a range and a reach of 0, and is not `judged`:
    that it has no faults says nothing.
    """

    kind: str = "rep"
    n: int
    side: str
    start_s: float
    peak_s: float
    end_s: float
    range_deg: float
    reach_deg: float
    up_s: float
    down_s: float
    faults: tuple[str, ...]
    judged: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """A movement like a repetition, but of less than the least range: not counted, worth a word."""

    kind: str = "short"
    side: str
    start_s: float
    peak_s: float
    end_s: float
    range_deg: float


TOO_SLOW = "too-slow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A repetition that had gone far enough and is not counted; `why` is a sight's code, or `too-slow`."""

    kind: str = "lost"
    start_s: float
    end_s: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A hold as it goes: its seconds so far and whether it runs. At each change and about four times a second."""

    kind: str = "hold"
    t_s: float
    seconds: float
    running: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldEnded:
    """A hold that is over, of a second or longer; `faults` were seen during it.

    `seconds` are those in which it was seen, fewer than from start to end where somebody stood in the way.
    """

    kind: str = "hold-ended"
    side: str
    start_s: float
    end_s: float
    seconds: float
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One thing worth saying now: the key of its words in the exercise's cues, and the fault it is about."""

    kind: str = "cue"
    t_s: float
    code: str
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An angle that may be shown as a number: to 5 degrees, and never from the front."""

    kind: str = "measure"
    t_s: float
    measure: str
    value: int
    unit: str = "deg"


Event = Seen | Rep | Short | Lost | Hold | HoldEnded | Cue | Shown


def event_to_json(event: Event) -> dict[str, object]:
    """The plain form: the event's own fields, `kind` first, seconds to the millisecond, lists instead of tuples."""
    return {f.name: _plain(getattr(event, f.name)) for f in fields(event)}


def _plain(value: object) -> object:
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, StrEnum):
        return value.value
    return list(value) if isinstance(value, tuple) else value
