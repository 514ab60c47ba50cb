"""One line of a list that an export brings along: what it says of an activity, and of which file."""

from __future__ import annotations

from dataclasses import dataclass

from patella.files.activity import UNKNOWN, Activity, checked
from patella.files.bad_file import BadFileError


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One activity as a list tells it: `at` names the line for the person, `key` is its own for good.

    `file` is the recording it speaks of, None where there is none; `activity` its values, None where its day cannot be
    read. `gear` is what was worn or ridden.
    """

    at: str
    key: str
    activity: Activity | None
    file: str | None = None
    gear: str | None = None


def usable(row: Row) -> Activity:
    """The activity of a line by itself. Raises BadFileError when it cannot be used."""
    if row.activity is None:
        raise BadFileError("It has no file, and its day is written in a way that is not known here.")
    if row.activity.sport == UNKNOWN and not row.activity.distance_m and not row.activity.said:
        raise BadFileError("It has no file, and says neither what it was nor how far.")
    return checked(row.activity)
