"""Double progression: reps first, then resistance; one step down when the knee says so; and the reason each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from patella.care.exercise import Exercise, Load
from patella.care.pain import GREEN_MAX, Colour, Response
from patella.care.prescription import (
    Prescription,
    bottom,
    is_top,
    lower,
    rise,
    start_of,
)
from patella.care.reason import Input
from patella.care.record import Effort, ItemDone

AMBER_IN_A_ROW = 3
FORM_OK = 0.8
BREAK_DAYS = 14
LONG_BREAK_DAYS = 28
FLOOR_WEEKS = 3
READY_AT = 4  # points at the top of the range before the next level
GREEN_POINTS, STEADY_POINTS, EASY_POINTS = 2, 1, 4


class Verdict(StrEnum):
    """What the last session of one exercise means for the next one; the values are keys of `reasons.toml`."""

    START = "dose_start"
    RISE = "dose_rise"
    RISE_BY_TWO = "dose_rise_by_two"
    RISE_SLOWLY = "dose_rise_slowly"
    RISE_APART = "dose_rise_apart"
    AT_TOP = "dose_at_top"
    TOP_TWICE = "dose_top_twice"
    REPEAT_STEADY = "dose_repeat_steady"
    REPEAT_AMBER = "dose_repeat_amber"
    REPEAT_KNEE = "dose_repeat_knee"
    REPEAT_UNANSWERED = "dose_repeat_unanswered"
    REPEAT_UNFINISHED = "dose_repeat_unfinished"
    REPEAT_FORM = "dose_repeat_form"
    REPEAT_EFFORT = "dose_repeat_effort"
    LOWER_UNSETTLED = "dose_lower_unsettled"
    LOWER_AMBER = "dose_lower_amber"
    LOWER_RED = "dose_lower_red"
    FLOOR_UNSETTLED = "dose_floor_unsettled"
    FLOOR_AMBER = "dose_floor_amber"
    FLOOR_RED = "dose_floor_red"
    FLOOR_LONG = "dose_floor_long"
    SWAP = "dose_swap"
    AFTER_BREAK = "dose_after_break"


RISES = (Verdict.RISE, Verdict.RISE_BY_TWO, Verdict.RISE_SLOWLY, Verdict.RISE_APART)
TOPS = (Verdict.AT_TOP, Verdict.TOP_TWICE)
WENT_WELL = (*RISES, Verdict.REPEAT_STEADY, *TOPS)
FLOORS = (Verdict.FLOOR_UNSETTLED, Verdict.FLOOR_AMBER, Verdict.FLOOR_RED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a person stands with one exercise: the dose of next time, why, and the runs that decide about it.

    `last` is what the last session asked; `verdict` and `inputs` are the last decision with what it was decided from;
    `at_top`: the last session asked for the top of the range and it was done in full, whatever the knee said;
    `top_run` counts green sessions at the top in a row, `top_points` all that went well there, green ones double;
    `floor_since`: the first day on which the smallest dose was too much, until a session goes well.
    """

    next: Prescription
    last: Prescription | None = None
    verdict: Verdict = Verdict.START
    inputs: Mapping[str, Input]
    top_run: int = 0
    top_points: int = 0
    at_top: bool = False
    amber_run: int = 0
    green_sessions: int = 0
    first_day: date | None = None
    last_day: date | None = None
    last_green_day: date | None = None
    floor_since: date | None = None

    @property
    def may_step(self) -> bool:
        """Whether the next resistance may follow: two green sessions in a row at the top of the range, or as good."""
        return self.verdict is Verdict.TOP_TWICE

    @property
    def gentleness(self) -> tuple[tuple[int, int, float], int, bool]:
        """A key that orders what may follow, from the gentlest."""
        return (self.next.hardness, self.top_points, self.verdict in WENT_WELL)


def beginning(exercise: Exercise) -> Progress:
    """Nothing done yet."""
    return Progress(next=start_of(exercise), inputs={})


