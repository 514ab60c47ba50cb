"""Apple Health's `export.xml`: what was done when, with the route that is a file of its own.

It is the whole of a life in one file, gigabytes of heartbeats among which the workouts stand. So it is read by the
piece, and only what lies between the marks of a workout goes through a parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from xml.parsers import expat

from patella.files.activity import Activity
from patella.files.bad_file import BadFileError
from patella.files.row import Row
from patella.files.sport import sport_named, strange_word

MARK = b"HealthData"
END = b"</Workout>"
LAST, KEPT = b"</HealthData>", 64  # signs that are kept of what was looked through
LONGEST_WORKOUT = 2_000_000
MOST_WORKOUTS = 50_000
KIND = "HKWorkoutActivityType"
FAR = "HKQuantityTypeIdentifierDistance"
METRES = {"km": 1000.0, "m": 1.0, "mi": 1609.344, "yd": 0.9144, "ft": 0.3048}
SECONDS = {"min": 60.0, "s": 1.0, "hr": 3600.0}
_BEGIN = re.compile(rb"<Workout(?=[ \t\r\n]|\Z)")  # a blank after the mark, or nothing yet
_TAG = re.compile(rb"""<Workout(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")  # a name may hold a > of its own
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")


def is_apple(head: bytes) -> bool:
    """Whether a file that begins so is an export of Apple Health."""
    return MARK in head and b"ClinicalDocument" not in head


def read_apple(pieces: Iterable[bytes]) -> Iterator[Row]:
    """Every workout. Raises BadFileError where one is damaged, and at the end of what breaks off."""
    for number, workout in enumerate(_workouts(pieces)):
        if number >= MOST_WORKOUTS:
            raise BadFileError(f"It has more than {MOST_WORKOUTS} workouts.")
        yield _row(_Workout(workout))


def _workouts(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes of each workout, from its mark to its end."""
    rest = b""
    for piece in pieces:
        rest, at = rest + piece, 0
        while (begin := _begin(rest, at)) >= 0:
            end = _end(rest, begin)
            if end is None:
                at = begin
                break
            yield rest[begin:end]
            at = end
        else:
            at = max(at, len(rest) - KEPT)
        rest = rest[at:]
        if len(rest) > LONGEST_WORKOUT:
            raise BadFileError("One of its workouts has no end; it is damaged.")
    if not rest.rstrip().endswith(LAST):
        raise BadFileError("It breaks off in the middle; the workouts that are whole were taken. Export it once more.")


def _begin(content: bytes, at: int) -> int:
    """Where the next workout begins, as its statistics and its route do not; -1 where none does."""
    found = _BEGIN.search(content, at)
    return found.start() if found else -1


def _end(content: bytes, begin: int) -> int | None:
    """Where a workout ends; None where that is not there yet."""
    head = _TAG.match(content, begin)
    if head and head[0].endswith(b"/>"):
        return head.end()
    end = content.find(END, begin)
    return None if end < 0 else end + len(END)


class _Workout:
    """What one workout says."""

    def __init__(self, content: bytes) -> None:
        self.said: Mapping[str, str] = {}
        self.far_m: float | None = None
        self.route: str | None = None
        self.indoor = False
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._open
        try:
            parser.Parse(content, True)
        except expat.ExpatError:
            raise BadFileError("One of its workouts is damaged.") from None

    def _open(self, name: str, said: Mapping[str, str]) -> None:
        if name == "Workout":
            self.said = said
            self.far_m = _scaled(said.get("totalDistance"), METRES.get(said.get("totalDistanceUnit", "")))
        elif name == "WorkoutStatistics" and said.get("type", "").startswith(FAR):
            self.far_m = _scaled(said.get("sum"), METRES.get(said.get("unit", ""))) or self.far_m
        elif name == "FileReference":
            self.route = said.get("path")
        elif name == "MetadataEntry" and said.get("key") == "HKIndoorWorkout":
            self.indoor = said.get("value") == "1"


def _row(workout: _Workout) -> Row:
    said = workout.said
    word = _HUMPS.sub(" ", said.get("workoutActivityType", "").removeprefix(KIND))
    start, end = _moment(said.get("startDate")), _moment(said.get("endDate"))
    lasted_s = _scaled(said.get("duration"), SECONDS.get(said.get("durationUnit", "")))
    key = f"apple {said.get('startDate', '')[:40]} {word[:40]}"
    if start is None:
        return Row(at=key, key=key, activity=None, file=workout.route)
    elapsed_s = (end - start).total_seconds() if end and end > start else lasted_s
    activity = Activity(
        start=start.astimezone(UTC),
        offset=start.utcoffset() or None,
        sport=sport_named(word),
        source="xml",
        distance_m=workout.far_m or None,
        moving_s=lasted_s,
        elapsed_s=elapsed_s,
        surface="treadmill" if workout.indoor and sport_named(word) == "running" else None,
        said=strange_word(word),
    )
    return Row(at=key, key=key, activity=activity, file=workout.route)


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.strptime(text or "", "%Y-%m-%d %H:%M:%S %z")
    except ValueError:
        return None


def _scaled(text: str | None, scale: float | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value * scale if scale and 0 <= value < 1e9 else None  # noqa: PLR2004 - beyond it a number is a mistake
