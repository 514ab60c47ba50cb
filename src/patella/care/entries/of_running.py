"""Runs, other sports, shoes, and the way back to running."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from patella.care.entries.bounds import Bounds, Name, Text
from patella.care.entries.field import Values

Metres = Annotated[float, Bounds(0, 2_000_000)]
RunSeconds = Annotated[float, Bounds(0, 30 * 86_400)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SportAdded(Values):
    """A run, or another sport, as a watch recorded it or somebody typed it in; null where it is not known.

    `start` is in the local time of its place. `cadence_spm` counts the steps of both feet a minute. `shoe` is the id of
    the entry that added the pair; `source`: fit, gpx, tcx, csv, json or hand; `original` names the file that is kept.
    `sport` is unknown where nobody says it; `said` is the word of a file that is not known, `gear` what a list says was
    worn or ridden.
    """

    sport: Name
    source: Name
    start: datetime | None = None
    distance_m: Metres | None = None
    moving_s: RunSeconds | None = None
    elapsed_s: RunSeconds | None = None
    cadence_spm: Annotated[float, Bounds(0, 1000)] | None = None
    ascent_m: Annotated[float, Bounds(-100_000, 100_000)] | None = None
    name: Text | None = None
    shoe: Name | None = None
    surface: Name | None = None
    race: bool | None = None
    stage: Name | None = None
    complete: bool | None = None
    file: Text | None = None
    original: Name | None = None
    said: Text | None = None
    gear: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAdded(SportAdded):
    """A run; on the way back to running `stage` is what was done, `complete` whether to its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShoeAdded(Values):
    """A pair of shoes. `heel_drop_mm`: how much higher the heel stands than the ball of the foot.

    `since` and `until` are the first and last day of use; `usual`: worn unless a run says otherwise.
    """

    name: Name
    heel_drop_mm: Annotated[float, Bounds(-10, 30)] | None = None
    since: date | None = None
    until: date | None = None
    usual: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComebackBegun(Values):
    """The way back to running was begun, at a stage."""

    stage: Name | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComebackPaused(Values):
    """Not at one's best: the way back goes a stage back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComebackLeft(Values):
    """The way back was left."""
