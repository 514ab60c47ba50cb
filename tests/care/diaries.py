"""Simulated diaries of a knee: some in which nothing goes with anything, some with a true effect of a known size."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import exp, pi, sin, sqrt
from random import Random

from patella.care.factor import Diary
from patella.care.run import Run

FIRST_DAY = date(2025, 1, 6)  # a Monday
ROAD, TRAIL = "road", "trail"
SHOES: Mapping[str, float] = {"grey": 10.0, "blue": 4.0, "red": 8.0}
LATENT_MEAN = 2.5


@dataclass(slots=True, kw_only=True)
class Habits:
    """What a simulated person does and feels, day by day; every list has one value a day. Changed while it is made."""

    pain: list[float]
    km: list[float]
    sitting_h: list[float | None]
    exercised: list[bool]
    cadence_spm: list[float]
    shoe: list[str]
    surface: list[str]
    noted: list[bool] = field(default_factory=list)


def chance_of(seed: int) -> Random:
    """The chance that a diary is made with."""
    return Random(seed)  # noqa: S311 - a story, not a secret


def wave(chance: Random, count: int, *, memory: float, spread: float = 1.0) -> list[float]:
    """A series that remembers: each value is `memory` times the last, with fresh noise; its spread stays the same."""
    value, found = chance.gauss(0, spread), []
    fresh = spread * sqrt(1 - memory * memory)
    for _ in range(count):
        found.append(value)
        value = memory * value + chance.gauss(0, fresh)
    return found


def habits(chance: Random, count: int, *, memory: float = 0.6, pain_memory: float = 0.6) -> Habits:
    """An ordinary runner: three or four runs a week, a desk, an exercise every other day; pain minds none of it."""
    mood = wave(chance, count, memory=memory)
    running = [chance.random() < 1 / (1 + exp(-m)) for m in mood]
    long = wave(chance, count, memory=memory)
    return Habits(
        pain=[LATENT_MEAN + p for p in wave(chance, count, memory=pain_memory, spread=1.2)],
        km=[max(2.0, 7 + 2.5 * x) if r else 0.0 for r, x in zip(running, long, strict=True)],
        sitting_h=[min(14.0, max(0.0, 7 + 2 * x)) for x in wave(chance, count, memory=memory)],
        exercised=[x > 0 for x in wave(chance, count, memory=memory / 2)],
        cadence_spm=[165 + 5 * x for x in wave(chance, count, memory=memory)],
        shoe=[chance.choice(tuple(SHOES)) for _ in range(count)],
        surface=[TRAIL if x > 0.4 else ROAD for x in wave(chance, count, memory=memory / 2)],
        noted=[chance.random() < 0.92 for _ in range(count)],
    )


def diary(lived: Habits) -> Diary:
    """What such a person would have written down: whole numbers from 0 to 10, and nothing on days not noted."""
    days = [FIRST_DAY + timedelta(days=d) for d in range(len(lived.pain))]
    pain = [min(10, max(0, round(p))) for p in lived.pain]
    runs = tuple(
        Run(
            day=d,
            distance_m=lived.km[n] * 1000,
            cadence_spm=lived.cadence_spm[n],
            shoe=lived.shoe[n],
            surface=lived.surface[n],
        )
        for n, d in enumerate(days)
        if lived.km[n] > 0
    )
    return Diary(
        today=days[-1],
        mornings={d: p for d, p, noted in zip(days, pain, lived.noted, strict=True) if noted},
        runs=runs,
        drops_mm=SHOES,
        sitting_h={d: h for d, h in zip(days, lived.sitting_h, strict=True) if h is not None},
        exercised=frozenset(d for d, done in zip(days, lived.exercised, strict=True) if done),
    )


# --- diaries in which nothing goes with anything


def independent(chance: Random, count: int) -> Habits:
    return habits(chance, count, memory=0.0, pain_memory=0.0)


def autocorrelated(chance: Random, count: int) -> Habits:
    return habits(chance, count, memory=0.9, pain_memory=0.9)


def wandering(chance: Random, count: int) -> Habits:
    """Pain goes where it goes: almost a random walk."""
    return habits(chance, count, memory=0.95, pain_memory=0.985)


def trending(chance: Random, count: int) -> Habits:
    """Pain falls for months while distance, sitting and cadence rise."""
    lived = habits(chance, count)
    for d in range(count):
        way = d / count
        lived.pain[d] += 2 - 4 * way
        lived.km[d] *= 0.5 + way
        lived.sitting_h[d] = (lived.sitting_h[d] or 0) + 3 * way
        lived.cadence_spm[d] += 12 * way
        lived.exercised[d] = lived.exercised[d] and chance.random() < 0.3 + 0.7 * way
    return lived


def weekly(chance: Random, count: int) -> Habits:
    """Everything has its day of the week: long runs on Sundays, desk from Monday to Friday, Mondays are sore."""
    lived = habits(chance, count)
    for d in range(count):
        day = d % 7
        lived.km[d] = {1: 6.0, 3: 8.0, 6: 15.0}.get(day, 0.0) * chance.uniform(0.8, 1.2)
        lived.sitting_h[d] = (8.0 if day < 5 else 3.0) + chance.gauss(0, 0.7)
        lived.exercised[d] = day in (0, 2, 4) and chance.random() < 0.9
        lived.pain[d] += 1.2 * sin(2 * pi * (day + 2) / 7)
    return lived


def missing(chance: Random, count: int) -> Habits:
    """Mornings are noted when they hurt, sitting on desk days, and less and less of all of it."""
    lived = habits(chance, count, pain_memory=0.8)
    for d in range(count):
        eager = 1.2 - 0.8 * d / count
        lived.noted[d] = chance.random() < 1 / (1 + exp(-(eager + 0.6 * (lived.pain[d] - LATENT_MEAN))))
        if chance.random() < 0.25:
            lived.sitting_h[d] = None
    return lived


def missing_after_runs(chance: Random, count: int) -> Habits:
    """Mornings are noted after runs, and when they hurt: both at once."""
    lived = habits(chance, count, pain_memory=0.8)
    for d in range(count):
        ran = lived.km[d - 1] > 0
        lived.noted[d] = chance.random() < 1 / (1 + exp(-(0.5 + 1.0 * ran + 0.6 * (lived.pain[d] - LATENT_MEAN))))
    return lived


def nearly_calm(chance: Random, count: int) -> Habits:
    """A knee that says 0 most mornings and 1 or 2 on some."""
    lived = habits(chance, count, pain_memory=0.7)
    lived.pain = [p - LATENT_MEAN for p in lived.pain]
    return lived


def flaring(chance: Random, count: int) -> Habits:
    """Calm weeks, and now and then a bout of strong pain that fades."""
    lived = habits(chance, count)
    bout = 0.0
    for d in range(count):
        bout = 0.8 * bout + (chance.uniform(2, 6) if chance.random() < 0.03 else 0.0)
        lived.pain[d] = 0.5 + 0.4 * (lived.pain[d] - LATENT_MEAN) + bout
    return lived


def _answer(chance: Random, lived: Habits, d: int) -> None:
    """A sore morning: perhaps no run that day, less of everything, more sitting and more exercises."""
    sore = min(10, max(0, round(lived.pain[d]))) - LATENT_MEAN
    if chance.random() < 1 / (1 + exp(-(1.0 * sore - 0.5))):
        lived.km[d] = 0.0
    lived.km[d] *= max(0.3, 1 - 0.15 * sore)
    lived.exercised[d] = chance.random() < 1 / (1 + exp(-0.8 * sore))
    lived.sitting_h[d] = max(0.0, (lived.sitting_h[d] or 0) + 0.5 * sore)


def resting(chance: Random, count: int) -> Habits:
    """The runner answers the knee, every day; the knee does not answer the runner."""
    lived = habits(chance, count, pain_memory=0.8)
    for d in range(count):
        _answer(chance, lived, d)
    return lived


def lay_off(chance: Random, count: int) -> Habits:
    """Resting, with long bouts and a layoff while they last, and a return that builds up."""
    lived = resting(chance, count)
    bout, away = 0.0, 0
    for d in range(count):
        if chance.random() < 0.015:
            bout, away = chance.uniform(2, 4), chance.randint(7, 21)
        bout *= 0.9
        lived.pain[d] += bout
        away = max(0, away - 1)
        if away:
            lived.km[d] = 0.0
    return lived


def new_shoes(chance: Random, count: int) -> Habits:
    """One pair after the other, one ground after the other, while pain drifts."""
    lived = habits(chance, count, pain_memory=0.95)
    changes = sorted(chance.randrange(count) for _ in range(2))
    for d in range(count):
        stage = sum(1 for c in changes if d >= c)
        lived.shoe[d] = tuple(SHOES)[stage]
        lived.surface[d] = TRAIL if stage == 1 else ROAD
        lived.cadence_spm[d] += 4 * stage
    return lived


NOTHING: Mapping[str, Callable[[Random, int], Habits]] = {
    f.__name__: f
    for f in (
        *(independent, autocorrelated, wandering, trending, weekly, missing, missing_after_runs, nearly_calm, flaring),
        *(resting, lay_off, new_shoes),
    )
}


# --- diaries with a true effect: points of pain for each step of the factor, on the mornings that it touches

SITTING_STEP_H, KM_STEP, DROP_STEP_MM = 2.0, 5.0, 4.0


Steps = Callable[[Habits, int], float]


def _add(chance: Random, lived: Habits, effect: float, steps: Steps, *, lag: int = 0) -> Habits:
    """The knee answers the runner, and the runner the knee."""
    for d in range(len(lived.pain)):
        if d > lag:
            lived.pain[d] += effect * steps(lived, d - 1 - lag)
        _answer(chance, lived, d)
    return lived


def _person(chance: Random, count: int) -> Habits:
    return habits(chance, count, pain_memory=0.8)


def sitting_hurts(chance: Random, count: int, effect: float) -> Habits:
    """Points of pain the next morning for each two hours more."""
    return _add(chance, _person(chance, count), effect, lambda h, d: ((h.sitting_h[d] or 0) - 7) / SITTING_STEP_H)


def distance_hurts_late(chance: Random, count: int, effect: float) -> Habits:
    """Points of pain on the second morning for each 5 km more."""
    return _add(chance, _person(chance, count), effect, lambda h, d: (h.km[d] - 4) / KM_STEP, lag=1)


def spikes_hurt(chance: Random, count: int, effect: float) -> Habits:
    """Points of pain the morning after a race of a fifth more than the longest run of a month, twice a month."""
    lived = _person(chance, count)
    raced: set[int] = set()
    for d in range(count):
        longest = max(lived.km[max(0, d - 30) : d], default=0.0)
        if d - 1 in raced:
            lived.pain[d] += effect
        _answer(chance, lived, d)
        lived.km[d] = min(lived.km[d], 8.0)
        if d > 7 and chance.random() < 0.07:
            lived.km[d] = longest * 1.2
            raced.add(d)
    return lived


def drop_hurts(chance: Random, count: int, effect: float) -> Habits:
    """Points of pain the morning after a run for each 4 mm more heel drop."""
    return _add(
        chance,
        _person(chance, count),
        effect,
        lambda h, d: (SHOES[h.shoe[d]] - 7) / DROP_STEP_MM if h.km[d] else 0.0,
    )


def exercises_help(chance: Random, count: int, effect: float) -> Habits:
    """Points less the morning after a day with exercises."""
    return _add(chance, _person(chance, count), -effect, lambda h, d: float(h.exercised[d]) - 0.5)


EFFECTS: Mapping[str, tuple[Callable[[Random, int, float], Habits], str, int]] = {
    "sitting, for 2 h more": (sitting_hurts, "sitting", 0),
    "distance, second morning, for 5 km more": (distance_hurts_late, "distance", 1),
    "a spike": (spikes_hurt, "spike", 0),
    "heel drop, for 4 mm more": (drop_hurts, "drop", 0),
    "exercises done": (exercises_help, "exercises", 0),
}
