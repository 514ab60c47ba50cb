"""Double progression: reps first, then resistance; one step down when the knee says so; and the reason each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from patella.care.exercise import Exercise
from patella.care.pain import Colour, Response
from patella.care.prescription import (
    Prescription,
    bottom,
    is_top,
    lower,
    prescription_from_json,
    prescription_to_json,
    rise,
    start_of,
)
from patella.care.reason import Input
from patella.care.record import ItemDone

AMBER_IN_A_ROW = 3
TOP_IN_A_ROW = 2
FORM_OK = 0.8
BREAK_DAYS = 14
LONG_BREAK_DAYS = 28


class Verdict(StrEnum):
    """What the last session of one exercise means for the next one; the values are keys of `reasons.toml`."""

    START = "dose_start"
    RISE = "dose_rise"
    AT_TOP = "dose_at_top"
    TOP_TWICE = "dose_top_twice"
    REPEAT_AMBER = "dose_repeat_amber"
    REPEAT_UNANSWERED = "dose_repeat_unanswered"
    REPEAT_UNFINISHED = "dose_repeat_unfinished"
    REPEAT_FORM = "dose_repeat_form"
    LOWER_UNSETTLED = "dose_lower_unsettled"
    LOWER_AMBER = "dose_lower_amber"
    LOWER_RED = "dose_lower_red"
    SWAP = "dose_swap"
    AFTER_BREAK = "dose_after_break"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a person stands with one exercise: the dose of next time, why, and the runs that decide about it.

    `last` is what the last session asked; `verdict` and `inputs` are the last decision with what it was decided from;
    `at_top`: the last session asked for the top of the range and it was done in full, whatever the knee said.
    """

    next: Prescription
    last: Prescription | None = None
    verdict: Verdict = Verdict.START
    inputs: Mapping[str, Input]
    top_run: int = 0
    at_top: bool = False
    amber_run: int = 0
    green_sessions: int = 0
    first_day: date | None = None
    last_day: date | None = None
    last_green_day: date | None = None

    @property
    def may_step(self) -> bool:
        """Whether the next resistance may follow: two green sessions in a row at the top of the range."""
        return self.verdict is Verdict.TOP_TWICE


def beginning(exercise: Exercise) -> Progress:
    """Nothing done yet."""
    return Progress(next=start_of(exercise), inputs={})


def decide(exercise: Exercise, progress: Progress, item: ItemDone, response: Response, day: date) -> Progress:
    """The dose of next time from how this time went, and why.

    Red lowers by two steps (or swaps, where nothing is left to lower); unsettled, or worse the next morning, lowers by
    one; amber repeats, three times at most; a missing answer, a set left out or loose form repeats; green rises by one
    rep, and two green sessions at the top make the next resistance possible.
    Source: ACSM 2009 (double progression, 2 to 10 %), La Trobe TREK (pain), Patella's own rules.
    """
    verdict = _verdict(exercise, progress, item, response)
    colour = response.colour
    green = colour is Colour.GREEN
    return replace(
        progress,
        next=_next(exercise, item.asked, verdict),
        last=item.asked,
        verdict=verdict,
        inputs=_inputs(progress, item, response),
        top_run=_top_run(progress, verdict),
        amber_run=_amber_run(progress, colour),
        at_top=item.in_full and is_top(exercise, item.asked),
        green_sessions=progress.green_sessions + int(green),
        first_day=progress.first_day or day,
        last_day=day,
        last_green_day=day if green else progress.last_green_day,
    )


def _verdict(exercise: Exercise, progress: Progress, item: ItemDone, response: Response) -> Verdict:
    colour = response.colour
    if colour is Colour.RED:
        at_floor = lower(exercise, item.asked) == item.asked
        return Verdict.SWAP if at_floor and exercise.easier else Verdict.LOWER_RED
    if response.unsettled:
        return Verdict.LOWER_UNSETTLED
    if colour is Colour.AMBER:
        return Verdict.LOWER_AMBER if progress.amber_run >= AMBER_IN_A_ROW else Verdict.REPEAT_AMBER
    return _calm_verdict(exercise, progress, item, response)


