"""How answers look, for the OpenAPI document and the tests that hold them to it. Open-ended parts are so on purpose."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from patella.app.diary.days import DiaryDay
from patella.app.person.screening import ToldQuestion
from patella.app.person.settings import Settings
from patella.app.plan.told import ToldShut
from patella.app.today.lessons import LessonToday
from patella.app.today.today import Today
from patella.care.outcomes import Due as ScoreDue
from patella.care.questionnaire import Screen
from patella.web.shown_session import ShownSession

Chart = dict[str, object]
"""A Vega-Lite specification: its own schema says what is in it."""


class Answer(BaseModel):
    """The body of an answer."""

    model_config = ConfigDict(extra="forbid", defer_build=True)


class ErrorInside(Answer):
    """What went wrong."""

    code: str
    sentence: str


class ErrorAnswer(Answer):
    """Every answer from 400 on."""

    error: ErrorInside


class HealthAnswer(Answer):
    """The server is there."""

    ok: bool
    version: str
    demo: bool
    now: dt.datetime
    diary: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is to be answered now: this morning, the hour after a session, scores; and what was left unfinished."""

    morning: bool
    after: str | None
    unfinished: ShownSession | None
    scores: tuple[ScoreDue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayAnswer(Today):
    """The plan of today, and what is to be answered first."""

    due: Due
    now: dt.datetime


class TomorrowAnswer(Answer):
    """What comes tomorrow, as far as it is known; `says` is the sentence for it."""

    date: dt.date
    minutes: int
    names: list[str]
    says: str


class QuestionsAnswer(Answer):
    """The screening, the texts of its outcomes, and what may be ticked already when the questions come again."""

    version: int
    screens: tuple[Screen, ...]
    questions: list[ToldQuestion]
    texts: dict[str, str]
    ticked: dict[str, list[str]]


class FindingAnswer(Answer):
    """An answer that mattered."""

    question: str
    choice: str


class ScreeningAnswer(Answer):
    """What the answers come to."""

    outcome: str
    text: str
    notes: list[str]
    named: list[str]
    findings: list[FindingAnswer]
    shut: list[ToldShut]
    left_out: bool


class PeekAnswer(Answer):
    """Whether the answers so far end the asking."""

    stops: str | None
    text: str | None


class ClearanceAnswer(Answer):
    """Whether there is a plan now."""

    clearance: str
    text: str


class HelpAnswer(Answer):
    """The number to call in an emergency; `country` is None where none is known."""

    number: str
    country: str | None
    countries: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A thing that exercises may need."""

    id: str
    name: str
    everyday: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile(Settings):
    """Every setting, and the things that exercises may need."""

    equipment: tuple[Thing, ...]


class AdviceAnswer(Answer):
    """What the pain rule says about one event."""

    id: str
    colour: str
    says: str


class EventsAnswer(Answer):
    """What is on disk now."""

    acknowledged: list[str]
    advice: list[AdviceAnswer]
    session: ShownSession


class PainAnswer(Answer):
    """What the pain rule says."""

    colour: str
    says: str


class EntryAnswer(Answer):
    """The entry that holds the correction."""

    saved: str


class DiaryAnswer(Answer):
    """Days that hold something, oldest first."""

    days: list[DiaryDay]


class RestoreAnswer(Answer):
    """How many entries there are now."""

    entries: int


class MergeAnswer(Answer):
    """How many entries were new, from how many days, how many the file does not have, and the same in words."""

    entries: int
    days: int
    here_only: int
    text: str


class DeviceAnswer(Answer):
    """A browser that is known: what it is called, when it last opened a page, whether it is the one that asks."""

    id: str
    name: str
    seen: dt.datetime
    here: bool


class DoorAnswer(Answer):
    """Which browsers are known, the one that was here last first."""

    devices: list[DeviceAnswer]


class FeedAnswer(Answer):
    """Where a calendar finds the reminders."""

    path: str


class EraseAnswer(Answer):
    """Everything is gone."""

    erased: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonAnswer(LessonToday):
    """The lesson of today, or what matters more."""

    now: dt.datetime


class ReportPart(Answer):
    """A part of the report's pages: rows of cells, the first of them the heads of the columns, and lines below."""

    title: str
    rows: list[list[str]]
    lines: list[str]


class ReportPages(Answer):
    """What stands on the report's pages, ready to be set; `front` and `back` are columns of parts."""

    title: str
    heading: str
    span: str
    small_print: str
    lead: list[str]
    front: list[list[ReportPart]]
    exercises: ReportPart | None
    back: list[list[ReportPart]]
    method: list[str]
    chart: Chart | None
    chart_says: str
