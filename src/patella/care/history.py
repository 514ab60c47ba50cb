"""Everything the plan looks back on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from patella.care.course import Course
from patella.care.record import SessionDone
from patella.care.screening import Screening


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """A screening, when it was answered."""

    at: datetime
    day: date
    screening: Screening


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Everything the plan looks back on.

    `course` sums up the sessions before the first one listed, so that five years need not be read again each morning.
    `mornings` are pain by day; `assessed` and `symptoms` are the moments at which they were noted; `pain_now` is the
    latest pain noted today outside an exercise.
    """

    course: Course = field(default_factory=Course)
    sessions: tuple[SessionDone, ...] = ()
    mornings: Mapping[date, int] = field(default_factory=dict)
    screened: tuple[Screened, ...] = ()
    assessed: tuple[datetime, ...] = ()
    symptoms: tuple[datetime, ...] = ()
    pain_now: int | None = None
