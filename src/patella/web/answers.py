"""How answers look, for the OpenAPI document and the tests that hold them to it. Open-ended parts are so on purpose."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import BaseModel, ConfigDict

from patella.web.wire import KneeName, ScopeName, Sound


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


class Due(Answer):
    """What is to be answered now: this morning's pain, the hour after a session; and what was left unfinished."""

    morning: bool
    after: str | None
    unfinished: SessionAnswer | None


class TodayAnswer(Answer):
    """The plan of today."""

    date: dt.date
    scope: ScopeName
    clearance: str
    clearance_text: str
    always: str
    notes: list[str]
    screened_on: dt.date | None
    assessed_on: dt.date | None
    minutes: int
    because: list[dict[str, Any]]
    items: list[dict[str, Any]]
    shut: list[dict[str, Any]]
    sources: dict[str, dict[str, Any]]
    frozen: bool
    session: str | None
    finished: bool
    due: Due
    now: dt.datetime


class QuestionsAnswer(Answer):
    """The screening, and the texts of its outcomes."""

    questions: list[dict[str, Any]]
    texts: dict[str, str]


class FindingAnswer(Answer):
    """An answer that mattered."""

    question: str
    choice: str


class ScreeningAnswer(Answer):
    """What the answers come to."""

    outcome: str
    text: str
    notes: list[str]
    findings: list[FindingAnswer]
    shut: list[dict[str, Any]]


class PeekAnswer(Answer):
    """Whether the answers so far end the asking."""

    stops: str | None
    text: str | None


class ClearanceAnswer(Answer):
    """Whether there is a plan now."""

    clearance: str
    text: str


class EquipmentAnswer(Answer):
    """A thing that exercises may need."""

    id: str
    name: str
    everyday: bool


class ProfileAnswer(Answer):
    """Every setting."""

    knees: list[KneeName]
    one_leg: bool
    has: list[str] | None
    cautious: bool
    full_arc: bool
    usual_pain: int | None
    letter: bool
    sound: Sound
    theme: str
    units: str
    equipment: list[EquipmentAnswer]


class PainOfSession(Answer):
    """A pain that was noted in a session."""

    entry_id: str
    when: str
    nprs: int
    item: int | None
    knee: str | None


class SetOfSession(Answer):
    """A set that was done in a session."""

    event_id: str
    task: int
    exercise: str
    side: str
    set: int
    reps: int | None
    holds: int | None
    hold_s: float | None
    load_kg: float | None


class StepAnswer(Answer):
    """One step of the script."""

    index: int
    kind: str
    task: int
    side: str
    set: int
    hold: int | None
    reps: int | None
    seconds: float | None
    ends_set: bool


class SessionAnswer(Answer):
    """A session as it stands."""

    id: str
    entry_id: str
    day: dt.date
    scope: str
    begun_at: dt.datetime
    finished: bool
    paused: bool
    step: int
    tasks: list[dict[str, Any]]
    steps: list[StepAnswer]
    sets: list[SetOfSession]
    pains: list[PainOfSession]
    peaks: dict[str, int]
    before: int | None
    after: int | None
    skipped: list[int]
    stopped: list[int]
    left: list[str]
    now: dt.datetime


class AdviceAnswer(Answer):
    """What the pain rule says about one event."""

    id: str
    colour: str
    says: str


class EventsAnswer(Answer):
    """What is on disk now."""

    acknowledged: list[str]
    advice: list[AdviceAnswer]
    session: SessionAnswer


class PainAnswer(Answer):
    """What the pain rule says."""

    colour: str
    says: str


class EntryAnswer(Answer):
    """The entry that holds the correction."""

    saved: str


class DiaryAnswer(Answer):
    """Days that hold something, oldest first."""

    days: list[dict[str, Any]]


class RestoreAnswer(Answer):
    """How many entries there are now."""

    entries: int


class EraseAnswer(Answer):
    """Everything is gone."""

    erased: bool


Due.model_rebuild()
TodayAnswer.model_rebuild()