def decide(exercise: Exercise, progress: Progress, item: ItemDone, response: Response, day: date) -> Progress:
    """The dose of next time from how this time went, and why.

    Red lowers by two steps (or swaps, where nothing is left to lower); unsettled, or worse the next morning, lowers by
    one; amber repeats, three times at most. Steady amber, no more than this knee's usual, rises half as fast as green:
    once the same dose has gone well twice running. A missing answer, a set left out, loose form or nothing left in
    reserve repeats; green rises by one rep, by two with four or more in reserve, and two green sessions at the top (one
    with so much in reserve, four steady ones) make the next resistance possible. What asks nothing of the knee goes by
    the pain in itself. Source: La Trobe TREK (pain), Patella's own rules.
    """
    verdict = _verdict(exercise, progress, item, response)
    green = response.colour is Colour.GREEN
    floor_since = _floor_since(progress, verdict, day)
    if floor_since and verdict in FLOORS and _weeks(floor_since, day) >= FLOOR_WEEKS:
        verdict = Verdict.FLOOR_LONG
    return replace(
        progress,
        next=_next(exercise, item.asked, verdict),
        last=item.asked,
        verdict=verdict,
        inputs=_inputs(progress, item, response, weeks=_weeks(floor_since, day)),
        top_run=progress.top_run + 1 if _at_top(verdict) and not response.steady else 0,
        top_points=_points(exercise, progress, item, response) if _at_top(verdict) else 0,
        amber_run=_amber_run(exercise, progress, response),
        at_top=item.in_full and is_top(exercise, item.asked),
        green_sessions=progress.green_sessions + int(green),
        first_day=progress.first_day or day,
        last_day=day,
        last_green_day=day if green else progress.last_green_day,
        floor_since=floor_since,
    )


def _verdict(exercise: Exercise, progress: Progress, item: ItemDone, response: Response) -> Verdict:
    if _stands_apart(exercise, response):
        red = response.colour is Colour.RED
        return Verdict.REPEAT_KNEE if red else _calm_verdict(exercise, progress, item, response)
    at_floor = lower(exercise, item.asked) == item.asked
    colour = response.colour
    if colour is Colour.RED and at_floor:
        return Verdict.SWAP if exercise.easier else Verdict.FLOOR_RED
    if colour is Colour.RED:
        return Verdict.LOWER_RED
    if response.unsettled:
        return Verdict.FLOOR_UNSETTLED if at_floor else Verdict.LOWER_UNSETTLED
    if colour is Colour.AMBER and not response.steady:
        lowers = Verdict.FLOOR_AMBER if at_floor else Verdict.LOWER_AMBER
        return lowers if progress.amber_run >= AMBER_IN_A_ROW else Verdict.REPEAT_AMBER
    return _calm_verdict(exercise, progress, item, response)


def _stands_apart(exercise: Exercise, response: Response) -> bool:
    """Whether an exercise asks nothing of the knee and did not hurt: then a knee that is sore does not hold it back."""
    return exercise.knee_load == 0 and response.peak is not None and response.peak <= GREEN_MAX


def _calm_verdict(exercise: Exercise, progress: Progress, item: ItemDone, response: Response) -> Verdict:
    if not response.complete:
        return Verdict.REPEAT_UNANSWERED
    if not item.in_full:
        return Verdict.REPEAT_UNFINISHED
    if item.form_ok is not None and item.form_ok < FORM_OK:
        return Verdict.REPEAT_FORM
    if item.effort is Effort.NONE_LEFT:
        return Verdict.REPEAT_EFFORT
    if is_top(exercise, item.asked):
        ready = _points(exercise, progress, item, response) >= READY_AT
        return Verdict.TOP_TWICE if ready else Verdict.AT_TOP
    return _rising_verdict(exercise, progress, item, response)


