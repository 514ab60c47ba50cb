"""A track of timed points: how far, how long without pauses, how much uphill."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import cos, hypot, isfinite, radians

from patella.files.activity import in_utc
from patella.files.bad_file import BadFileError

EARTH_M = 6_371_008.8
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
    took over a minute between two points, is a pause. Climbs count from three metres on: less is noise.
    """

    first: datetime | None = None
    longitude_deg: float | None = None
    distance_m: float = 0.0
    moving_s: float = 0.0
    ascent_m: float = 0.0
    has_height: bool = False
    points: int = 0
    cadences: list[float] = field(default_factory=list)
    _last_s: float | None = None
    _place: tuple[float, float] | None = None
    _low_m: float | None = None

    def pause(self) -> None:
        """What follows begins anew somewhere else: the way there does not count."""
        self._place = None

    def add(
        self, moment: datetime | None, latitude: float | None, longitude: float | None, height: float | None
    ) -> None:
        """Take one more point; what it does not say is None. Raises BadFileError for a place that is not on earth."""
        step_m = self._step(latitude, longitude)
        if moment is not None:
            self._tick(moment, step_m)
        self.distance_m += step_m or 0.0
        if height is not None:
            self._climb(height)
        self.points += 1

    def _step(self, latitude: float | None, longitude: float | None) -> float | None:
        if latitude is None or longitude is None:
            return None
        if abs(latitude) > MAX_LATITUDE or abs(longitude) > MAX_LONGITUDE:
            raise BadFileError("It names a place that is not on earth; it is damaged.")
        if self.longitude_deg is None:
            self.longitude_deg = longitude
        last, self._place = self._place, (latitude, longitude)
        if last is None:
            return None
        east = (longitude - last[1] + 180) % 360 - 180
        return EARTH_M * hypot(radians(latitude - last[0]), radians(east) * cos(radians(latitude)))

    def _tick(self, moment: datetime, step_m: float | None) -> None:
        now_s = (moment - _ZERO).total_seconds()
        if self.first is None:
            self.first = moment
        elif self._last_s is not None:
            passed_s = now_s - self._last_s
            if 0 < passed_s <= PAUSE_S and (step_m is None or step_m >= STANDING_M_S * passed_s):
                self.moving_s += passed_s
        self._last_s = now_s

    def _climb(self, height: float) -> None:
        self.has_height = True
        if self._low_m is None or height < self._low_m:
            self._low_m = height
        elif height - self._low_m >= CLIMB_M:
            self.ascent_m += height - self._low_m
            self._low_m = height

    @property
    def elapsed_s(self) -> float | None:
        """From the first point to the last."""
        if self.first is None or self._last_s is None:
            return None
        return max(0.0, self._last_s - (self.first - _ZERO).total_seconds())

    @property
    def cadence(self) -> float | None:
        """The mean of what was said while moving, as the file says it."""
        turning = [c for c in self.cadences if c > 0]
        return sum(turning) / len(turning) if turning else None


_ZERO = datetime(1970, 1, 1, tzinfo=UTC)
