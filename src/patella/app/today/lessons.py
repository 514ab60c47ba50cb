"""Lessons: which one it is today, which have been read, and that one was read just now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from patella.app.diary.timeline_day import read_days
from patella.app.history.amend import is_there
from patella.app.history.events import loose_events
from patella.app.history.reading import person_and_history
from patella.app.history.refused import NotThereError
from patella.app.history.units import units_of
from patella.app.patella import Patella
from patella.app.plan.told import ToldSource, tell_sources
from patella.care.clearance import Clearance, Standing
from patella.care.entries.kinds import Kind
from patella.care.entries.of_knee import LessonRead
from patella.care.lesson import CALM_DAYS, Facts, Lesson, Read, lesson_of, read_on
from patella.care.place import Doing
from patella.care.plan import plan_for
from patella.care.units import Units
from patella.files.library import own_lessons


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldLesson:
    """One lesson: `text` is its paragraphs, with sources as `[id]`; `read_on` the day it was last read.

    `wait` is what to know before its advice is followed.
    """

    id: str
    title: str
    text: tuple[str, ...]
    cited: tuple[str, ...]
    read_on: date | None
    wait: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonToday:
    """The lesson of today; none while `clearance_text` says what matters more. `read`: one was read today."""

    date: dt.date
    clearance: Standing
    clearance_text: str | None
    lesson: ToldLesson | None
    read: bool
    sources: Mapping[str, ToldSource]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """Every lesson, in the order of reading; `today` is the id of today's."""

    clearance: Standing
    clearance_text: str | None
    today: str | None
    lessons: tuple[ToldLesson, ...]
    sources: Mapping[str, ToldSource]


def answer_lesson(app: Patella) -> LessonToday:
    """The lesson of today, or what matters more."""
    facts, clearance, reads = _look(app)
    lesson = lesson_of(own_lessons(), reads, facts) if clearance.is_open else None
    return LessonToday(
        date=app.today,
        clearance=clearance.standing,
        clearance_text=_instead(app, clearance),
        lesson=None if lesson is None else _tell(lesson, reads, clearance, units_of(app)),
        read=read_on(own_lessons(), reads, app.today) is not None,
        sources=_sources(app, () if lesson is None else (lesson,)),
    )


def answer_lessons(app: Patella) -> Lessons:
    """Every lesson in the order of reading, and which is today's."""
    facts, clearance, reads = _look(app)
    lesson = lesson_of(own_lessons(), reads, facts) if clearance.is_open else None
    every, units = own_lessons().values(), units_of(app)
    return Lessons(
        clearance=clearance.standing,
        clearance_text=_instead(app, clearance),
        today=None if lesson is None else lesson.id,
        lessons=tuple(_tell(e, reads, clearance, units) for e in every),
        sources=_sources(app, every),
    )


def note_lesson(app: Patella, lesson_id: str, *, entry_id: str | None = None) -> None:
    """Note that a lesson was read today; the same `entry_id` twice is one reading.

    Raises NotThereError when there is no such lesson, OtherContentError when the id means something else, StoreError.
    """
    if lesson_id not in own_lessons():
        raise NotThereError(f"There is no lesson called {lesson_id!r}.")
    body = {"lesson": lesson_id}
    if entry_id is None or not is_there(app, entry_id, Kind.LESSON_READ, body):
        app.write(Kind.LESSON_READ, body, entry_id=entry_id)


def _look(app: Patella) -> tuple[Facts, Clearance, Sequence[Read]]:
    person, history = person_and_history(app, app.today)
    clearance = plan_for(app.today, person, history, app.library).clearance
    lately = read_days(app, app.today - timedelta(days=CALM_DAYS - 1), app.today + timedelta(days=1))
    days = {date.fromisoformat(day): values for day, values in lately.items()}
    facts = Facts(
        day=app.today,
        since=history.screened[0].day if history.screened else None,
        may_run=clearance.may_run,
        cautious=person.cautious,
        worst={d: w for d, v in days.items() if (w := v["pain"]["worst"]) is not None},
        ran=frozenset(d for d, v in days.items() if v["runs"]),
        sat=frozenset(d for d, v in days.items() if any(n["doing"] == Doing.SIT and n["nprs"] for n in v["notes"])),
    )
    reads = [Read(day=e.day, lesson=e.said(LessonRead).lesson) for e in loose_events(app, (Kind.LESSON_READ,))]
    return facts, clearance, reads


def _instead(app: Patella, clearance: Clearance) -> str | None:
    return None if clearance.is_open else app.library.questionnaire.texts[clearance.standing.value]


def _tell(lesson: Lesson, reads: Iterable[Read], clearance: Clearance, units: Units) -> ToldLesson:
    return ToldLesson(
        id=lesson.id,
        title=lesson.title,
        text=tuple(units.said(p) for p in lesson.paragraphs),
        cited=tuple(lesson.cited),
        read_on=max((r.day for r in reads if r.lesson == lesson.id), default=None),
        wait=clearance.no_run_text if lesson.running and clearance.is_open else None,
    )


def _sources(app: Patella, lessons: Iterable[Lesson]) -> dict[str, ToldSource]:
    return tell_sources(app.library, (s for lesson in lessons for s in lesson.cited))
