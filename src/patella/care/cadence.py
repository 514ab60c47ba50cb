"""Steps a minute: one target, set once from what was usual at first sight, so that it never runs ahead of anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from patella.care.run import Run

CADENCE_RUNS = 3
WINDOW_DAYS = 30
ENOUGH_SPM = 170
TARGET_PERCENT = (105, 110)


class Step(StrEnum):
    """What there is to do about the cadence."""

    UNKNOWN = "unknown"
    MORE = "more"
    REACHED = "reached"
    ENOUGH = "enough"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """Steps of both feet a minute: at first sight, lately, and the target between two numbers; None where not known."""

    step: Step
    base_spm: int | None = None
    usual_spm: int | None = None
    target_spm: tuple[int, int] | None = None


def base_cadence(runs: Sequence[Run]) -> int | None:
    """The median of the first thirty days in which three runs had a cadence; None where there are none.

    `runs` are those from first sight on, in the order of days: the thirty days before Patella was begun, and all since.
    """
    known = [r for r in runs if r.cadence_spm is not None]
    for first in known:
        window = [r for r in known if first.day <= r.day <= first.day + timedelta(days=WINDOW_DAYS)]
        if len(window) >= CADENCE_RUNS:
            return _median(window)
    return None


def look_at(day: date, runs: Sequence[Run], base_spm: int | None) -> Cadence:
    """Whether more steps would help: 5 to 10 % above the base, where that is 170 or less. Source: La Trobe TREK."""
    lately = [r for r in runs if day - timedelta(days=WINDOW_DAYS) <= r.day <= day and r.cadence_spm is not None]
    if base_spm is None or len(lately) < CADENCE_RUNS:
        return Cadence(step=Step.UNKNOWN, base_spm=base_spm)
    usual = _median(lately)
    if base_spm > ENOUGH_SPM:
        return Cadence(step=Step.ENOUGH, base_spm=base_spm, usual_spm=usual)
    low, high = (round(base_spm * p / 100) for p in TARGET_PERCENT)
    step = Step.REACHED if usual >= low else Step.MORE
    return Cadence(step=step, base_spm=base_spm, usual_spm=usual, target_spm=(low, high))


def _median(runs: Sequence[Run]) -> int:
    ranked = sorted(r.cadence_spm or 0.0 for r in runs)
    return round(ranked[len(ranked) // 2])
