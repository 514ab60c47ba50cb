"""One activity a line: Zepp's `SPORT_*.csv`, Samsung Health's and Fitbit's exercises, Runkeeper's own list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import islice

from patella.files.activity import UNKNOWN, Activity, in_utc, plain_name
from patella.files.garmin import seconds_in
from patella.files.row import Row
from patella.files.sport import sport_named, strange_word, surface_named, word_of
from patella.files.spreadsheet import rows_of
from patella.files.texts import read_number

MILE_M = 1609.344
_OFFSET = re.compile(r"(?:UTC)?([+-])(\d\d):?(\d\d)")
_UNIT = re.compile(r"distance \((km|mi)\)")
Told = Mapping[str, str]


def reader_of(head: Sequence[str]) -> tuple[Callable[[Told], Row | None], int] | None:
    """Who reads the lines below a head, and how many lines stand above it; None where it is none of these."""
    names = {h.strip().lower() for h in head}
    if {"type", "starttime", "sporttime(s)"} <= names:
        return _zepp, 0
    if {"activity id", "date", "type", "gpx file"} <= names:
        return _runkeeper, 0
    if {"exercise_start", "activity_name"} <= names:
        return _fitbit, 0
    return (_samsung, 1) if head and head[0].startswith("com.samsung.") and "exercise" in head[0] else None


def read_table(content: bytes, read: Callable[[Told], Row | None], above: int) -> Iterator[Row]:
    """Its lines. Raises BadFileError."""
    rows = islice(rows_of(content), above, None)
    head = [h.strip().lower().rpartition("exercise.")[2] for h in next(rows, [])]
    for row in rows:
        told = dict(zip(head, row, strict=False))
        if found := read(told):
            yield found


def _zepp(told: Told) -> Row | None:
    if not told.get("starttime"):
        return None
    number = told.get("type", "").strip()[:20]
    word = word_of("zepp", number)
    start = _moment(told["starttime"])
    seconds = _number(told.get("sporttime(s)"))
    activity = start and Activity(
        start=start.astimezone(UTC),
        offset=start.utcoffset() or None,
        sport=sport_named(word),
        source="csv",
        distance_m=_number(told.get("distance(m)")) or None,
        moving_s=seconds,
        elapsed_s=seconds,
        surface=surface_named(word),
        said=strange_word(word),
    )
    key = f"zepp {told['starttime'][:40]}"
    return Row(at=key, key=key, activity=activity or None)


def _fitbit(told: Told) -> Row | None:
    """Fitbit's `UserExercises_*.csv`, as Google hands it out; the same exercise may stand in `exercise-*.json` too."""
    text = told.get("exercise_start", "")
    if not text:
        return None
    start, end = _moment(text), _moment(told.get("exercise_end", ""))
    word, offset = told.get("activity_name", ""), _OFFSET.fullmatch(told.get("utc_offset", ""))
    far = _number(told.get("tracker_total_distance_mm"), 1000)
    seconds = (in_utc(end) - in_utc(start)).total_seconds() if start and end else 0.0
    activity = start and Activity(
        start=in_utc(start),
        offset=_apart(offset) if offset else None,
        sport=sport_named(word),
        source="csv",
        distance_m=far or _number(told.get("manually_logged_total_distance_mm"), 1000) or None,
        moving_s=seconds if seconds > 0 else None,
        elapsed_s=seconds if seconds > 0 else None,
        surface=surface_named(word),
        said=strange_word(word),
    )
    key = f"fitbit {told.get('exercise_id', text)[:60]}"
    return Row(at=key, key=key, activity=activity or None)


def _runkeeper(told: Told) -> Row | None:
    if not told.get("date"):
        return None
    word, start = told.get("type", ""), _moment(told["date"])
    unit = next((found[1] for name in told if (found := _UNIT.fullmatch(name))), None)
    far = _number(told.get(f"distance ({unit})"))
    seconds = seconds_in(told.get("duration", ""))
    activity = start and Activity(
        start=start.replace(tzinfo=UTC),
        local_only=True,
        sport=sport_named(word),
        source="csv",
        distance_m=far * (1000 if unit == "km" else MILE_M) if far else None,
        moving_s=seconds,
        elapsed_s=seconds,
        name=plain_name(told.get("route name")),
        surface=surface_named(word),
        said=strange_word(word),
    )
    key = f"runkeeper {told.get('activity id', '')[:60]}"
    return Row(at=key, key=key, activity=activity or None, file=told.get("gpx file", "").strip() or None)


def _samsung(told: Told) -> Row | None:
    word, text = told.get("exercise_type", ""), told.get("start_time", "")
    start, offset = _moment(text), _OFFSET.fullmatch(told.get("time_offset", ""))
    seconds = _number(told.get("duration"), 1000)
    if not text:
        return None
    activity = start and Activity(
        start=start.replace(tzinfo=UTC),
        offset=_apart(offset) if offset else None,
        sport=sport_named(word),
        source="csv",
        distance_m=_number(told.get("distance")) or None,
        moving_s=seconds,
        elapsed_s=seconds,
        surface=surface_named(word),
        said=None if sport_named(word) != UNKNOWN or not word else f"Samsung {word[:20]}",
    )
    key = f"samsung {told.get('datauuid', text)[:80]}"
    return Row(at=key, key=key, activity=activity or None)


def _apart(offset: re.Match[str]) -> timedelta | None:
    apart = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
    return (-apart if offset[1] == "-" else apart) or None


def _moment(text: str) -> datetime | None:
    with suppress(ValueError):
        return datetime.fromisoformat(text.strip())
    return None


def _number(text: str | None, scale: float = 1) -> float | None:
    value = read_number((text or "").strip())
    return value / scale if value is not None and 0 <= value < 1e12 else None  # noqa: PLR2004 - beyond it a mistake
