"""A track of timed points: how far, how long without pauses, how much uphill."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import cos, hypot, isfinite, pi

from patella.files.activity import in_utc
from patella.files.bad_file import BadFileError
from patella.files.points import Point

RADIAN = pi / 180
DEGREE_M = 6_371_008.8 * RADIAN  # of a great circle
STANDING_M_S = 0.5
PAUSE_S = 60.0
CLIMB_M = 3.0
MAX_LATITUDE, MAX_LONGITUDE = 90.0, 180.0


def read_number(text: str) -> float | None:
    """The number a text says, if it is a finite one."""
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None


def read_moment(text: str) -> datetime | None:
    """The moment an ISO 8601 text says, in UTC."""
    try:
        moment = datetime.fromisoformat(text.strip())
        return moment if moment.tzinfo is UTC else in_utc(moment)
    except (ValueError, OverflowError):
        return None


@dataclass(slots=True)
class Track:
    """Sums over the points of a track, taken one after the other in their order.

    Distance is along the ground between neighbours; a time during which nobody moved half a metre a second, or that
    took over a minute between two points, is a pause. Climbs count from three metres on: less is noise. `furthest_m` is
    the longest distance that a point itself speaks of.
    """

    first: datetime | None = None
    longitude_deg: float | None = None
    distance_m: float = 0.0
    moving_s: float = 0.0
    ascent_m: float = 0.0
    furthest_m: float = 0.0
    has_height: bool = False
    cadences: list[float] = field(default_factory=list)
    _last: datetime | None = None
    _place: tuple[float, float] | None = None
    _low_m: float | None = None

    def pause(self) -> None:
        """What follows begins anew somewhere else: the way there does not count."""
        self._place = None

    def take(self, points: Iterable[Point]) -> None:
        """Take more points. Raises BadFileError for a place that is not on earth."""
        for time, latitude, longitude, height, along, cadence in points:
            moment = read_moment(time) if time else None
            step_m = self._step(latitude, longitude) if latitude and longitude else None
            if moment is not None:
                self._tick(moment, step_m)
            if step_m is not None:
                self.distance_m += step_m
            if height and (height_m := read_number(height)) is not None:
                self._climb(height_m)
            if along and (along_m := read_number(along)) is not None and along_m > self.furthest_m:
                self.furthest_m = along_m
            if cadence and (turned := read_number(cadence)):
                self.cadences.append(turned)

    def _step(self, latitude: str, longitude: str) -> float | None:
        north, east = read_number(latitude), read_number(longitude)
        if north is None or east is None:
            return None
        if not (-MAX_LATITUDE <= north <= MAX_LATITUDE and -MAX_LONGITUDE <= east <= MAX_LONGITUDE):
            raise BadFileError("It names a place that is not on earth; it is damaged.")
        if self.longitude_deg is None:
            self.longitude_deg = east
        last, self._place = self._place, (north, east)
        if last is None:
            return None
        apart = (east - last[1] + 180) % 360 - 180
        return DEGREE_M * hypot(north - last[0], apart * cos(north * RADIAN))

    def _tick(self, moment: datetime, step_m: float | None) -> None:
        if self.first is None:
            self.first = moment
        elif self._last is not None:
            passed_s = (moment - self._last).total_seconds()
            if 0 < passed_s <= PAUSE_S and (step_m is None or step_m >= STANDING_M_S * passed_s):
                self.moving_s += passed_s
        self._last = moment

    def _climb(self, height_m: float) -> None:
        self.has_height = True
        if self._low_m is None or height_m < self._low_m:
            self._low_m = height_m
        elif height_m - self._low_m >= CLIMB_M:
            self.ascent_m += height_m - self._low_m
            self._low_m = height_m

    @property
    def elapsed_s(self) -> float | None:
        """From the first point to the last."""
        if self.first is None or self._last is None:
            return None
        return max(0.0, (self._last - self.first).total_seconds())

    @property
    def cadence(self) -> float | None:
        """The mean of what was said while moving, as the file says it."""
        turning = [c for c in self.cadences if c > 0]
        return sum(turning) / len(turning) if turning else None
