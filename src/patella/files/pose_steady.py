"""Steadies landmarks from picture to picture, as the same models are steadied in the page, so that both read alike."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
USUAL_S = 1 / 30
SPEED_HZ = 1.0
VISIBILITY_SHARE = 0.1  # of each new reading


class Steady:
    """A One-Euro filter for an array (Casiez, Roussel and Vogel 2012)."""

    def __init__(self, *, slowest_hz: float, per_speed: float) -> None:
        """Takes the cut-off at rest, and how much it grows with speed, which is in body sizes a second or metres."""
        self._slowest_hz, self._per_speed = slowest_hz, per_speed
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self._raw: Doubles | None = None
        self._value: Doubles = np.zeros(0)
        self._speed: Doubles = np.zeros(0)

    def steadied(self, raw: Doubles, dt_s: float, size: float = 1.0) -> Doubles:
        """The values, steadied; `size` is how large the body is in the same units."""
        dt_s = dt_s if dt_s > 0 else USUAL_S
        if self._raw is None:
            self._value, self._speed = raw, np.zeros_like(raw)
        else:
            self._speed = self._speed + _share(SPEED_HZ, dt_s) * ((raw - self._raw) / (size * dt_s) - self._speed)
            share = _share(self._slowest_hz + self._per_speed * np.abs(self._speed), dt_s)
            self._value = self._value + share * (raw - self._value)
        self._raw = raw
        return self._value


class Slow:
    """Takes a tenth of each new value."""

    def __init__(self) -> None:
        """Begins with nothing."""
        self._value: Doubles | None = None

    def forget(self) -> None:
        """Begin anew."""
        self._value = None

    def steadied(self, raw: Doubles) -> Doubles:
        """The values, steadied."""
        self._value = raw if self._value is None else self._value + VISIBILITY_SHARE * (raw - self._value)
        return self._value


def _share(cutoff_hz: Doubles | float, dt_s: float) -> Doubles:
    turn = 2 * math.pi * dt_s * np.asarray(cutoff_hz, dtype=np.float64)
    share: Doubles = turn / (1 + turn)
    return share
