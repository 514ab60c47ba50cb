"""A timer that knows when it ends, so that a process that was stopped or slow loses nothing."""

from __future__ import annotations

import math
from collections.abc import Callable

LAST_SECONDS = 5
BELL_SECONDS = 3
HALF_WAY_FROM_S = 10.0


class Countdown:
    """Seconds until an end that was fixed at the beginning; `clock` is a monotonic clock in seconds."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        """Start now."""
        self.seconds = seconds
        self._clock = clock
        self._end = clock() + seconds
        self._paused_left: float | None = None
        self._told = seconds

    @property
    def left(self) -> float:
        """Seconds left, never below 0."""
        left = self._end - self._clock() if self._paused_left is None else self._paused_left
        return max(0.0, left)

    @property
    def elapsed(self) -> float:
        """Seconds that have gone by, pauses left out."""
        return self.seconds - self.left

    @property
    def shown(self) -> int:
        """The whole seconds to show."""
        return math.ceil(self.left)

    @property
    def to_next_second(self) -> float:
        """Seconds until the shown number changes."""
        return self.left - (self.shown - 1) if self.left else 0.0

    def pause(self) -> None:
        """Stop the time."""
        self._paused_left = self.left

    def go_on(self) -> None:
        """Let the time run on from where it was stopped."""
        if self._paused_left is not None:
            self._end = self._clock() + self._paused_left
            self._paused_left = None

    def passed_half(self) -> bool:
        """Whether half-way was passed since this or `passed_seconds` was asked; only for ten seconds and more."""
        half = self.seconds / 2
        return self.seconds >= HALF_WAY_FROM_S and self.left <= half < self._told

    def passed_seconds(self) -> list[int]:
        """The last seconds (5 to 1) that were reached since this was asked."""
        told, left = self._told, self.left
        self._told = left
        return [n for n in range(LAST_SECONDS, 0, -1) if left <= n < told and left > n - 1]
