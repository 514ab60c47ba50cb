"""What is said of the knee and of the day: pain, scores, sitting, who has seen it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from patella.care.entries.bounds import Bounds, Longest, Name
from patella.care.entries.field import Values
from patella.care.outcomes import ScoreId
from patella.care.pain import NPRS_MAX, When
from patella.care.person import Knee
from patella.care.place import Doing, PlaceId

MOST_TASKS = 100

Nprs = Annotated[int, Bounds(0, NPRS_MAX)]
Item = Annotated[int, Bounds(0, MOST_TASKS - 1)]
Version = Annotated[int, Bounds(1, 10_000)]
Knew = Annotated[tuple[Name, ...], Longest(10_000)]
Answer = bool | Name | Annotated[tuple[Name, ...], Longest(60)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PainNoted(Values):
    """Pain from 0 (none) to 10 (worst), and when. Within a session `item` is the task it is of, from 0."""

    nprs: Nprs
    when: When
    item: Item | None = None
    exercise: Name | None = None
    knee: Knee | None = None
    doing: Doing | None = None
    place: PlaceId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningAnswered(Values):
    """The answers by question: a choice, true or false, or a list of choices. `questionnaire`: their version.

    `knew` are the ids of what stood open where they were given: they do away with no sign that was noted elsewhere
    meanwhile. Left out by older versions, which knew of all there was before. Whether they are answers to those
    questions only the questions can tell (`screening.assess`).
    """

    answers: Annotated[Mapping[str, Answer], Longest(100)]
    questionnaire: Version = 1
    knew: Knew | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentConfirmed(Values):
    """Somebody who can judge it said yes; `on` is the day, that of the entry where it is not said.

    It holds for what stood open where it was said, `knew`, by id; left out by older versions.
    """

    on: date | None = None
    knew: Knew | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SymptomNoted(Values):
    """Something new: a line of the lists of warning signs of these questions.

    `knew` are the ids of what stood open and of the last answers where it was said; left out by older versions.
    """

    symptom: Name
    questionnaire: Version = 1
    knew: Knew | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KneeSeen(Values):
    """Somebody who can examine a knee has seen it; `on` is the day, that of the entry where it is not said."""

    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreGiven(Values):
    """A score; `activities` are those a person named, each with its number, where it is their mean."""

    score: ScoreId
    value: Annotated[float, Bounds(-1000, 1000)]
    activities: Annotated[tuple[tuple[Name, Annotated[int, Bounds(-1000, 1000)]], ...], Longest(9)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingNoted(Values):
    """Hours of sitting on a day; null takes back what was said. `source`: hand or activitywatch."""

    hours: Annotated[float, Bounds(0, 24)] | None
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class BarefootNoted(Values):
    """Minutes barefoot on a day; null takes back what was said."""

    minutes: Annotated[float, Bounds(0, 1440)] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonRead(Values):
    """A lesson was read, by its id."""

    lesson: Name
