"""Hours of sitting and minutes barefoot: the last word of a day counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID, uuid5

from patella.app.history.amend import is_there
from patella.app.history.day import check_day
from patella.app.history.events import loose_events
from patella.app.history.refused import TrainingError
from patella.app.patella import Patella
from patella.care.entries.kinds import Kind
from patella.care.entries.of_knee import BarefootNoted, SittingNoted
from patella.files.bad_file import BadFileError

DAY_H, DAY_MIN = 24.0, 1440
BY_HAND, BY_WATCH = "hand", "activitywatch"
MOST_DAYS = 400
DAYS = UUID("7d3c0a6e-5a8e-5a55-8a9e-736974746e67")


def note_sitting(app: Patella, hours: object, *, day: date | None = None, entry_id: str | None = None) -> float | None:
    """Note how many hours were sat on a day, 0 to 24; None takes back what was said. Raises TrainingError."""
    value = None if hours is None else _number(hours, DAY_H, "Hours of sitting are a number from 0 to 24.")
    _note(app, Kind.SITTING_NOTED, {"hours": value, "source": BY_HAND}, day=day, entry_id=entry_id)
    return value


def note_barefoot(
    app: Patella, minutes: object, *, day: date | None = None, entry_id: str | None = None
) -> float | None:
    """Note how many minutes were walked or stood barefoot on a day; None takes it back. Raises TrainingError."""
    sentence = f"Minutes barefoot are a number from 0 to {DAY_MIN}."
    value = None if minutes is None else _number(minutes, DAY_MIN, sentence)
    _note(app, Kind.BAREFOOT_NOTED, {"minutes": value}, day=day, entry_id=entry_id)
    return value


def sitting_between(app: Patella, since: date | None, before: date | None) -> dict[date, float]:
    """Hours of sitting by day."""
    said = {
        e.day: e.said(SittingNoted).hours for e in loose_events(app, (Kind.SITTING_NOTED,), since=since, before=before)
    }
    return {day: hours for day, hours in said.items() if hours is not None}


def barefoot_between(app: Patella, since: date | None, before: date | None) -> dict[date, float]:
    """Minutes barefoot by day."""
    said = {
        e.day: e.said(BarefootNoted).minutes
        for e in loose_events(app, (Kind.BAREFOOT_NOTED,), since=since, before=before)
    }
    return {day: minutes for day, minutes in said.items() if minutes is not None}


async def read_sitting(app: Patella, *, days: int = 14, port: int | None = None) -> dict[date, float]:
    """Take the hours at the computer of the last whole days from ActivityWatch on this machine; what was taken.

    Days that were typed in stay as they were typed. Raises TrainingError with a sentence when it does not answer.
    """
    from patella.files.activitywatch import PORT, hours_at_desk

    if not 1 <= days <= MOST_DAYS:
        raise TrainingError(f"Days are a number from 1 to {MOST_DAYS}.")
    since, before = app.today - timedelta(days=days), app.today
    try:
        found = await hours_at_desk(since, before, None, port=port or PORT)
    except BadFileError as error:
        raise TrainingError(str(error)) from None
    said = loose_events(app, (Kind.SITTING_NOTED,), since=since, before=before)
    typed = {e.day for e in said if e.said(SittingNoted).source == BY_HAND}
    known = sitting_between(app, since, before)
    taken = {d: h for d, h in found.items() if d not in typed}
    for day, hours in taken.items():
        if known.get(day) != hours:
            body = {"hours": hours, "source": BY_WATCH}
            _note(app, Kind.SITTING_NOTED, body, day=day, entry_id=str(uuid5(DAYS, f"{day} {hours}")))
    return taken


def _note(app: Patella, kind: str, body: Mapping[str, object], *, day: date | None, entry_id: str | None) -> None:
    on = app.today if day is None else check_day(app, day)
    if entry_id is None or not is_there(app, entry_id, kind, body):
        app.write(kind, body, day=on, entry_id=entry_id)


def _number(value: object, most: float, sentence: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise TrainingError(sentence)
    return float(value)
