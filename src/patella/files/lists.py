"""The lists that archives bring along: what was run in which shoe, and what has no file of its own.

Strava writes its column heads in the language of the account. So columns are found by what stands in them: the one that
names files of `activities/`, and the others by their place before and after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import PurePosixPath

from patella.files.activity import UNKNOWN, Activity, checked, plain_name, steps_of
from patella.files.bad_file import BadFileError
from patella.files.listed import items_of
from patella.files.sport import sport_named, strange_word, surface_named
from patella.files.spreadsheet import rows_of

FILE_NAMES = re.compile(r"^activities/.+\.(fit|gpx|tcx)(\.gz)?$", re.IGNORECASE)
_HEADS = (
    "filename dateiname fichier archivo file arquivo bestandsnaam filnavn filnamn plik soubor dosya ファイル名 文件名"
    " 파일"
)
HEADS = frozenset(_HEADS.split())
ID, DATE, NAME, TYPE, SHORT_DISTANCE = 0, 1, 2, 3, 6
GEAR, MOVING, DISTANCE = -1, 4, 5  # by their place from the column of file names
LOOKED_AT, MOST_COLUMNS = 2_000, 300  # where the column of file names is looked for
MOST_SHOES = 500
DATES = (
    "%b %d, %Y, %I:%M:%S %p",
    "%d.%m.%Y, %H:%M:%S",
    "%d %b %Y, %H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%d/%m/%Y, %H:%M:%S",
)
LONGEST_OFFSET_S, QUARTER_S = 15 * 3600, 900
LATEST_S = 4_102_444_800  # the year 2100
LARGEST = 1e15  # metres or milliseconds: beyond it a number is a mistake, and arithmetic may fail


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of Strava's list: the file it speaks of, and what it says. `at` names the line for the person."""

    at: str
    key: str
    file: str | None
    name: str | None
    sport: str
    said: str | None
    surface: str | None
    gear: str | None
    activity: Activity | None


@dataclass(slots=True)
class Lists:
    """All that the lists of an archive say."""

    rows: dict[str, Row] = field(default_factory=dict)
    without_file: list[Row] = field(default_factory=list)
    shoes: list[str] = field(default_factory=list)

    def about(self, name: str) -> Row | None:
        """What is said of a recording, by its own name."""
        return self.rows.get(own_name(name))

    def take(self, name: str, content: bytes) -> None:
        """Read one list. Raises BadFileError."""
        low = PurePosixPath(name.lower()).name
        if low == "shoes.csv":
            self.shoes += list(read_shoes(content))[:MOST_SHOES]
        elif low == "activities.csv":
            for row in read_activities(content):
                if row.file:
                    self.rows[own_name(row.file)] = row
                else:
                    self.without_file.append(row)
        else:
            self.without_file += list(read_summaries(content))


def own_name(name: str) -> str:
    """The last part of a name, unpacked and in lower case, as recordings are spoken of."""
    return PurePosixPath(name.lower().replace("\\", "/")).name.removesuffix(".gz")


def read_shoes(content: bytes) -> Iterator[str]:
    """The names of Strava's `shoes.csv`; a shoe without one goes by its make and model."""
    for row in islice(rows_of(content), 1, None):
        name = plain_name(row[0]) if row else None
        name = name or plain_name(" ".join(row[1:3]))
        if name:
            yield name


def read_activities(content: bytes) -> Iterator[Row]:
    """The lines of Strava's `activities.csv`. Raises BadFileError when it is none."""
    files = _file_column(list(islice(rows_of(content), LOOKED_AT)))
    for number, row in enumerate(islice(rows_of(content), 1, None), 2):
        if len(row) > files and row[ID].strip():
            yield _row(row + [""] * (SHORT_DISTANCE + 1 - len(row)), number, files)


def _file_column(rows: list[list[str]]) -> int:
    for row in rows[1:]:
        for at, cell in enumerate(row[:MOST_COLUMNS]):
            if FILE_NAMES.match(cell):
                return at
    heads = [set(h.casefold().split()) for h in rows[0][:MOST_COLUMNS]] if rows else []
    for at, words in enumerate(heads):
        if words & HEADS:
            return at
    raise BadFileError("It is no list of activities: no column of it names files.")


