"""Garmin's lists: `...summarizedActivities.json` of an account's export, and `Activities.csv` of its website."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import islice

from patella.files.activity import Activity, plain_name, steps_of
from patella.files.listed import items_of
from patella.files.row import Row
from patella.files.sport import sport_named, strange_word, surface_named
from patella.files.spreadsheet import rows_of

LONGEST_OFFSET_S, QUARTER_S = 15 * 3600, 900
LATEST_S = 4_102_444_800  # the year 2100
LARGEST = 1e15  # metres or milliseconds: beyond it a number is a mistake, and arithmetic may fail
SPORT, DAY, FAVOURITE, TITLE, FAR, TOOK = 0, 1, 2, 3, 4, 6
LEAST_COLUMNS = 7
MULTISPORT = "multisport"
_DAY = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_FAR = re.compile(r"(\d{1,3}(?:[.,'\s]?\d{3}){0,2})(?:[.,](\d{1,2}))?")
_TOOK = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,]\d+)?")
KILOMETRES = "Garmin's list does not say its unit: its distances were read as kilometres."


def read_summaries(pieces: Iterable[bytes]) -> Iterator[Row]:
    """The activities of Garmin's `...summarizedActivities.json`, which comes by the piece. Raises BadFileError.

    A triathlon as a whole is left out where its legs are there too.
    """
    wholes: dict[str, Row] = {}
    with_legs: set[str] = set()
    for one in items_of(pieces, "summarizedActivitiesExport"):
        if not isinstance(one, dict) or one.get("parent") is True:
            continue
        with_legs.add(str(one.get("parentId")))
        row = _summary(one)
        if row.activity and row.activity.sport == MULTISPORT:
            wholes[str(one.get("activityId"))] = row
        else:
            yield row
    yield from (row for number, row in wholes.items() if number not in with_legs)


def _summary(said: Mapping[str, object]) -> Row:
    word = str(said.get("activityType") or said.get("sportType") or "")
    sport, key = sport_named(word), f"garmin {said.get('activityId')}"
    begun = number_of(said, "beginTimestamp", 1000) or number_of(said, "startTimeGmt", 1000)
    local = number_of(said, "startTimeLocal", 1000)
    if begun is None or begun >= LATEST_S:
        return Row(at=key, key=key, activity=None)
    apart_s = None if local is None else local - begun
    is_offset = apart_s is not None and abs(apart_s) <= LONGEST_OFFSET_S
    moving_s = number_of(said, "movingDuration", 1000) or number_of(said, "duration", 1000)
    activity = Activity(
        start=datetime.fromtimestamp(begun, UTC),
        offset=timedelta(seconds=round((apart_s or 0) / QUARTER_S) * QUARTER_S) if is_offset else None,
        sport=sport,
        source="json",
        distance_m=number_of(said, "distance", 100),
        moving_s=moving_s,
        elapsed_s=number_of(said, "elapsedDuration", 1000) or moving_s,
        cadence_spm=steps_of(number_of(said, "avgDoubleCadence", 1), sport),
        ascent_m=number_of(said, "elevationGain", 100),
        name=plain_name(str(said.get("name") or "")),
        surface=surface_named(word),
        said=strange_word(word),
    )
    return Row(at=key, key=key, activity=activity)


def number_of(said: Mapping[str, object], key: str, scale: float) -> float | None:
    """A number of a table, scaled down; None where there is none that makes sense."""
    value = said.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < LARGEST:
        return None
    return value / scale


def is_of_website(rows: Sequence[Sequence[str]]) -> bool:
    """Whether these are the first lines of the website's list, in whatever language."""
    return any(
        len(row) >= LEAST_COLUMNS and _DAY.fullmatch(row[DAY]) and row[FAVOURITE] in ("true", "false")
        for row in rows[1:3]
    )


def read_website(content: bytes) -> Iterator[Row]:
    """The lines of the website's `Activities.csv`: in the watch's own time, and in a unit that is not said."""
    for number, row in enumerate(islice(rows_of(content), 1, None), 2):
        if len(row) >= LEAST_COLUMNS and _DAY.fullmatch(row[DAY]):
            yield Row(at=f"line {number}", key=f"garmin {row[DAY]} {row[SPORT]}", activity=_of_website(row))


def _of_website(row: Sequence[str]) -> Activity | None:
    with suppress(ValueError):
        start = datetime.fromisoformat(row[DAY]).replace(tzinfo=UTC)
        seconds = seconds_in(row[TOOK])
        return Activity(
            start=start,
            local_only=True,
            sport=sport_named(row[SPORT]),
            source="csv",
            distance_m=far_in(row[FAR]),
            moving_s=seconds,
            elapsed_s=seconds,
            name=plain_name(row[TITLE]),
            surface=surface_named(row[SPORT]),
            said=strange_word(row[SPORT]),
            remarks=(KILOMETRES,),
        )
    return None


def far_in(text: str) -> float | None:
    """The metres of a distance: kilometres have two decimals there, and metres, of swims and of a track, none."""
    found = _FAR.fullmatch(text.strip())
    if found is None:
        return None
    whole = float(re.sub(r"\D", "", found[1]))
    return (whole if found[2] is None else (whole + float(f"0.{found[2]}")) * 1000) or None


def seconds_in(text: str) -> float | None:
    """The seconds that `1:02:03` or `50:00` says."""
    found = _TOOK.fullmatch(text.strip())
    return None if found is None else int(found[1] or 0) * 3600.0 + int(found[2]) * 60 + int(found[3])
