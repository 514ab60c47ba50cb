"""What the camera looks for in one exercise, as data; `spec_file.py` reads it from `camera.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from patella.motion.angles import Measure, Reader

SIDE_OFF_DEG, FRONT_OFF_DEG = 50.0, 45.0


class Role(StrEnum):
    """What the camera does."""

    REPS = "reps"
    HOLD = "hold"
    POSTURE = "posture"
    MIRROR = "mirror"


class View(StrEnum):
    """From where it looks."""

    SIDE = "side"
    FRONT = "front"
    CLOSE = "close"


class Leg(StrEnum):
    """Which leg is looked at when nobody says."""

    NEAR = "near"
    STANDING = "standing"
    MOVING = "moving"
    RAISED = "raised"
    UPPER = "upper"
    BOTH = "both"


class Part(StrEnum):
    """A joint of one side."""

    SHOULDER = "shoulder"
    HIP = "hip"
    KNEE = "knee"
    ANKLE = "ankle"
    HEEL = "heel"
    TOE = "toe"


class Toward(StrEnum):
    """Which way the effort moves the measure."""

    LESS = "less"
    MORE = "more"


class From(StrEnum):
    """What a fault is measured against."""

    START = "start"
    ABSOLUTE = "absolute"
    BEST = "best"


class During(StrEnum):
    """When a fault is looked for."""

    REP = "rep"
    TOP = "top"
    HOLD = "hold"
    ALWAYS = "always"


SWAPPED = (Leg.RAISED, Leg.UPPER)  # followed whatever the model calls them
JOINT: dict[Part, int] = {
    Part.SHOULDER: 11,
    Part.HIP: 23,
    Part.KNEE: 25,
    Part.ANKLE: 27,
    Part.HEEL: 29,
    Part.TOE: 31,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A measure and between which values it must be; `other` means the leg that does not work."""

    measure: Measure
    low: float
    high: float
    other: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RepRule:
    """What counts as a repetition; numbers are in the measure's own unit and in seconds."""

    measure: Measure
    toward: Toward
    start: tuple[float, float]
    least: float
    noticed: float
    reach: float | None
    least_s: float
    most_s: float
    least_down_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRule:
    """The posture in which a hold runs, how long it must be there first, and how near its most counts as held."""

    bands: tuple[Band, ...]
    within_s: float
    arrives: float | None
    toward: Toward


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRule:
    """One fault: the measure leaves [low, high] for `for_s` seconds."""

    fault: str
    cue: str
    signal: int
    low: float
    high: float
    against: From
    during: During
    for_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RestRule:
    """The signal that is told against the person's own rest, and what counts as still enough to learn it.

    `within` is the most by which all but a few readings of `for_s` seconds may differ. It is learnt anew after `most_s`
    seconds away from it. With `hips_s` it is told over the mean width of the hips in so many seconds.
    """

    signal: int
    for_s: float
    within: float
    most_s: float
    hips_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One measure of the working or the other leg, read in every picture; `unit` is a small change of it."""

    measure: Measure
    other: bool
    unit: float
    read: Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """What to look for in one exercise. `signals` are the measures it reads; bands and rules name them by index.

    `posture` and `hold_bands` are (signal, low, high); `main` is the signal that counts repetitions. `aside` is the
    same exercise from where no angle can be told: it counts, and judges nothing.
    """

    role: Role
    view: View
    off_deg: float
    leg: Leg
    needs: tuple[int, ...]
    planted: tuple[int, ...]
    signals: tuple[Signal, ...]
    posture: tuple[tuple[int, float, float], ...]
    straight: tuple[int, float, float] | None
    rest: RestRule | None
    rep: RepRule | None
    hold: HoldRule | None
    hold_bands: tuple[tuple[int, float, float], ...]
    form: tuple[FormRule, ...]
    main: int
    shown: int | None
    metronome: bool
    lies: bool = False
    aside: Spec | None = None

    @property
    def followed(self) -> int:
        """The signal that shows how an exercise goes: what counts its repetitions or is held; -1 where nothing does."""
        return self.hold_bands[0][0] if self.rep is None and self.hold_bands else self.main

    @property
    def cues(self) -> tuple[str, ...]:
        """The keys of every sentence this can say about form."""
        found = [r.cue for r in self.form]
        if self.rep and (self.rep.noticed < self.rep.least or self.rep.reach is not None):
            found.append("shallow")
        if self.rep and self.rep.least_down_s:
            found.append("dropped_lowering")
        return tuple(dict.fromkeys(found))
