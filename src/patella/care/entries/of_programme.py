"""What a physiotherapist sets for a runner, and its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from patella.care.entries.bounds import Bounds, Longest, Name, Text
from patella.care.entries.field import Values

MOST_EXERCISES = 20
LONGEST_NOTE = 500

Note = Annotated[str, Longest(LONGEST_NOTE)]
Reps = Annotated[int, Bounds(1, 999)]
HoldSeconds = Annotated[float, Bounds(1, 3600)]
ResistanceStep = Annotated[int, Bounds(0, 99)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeExercise(Values):
    """One exercise: the dose it begins with, and the most it may become, null where that is the same.

    `step` 0 is the lightest resistance. `days_a_week` null: as often as the ordinary rules let it come.
    What lies outside the library's bounds counts as the nearest that does not.
    """

    exercise: Name
    sets: Annotated[int, Bounds(1, 99)]
    reps: Reps | None = None
    hold_s: HoldSeconds | None = None
    step: ResistanceStep = 0
    most_reps: Reps | None = None
    most_hold_s: HoldSeconds | None = None
    most_step: ResistanceStep | None = None
    days_a_week: Annotated[int, Bounds(1, 7)] | None = None
    note: Note = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeSet(Values):
    """A physiotherapist, `by` name, set a programme: exercises in their order, from `since` to `until`, both included.

    It takes the place of the one before; `since` is the day of the entry where it is not said or earlier.
    """

    by: Name
    exercises: Annotated[tuple[ProgrammeExercise, ...], Longest(MOST_EXERCISES)]
    since: date | None = None
    until: date | None = None
    note: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeEnded(Values):
    """Whatever was set by then ends; `by` is the physiotherapist's name, null where the runner ended it."""

    by: Name | None = None
