"""A clock that stands still until a test moves it."""

from __future__ import annotations


class Clock:
    """The time in seconds, as `time.time` gives it."""

    def __init__(self) -> None:
        """It is some day in September 2026."""
        self.now_s = 1_790_000_000.0

    def __call__(self) -> float:
        """The time."""
        return self.now_s
