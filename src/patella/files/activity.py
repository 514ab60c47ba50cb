"""What an activity file says: one run, ride or walk, in units of our own; and where its local day lies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from patella.files.bad_file import BadFileError

RUNNING = "running"
UNKNOWN = "unknown"
ON_FOOT = frozenset({RUNNING, "walking", "hiking", UNKNOWN})  # what nobody says may yet turn out to be a run

FIRST_YEAR, LAST_YEAR = 1990, 2100
LONGEST_M = 2_000_000
LONGEST_S = 30 * 86_400
FASTEST_RUN_M_S = 12.0
STRIDES_AT_MOST, MEAN_STRIDES_AT_MOST = 125, 110
CADENCE_SPM = (60, 260)
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One activity as its file tells it; None where the file does not say.

    `start` is aware, in UTC; `offset` that of the local clock from UTC, as the file says it; `place` where it began, in
    degrees north and east.
    `moving_s` is without pauses. `cadence_spm` counts the steps of both feet a minute, on foot only. `sport` is a plain
    English word such as running, cycling or stand up paddleboarding; unknown where the file does not say it, or says it
    in a word that is not known, which then is `said`. How fast it was never makes a sport of it. `remarks` are
    sentences about what was left out or missing. `local_only`: `start` is what the clock of the place said, written as
    if it were UTC; nobody says where that was.
    """

    start: datetime
    sport: str
    source: str
    offset: timedelta | None = None
    place: tuple[float, float] | None = None
    distance_m: float | None = None
    moving_s: float | None = None
    elapsed_s: float | None = None
    cadence_spm: float | None = None
    ascent_m: float | None = None
    name: str | None = None
    surface: str | None = None
    said: str | None = None
    local_only: bool = False
    remarks: tuple[str, ...] = ()


def checked(activity: Activity) -> Activity:
    """The activity itself. Raises BadFileError when its numbers cannot be those of a person."""
    if not FIRST_YEAR <= activity.start.year < LAST_YEAR:
        raise BadFileError(f"It says it was recorded in {activity.start.year}; its clock was not set.")
    if not 0 <= (activity.distance_m or 0) <= LONGEST_M:
        raise BadFileError(f"It says a distance of {activity.distance_m or 0:.0f} m; it is damaged.")
    if not all(0 <= (s or 0) <= LONGEST_S for s in (activity.moving_s, activity.elapsed_s)):
        raise BadFileError("It says that it lasted for more than a month; it is damaged.")
    if activity.sport == RUNNING and (activity.distance_m or 0) > FASTEST_RUN_M_S * (activity.moving_s or LONGEST_S):
        raise BadFileError("It says a run faster than anybody runs; it is damaged, or was no run.")
    return activity


def local_start(activity: Activity, home: tzinfo | None) -> datetime:
    """When it began by the clock of its own place.

    By what the file itself says of that clock; else by its place, where the clock of `home` (None: this machine's) is
    taken if it is kept about there too, and the nearest town's if not (`zone.py`); else by the clock of home.
    """
    if activity.local_only:
        return _fixed(activity.start.replace(tzinfo=home).astimezone(home))
    if activity.offset is not None:
        return activity.start.astimezone(timezone(activity.offset))
    at_home = _fixed(activity.start.astimezone(home))
    if activity.place is None:
        return at_home
    from patella.files.zone import offset_at

    there = offset_at(activity.start, activity.place, at_home.utcoffset() or timedelta())
    return _fixed(activity.start.astimezone(timezone(there)))


def _fixed(moment: datetime) -> datetime:
    """The same moment with a plain offset, in whole minutes."""
    minutes = round((moment.utcoffset() or timedelta()).total_seconds() / 60)
    return moment.astimezone(timezone(timedelta(minutes=minutes)))


def steps_of(cadence: float | None, sport: str, quickest: float | None = None) -> float | None:
    """Steps a minute from the mean cadence of a file: watches write strides, a few apps steps. None when it is neither.

    `quickest` is the cadence of its quickest minutes: strides stay below 125 there, and below 110 in the mean, also
    where much of it was walked.
    """
    if cadence is None or sport not in ON_FOOT:
        return None
    is_strides = cadence <= MEAN_STRIDES_AT_MOST and (quickest or 0.0) <= STRIDES_AT_MOST
    steps = cadence * 2 if is_strides else cadence
    low, high = CADENCE_SPM
    return round(steps, 1) if low <= steps <= high else None


def quickest_of(turning: Mapping[float, int]) -> float | None:
    """The cadence that one in twenty is above; `turning`: how often each was said."""
    left = sum(turning.values()) * 19 // 20
    for cadence in sorted(turning):
        left -= turning[cadence]
        if left < 0:
            return cadence
    return None


def in_utc(moment: datetime) -> datetime:
    """The moment in UTC; one without a zone is taken to be in UTC, as the formats say."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def plain_name(text: str | None) -> str | None:
    """A name as one short line of printable text; None when nothing is left."""
    if text is None:
        return None
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line[:LONGEST_NAME] or None
