"""One activity a JSON file, as adidas, Polar, Nike, Suunto and Google Fit hand them out, and Fitbit's exercises.

Each is known by its own keys. Numbers for sports are those of the vendor; one that is not here is asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

from patella.files.activity import Activity
from patella.files.bad_file import BadFileError
from patella.files.garmin import LATEST_S, number_of
from patella.files.row import Row
from patella.files.sport import sport_named, strange_word, surface_named, word_of

LARGEST_BYTES = 5_000_000
MOST_ITEMS, MOST_PARTS = 20_000, 300_000  # a day with a place every second has a third of that
OTHER_JSON = "It is JSON, but of no activity that is known here; export FIT, GPX or TCX instead."
SAMPLES = b'"samples"'
MILE_M = 1609.344
DISTANCE = "com.google.distance.delta"
LARGEST_MS, LARGEST_MIN = 54_000_000, 900  # of an offset: fifteen hours
_DURATION = re.compile(r"(?:PT)?(?:(?P<h>\d{1,4})H)?(?:(?P<m>\d{1,6})M)?(?:(?P<s>\d{1,8}(?:\.\d{1,9})?)[Ss])?")
Told = Mapping[str, object]


def read_vendor(name: str, content: bytes) -> Iterator[Row]:
    """The activities of such a file. Raises BadFileError when it is none of them, or over 5 MB."""
    content = _without_samples(content) if len(content) > LARGEST_BYTES else content
    if len(content) > LARGEST_BYTES:
        raise BadFileError(
            f"It is larger than {LARGEST_BYTES // 1_000_000} MB: export this activity as FIT, GPX or TCX."
        )
    if content.count(b"[") + content.count(b"{") > MOST_PARTS:
        raise BadFileError("It is JSON of too many small parts: that is no activity; export FIT, GPX or TCX instead.")
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        raise BadFileError("It is JSON, but damaged.") from None
    stem = PurePosixPath(name).name.rpartition(".")[0]
    if isinstance(said, list):
        yield from _fitbit(said)
        return
    for key, read in READERS.items():
        if isinstance(said, dict) and key in said:
            yield from read(said, stem)
            return
    raise BadFileError(OTHER_JSON)


def _without_samples(content: bytes) -> bytes:
    """A long session of Polar without its samples, which stand at its end and are most of it."""
    at = content.find(SAMPLES)
    return content[:at] + SAMPLES + b": {}}]}" if 0 < at < LARGEST_BYTES and content.count(SAMPLES) == 1 else content


def _row(key: str, activity: Activity | None, file: str | None = None) -> Row:
    return Row(at=key, key=key, activity=activity, file=file)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What such a file says of an activity."""

    word: str
    offset: timedelta | None = None
    local_only: bool = False
    distance_m: float | None = None
    moving_s: float | None = None
    elapsed_s: float | None = None
    ascent_m: float | None = None


def _made(start: datetime | None, said: _Said) -> Activity | None:
    """The activity; None where nobody knows when it was."""
    if start is None:
        return None
    return Activity(
        start=start,
        offset=said.offset,
        local_only=said.local_only,
        sport=sport_named(said.word),
        source="json",
        distance_m=said.distance_m or None,
        moving_s=said.moving_s,
        elapsed_s=said.elapsed_s or said.moving_s,
        ascent_m=said.ascent_m,
        surface=surface_named(said.word),
        said=strange_word(said.word),
    )


def _adidas(said: Told, stem: str) -> Iterator[Row]:
    start, offset = _epoch(said, "start_time"), said.get("start_time_timezone_offset")
    number = str(said.get("sport_type_id"))
    moving_s = number_of(said, "duration", 1000)
    told = _Said(
        word=word_of("adidas", number),
        offset=timedelta(milliseconds=offset) if isinstance(offset, int) and abs(offset) < LARGEST_MS else None,
        distance_m=number_of(said, "distance", 1),
        moving_s=moving_s,
        elapsed_s=_apart(said, "start_time", "end_time"),
    )
    yield _row(f"adidas {said.get('id')}", _made(start, told), f"{stem}.gpx")


def _nike(said: Told, stem: str) -> Iterator[Row]:
    start = _epoch(said, "start_epoch_ms")
    sums = said.get("summaries")
    far = [s for s in sums if isinstance(s, dict) and s.get("metric") == "distance"] if isinstance(sums, list) else []
    told = _Said(
        word=str(said.get("type") or ""),
        distance_m=number_of(far[0], "value", 0.001) if far else None,
        moving_s=number_of(said, "active_duration_ms", 1000),
        elapsed_s=_apart(said, "start_epoch_ms", "end_epoch_ms"),
    )
    yield _row(f"nike {said.get('id') or stem}", _made(start, told))


