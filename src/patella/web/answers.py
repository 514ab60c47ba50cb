"""How answers look, for the OpenAPI document and the tests that hold them to it. Open-ended parts are so on purpose."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

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
    """What is to be answered now: this morning, the hour after a session, scores; and what was left unfinished."""

    morning: bool
    after: str | None
    unfinished: SessionAnswer | None
    scores: list[dict[str, Any]]


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
    running: dict[str, Any] | None
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
    break_min: int
    activity_watch: bool
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
    counted_by: str
    camera: dict[str, object] | None


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


class FailedFile(Answer):
    """A file that could not be used, and why."""

    file: str
    why: str


class ImportedAnswer(Answer):
    """What came of an import."""

    runs: int
    other: int
    duplicates: int
    failed: list[FailedFile]


class ImportAnswer(Answer):
    """How far an import is."""

    id: str
    state: Literal["open", "reading", "done", "stopped", "failed"]
    files: int
    done: int
    total: int
    name: str
    result: ImportedAnswer | None
    sentence: str | None


class RunningAnswer(Answer):
    """How far today, and why."""

    ground: str
    cap_m: int | None
    longest_m: int | None
    strong_over_m: int | None
    red_over_m: int | None
    latest: str | None
    cadence_spm: int | None
    cadence_target_spm: list[int] | None
    week_m: int
    week_before_m: int
    run_walk_min: list[int] | None
    slower_percent: list[int] | None
    because: list[dict[str, Any]]
    shoes: str | None
    sources: dict[str, dict[str, Any]]


class ShoesAnswer(Answer):
    """Every pair; and a word when shoes and distance changed together."""

    shoes: list[dict[str, Any]]
    warning: str | None


class KneeAnswer(Answer):
    """What a note about the knee means for today."""

    saved: bool
    entry_id: str
    colour: str
    text: str
    place_text: str | None
    clearance: str
    clearance_text: str | None


class PlacesAnswer(Answer):
    """The places of a knee."""

    places: list[dict[str, Any]]


class ReadAnswer(Answer):
    """How many days were taken from another program."""

    days: int


class ScoresAnswer(Answer):
    """Every score."""

    scores: list[dict[str, Any]]


class TimelineAnswer(Answer):
    """The days of a timeline, or its weeks."""

    since: dt.date
    before: dt.date
    step: Literal["day", "week"]
    shoes: dict[str, dict[str, Any]]
    days: list[dict[str, Any]]


class ChartAnswer(Answer):
    """A timeline, and the chart of it."""

    timeline: TimelineAnswer
    chart: dict[str, Any]


class InsightAnswer(Answer):
    """What goes with a bad morning."""

    since: dt.date
    mornings: int
    more_mornings: int
    sentences: list[str]
    caution: str
    findings: list[dict[str, Any]]
    links: list[dict[str, Any]]
    waiting: list[dict[str, Any]]


Due.model_rebuild()
TodayAnswer.model_rebuild()


class SightsAnswer(Answer):
    """What is said about how well the camera sees, and where it goes."""

    codes: dict[str, dict[str, str]]
    places: dict[str, str]


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
