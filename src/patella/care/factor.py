"""What a day may bring that a morning could go with: each factor as a series of days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from patella.care.run import Run
from patella.care.spike import Spike, spikes

LONGEST_DAYS = 730
SILENT_DAYS = 14
MOST_LEVELS = 4
KM_STEP, CADENCE_STEP_SPM, DROP_STEP_MM, SITTING_STEP_H = 5.0, 5.0, 4.0, 2.0
FEWEST_EACH = 6
FEWEST_DAYS = 20
FEWEST_TURNS = 6
FEWEST_VALUES = 4


class Factor(StrEnum):
    """What is looked at, in the order in which a tie is decided."""

    DISTANCE = "distance"
    SPIKE = "spike"
    SITTING = "sitting"
    EXERCISES = "exercises"
    CADENCE = "cadence"
    DROP = "drop"
    SURFACE = "surface"
    SHOE = "shoe"

    @property
    def unit(self) -> Unit:
        """What its values are counted in."""
        return _UNITS.get(self, Unit.WHETHER)


class Unit(StrEnum):
    """What the values of a factor are counted in; `WHETHER` is 1 for a day with it and 0 for one without."""

    KM = "km"
    HOURS = "h"
    STEPS_A_MINUTE = "spm"
    MM = "mm"
    WHETHER = "whether"


_UNITS: Mapping[Factor, Unit] = {
    Factor.DISTANCE: Unit.KM,
    Factor.SITTING: Unit.HOURS,
    Factor.CADENCE: Unit.STEPS_A_MINUTE,
    Factor.DROP: Unit.MM,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """All that is looked at. `mornings` is pain by day; `drops_mm` the heel drop by shoe; None or absent is unknown.

    `exercised` are the days with a session; None where sessions are not known at all.
    """

    today: date
    mornings: Mapping[date, int]
    runs: tuple[Run, ...] = ()
    drops_mm: Mapping[str, float] = field(default_factory=dict)
    sitting_h: Mapping[date, float] = field(default_factory=dict)
    exercised: frozenset[date] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One factor (or one shoe or surface against the rest) by day number; None where it is unknown.

    `step` is the difference an effect is told for: 5 km, 2 h, or 1 for yes against no.
    """

    factor: Factor
    which: str | None
    step: float
    values: tuple[float | None, ...]

    @property
    def known(self) -> list[float]:
        """The values that are known, in the order of days."""
        return [v for v in self.values if v is not None]

    @property
    def lacking(self) -> int:
        """How many days more it needs at least before it can be looked at; 0 when it can be."""
        known = self.known
        kinds = Counter(known)
        most = max(kinds.values(), default=0)
        few = FEWEST_EACH - (len(known) - most)
        if len(kinds) < FEWEST_VALUES:
            turns = sum(1 for a, b in pairwise(known) if a != b)
            few = max(few, FEWEST_EACH - most, FEWEST_TURNS - turns)
        return max(few, FEWEST_DAYS - len(known), 0)


def first_day(diary: Diary) -> date:
    """The day a look begins with: that of the first morning, two years back at most."""
    return max(min(diary.mornings, default=diary.today), diary.today - timedelta(days=LONGEST_DAYS - 1))


def days_of(diary: Diary) -> list[date]:
    """Every day of a look, from its first to today."""
    first = first_day(diary)
    return [first + timedelta(days=n) for n in range((diary.today - first).days + 1)]


def series_of(diary: Diary) -> list[Series]:
    """Every factor of a diary as a series of its days, in the order in which a tie is decided."""
    days = days_of(diary)
    runs: dict[date, list[Run]] = {}
    for run in diary.runs:
        runs.setdefault(run.day, []).append(run)
    spiked = {run.day for run, spike in spikes(diary.runs) if spike is not Spike.USUAL}

    def on_run_days(value: Callable[[date, list[Run]], float | None]) -> list[float | None]:
        return [value(d, runs[d]) if d in runs else None for d in days]

    found = [
        (Factor.DISTANCE, None, KM_STEP, _distance(days, runs)),
        (Factor.SPIKE, None, 1.0, on_run_days(lambda d, _: float(d in spiked))),
        (Factor.SITTING, None, SITTING_STEP_H, [diary.sitting_h.get(d) for d in days]),
        (Factor.EXERCISES, None, 1.0, _exercises(days, diary.exercised)),
        (Factor.CADENCE, None, CADENCE_STEP_SPM, on_run_days(lambda _, r: _by_distance(r, lambda x: x.cadence_spm))),
        (Factor.DROP, None, DROP_STEP_MM, on_run_days(lambda _, r: _by_distance(r, lambda x: _drop(diary, x)))),
        *_one_against_rest(Factor.SURFACE, on_run_days, runs, lambda r: r.surface),
        *_one_against_rest(Factor.SHOE, on_run_days, runs, lambda r: r.shoe),
    ]
    return [Series(factor=f, which=which, step=step, values=tuple(v)) for f, which, step, v in found]


def _distance(days: Sequence[date], runs: Mapping[date, list[Run]]) -> list[float | None]:
    """Kilometres a day: none between the first run and two weeks after the last is a day without; else unknown."""
    if not runs:
        return [None] * len(days)
    first, last = min(runs), max(runs) + timedelta(days=SILENT_DAYS)
    return [sum(r.distance_m for r in runs.get(d, ())) / 1000 if first <= d <= last else None for d in days]


def _exercises(days: Sequence[date], exercised: frozenset[date] | None) -> list[float | None]:
    if not exercised:
        return [None] * len(days)
    first, last = min(exercised), max(exercised) + timedelta(days=SILENT_DAYS)
    return [float(d in exercised) if first <= d <= last else None for d in days]


def _by_distance(runs: Iterable[Run], value: Callable[[Run], float | None]) -> float | None:
    """The mean over a day's runs, longer ones counting more; None where none has the value."""
    known = [(v, r.distance_m) for r in runs if (v := value(r)) is not None]
    metres = sum(m for _, m in known)
    return sum(v * m for v, m in known) / metres if metres else None


def _drop(diary: Diary, run: Run) -> float | None:
    return diary.drops_mm.get(run.shoe) if run.shoe is not None else None


def _one_against_rest(
    factor: Factor,
    on_run_days: Callable[[Callable[[date, list[Run]], float | None]], list[float | None]],
    runs: Mapping[date, list[Run]],
    kind: Callable[[Run], str | None],
) -> list[tuple[Factor, str | None, float, list[float | None]]]:
    """The commonest shoes (or surfaces), each against all others; of two only one, as the other is its mirror."""
    counted = Counter(k for day in runs.values() for r in day if (k := kind(r)) is not None)
    names = [name for name, _ in counted.most_common(MOST_LEVELS)]
    if len(counted) == 2:  # noqa: PLR2004 - this one or the other
        names = names[1:]

    def share(name: str) -> Callable[[date, list[Run]], float | None]:
        def of_day(_: date, day: list[Run]) -> float | None:
            mine = _by_distance(day, lambda r: None if kind(r) is None else float(kind(r) == name))
            return None if mine is None else float(mine >= 0.5)  # noqa: PLR2004 - most of the way

        return of_day

    return [(factor, name, 1.0, on_run_days(share(name))) for name in names if len(counted) > 1]
