"""Movement that repeats itself: how long a cycle takes, and the mean cycle, finer than pictures come.

Pictures fall at another place of every cycle, so that all of them together show one cycle more finely than any does:
each reading goes to its place in the cycle, each place takes the middle reading, and a few harmonics join them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

BINS, HARMONICS = 48, 8
FINE = 360  # places at which a mean cycle is told
GRID_HZ = 60
_WIDEST = 8  # of all places in a row: with so many unseen a cycle is not known
_UNEVEN = 0.2  # a cycle that is so much longer or shorter than usual is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycles:
    """Moments at which cycles begin, in order, and which of them are whole and of a usual length."""

    starts_s: tuple[float, ...]
    usual_s: float

    @property
    def length_s(self) -> float:
        """How long one takes, the mean of those of a usual length and of stretches in which some were missed."""
        stretches = [(b - a, round((b - a) / self.usual_s)) for a, b in pairwise(self.starts_s)]
        fit = [(s, n) for s, n in stretches if n and abs(s / self.usual_s - n) <= _UNEVEN]
        return sum(s for s, _ in fit) / sum(n for _, n in fit) if fit else self.usual_s

    @property
    def whole(self) -> tuple[tuple[float, float], ...]:
        """From when to when each cycle of a usual length goes."""
        return tuple((a, b) for a, b in pairwise(self.starts_s) if abs(b - a - self.usual_s) <= _UNEVEN * self.usual_s)

    def places(self, times_s: Sequence[float]) -> list[float | None]:
        """Where in its cycle each moment lies, from 0 up to 1; None outside of whole ones. Moments are in order."""
        spans = iter(self.whole)
        span = next(spans, None)
        found = list[float | None]()
        for t in times_s:
            while span and t >= span[1]:
                span = next(spans, None)
            found.append((t - span[0]) / (span[1] - span[0]) if span and t >= span[0] else None)
        return found


def find_cycles(
    times_s: Sequence[float], values: Sequence[float], shortest_s: float, longest_s: float
) -> Cycles | None:
    """The cycles of a curve, each from where it rises through its middle; None where there are not two."""
    middle = middle_of(values)
    least = 0.25 * (_share(values, 0.9) - _share(values, 0.1))
    starts = list[float]()
    below = False  # whether it has been well below the middle since the last start
    crossed: float | None = None
    for (t0, v0), (t1, v1) in pairwise(zip(times_s, values, strict=True)):
        if v0 < middle - least:
            below = True
        if v0 < middle <= v1 and below:
            crossed = t0 + (t1 - t0) * (middle - v0) / (v1 - v0)
        if crossed is not None and v1 > middle + least:
            if not starts or crossed - starts[-1] >= shortest_s / 2:
                starts.append(crossed)
            crossed, below = None, False
    lengths = [b - a for a, b in pairwise(starts) if shortest_s <= b - a <= longest_s]
    return Cycles(starts_s=tuple(starts), usual_s=median(lengths)) if len(lengths) > 1 else None


def middle_of(values: Sequence[float]) -> float:
    """Half-way between where a curve usually turns."""
    return (_share(values, 0.1) + _share(values, 0.9)) / 2


def find_period(times_s: Sequence[float], values: Sequence[float], shortest_s: float, longest_s: float) -> float | None:
    """The time after which a curve is most like itself, between two bounds; None where it is like itself at none."""
    count = int((times_s[-1] - times_s[0]) * GRID_HZ) if times_s else 0
    grid = list[float]()
    at = 0
    for n in range(count):
        t = times_s[0] + n / GRID_HZ
        while times_s[at + 1] < t:
            at += 1
        share = (t - times_s[at]) / (times_s[at + 1] - times_s[at])
        grid.append(values[at] + (values[at + 1] - values[at]) * share)
    lags = range(int(shortest_s * GRID_HZ), math.ceil(longest_s * GRID_HZ) + 1)
    if count < 2 * lags[-1]:
        return None
    middle = sum(grid) / count
    likes = [sum((a - middle) * (b - middle) for a, b in zip(grid, grid[n:], strict=False)) / (count - n) for n in lags]
    best = max(range(len(likes)), key=lambda i: likes[i])
    if not 0 < best < len(likes) - 1 or likes[best] <= 0:
        return None
    before, most, after = likes[best - 1 : best + 2]
    return (lags[best] + (before - after) / (2 * (before - 2 * most + after))) / GRID_HZ


def mean_cycle(places: Sequence[float | None], values: Sequence[float | None]) -> tuple[float, ...] | None:
    """The mean cycle of a measure at `FINE` places; None where too much of it was never seen."""
    bins: list[list[float]] = [[] for _ in range(BINS)]
    for place, value in zip(places, values, strict=True):
        if place is not None and value is not None:
            bins[int(place * BINS) % BINS].append(value)
    known = [i for i, found in enumerate(bins) if found]
    if not known or max(b - a for a, b in pairwise([*known, known[0] + BINS])) > _WIDEST:
        return None
    return _joined([_filled(bins, known, i) for i in range(BINS)])


def _filled(bins: Sequence[Sequence[float]], known: Sequence[int], at: int) -> float:
    """The middle reading of one place, or on the line between its neighbours."""
    if bins[at]:
        return median(bins[at])
    before = max((i for i in known if i < at), default=known[-1] - BINS)
    after = min((i for i in known if i > at), default=known[0] + BINS)
    low, high = median(bins[before % BINS]), median(bins[after % BINS])
    return low + (high - low) * (at - before) / (after - before)


def _joined(readings: Sequence[float]) -> tuple[float, ...]:
    count = len(readings)
    level = sum(readings) / count
    waves = []
    for k in range(1, HARMONICS + 1):
        turns = [math.tau * k * (i + 0.5) / count for i in range(count)]
        waves.append(
            (
                2 / count * sum(r * math.cos(a) for r, a in zip(readings, turns, strict=True)),
                2 / count * sum(r * math.sin(a) for r, a in zip(readings, turns, strict=True)),
            )
        )
    return tuple(
        level
        + sum(
            c * math.cos(math.tau * k * i / FINE) + s * math.sin(math.tau * k * i / FINE)
            for k, (c, s) in enumerate(waves, 1)
        )
        for i in range(FINE)
    )


def _share(values: Sequence[float], share: float) -> float:
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]
