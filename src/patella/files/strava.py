"""Strava's list: `activities.csv`, in the language of the account and the manner of its year.

Columns are found by what stands in them and by the word for a file: the one that names files of `activities/`, and the
others by their place before and after it. Where the list has a column of its own for metres, that is what holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice

from patella.files.activity import Activity, plain_name
from patella.files.bad_file import BadFileError
from patella.files.moments import read_listed_moment
from patella.files.row import Row
from patella.files.sport import sport_named, strange_word, surface_named
from patella.files.spreadsheet import rows_of

FILE_NAMES = re.compile(r"activities[/\\][^/\\]{1,200}\.(fit|gpx|tcx)(\.gz)?", re.IGNORECASE)
_HEADS = (
    "filename dateiname fichier archivo file arquivo ficheiro bestandsnaam filnavn filnamn plik pliku soubor souboru"
    " tiedostonimi dosya файла ファイル名 文件名 文件名称 檔案名稱 파일"
)
HEADS = frozenset(_HEADS.split())
OLD_HEAD = "id"  # lists of spring 2019 had the keys of the interface as heads, and metres
ID, DATE, NAME, TYPE, ELAPSED, SHORT_DISTANCE = 0, 1, 2, 3, 5, 6
GEAR, MOVING, DISTANCE = -1, 4, 5  # by their place from the column of file names
LOOKED_AT, MOST_COLUMNS = 2_000, 300  # where the column of file names is looked for


def read_activities(content: bytes) -> Iterator[Row]:
    """The lines of Strava's `activities.csv`. Raises BadFileError when it is none."""
    looked_at = list(islice(rows_of(content), LOOKED_AT))
    files = file_column(looked_at)
    if files is None:
        raise BadFileError(
            "It is a table, but no list of activities that is known here; export the activities as FIT, GPX or TCX."
        )
    in_metres = looked_at[0][ID].strip().lower() == OLD_HEAD
    for number, row in enumerate(islice(rows_of(content), 1, None), 2):
        if len(row) > files and row[ID].strip():
            yield _row(row + [""] * (SHORT_DISTANCE + 1 - len(row)), number, files, in_metres=in_metres)


def file_column(rows: Sequence[Sequence[str]]) -> int | None:
    """Which column names files: by its head, else by where most of them stand. None where there is none."""
    heads = rows[0][:MOST_COLUMNS] if rows else []
    named = [at for at, head in enumerate(heads) if at > TYPE and set(head.casefold().split()) & HEADS]
    if named:
        return named[0]
    counts = [0] * MOST_COLUMNS
    for row in rows[1:]:
        for at, cell in enumerate(row[:MOST_COLUMNS]):
            counts[at] += FILE_NAMES.fullmatch(cell) is not None
    most = max(counts)
    return counts.index(most) if most else None


def _row(row: Sequence[str], number: int, files: int, *, in_metres: bool) -> Row:
    named = row[files].strip()
    return Row(
        at=f"line {number}",
        key=f"strava {row[ID].strip()}",
        file=named if FILE_NAMES.fullmatch(named) else None,
        gear=plain_name(row[files + GEAR]) if files > TYPE + 1 else None,
        activity=_activity(row, files, row[TYPE] if files > TYPE else None, in_metres=in_metres),
    )


def _activity(row: Sequence[str], files: int, word: str | None, *, in_metres: bool) -> Activity | None:
    """What stands in the line of an activity. None when its day cannot be read."""
    start = read_listed_moment(row[DATE])
    if start is None:
        return None
    metres = _number(row, files + DISTANCE)
    if metres is None:
        short = _number(row, SHORT_DISTANCE)
        metres = None if short is None else short * (1 if in_metres else 1000)
    moving_s = _number(row, files + MOVING)
    elapsed_s = _number(row, ELAPSED)
    return Activity(
        start=start,
        sport=sport_named(word),
        source="csv",
        distance_m=metres or None,
        moving_s=moving_s or None,
        elapsed_s=elapsed_s or moving_s or None,
        name=plain_name(row[NAME]),
        surface=surface_named(word),
        said=strange_word(word),
    )


def _number(row: Sequence[str], at: int) -> float | None:
    if at >= len(row):
        return None
    with suppress(ValueError):
        value = float(row[at].replace(",", ".").strip())
        return value if 0 <= value < float("inf") else None
    return None
