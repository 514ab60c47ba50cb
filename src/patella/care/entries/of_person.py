"""Settings: what a person has said of themselves, and how they want to see and hear things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from patella.care.entries.bounds import UNSAID, Bounds, Longest, Name, Unsaid
from patella.care.entries.field import Values
from patella.care.entries.of_knee import Nprs
from patella.care.person import Habit, Knee
from patella.care.units import Distance, Height, Weight

MOST_THINGS = 100


class Counting(StrEnum):
    """Who counts: the beat, or the person."""

    BEAT = "beat"
    SELF = "self"


class Theme(StrEnum):
    """Light or dark, or as the machine has it."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class OldUnits(StrEnum):
    """What stood for the unit of weight until each unit had a setting."""

    METRIC = "metric"
    IMPERIAL = "imperial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound(Values):
    """How cues are heard; `volume` from 0 to 1, `lead`: a voice goes with the beat."""

    voice: bool | Unsaid = UNSAID
    volume: Annotated[float, Bounds(0, 1)] | Unsaid = UNSAID
    muted: bool | Unsaid = UNSAID
    lead: bool | Unsaid = UNSAID


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileSet(Values):
    """Settings that were changed; what is left out stays as it was.

    `things` says of single things whether they are there. `usual_pain`: of a usual morning.
    `break_min`: minutes between reminders to stand up, 0 for none.
    """

    knees: Annotated[tuple[Knee, ...], Longest(2)] | Unsaid = UNSAID
    one_leg: bool | Unsaid = UNSAID
    habit: Habit | Unsaid | None = UNSAID
    stretches: bool | Unsaid | None = UNSAID
    has: Annotated[tuple[Name, ...], Longest(MOST_THINGS)] | Unsaid | None = UNSAID
    things: Annotated[Mapping[str, bool], Longest(MOST_THINGS)] | Unsaid | None = UNSAID
    cautious: bool | Unsaid = UNSAID
    full_arc: bool | Unsaid = UNSAID
    usual_pain: Nprs | Unsaid | None = UNSAID
    maintenance: bool | Unsaid | None = UNSAID
    letter: bool | Unsaid = UNSAID
    counting: Counting | Unsaid = UNSAID
    sound: Sound | Unsaid = UNSAID
    theme: Theme | Unsaid = UNSAID
    weight: Weight | Unsaid = UNSAID
    distance: Distance | Unsaid = UNSAID
    height: Height | Unsaid = UNSAID
    units: OldUnits | Unsaid = UNSAID
    break_min: Annotated[int, Bounds(0, 120)] | Unsaid = UNSAID
    activity_watch: bool | Unsaid = UNSAID
    listens: bool | Unsaid = UNSAID
    country: Annotated[str, Longest(2)] | Unsaid | None = UNSAID
