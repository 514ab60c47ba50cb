"""TCX files: activities made of laps, laps made of points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from patella.files.activity import Activity, checked, steps_of
from patella.files.bad_file import BadFileError, PlanError
from patella.files.markup import CUT, Wanted, walk
from patella.files.points import Columns
from patella.files.sport import sport_named, strange_word
from patella.files.texts import read_moment, read_number
from patella.files.track import Track

MOST_ACTIVITIES = 500
OF_POINT = frozenset(
    {"Time", "LatitudeDegrees", "LongitudeDegrees", "AltitudeMeters", "DistanceMeters", "Cadence", "RunCadence"}
)
OF_LAP = frozenset({"TotalTimeSeconds", "DistanceMeters", "AvgRunCadence"})
TEXTS = OF_POINT | OF_LAP | {"Id"}
WANTED = Wanted(
    opened=frozenset({"TrainingCenterDatabase", "Activity", "Lap", "Track", "Trackpoint"}),
    closed=frozenset({"Activity", "Lap", "Track", "Trackpoint"}),
    text=TEXTS,
    point="Trackpoint",
)


def read_tcx(content: bytes) -> tuple[Activity, ...]:
    """Every activity of a file. Raises BadFileError."""
    reader = _Reader()
    walk(content, reader, WANTED)
    if not reader.is_tcx:
        raise BadFileError("It is XML, but not TCX.")
    if not reader.activities:
        raise PlanError("It holds no activity with a time: a course or a workout, not something that was run.")
    return tuple(reader.activities)


@dataclass(slots=True)
class _Lap:
    said: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class _Whole:
    """One activity while it is read."""

    word: str | None
    start: datetime | None = None
    track: Track = field(default_factory=Track)
    laps: list[_Lap] = field(default_factory=list)

    def sum(self, what: str) -> float | None:
        """A figure of all laps together; None when one of them does not say it."""
        parts = [lap.said.get(what) for lap in self.laps]
        known = [p for p in parts if p is not None]
        return sum(known) if known and len(known) == len(parts) else None

    @property
    def cadence(self) -> float | None:
        """By the laps, weighed by their time; else by the points."""
        timed = [(lap.said.get("AvgRunCadence"), lap.said.get("TotalTimeSeconds") or 0.0) for lap in self.laps]
        known = [(c, t) for c, t in timed if c]
        seconds = sum(t for _, t in known)
        return sum(c * t for c, t in known) / seconds if seconds else self.track.cadence


class _Reader:
    def __init__(self) -> None:
        self.is_tcx = False
        self.activities: list[Activity] = []
        self.said: dict[str, str] = {}
        self._whole: _Whole | None = None
        self._lap: _Lap | None = None

    def cut(self) -> bool:
        if self._lap:
            self._lap.said.clear()  # what it says of the whole is not what is there
        self._finish((CUT,))
        return bool(self.activities)

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        whole = self._whole
        if name == "TrainingCenterDatabase":
            self.is_tcx = True
        elif name == "Activity":
            self._whole = _Whole(word=attributes.get("Sport"))
        elif name == "Lap" and whole:
            whole.start = whole.start or read_moment(attributes.get("StartTime", self.said.get("Id", "")))
            self._lap = _Lap()
            whole.laps.append(self._lap)
        elif name == "Track" and whole:
            self._of_lap()
            whole.track.pause()
        self.said.clear()

    def closed(self, name: str) -> None:
        if name == "Trackpoint":
            said = self.said.get
            place = said("LatitudeDegrees"), said("LongitudeDegrees")
            cadence = said("RunCadence") or said("Cadence")
            if self._whole is not None:
                point = said("Time"), *place, said("AltitudeMeters"), said("DistanceMeters"), cadence
                self._whole.track.add(point)
        elif name == "Lap":
            self._of_lap()
            self._lap = None
        elif name == "Activity":
            self._finish()
        self.said.clear()

    def _of_lap(self) -> None:
        """What was said of the lap itself, ahead of its points or after them."""
        for name in OF_LAP & set(self.said) if self._lap else ():
            value = read_number(self.said[name])
            if value is not None and self._lap:
                self._lap.said.setdefault(name, value)

    def take(self, points: Columns) -> None:
        if self._whole is not None:
            self._whole.track.take(points)

    def _finish(self, remarks: tuple[str, ...] = ()) -> None:
        whole, self._whole = self._whole, None
        if whole is None or len(self.activities) >= MOST_ACTIVITIES:
            return
        track = whole.track
        track.end()
        start = whole.start or read_moment(self.said.get("Id", "")) or track.first
        if start is None:
            return
        sport = sport_named(whole.word)
        distance_m = track.in_metres(whole.sum("DistanceMeters") or 0.0) or track.along_m or track.distance_m or None
        moving_s = whole.sum("TotalTimeSeconds") or track.moving_s or None
        activity = Activity(
            start=start,
            sport=sport,
            source="tcx",
            offset=track.offset,
            place=track.begin,
            distance_m=None if distance_m is None else round(distance_m, 1),
            moving_s=moving_s,
            elapsed_s=track.elapsed_s or moving_s,
            cadence_spm=steps_of(whole.cadence, sport, track.quickest),
            ascent_m=round(track.ascent_m) if track.has_height else None,
            said=strange_word(whole.word),
            remarks=(*track.remarks, *remarks),
        )
        self.activities.append(checked(activity))
