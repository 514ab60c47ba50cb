"""Whether today there is a plan at all, and running: the screenings, what was noted since, and when to ask again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from patella.care.course import Course
from patella.care.fact import Fact
from patella.care.flags import Flags, flags_of
from patella.care.history import History
from patella.care.screening import Finding

ASK_AGAIN_DAYS = 30
CALM_DAYS = 7


class Standing(StrEnum):
    """Open, stopped with an urgency, or waiting for answers. The values are keys of the texts in `screening.toml`."""

    OK = "ok"
    CLINICIAN_FIRST = "clinician_first"
    SOON = "soon"
    SAME_DAY = "same_day"
    EMERGENCY = "emergency"
    NOT_SCREENED = "not_screened"
    ASK_AGAIN_MONTH = "ask_again_month"
    ASK_AGAIN_RED = "ask_again_red"
    ASK_AGAIN_SYMPTOM = "ask_again_symptom"
    ASK_AGAIN_NEW = "ask_again_new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """Whether exercise is open today, and running.

    `facts` shut single exercises; `since`: day of the last screening. `pending` is what nobody has seen yet, the most
    urgent first; `assessed_on` the day of the last yes; a yes for what is urgent is from `seen_from` or later.
    `calm_until`: after a fresh injury the days before it are calm.
    `no_run_text` is said in place of any advice on running: None where there may be some. `stays`: no yes reopens it.
    """

    standing: Standing
    facts: frozenset[Fact] = frozenset()
    notes: tuple[str, ...] = ()
    pending: tuple[Finding, ...] = ()
    since: date | None = None
    assessed_on: date | None = None
    seen_from: date | None = None
    calm_until: date | None = None
    no_run_text: str | None = None
    stays: bool = False

    @property
    def may_run(self) -> bool:
        """Whether anything may be said of how far, how fast or when to run. Never where there is no plan."""
        return self.is_open and self.no_run_text is None

    @property
    def is_open(self) -> bool:
        """Whether there may be a plan."""
        return self.standing is Standing.OK

    @property
    def asks(self) -> bool:
        """Whether answering the questions is what is needed next."""
        return self.standing is Standing.NOT_SCREENED or self.standing.startswith("ask_again")


def clear(day: date, history: History, course: Course, texts: Mapping[str, str]) -> Clearance:
    """The standing of a person on a day. `texts` are those of the questionnaire, by standing.

    What a warning sign has shut, in an answer or noted later, stays shut until the person confirms that somebody has
    seen it; answering the questions anew does not reopen it. A yes holds for the same answer given again; what is
    urgent is new each time. The questions come again after a vague symptom, a second red within a week, 30 days, and
    when there are new ones.
    """
    if not history.screened:
        return Clearance(standing=Standing.NOT_SCREENED, no_run_text=texts[Standing.NOT_SCREENED])
    last = history.screened[-1]
    flags = flags_of(history)
    pending = tuple(sorted((n.finding for n in flags.pending.values()), key=lambda f: -f.choice.outcome.urgency))
    standing = _standing(day, history, course, flags)
    calm_until = _calm_until(day, history)
    notes = (note for s in flags.screened for note in s.screening.notes)
    return Clearance(
        standing=standing,
        facts=flags.facts,
        notes=tuple(dict.fromkeys((*(f.choice.note for f in pending if f.choice.note), *notes))),
        pending=pending,
        since=last.day,
        assessed_on=max((a.on for a in history.assessed), default=None),
        seen_from=flags.urgent_since,
        calm_until=calm_until,
        no_run_text=_no_run_text(standing, pending, texts, is_calm=calm_until is not None),
        stays=any(s.screening.stays for s in flags.screened),
    )


def _no_run_text(
    standing: Standing, pending: tuple[Finding, ...], texts: Mapping[str, str], *, is_calm: bool
) -> str | None:
    """Said in place of advice on running: why there is no plan, what is said of running alone, or a fresh injury."""
    if standing is not Standing.OK:
        return texts[standing]
    said = [f.choice.note for f in pending if f.choice.note]
    return " ".join(said) or (texts["calm_days"] if is_calm else None)


def _standing(day: date, history: History, course: Course, flags: Flags) -> Standing:
    last = history.screened[-1]
    reviewed = max([last.at, *(a.at for a in history.assessed)])
    if flags.worst.pauses:
        return Standing(flags.worst.value)
    if flags.asks:
        return Standing.ASK_AGAIN_SYMPTOM
    if course.red_pattern is not None and course.red_pattern > reviewed:
        return Standing.ASK_AGAIN_RED
    if not all(s.is_current for s in flags.screened):
        return Standing.ASK_AGAIN_NEW
    return Standing.ASK_AGAIN_MONTH if (day - last.day).days >= ASK_AGAIN_DAYS else Standing.OK


def _calm_until(day: date, history: History) -> date | None:
    """Seven days from the latest answer that named a fresh injury; None when they are over."""
    ends = [s.day + timedelta(days=CALM_DAYS) for s in history.screened if s.screening.calms]
    return max((e for e in ends if e > day), default=None)
