"""The day that a note is about, as somebody said it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from patella.app.history.refused import TrainingError
from patella.app.patella import Patella


def check_day(app: Patella, value: object) -> date:
    """A day that is not in the future, from a date or text. Raises TrainingError with a sentence."""
    day = value if isinstance(value, date) else None
    if isinstance(value, str):
        with suppress(ValueError):
            day = date.fromisoformat(value)
    if day is None:
        raise TrainingError("A day is written as 2026-05-31.")
    if day > app.today:
        raise TrainingError(f"{day} lies ahead; today is {app.today}.")
    return day