def _rising_verdict(exercise: Exercise, progress: Progress, item: ItemDone, response: Response) -> Verdict:
    if response.colour is Colour.GREEN:
        return Verdict.RISE_BY_TWO if item.effort is Effort.MANY_LEFT else Verdict.RISE
    if _stands_apart(exercise, response):
        return Verdict.RISE_APART
    return Verdict.RISE_SLOWLY if _went_well_before(progress, item.asked) else Verdict.REPEAT_STEADY


def _went_well_before(progress: Progress, asked: Prescription) -> bool:
    """Whether the session before asked as much, and went well. What was asked is no answer, so pain cannot shift it."""
    before = progress.last
    return before is not None and before.hardness >= asked.hardness and progress.verdict in WENT_WELL


def _points(exercise: Exercise, progress: Progress, item: ItemDone, response: Response) -> int:
    """The points at the top of the range with this session, which went well there."""
    if response.colour is Colour.GREEN:
        return progress.top_points + (EASY_POINTS if item.effort is Effort.MANY_LEFT else GREEN_POINTS)
    return progress.top_points + (GREEN_POINTS if _stands_apart(exercise, response) else STEADY_POINTS)


def _at_top(verdict: Verdict) -> bool:
    return verdict in TOPS


def _next(exercise: Exercise, asked: Prescription, verdict: Verdict) -> Prescription:
    if verdict is Verdict.RISE_BY_TWO:
        return rise(exercise, rise(exercise, asked))
    if verdict in RISES:
        return rise(exercise, asked)
    if verdict in (Verdict.LOWER_UNSETTLED, Verdict.LOWER_AMBER):
        return lower(exercise, asked)
    return lower(exercise, lower(exercise, asked)) if verdict is Verdict.LOWER_RED else asked


def _amber_run(exercise: Exercise, progress: Progress, response: Response) -> int:
    """Sessions since the last that went well which were amber or red; an unanswered one does not end the run."""
    apart = _stands_apart(exercise, response) and response.complete and response.colour is not Colour.RED
    if response.colour is Colour.GREEN or response.steady or apart:
        return 0
    return progress.amber_run + int(response.colour is not None)


def _floor_since(progress: Progress, verdict: Verdict, day: date) -> date | None:
    if verdict in FLOORS or verdict is Verdict.SWAP:
        return progress.floor_since or day
    return None if verdict in WENT_WELL else progress.floor_since


def _weeks(since: date | None, day: date) -> int:
    return (day - since).days // 7 if since else 0


def _inputs(progress: Progress, item: ItemDone, response: Response, *, weeks: int) -> dict[str, Input]:
    """What a reason may speak of; `peak` is the worst pain that was answered, in the exercise (`own`) or after it."""
    return {
        "peak": max((n for n in (response.peak, response.after) if n is not None), default=None),
        "own": response.peak,
        "before": response.before,
        "after": response.after,
        "morning": response.morning,
        "usual": response.usual,
        "form_ok": item.form_ok,
        "effort": item.effort.value if item.effort else None,
        "amber_run": progress.amber_run + 1,
        "weeks": weeks,
    }


def after_break(exercise: Exercise, progress: Progress, day: date) -> Progress:
    """The same progress, but back at the bottom of the range after fourteen days or more without the exercise.

    After four weeks back at the very beginning: the lightest resistance and the safer arc. What is light enough for
    every day, and comes in turns, has nothing to come back from before that.
    """
    pause = LONG_BREAK_DAYS if exercise.load is Load.LIGHT else BREAK_DAYS
    if progress.last_day is None or (day - progress.last_day).days < pause:
        return progress
    long_break = (day - progress.last_day).days >= LONG_BREAK_DAYS
    low = start_of(exercise) if long_break else bottom(exercise, progress.next)
    days: dict[str, Input] = {"days": (day - progress.last_day).days}
    return replace(progress, next=low, verdict=Verdict.AFTER_BREAK, inputs=days, top_run=0, top_points=0)
