"""How answers about an exercise look, and about what a camera or a film shows of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from patella.app.film.keeping import FilmedSet
from patella.app.film.telling import ToldFilm
from patella.app.plan.told import ToldSource
from patella.care.exercise import Sides
from patella.web.answers import Answer
from patella.web.shown_exercise import OpenToday, ShownExercise


class SightsAnswer(Answer):
    """What is said about how well the camera sees, and where it goes."""

    codes: dict[str, dict[str, str]]
    places: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmKeptAnswer:
    """Where a film stands in the diary."""

    session: str
    entry_id: str
    day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmAnswer(ToldFilm):
    """The same with what can be kept of it (`sets`); `kept` where it is in the diary already.

    `sides` each: one leg after the other.
    """

    sides: Sides
    sets: list[FilmedSet]
    kept: FilmKeptAnswer | None
    now: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseAnswer(ShownExercise):
    """Everything about one exercise, its sources written out as they are, and whether it is open today."""

    sources: Mapping[str, ToldSource]
    today: OpenToday


class GhostAnswer(Answer):
    """One cycle of an exercise in the plane of the picture.

    `frames` hold x and y of each joint in metres; `limbs` two joints and their distance in metres.
    """

    exercise: str
    side: str
    tempo: dict[str, float]
    joints: list[int]
    limbs: list[list[float]]
    planted: list[int]
    end: int
    frames: list[list[float]]