def _polar(said: Told, stem: str) -> Iterator[Row]:
    exercises = said.get("exercises")
    for number, one in enumerate(exercises[:MOST_ITEMS] if isinstance(exercises, list) else []):
        if not isinstance(one, dict) or "startTime" not in one:
            continue
        minutes = one.get("timezoneOffset", said.get("timeZoneOffset"))
        offset = timedelta(minutes=minutes) if isinstance(minutes, int) and abs(minutes) < LARGEST_MIN else None
        local = _local(one.get("startTime"))
        told = _Said(
            word=str(one.get("sport") or ""),
            offset=offset,
            local_only=offset is None,
            distance_m=number_of(one, "distance", 1),
            moving_s=_lasted(one.get("duration")),
            ascent_m=number_of(one, "ascent", 1),
        )
        yield _row(f"polar {stem} {number}", _made(local and local - (offset or timedelta()), told))


def _suunto(said: Told, stem: str) -> Iterator[Row]:
    log = said.get("DeviceLog")
    head = log.get("Header") if isinstance(log, dict) else None
    if not isinstance(head, dict):
        raise BadFileError("It is a log of Suunto, but without what it was; export FIT instead.")
    number, text = str(head.get("ActivityType")), str(head.get("DateTime") or "")
    moment = _local(text, aware=True)
    told = _Said(
        word=word_of("suunto", number),
        offset=(moment.utcoffset() or None) if moment else None,
        distance_m=number_of(head, "Distance", 1),
        moving_s=number_of(head, "Duration", 1),
    )
    yield _row(f"suunto {stem} {text[:40]}", _made(moment and moment.astimezone(UTC), told))


def _fitbit(said: list[object]) -> Iterator[Row]:
    """Fitbit's `exercise-*.json`, whose times are in UTC."""
    exercises = [one for one in said[:MOST_ITEMS] if isinstance(one, dict) and {"logId", "activityName"} <= set(one)]
    if said and not exercises:
        raise BadFileError(OTHER_JSON)
    for one in exercises:
        yield _row(f"fitbit {one['logId']}", _exercise(one))


def _exercise(said: Told) -> Activity | None:
    try:
        start = datetime.strptime(str(said.get("startTime")), "%m/%d/%y %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    lasted_s = number_of(said, "duration", 1000)
    unit = {"Kilometer": 1000.0, "Mile": MILE_M}.get(str(said.get("distanceUnit")))
    far = number_of(said, "distance", 1)
    told = _Said(
        word=str(said.get("activityName") or ""),
        distance_m=far * unit if far and unit else None,
        moving_s=number_of(said, "activeDuration", 1000) or lasted_s,
        elapsed_s=lasted_s,
    )
    return _made(start, told)


def _google(said: Told, stem: str) -> Iterator[Row]:
    """A session of Google Fit, which lies beside the recordings of those that have one."""
    start, end = (_local(said.get(key), aware=True) for key in ("startTime", "endTime"))
    sums = said.get("aggregate")
    far = [s for s in sums if isinstance(s, dict) and s.get("metricName") == DISTANCE] if isinstance(sums, list) else []
    lasted_s = (end - start).total_seconds() if start and end and end > start else None
    told = _Said(
        word=str(said.get("fitnessActivity") or ""),
        offset=(start.utcoffset() or None) if start else None,
        distance_m=number_of(far[0], "floatValue", 1) if far else None,
        moving_s=_lasted(said.get("duration")) or lasted_s,
        elapsed_s=lasted_s,
    )
    yield _row(f"google {stem}", _made(start and start.astimezone(UTC), told))


READERS: Mapping[str, Callable[[Told, str], Iterator[Row]]] = {
    "sport_type_id": _adidas,
    "start_epoch_ms": _nike,
    "exercises": _polar,
    "DeviceLog": _suunto,
    "fitnessActivity": _google,
}


def _epoch(said: Told, key: str) -> datetime | None:
    seconds = number_of(said, key, 1000)
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None and seconds < LATEST_S else None


def _apart(said: Told, begin: str, end: str) -> float | None:
    first, last = number_of(said, begin, 1000), number_of(said, end, 1000)
    return last - first if first is not None and last is not None and last > first else None


def _local(said: object, *, aware: bool = False) -> datetime | None:
    """A time of the place itself, taken to be in UTC; or one that says its offset."""
    with suppress(ValueError, TypeError):
        moment = datetime.fromisoformat(str(said))
        return moment if moment.tzinfo and aware else moment.replace(tzinfo=UTC)
    return None


def _lasted(said: object) -> float | None:
    """Seconds of an ISO 8601 duration, of `3000s`, or of milliseconds."""
    if isinstance(said, int | float) and not isinstance(said, bool):
        return number_of({"ms": said}, "ms", 1000)
    found = _DURATION.fullmatch(str(said))
    if found is None:
        return None
    return int(found["h"] or 0) * 3600 + int(found["m"] or 0) * 60 + float(found["s"] or 0)
