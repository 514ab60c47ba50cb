"""How answers about the knee and its running look: the timeline, runs, shoes, scores, what goes with a bad morning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from patella.app.diary.timeline import Timeline
from patella.app.knee.scores import ToldScore
from patella.app.plan.told import ToldSource
from patella.app.report.insight import Looked, ToldLink
from patella.app.running.imported import Imported
from patella.app.running.runs import LoggedRun
from patella.app.running.sports import Unnamed
from patella.app.running.told import ToldComeback, ToldStage
from patella.app.running.worn import WornShoe
from patella.care.place import PlaceId
from patella.care.reason import Reason
from patella.web.answers import Answer, Chart


class ImportAnswer(Answer):
    """How far an import is."""

    id: str
    state: Literal["open", "reading", "done", "stopped", "failed"]
    files: int
    done: int
    total: int
    name: str
    result: Imported | None
    sentence: str | None


class CameAnswer(Answer):
    """What came of files of a watched folder: when, the first of their names and how many more, what it brought."""

    at: str
    files: list[str]
    more: int
    result: Imported


class WatchedAnswer(Answer):
    """The watched folder, None where there is none; what is wrong with it; what came since the pages were opened."""

    folder: str | None
    is_there: bool
    sentence: str | None
    came: list[CameAnswer]


class RunningAnswer(Answer):
    """How far today, and why; nothing but `no_run_text` where the clearance allows no advice on running."""

    no_run_text: str | None
    ground: str | None
    cap_m: int | None
    longest_m: int | None
    strong_over_m: int | None
    red_over_m: int | None
    latest: str | None
    cadence_spm: int | None
    cadence_target_spm: list[int] | None
    week_m: int | None
    week_before_m: int | None
    run_walk_min: list[int] | None
    slower_percent: list[int] | None
    because: list[Reason]
    shoes: str | None
    sources: dict[str, ToldSource]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAnswer(LoggedRun):
    """A run as it stands, and what is said in place of advice on running, where there is to be none."""

    no_run_text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComebackAnswer:
    """The way back to running: the stage of today, and every stage; none of it where running has to wait."""

    no_run_text: str | None
    comeback: ToldComeback | None
    stages: list[ToldStage]
    sources: Mapping[str, ToldSource]
    now: dt.datetime


class UnnamedAnswer(Answer):
    """Activities without a sport, by kind, each with the question to ask."""

    kinds: tuple[Unnamed, ...]


class ShoesAnswer(Answer):
    """Every pair; and a word when shoes and distance changed together."""

    shoes: list[WornShoe]
    warning: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPlace:
    """A place of a knee. `says`: where pain there may be something else than the kneecap's."""

    id: PlaceId
    name: str
    says: str | None


class PlacesAnswer(Answer):
    """The places of a knee."""

    places: tuple[ToldPlace, ...]


class ReadAnswer(Answer):
    """How many days were taken from another program."""

    days: int


class ScoresAnswer(Answer):
    """Every score."""

    scores: list[ToldScore]


class ChartAnswer(Answer):
    """A timeline, and the chart of it."""

    timeline: Timeline
    chart: Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnFinding(ToldLink):
    """A link that stands out, with the chart of its mornings."""

    chart: Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class InsightAnswer(Looked):
    """What goes with a bad morning, and how much is missing."""

    findings: tuple[DrawnFinding, ...]
