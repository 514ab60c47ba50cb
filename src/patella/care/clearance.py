"""Whether today there is a plan at all: the last screening, what was noted since, and when to ask again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from patella.care.course import Course
from patella.care.fact import Fact
from patella.care.history import History
from patella.care.screening import Finding, Outcome

ASK_AGAIN_DAYS = 30


class Standing(StrEnum):
    """Open, stopped with an urgency, or waiting for answers. The values are keys of the texts in `screening.toml`."""

    OK = "ok"
    SOON = "soon"
    SAME_DAY = "same_day"
    EMERGENCY = "emergency"
    NOT_SCREENED = "not_screened"
    ASK_AGAIN_MONTH = "ask_again_month"
    ASK_AGAIN_RED = "ask_again_red"
    ASK_AGAIN_SYMPTOM = "ask_again_symptom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """Whether exercise is open today. `facts` shut single exercises; `since` is the day of the last screening."""

    standing: Standing
    facts: frozenset[Fact] = frozenset()
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    since: date | None = None
    assessed_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether there may be a plan."""
        return self.standing is Standing.OK

    @property
    def asks(self) -> bool:
        """Whether answering the questions is what is needed next."""
        return self.standing is Standing.NOT_SCREENED or self.standing.startswith("ask_again")


def clear(day: date, history: History, course: Course) -> Clearance:
    """The standing of a person on a day.

    A screening that ended in anything but ok stays shut until the person confirms having been assessed, later than it;
    answering the questions anew does not reopen it. The questions come again after a new symptom, a second red within
    a week, and 30 days.
    """
    if not history.screened:
        return Clearance(standing=Standing.NOT_SCREENED)
    last = history.screened[-1]
    found = last.screening
    assessed = max((a for a in history.assessed if a > last.at), default=None)
    reviewed = max(last.at, assessed or last.at)
    return Clearance(
        standing=_standing(day, history, course, reviewed=reviewed),
        facts=found.facts,
        notes=found.notes,
        findings=found.findings,
        since=last.day,
        assessed_on=assessed.date() if assessed else None,
    )


def _standing(day: date, history: History, course: Course, *, reviewed: datetime) -> Standing:
    last = history.screened[-1]
    paused = _pause(history)
    if paused is not None:
        return Standing(paused.value)
    if any(s > reviewed for s in history.symptoms):
        return Standing.ASK_AGAIN_SYMPTOM
    if course.red_pattern is not None and course.red_pattern > reviewed:
        return Standing.ASK_AGAIN_RED
    if (day - last.day).days >= ASK_AGAIN_DAYS:
        return Standing.ASK_AGAIN_MONTH
    return Standing.OK


def _pause(history: History) -> Outcome | None:
    """The most urgent outcome that no assessment has come after; what stays shut by age goes by the last answers."""
    latest = max(history.assessed, default=None)
    open_ = [s.screening for s in history.screened if latest is None or s.at >= latest]
    found = [s.outcome for s in open_ if not s.is_ok]
    last = history.screened[-1].screening
    if last.stays:
        found.append(last.outcome)
    return max(found, key=lambda o: o.urgency, default=None)
