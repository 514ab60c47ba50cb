"""GPX files: tracks of points, each with a place and a time. Routes and waypoints are plans, not runs."""

from __future__ import annotations

from collections.abc import Mapping

from patella.files.activity import RUNNING, Activity, checked, plain_name, steps_of
from patella.files.bad_file import BadFileError, PlanError
from patella.files.markup import CUT, Wanted, walk
from patella.files.points import GPX_CADENCE, Columns
from patella.files.sport import sport_named, strange_word, surface_named
from patella.files.track import Track

MOST_TRACKS = 500
TEXTS = frozenset({"time", "ele", *GPX_CADENCE, "name", "type", "exercisetype"})
WANTED = Wanted(
    opened=frozenset({"gpx", "trk", "trkseg", "trkpt"}),
    closed=frozenset({"trk", "trkpt"}),
    text=TEXTS,
    point="trkpt",
)


def read_gpx(content: bytes) -> tuple[Activity, ...]:
    """Every timed track of a file. Raises BadFileError."""
    reader = _Reader()
    walk(content, reader, WANTED)
    if not reader.is_gpx:
        raise BadFileError("It is XML, but not GPX.")
    if not reader.activities:
        raise PlanError("It holds no track with times: a route or a map, not something that was run.")
    return tuple(reader.activities)


class _Reader:
    def __init__(self) -> None:
        self.is_gpx = False
        self.activities: list[Activity] = []
        self.said: dict[str, str] = {}
        self._track: Track | None = None
        self._about: dict[str, str] = {}
        self._place: Mapping[str, str] = {}

    def cut(self) -> bool:
        self._finish((CUT,))
        return bool(self.activities)

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "trkpt":
            self.said.clear()
            self._place = attributes
        elif name == "trkseg" and self._track:
            self._about = self._about or dict(self.said)
            self._track.pause()
        elif name == "trk":
            self.said.clear()
            self._track, self._about = Track(), {}
        elif name == "gpx":
            self.is_gpx = True

    def closed(self, name: str) -> None:
        if name == "trkpt":
            said, place = self.said.get, self._place.get
            cadence = next(filter(None, map(said, GPX_CADENCE)), None)
            if self._track is not None:
                self._track.add((said("time"), place("lat"), place("lon"), said("ele"), None, cadence))
            self.said.clear()
        else:
            self._about = dict(self.said) | self._about  # some write its name and sport below its points
            self._finish()

    def take(self, points: Columns) -> None:
        if self._track is not None:
            self._track.take(points)

    def _finish(self, remarks: tuple[str, ...] = ()) -> None:
        track, self._track = self._track, None
        if track is None or len(self.activities) >= MOST_TRACKS:
            return
        track.end()
        if track.first is None or not track.elapsed_s:
            return
        word = self._about.get("type") or self._about.get("exercisetype")
        sport = sport_named(word)
        activity = Activity(
            start=track.first,
            sport=sport,
            source="gpx",
            offset=track.offset,
            place=track.begin,
            distance_m=round(track.distance_m, 1) or None,
            moving_s=round(track.moving_s, 1) or None,
            elapsed_s=track.elapsed_s,
            cadence_spm=steps_of(track.cadence, sport, track.quickest),
            ascent_m=round(track.ascent_m) if track.has_height else None,
            name=plain_name(self._about.get("name")),
            surface=surface_named(word) if sport == RUNNING else None,
            said=strange_word(word),
            remarks=(*track.remarks, *remarks),
        )
        self.activities.append(checked(activity))
