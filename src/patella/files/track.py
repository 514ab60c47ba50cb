"""A track of timed points: how far, how long without pauses, how much uphill."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import cos, hypot, isfinite, pi

from patella.files.activity import in_utc
from patella.files.bad_file import BadFileError
from patella.files.points import Point

RADIAN = pi / 180
DEGREE_M = 6_371_008.8 * RADIAN  # of a great circle
STANDING_M_S = 0.5
PAUSE_S = 60.0
LONGEST_BACK_S = 86_400
CLIMB_M = 3.0
MAX_LATITUDE, MAX_LONGITUDE = 90.0, 180.0
LEAP_M, LEAP_M_S = 50.0, 12.0  # a point further off than both allow is looked at twice
FASTEST_M_S = 40.0  # nothing that is recorded under one's own power goes that fast
KM_OF_M = 1000.0


def read_number(text: str) -> float | None:
    """The number a text says, with a decimal point or a comma, if it is a finite one."""
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        if "," not in text or "." in text:
            return None
        return read_number(text.replace(",", ".", 1))
    return value if isfinite(value) else None


def read_moment(text: str) -> datetime | None:
    """The moment an ISO 8601 text says, in UTC."""
    try:
        moment = datetime.fromisoformat(text.strip())
        return moment if moment.tzinfo is UTC else in_utc(moment)
    except (ValueError, OverflowError):
        return None


def offset_in(text: str | None) -> timedelta | None:
    """The offset that an ISO 8601 text says by itself; None for UTC, which is what most write wherever they are."""
    try:
        return datetime.fromisoformat((text or "").strip()).utcoffset() or None
    except ValueError:
        return None


@dataclass(slots=True)
class _Place:
    """Where a point lies, and when."""

    north: float
    east: float
    moment: datetime | None

    def metres_to(self, other: _Place) -> float:
        apart = (other.east - self.east + 180) % 360 - 180
        return DEGREE_M * hypot(other.north - self.north, apart * cos(other.north * RADIAN))

    def seconds_to(self, other: _Place) -> float:
        return (other.moment - self.moment).total_seconds() if self.moment and other.moment else 0.0


@dataclass(slots=True)
class Track:
    """Sums over the points of a track, taken one after the other in their order.

    Distance is along the ground between neighbours; a time during which nobody moved half a metre a second, or that
    took over a minute between two points, is a pause. Climbs count from three metres on: less is noise. `furthest_m` is
    the longest distance that a point itself speaks of, `nearest_m` the first.

    Left out are the place 0, 0, where a receiver without a fix puts its points, and a single point far off from which
    the next one is back; a leap faster than anybody moves by themselves does not count as a way. `left_out` counts
    them.
    """

    first: datetime | None = None
    offset: timedelta | None = None
    begin: tuple[float, float] | None = None
    distance_m: float = 0.0
    moving_s: float = 0.0
    ascent_m: float = 0.0
    furthest_m: float = 0.0
    nearest_m: float | None = None
    has_height: bool = False
    left_out: int = 0
    cadences: list[float] = field(default_factory=list)
    _last: datetime | None = None
    _latest: datetime | None = None
    _place: _Place | None = None
    _odd: _Place | None = None
    _low_m: float | None = None

    def pause(self) -> None:
        """What follows begins anew somewhere else: the way there does not count."""
        self._place = self._odd = None

    def take(self, points: Iterable[Point]) -> None:
        """Take more points. Raises BadFileError for a place that is not on earth."""
        for time, latitude, longitude, height, along, cadence in points:
            moment = read_moment(time) if time else None
            if moment is not None and self._last is not None and moment < self._last and self._is_earlier_part(moment):
                self.pause()
            step_m = self._step(latitude, longitude, moment) if latitude and longitude else None
            if moment is not None:
                if self.first is None:
                    self.offset = offset_in(time)
                self._tick(moment, step_m)
            if step_m is not None:
                self.distance_m += step_m
            if height and (height_m := read_number(height)) is not None:
                self._climb(height_m)
            if along and (along_m := read_number(along)) is not None:
                self.nearest_m = along_m if self.nearest_m is None else self.nearest_m
                self.furthest_m = max(along_m, self.furthest_m)
            if cadence and (turned := read_number(cadence)):
                self.cadences.append(turned)

    def _step(self, latitude: str, longitude: str, moment: datetime | None) -> float | None:
        north, east = read_number(latitude), read_number(longitude)
        if north is None or east is None:
            return None
        if not (-MAX_LATITUDE <= north <= MAX_LATITUDE and -MAX_LONGITUDE <= east <= MAX_LONGITUDE):
            raise BadFileError("It names a place that is not on earth; it is damaged.")
        if north == 0 and east == 0:
            self.left_out += 1
            return None
        here = _Place(north, east, moment)
        if self.begin is None:
            self.begin = north, east
        last, self._place = self._place, here
        if last is None:
            return None
        step_m = last.metres_to(here)
        if self._odd is None and step_m <= LEAP_M:
            return step_m
        return self._leap(last, here, step_m)

    def _leap(self, last: _Place, here: _Place, step_m: float) -> float | None:
        """The step to a point that lies far off, or to the one after it."""
        before, self._odd = self._odd, None
        if before is not None:
            straight_m = before.metres_to(here)
            if straight_m <= max(LEAP_M, LEAP_M_S * before.seconds_to(here)) < step_m:
                self.left_out += 1
                return straight_m
            self.distance_m += self._way(before, last)
        if step_m > max(LEAP_M, LEAP_M_S * last.seconds_to(here)):
            self._odd = last
            return None
        return step_m

    def _way(self, last: _Place, here: _Place) -> float:
        """How far it was to a point that was no spike: nothing, where nobody is that fast."""
        step_m, seconds = last.metres_to(here), last.seconds_to(here)
        if seconds and step_m > FASTEST_M_S * seconds:
            self.left_out += 1
            return 0.0
        return step_m

    def _tick(self, moment: datetime, step_m: float | None) -> None:
        if self.first is None:
            self.first = moment
        elif self._last is not None:
            passed_s = (moment - self._last).total_seconds()
            if 0 < passed_s <= PAUSE_S and (step_m is None or step_m >= STANDING_M_S * passed_s):
                self.moving_s += passed_s
            elif passed_s < 0 and self._is_earlier_part(moment):
                self.first = min(self.first, moment)
        self._last = moment
        if self._latest is None or moment > self._latest:
            self._latest = moment

    def _is_earlier_part(self, moment: datetime) -> bool:
        """Whether the file goes on with an earlier part of the same day, as some write their segments."""
        return self._last is not None and PAUSE_S < (self._last - moment).total_seconds() <= LONGEST_BACK_S

    def _climb(self, height_m: float) -> None:
        self.has_height = True
        if self._low_m is None or height_m < self._low_m:
            self._low_m = height_m
        elif height_m - self._low_m >= CLIMB_M:
            self.ascent_m += height_m - self._low_m
            self._low_m = height_m

    def end(self) -> None:
        """There are no more points: the last one counts, unless it lies further off than anybody is quick."""
        if self._odd is not None and self._place is not None:
            self.distance_m += self._way(self._odd, self._place)
        self._odd = None

    @property
    def along_m(self) -> float:
        """How far its points themselves say it went: a leg of several may count on from where the last one ended."""
        far = self.furthest_m - (self.nearest_m or 0.0)
        return far * KM_OF_M if self._is_in_km(far) else far

    def _is_in_km(self, said: float) -> bool:
        """Whether a distance is in kilometres where it should be in metres, by the places that were passed."""
        return self.distance_m > KM_OF_M and 0.9 < said * KM_OF_M / self.distance_m < 1.1  # noqa: PLR2004 - a tenth

    def in_metres(self, said: float) -> float:
        """A distance that was said of the track, in metres also where its programme wrote kilometres."""
        return said * KM_OF_M if self._is_in_km(said) else said

    @property
    def elapsed_s(self) -> float | None:
        """From the first moment to the latest."""
        if self.first is None or self._latest is None:
            return None
        return max(0.0, (self._latest - self.first).total_seconds())

    @property
    def cadence(self) -> float | None:
        """The mean of what was said while moving, as the file says it."""
        turning = [c for c in self.cadences if c > 0]
        return sum(turning) / len(turning) if turning else None

    @property
    def quickest(self) -> float | None:
        """The cadence that one point in twenty is above: whether a file counts steps or strides shows there."""
        turning = sorted(c for c in self.cadences if c > 0)
        return turning[len(turning) * 19 // 20] if turning else None

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was left out, in sentences."""
        if not self.left_out:
            return ()
        places = "One place was" if self.left_out == 1 else f"{self.left_out} places were"
        return (f"{places} left out: too far off to have been reached.",)
