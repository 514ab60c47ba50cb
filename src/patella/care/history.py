"""Everything the plan looks back on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from patella.care.course import Course
from patella.care.home_programme import HomeProgramme
from patella.care.outcomes import ScoreOfDay
from patella.care.record import SessionDone
from patella.care.screening import Finding, Screening


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What is said of warning signs, and when. `knew` are the ids of what was open where it was said.

    None where an older version did not say so: it knew of all that had been said by then. Two devices may have been
    apart, with clocks that differ, so that time alone does not tell.
    """

    at: datetime
    id: str = ""
    knew: frozenset[str] | None = None

    def knew_of(self, other: Saying) -> bool:
        """Whether it was said in view of the other."""
        if self.knew is not None:
            return other.id in self.knew
        return other.knew is None and other.at < self.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened(Saying):
    """A screening, when it was answered. `is_current`: by the questions that are asked today, not by older ones."""

    day: date
    screening: Screening
    is_current: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SymptomNoted(Saying):
    """Something new about the knee, when it was noted; `finding` is None for what the questions have to sort out."""

    finding: Finding | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed(Saying):
    """The word that somebody who can judge it said yes: when it was given to us, and the day of the yes itself."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Everything the plan looks back on.

    `course` sums up the sessions before the first one listed, so that five years need not be read again each morning.
    `mornings` are pain by day; `pain_now` is the latest pain noted today outside an exercise; `pains` the worst of each
    day lately, at any moment; `seen_on` the latest day on which somebody who can examine a knee had seen it; `scores`
    are all that were given. `programme` is what a physiotherapist set and is in force on the day of the plan.
    """

    course: Course = field(default_factory=Course)
    sessions: tuple[SessionDone, ...] = ()
    mornings: Mapping[date, int] = field(default_factory=dict)
    screened: tuple[Screened, ...] = ()
    assessed: tuple[Assessed, ...] = ()
    symptoms: tuple[SymptomNoted, ...] = ()
    pain_now: int | None = None
    pains: Mapping[date, int] = field(default_factory=dict)
    seen_on: date | None = None
    scores: tuple[ScoreOfDay, ...] = ()
    programme: HomeProgramme | None = None
