"""How far one run went beyond the longest of the thirty days before it: what Frandsen 2025 went by."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from patella.care.run import Run

LOOK_BACK_DAYS = 30
WARN_PERCENT, STRONG_PERCENT, RED_PERCENT = 110, 130, 200
RESTART_LEAST_M, RESTART_MOST_M = 1610, 3000  # the first is a mile
USUAL_RUNS = 10


class Spike(StrEnum):
    """How far one run went beyond the longest of the 30 days before it: by more than 10 %, 30 % or 100 %."""

    USUAL = "usual"
    WARN = "warn"
    STRONG = "strong"
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A run against what was behind it: the longest of 30 days, and what a restart would have been, in metres.

    The restart is looked up where it matters: for a spike, for a race, and where no run is within 30 days.
    """

    run: Run
    spike: Spike
    longest_m: int | None
    restart_m: int | None


def usual_run_m(runs: Sequence[Run]) -> int | None:
    """The median of the last ten runs, in whole metres; None where there is none. `runs` are in the order of days."""
    ranked = sorted(round(r.distance_m) for r in runs[-USUAL_RUNS:])
    return ranked[len(ranked) // 2] if ranked else None


def restart_of(usual_m: int | None) -> int | None:
    """How far a fresh start goes: half of a usual run, from a mile of walking and running up to 3 km.

    Source: the mile is the first phase of a return-to-run programme (Crowell 2023, table 1); the rest is Patella's own.
    """
    return None if usual_m is None else min(max(usual_m // 2, RESTART_LEAST_M), RESTART_MOST_M)


def spike_of(distance_m: float, longest_m: float | None, *, floor_m: float = 0) -> Spike:
    """How a run of this length stands to the longest of the 30 days before it, both taken to the whole metre.

    Exactly 10, 30 or 100 % more still belongs to the calmer class. Nothing is a spike where no run is known, or up to
    `floor_m`, which a restart allows. Source: Frandsen 2025 (the classes).
    """
    here = round(distance_m)
    if longest_m is None or here <= round(floor_m):
        return Spike.USUAL
    percent, longest = here * 100, round(longest_m)
    for spike, over in ((Spike.RED, RED_PERCENT), (Spike.STRONG, STRONG_PERCENT), (Spike.WARN, WARN_PERCENT)):
        if percent > longest * over:
            return spike
    return Spike.USUAL


def spikes(runs: Sequence[Run]) -> tuple[tuple[Run, Spike], ...]:
    """Every run in the order of days, each against the longest run of the 30 days before its day."""
    return tuple((j.run, j.spike) for j in judge(sorted(runs, key=lambda r: r.day)))


def judge(ordered: Sequence[Run]) -> Iterator[Judged]:
    """Every run with what was behind it. `ordered` are in the order of days."""
    longest: deque[Run] = deque()  # falling distances: the first is the longest of the window
    entered = 0
    for run in ordered:
        while ordered[entered].day < run.day:
            _enter(longest, ordered[entered])
            entered += 1
        while longest and longest[0].day < run.day - timedelta(days=LOOK_BACK_DAYS):
            longest.popleft()
        most = round(longest[0].distance_m) if longest else None
        spike, restart = spike_of(run.distance_m, most), None
        if spike is not Spike.USUAL or most is None or run.race:
            restart = restart_of(usual_run_m(ordered[max(0, entered - USUAL_RUNS) : entered]))
            spike = spike_of(run.distance_m, most, floor_m=restart or 0)
        yield Judged(run=run, spike=spike, longest_m=most, restart_m=restart)


def _enter(longest: deque[Run], run: Run) -> None:
    while longest and longest[-1].distance_m <= run.distance_m:
        longest.pop()
    longest.append(run)


def longest_before(runs: Sequence[Run], day: date) -> int | None:
    """The longest run of the 30 days before a day, in whole metres; None where there was none."""
    since = day - timedelta(days=LOOK_BACK_DAYS)
    return max((round(r.distance_m) for r in runs if since <= r.day < day), default=None)
