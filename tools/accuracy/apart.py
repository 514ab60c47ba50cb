"""What the error of a knee's flexion in one film consists of: lateness, what is always there, what grows with the bend.

The readings are taken for a line of the truth some moments before, and what that line leaves over is the trembling.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

_LATEST_MS, _STEP_MS = 200, 10
_LEAST_DEG = 10.0  # a knee that bends by less says nothing of what grows with the bend
Readings = Sequence[tuple[float, float]]  # time, degrees


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Degrees but for `late_ms`, and `slope`: degrees read for each true one. `moving_deg`: what lateness costs."""

    mean_deg: float
    bias_deg: float
    late_ms: int
    moving_deg: float
    slope: float
    rest_deg: float


def taken_apart(truth: Readings, read: Readings) -> Apart | None:
    """The error's parts; None where there are few readings, or where the knee hardly bends."""
    values = [v for _, v in read]
    if len(values) < 10 or max(v for _, v in truth) - min(v for _, v in truth) < _LEAST_DEG:  # noqa: PLR2004
        return None
    now = _true(truth, read, 0)
    shifts = range(0, _LATEST_MS + 1, _STEP_MS)
    late_ms = min(shifts, key=lambda ms: _line(_true(truth, read, ms), values)[2])
    then = _true(truth, read, late_ms)
    slope, start, _ = _line(then, values)
    return Apart(
        mean_deg=_mean_off(now, values), bias_deg=sum(v - t for t, v in zip(now, values, strict=True)) / len(values),
        late_ms=late_ms, moving_deg=_mean_off(now, values) - _mean_off(then, values), slope=slope,
        rest_deg=_mean_off([start + slope * t for t in then], values),
    )  # fmt: skip


def _true(truth: Readings, read: Readings, late_ms: int) -> list[float]:
    """What was true so long before each reading, between two rows of the table on the way from one to the other."""
    times = [t for t, _ in truth]
    found = []
    for t_s, _ in read:
        at_s = t_s - late_ms / 1000
        after = min(max(bisect_left(times, at_s), 1), len(times) - 1)
        (t0, v0), (t1, v1) = truth[after - 1], truth[after]
        found.append(v0 + (v1 - v0) * min(1.0, max(0.0, (at_s - t0) / (t1 - t0))))
    return found


def _line(true: Sequence[float], read: Sequence[float]) -> tuple[float, float, float]:
    """Slope and start of the line by least squares, and the sum of squares that it leaves."""
    n, mean_t, mean_r = len(true), sum(true) / len(true), sum(read) / len(read)
    spread = sum((t - mean_t) ** 2 for t in true) or 1.0
    slope = sum((t - mean_t) * (r - mean_r) for t, r in zip(true, read, strict=True)) / spread
    start = mean_r - slope * mean_t
    return slope, start, sum((r - start - slope * t) ** 2 for t, r in zip(true, read, strict=True)) / n


def _mean_off(true: Sequence[float], read: Sequence[float]) -> float:
    return sum(abs(r - t) for t, r in zip(true, read, strict=True)) / len(read)