def _row(row: list[str], number: int, files: int) -> Row:
    word = row[TYPE] if files > TYPE else None
    sport, at = sport_named(word), f"line {number}"
    gear = plain_name(row[files + GEAR]) if files > TYPE + 1 else None
    activity = None
    if not row[files].strip():
        activity = _by_hand(row, files, word)
    return Row(
        at=at,
        key=f"strava {row[ID].strip()}",
        file=row[files].strip() or None,
        name=plain_name(row[NAME]),
        sport=sport,
        said=strange_word(word),
        surface=surface_named(word),
        gear=gear,
        activity=activity,
    )


def _by_hand(row: list[str], files: int, word: str | None) -> Activity | None:
    """An activity that was typed in: all there is of it stands in its line. None when its day cannot be read."""
    start = _moment(row[DATE])
    if start is None:
        return None
    metres = _number(row, files + DISTANCE)
    if metres is None:
        kilometres = _number(row, SHORT_DISTANCE)
        metres = None if kilometres is None else kilometres * 1000
    moving_s = _number(row, files + MOVING)
    return Activity(
        start=start,
        sport=sport_named(word),
        source="csv",
        distance_m=metres,
        moving_s=moving_s,
        elapsed_s=moving_s,
        name=plain_name(row[NAME]),
        surface=surface_named(word),
        said=strange_word(word),
    )


def _number(row: list[str], at: int) -> float | None:
    if at >= len(row):
        return None
    with suppress(ValueError):
        value = float(row[at].replace(",", ".").strip())
        return value if 0 <= value < float("inf") else None
    return None


def _moment(text: str) -> datetime | None:
    """The moment of a line; Strava writes them in UTC."""
    plain = " ".join(text.split())
    for form in DATES:
        with suppress(ValueError):
            return datetime.strptime(plain, form).replace(tzinfo=UTC)
    return None


def read_summaries(content: bytes) -> Iterator[Row]:
    """The activities of Garmin's `...summarizedActivities.json`. Raises BadFileError."""
    for one in items_of(content, "summarizedActivitiesExport"):
        if isinstance(one, dict):
            yield _summary(one)


def _summary(said: Mapping[str, object]) -> Row:
    word = str(said.get("activityType") or said.get("sportType") or "")
    sport, surface, key = sport_named(word), surface_named(word), f"garmin {said.get('activityId')}"
    name = plain_name(str(said.get("name") or ""))
    begun = _of(said, "beginTimestamp", 1000) or _of(said, "startTimeGmt", 1000)
    local = _of(said, "startTimeLocal", 1000)
    activity = None
    if begun is not None and begun < LATEST_S:
        apart_s = None if local is None else local - begun
        is_offset = apart_s is not None and abs(apart_s) <= LONGEST_OFFSET_S
        moving_s = _of(said, "movingDuration", 1000) or _of(said, "duration", 1000)
        activity = Activity(
            start=datetime.fromtimestamp(begun, UTC),
            offset=timedelta(seconds=round((apart_s or 0) / QUARTER_S) * QUARTER_S) if is_offset else None,
            longitude_deg=None,
            sport=sport,
            source="json",
            distance_m=_of(said, "distance", 100),
            moving_s=moving_s,
            elapsed_s=_of(said, "elapsedDuration", 1000) or moving_s,
            cadence_spm=steps_of(_of(said, "avgDoubleCadence", 1), sport),
            ascent_m=_of(said, "elevationGain", 100),
            name=name,
            surface=surface,
            said=strange_word(word),
        )
    return Row(
        at=key,
        key=key,
        file=None,
        name=name,
        sport=sport,
        said=strange_word(word),
        surface=surface,
        gear=None,
        activity=activity,
    )


def _of(said: Mapping[str, object], key: str, scale: float) -> float | None:
    value = said.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < LARGEST:
        return None
    return value / scale


def usable(row: Row) -> Activity:
    """The activity of a line that has no file. Raises BadFileError when it cannot be used."""
    if row.activity is None:
        raise BadFileError("It has no file, and its day is written in a way that is not known here.")
    if row.activity.sport == UNKNOWN and not row.activity.distance_m:
        raise BadFileError("It has no file, and says neither what it was nor how far.")
    return checked(row.activity)
