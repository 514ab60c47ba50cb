"""Smooths one number over time without lagging behind quick movement (One-Euro filter)."""

from __future__ import annotations

import math

SLOWEST_HZ = 1.2  # cut-off at rest: takes the trembling out of a joint that is held still
PER_SPEED = 0.04  # how many hertz each unit a second adds, for units of about a degree
SPEED_HZ = 1.5  # cut-off of the speed itself
RESET_S = 0.5  # after a longer gap the filter begins anew: what was before says nothing about now
_SHORTEST_S = 1e-3
_TURN = 2 * math.pi


def smooth(value: float, before: float | None, speed: float, dt_s: float, unit: float = 1.0) -> tuple[float, float]:
    """The smoothed value and its speed (units a second), from the reading, what was smoothed before, and the time.

    `unit` is the size of a small change in this measure, a degree for angles: it scales how much speed opens the
    filter. Casiez, Roussel and Vogel (2012).
    """
    if before is None or dt_s > RESET_S:
        return value, 0.0
    dt_s = max(dt_s, _SHORTEST_S)
    turn, way = _TURN * dt_s, value - before
    follows = turn * SPEED_HZ
    speed += (way / dt_s - speed) * (follows / (1.0 + follows))
    open_ = turn * (SLOWEST_HZ + PER_SPEED * abs(speed) / unit)
    return before + way * (open_ / (1.0 + open_)), speed