def _calm_verdict(exercise: Exercise, progress: Progress, item: ItemDone, response: Response) -> Verdict:
    if not response.complete:
        return Verdict.REPEAT_UNANSWERED
    if not item.in_full:
        return Verdict.REPEAT_UNFINISHED
    if item.form_ok is not None and item.form_ok < FORM_OK:
        return Verdict.REPEAT_FORM
    if not is_top(exercise, item.asked):
        return Verdict.RISE
    return Verdict.TOP_TWICE if progress.top_run + 1 >= TOP_IN_A_ROW else Verdict.AT_TOP


def _next(exercise: Exercise, asked: Prescription, verdict: Verdict) -> Prescription:
    if verdict is Verdict.RISE:
        return rise(exercise, asked)
    if verdict in (Verdict.LOWER_UNSETTLED, Verdict.LOWER_AMBER):
        return lower(exercise, asked)
    if verdict in (Verdict.LOWER_RED, Verdict.SWAP):
        return lower(exercise, lower(exercise, asked))
    return asked


def _top_run(progress: Progress, verdict: Verdict) -> int:
    return progress.top_run + 1 if verdict in (Verdict.AT_TOP, Verdict.TOP_TWICE) else 0


def _amber_run(progress: Progress, colour: Colour | None) -> int:
    """Sessions since the last green one that were amber or red; only green ends the run, an unanswered one does not."""
    if colour is Colour.GREEN:
        return 0
    return progress.amber_run + int(colour is not None)


def _inputs(progress: Progress, item: ItemDone, response: Response) -> dict[str, Input]:
    """What a reason may speak of; `peak` is the worst pain that was answered, in the exercise or the hour after."""
    return {
        "peak": max((n for n in (response.peak, response.after) if n is not None), default=None),
        "before": response.before,
        "after": response.after,
        "morning": response.morning,
        "usual": response.usual,
        "form_ok": item.form_ok,
        "amber_run": progress.amber_run + 1,
    }


def after_break(exercise: Exercise, progress: Progress, day: date) -> Progress:
    """The same progress, but back at the bottom of the range after fourteen days or more without the exercise.

    After four weeks back at the very beginning: the lightest resistance and the safer arc.
    """
    if progress.last_day is None or (day - progress.last_day).days < BREAK_DAYS:
        return progress
    long_break = (day - progress.last_day).days >= LONG_BREAK_DAYS
    low = start_of(exercise) if long_break else bottom(exercise, progress.next)
    days: dict[str, Input] = {"days": (day - progress.last_day).days}
    return replace(progress, next=low, verdict=Verdict.AFTER_BREAK, inputs=days, top_run=0)


def progress_to_json(progress: Progress) -> dict[str, object]:
    """Plain values to remember a progress by."""
    return {
        "next": prescription_to_json(progress.next),
        "last": prescription_to_json(progress.last) if progress.last else None,
        "verdict": progress.verdict.value,
        "inputs": dict(progress.inputs),
        "top_run": progress.top_run,
        "at_top": progress.at_top,
        "amber_run": progress.amber_run,
        "green_sessions": progress.green_sessions,
        "first_day": _iso(progress.first_day),
        "last_day": _iso(progress.last_day),
        "last_green_day": _iso(progress.last_green_day),
    }


def progress_from_json(values: Mapping[str, object]) -> Progress:
    """A progress from its plain values."""
    rest = dict(values)
    for key in ("first_day", "last_day", "last_green_day"):
        rest[key] = date.fromisoformat(str(rest[key])) if rest[key] else None
    rest["next"] = prescription_from_json(rest["next"])  # type: ignore[arg-type]
    rest["last"] = prescription_from_json(rest["last"]) if rest["last"] else None  # type: ignore[arg-type]
    rest["verdict"] = Verdict(str(rest["verdict"]))
    return Progress(**rest)  # type: ignore[arg-type]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
