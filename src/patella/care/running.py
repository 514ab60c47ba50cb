"""Advice about running today: the line, what a jump was, how to run while the knee is sore. Nothing is ever shut here.

The rule with evidence is the single run: the longest of the last 30 days is the measure (Frandsen 2025). A ratio of
this week to the last four is not shown at all (Lolli 2019, Impellizzeri 2020).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from patella.care.cadence import Cadence, Step, look_at
from patella.care.line import WEEK_DAYS, Ground, Line, draw_careful_line
from patella.care.pain import GREEN_MAX
from patella.care.reason import Input, Reason, Template, give
from patella.care.run import Felt, Run
from patella.care.spike import RED_PERCENT, RESTART_MOST_M, STRONG_PERCENT, Spike, longest_before, spikes
from patella.care.units import METRIC, Units

RUN_WALK_MIN = (4, 1)
RESTART_RUN_WALK_MIN = (3, 2)
SLOWER_PERCENT = (10, 20)
BOUNDS = (Ground.FLARED, Ground.WEEK)  # what their lines were measured from is a bound itself
SMALL = (Ground.RESTART, Ground.BEGINNING, Ground.CLIMB, Ground.EASY)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningAdvice:
    """What is known about today's run. Distances in whole metres; None where there is nothing to go by.

    Beyond `strong_over_m` and `red_over_m` the risk rises further; they are told of a calm knee only. `longest_m` is
    the longest run of 30 days, `latest` the spike of the last seven days' last run. `run_walk_min` is minutes of
    running, then of walking.
    """

    day: date
    line: Line | None
    longest_m: int | None
    strong_over_m: int | None
    red_over_m: int | None
    latest: Spike | None
    cadence: Cadence
    week_m: int
    week_before_m: int
    run_walk_min: tuple[int, int] | None
    slower_percent: tuple[int, int] | None
    because: tuple[Reason, ...]

    @property
    def ground(self) -> Ground:
        """What the line stands on."""
        return self.line.ground if self.line else Ground.UNKNOWN

    @property
    def cap_m(self) -> int | None:
        """The line in metres: a risk to stay below, never a target; 0 is a day without running."""
        return self.line.metres if self.line else None


def advise(  # noqa: PLR0913 - what is known, what may be, how it was taken, and how it is told
    day: date,
    runs: Sequence[Run],
    templates: Mapping[str, Template],
    *,
    maybe: Sequence[Run] = (),
    felt: Felt | None = None,
    base_spm: int | None = None,
    units: Units = METRIC,
) -> RunningAdvice:
    """How far today, and why, from the runs before and how the knee took them.

    `runs` are all that are known, in any order; later ones than `day` are left out. `maybe` are activities that may
    have been runs: they can lower the line and do nothing else. `base_spm` is the cadence at first sight. Lines are
    told in `units`, rounded down. More pain never raises the line. Source: Frandsen 2025 (a tenth above the longest),
    La Trobe TREK (sore), Patella's own rules for all else; `draw_line` names them.
    """
    ordered = sorted((r for r in runs if r.day <= day), key=lambda r: r.day)
    felt = felt or Felt()
    unsure = sorted((r for r in maybe if r.day <= day), key=lambda r: r.day)
    line, lowered = draw_careful_line(day, ordered, unsure, felt)
    because = _Because(templates, units)
    if line is None:
        because.add("run_unknown")
    else:
        _say_line(day, line, [*ordered, *unsure] if lowered else ordered, because)
    if lowered:
        because.add("run_maybe")
    latest = _latest(day, ordered, because)
    run_walk, slower = _ways(day, line, felt, because) if line else (None, None)
    cadence = look_at(day, ordered, base_spm)
    _say_cadence(cadence, because)
    longest = longest_before(ordered, day)
    calm = longest if line and line.ground is Ground.OPEN else None
    return RunningAdvice(
        day=day,
        line=line,
        longest_m=longest,
        strong_over_m=_percent(calm, STRONG_PERCENT),
        red_over_m=_percent(calm, RED_PERCENT),
        latest=latest,
        cadence=cadence,
        week_m=_week(ordered, day),
        week_before_m=_week(ordered, day - timedelta(days=WEEK_DAYS)),
        run_walk_min=run_walk,
        slower_percent=slower,
        because=tuple(because.found),
    )


class _Because:
    """Gathers the reasons of one advice."""

    def __init__(self, templates: Mapping[str, Template], units: Units) -> None:
        self.templates = templates
        self.units = units
        self.found: list[Reason] = []

    def add(self, key: str, **inputs: str | int) -> None:
        shown: dict[str, Input] = dict(inputs)
        reason = give(self.templates[key], source=None, **shown)
        self.found.append(replace(reason, text=self.units.said(reason.text)))


def _say_line(day: date, line: Line, runs: Sequence[Run], because: _Because) -> None:
    units = because.units
    inputs: dict[str, str] = {"cap": units.line(line.metres)}
    if line.on is not None:
        inputs["on"] = day_words(line.on, today=day)
    if line.until is not None:
        inputs["until"] = day_words(line.until, today=day).removeprefix("on ")
    if line.of_m is not None:
        inputs["of"] = units.line(line.of_m) if line.ground in BOUNDS else units.far(line.of_m)
    key = f"run_line_{line.ground.value}"
    if line.ground is Ground.WEEK:
        inputs["done"] = units.far(_week(runs, day - timedelta(days=1), days=WEEK_DAYS - 1))
        key += "" if line.metres else "_full"
    because.add(key, **inputs)


def _latest(day: date, runs: Sequence[Run], because: _Because) -> Spike | None:
    """The spike of the latest run within seven days, with a word if it was one."""
    if not runs or runs[-1].day <= day - timedelta(days=WEEK_DAYS):
        return None
    run, spike = spikes(runs)[-1]
    if spike is not Spike.USUAL:
        longest = longest_before(runs, run.day) or 0
        units = because.units
        because.add(f"run_spike_{spike.value}", distance=units.far(run.distance_m), longest=units.far(longest))
    return spike


def _ways(
    day: date, line: Line, felt: Felt, because: _Because
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """How to run, if at all: in turns with walking at a start, slower and with walks while the knee is sore."""
    if line.ground in SMALL and line.metres <= RESTART_MOST_M:
        because.add("run_walk_restart", run=RESTART_RUN_WALK_MIN[0], walk=RESTART_RUN_WALK_MIN[1])
        return RESTART_RUN_WALK_MIN, None
    if line.on is None or line.ground not in (Ground.SORE, Ground.FLARED):
        return None, None
    pain = felt.pain_of(line.on, today=day)
    if pain > GREEN_MAX:
        because.add("run_sore", pain=pain, on=day_words(line.on, today=day))
    else:
        because.add("run_unsettled", on=day_words(line.on, today=day))
    if line.ground is Ground.FLARED:
        return None, None
    because.add("run_shorter")
    because.add("run_walk", run=RUN_WALK_MIN[0], walk=RUN_WALK_MIN[1])
    because.add("run_slower", least=SLOWER_PERCENT[0], most=SLOWER_PERCENT[1])
    return RUN_WALK_MIN, SLOWER_PERCENT


def _say_cadence(cadence: Cadence, because: _Because) -> None:
    if cadence.step is Step.ENOUGH:
        because.add("run_cadence_enough", cadence=cadence.usual_spm or 0)
    elif cadence.step is Step.REACHED:
        because.add("run_cadence_reached", base=cadence.base_spm or 0, cadence=cadence.usual_spm or 0)
    elif cadence.target_spm is not None:
        low, high = cadence.target_spm
        because.add("run_cadence", base=cadence.base_spm or 0, low=low, high=high)
        because.add("run_cadence_load")
        because.add("run_cadence_how")


def _week(runs: Sequence[Run], last: date, *, days: int = WEEK_DAYS) -> int:
    """How far in so many days up to a day."""
    return sum(round(r.distance_m) for r in runs if last - timedelta(days=days) < r.day <= last)


def _percent(longest_m: int | None, percent: int) -> int | None:
    return None if longest_m is None else longest_m * percent // 100


def day_words(day: date, *, today: date) -> str:
    """When something is, in a sentence: today, yesterday, on Monday; on 9 November where that would not be clear."""
    ago = (today - day).days
    if ago in (-1, 0, 1):
        return ("today", "yesterday", "tomorrow")[ago]
    return f"on {day:%A}" if 1 < ago < WEEK_DAYS else f"on {day.day} {day:%B}"
