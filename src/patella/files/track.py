"""A track of timed points: how far, how long without pauses, how much uphill."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise, repeat
from math import cos, hypot, pi, radians
from operator import mul, sub
from typing import NamedTuple

from patella.files.activity import quickest_of
from patella.files.bad_file import BadFileError
from patella.files.points import Columns, Point, columns_of
from patella.files.texts import all_there, few_numbers, moments_in, numbers, offset_in, read_number

DEGREE_M = 6_371_008.8 * pi / 180  # of a great circle
HALF_TURN, TURN = 180.0, 360.0
STANDING_M_S = 0.5
PAUSE_S = 60.0
LONGEST_BACK_S = 86_400
CLIMB_M = 3.0
MAX_LATITUDE, MAX_LONGITUDE = 90.0, 180.0
LEAP_M, LEAP_M_S = 50.0, 12.0  # a point further off than both allow is looked at twice
FASTEST_M_S = 40.0  # nothing that is recorded under one's own power goes that fast
KM_OF_M = 1000.0


class _Place(NamedTuple):
    """Where a point lies, and when."""

    north: float
    east: float
    moment: datetime | None

    def metres_to(self, other: _Place) -> float:
        return _steps((self.north, other.north), (self.east, other.east))[0]

    def seconds_to(self, other: _Place) -> float:
        return (other.moment - self.moment).total_seconds() if self.moment and other.moment else 0.0


def _steps(norths: Sequence[float], easts: Sequence[float]) -> list[float]:
    """The metres from each place to the next. Thirty thousand at once are usual: this is written to be quick."""
    aside = list(map(sub, easts[1:], easts))
    if max(aside) > HALF_TURN or min(aside) < -HALF_TURN:
        aside = [(a + HALF_TURN) % TURN - HALF_TURN for a in aside]
    there = norths[1:]
    degrees = map(hypot, map(sub, there, norths), map(mul, aside, map(cos, map(radians, there))))
    return list(map(mul, repeat(DEGREE_M), degrees))


@dataclass(slots=True)
class Track:
    """Sums over the points of a track, taken one after the other in their order.

    Distance is along the ground between neighbours; a time during which nobody moved half a metre a second, or that
    took over a minute between two points, is a pause. Climbs count from three metres on: less is noise. `furthest_m` is
    the longest distance that a point itself speaks of, `nearest_m` the first.

    Left out are the place 0, 0, where a receiver without a fix puts its points, and a single point far off from which
    the next one is back; a leap faster than anybody moves by themselves does not count as a way. `left_out` counts
    them. What it says holds from `end` on.
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
    _cadences: Counter[str] = field(default_factory=Counter)
    _last: datetime | None = None
    _latest: datetime | None = None
    _place: _Place | None = None
    _odd: _Place | None = None
    _low_m: float | None = None
    _waiting: list[Point] = field(default_factory=list)

    def pause(self) -> None:
        """What follows begins anew somewhere else: the way there does not count."""
        self._take_waiting()
        self._place = self._odd = None

    def add(self, point: Point) -> None:
        """Take one more point, at the latest with those that follow."""
        self._waiting.append(point)

    def take(self, points: Columns) -> None:
        """Take more points, all at once. Raises BadFileError for a place that is not on earth."""
        self._take_waiting()
        self._take(points)

    def go(
        self, norths: Sequence[float | None], easts: Sequence[float | None], moments: Sequence[datetime | None]
    ) -> None:
        """Go along places that are numbers already, without anything else. Raises BadFileError as `take` does."""
        self.distance_m += sum(filter(None, self._walk(norths, easts, moments)))

    def _take_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._take(columns_of(waiting))

    def _take(self, points: Columns) -> None:
        moments = moments_in(points.time)
        passed, turns = self._tick(moments, points.time)
        norths, easts = numbers(points.latitude), numbers(points.longitude)
        steps: list[float | None] = []
        for turn, (begin, end) in enumerate(pairwise((0, *turns, len(passed)))):
            if turn:
                self._place = self._odd = None
            steps += self._walk(norths[begin:end], easts[begin:end], moments[begin:end])
        self.distance_m += sum(filter(None, steps))
        moving = [
            seconds
            for seconds, step_m in zip(passed, steps, strict=True)
            if seconds and 0 < seconds <= PAUSE_S and (step_m is None or step_m >= STANDING_M_S * seconds)
        ]
        self.moving_s += sum(moving)
        self._climb(points.height)
        along = [along_m for along_m in numbers(points.along) if along_m is not None]
        if along:
            self.nearest_m = along[0] if self.nearest_m is None else self.nearest_m
            self.furthest_m = max(self.furthest_m, *along)
        self._cadences.update(filter(None, points.cadence))

    def _tick(
        self, moments: Sequence[datetime | None], texts: Sequence[str | None]
    ) -> tuple[Sequence[float | None], Sequence[int]]:
        """The seconds that passed until each of them, None where the file does not say when it was; and the turns.

        A turn is where the file goes on with an earlier part of the same day, as some write their segments.
        """
        known = [moment for moment in moments if moment is not None]
        if not known:
            return [None] * len(moments), ()
        if self.first is None:
            self.first = known[0]
            self.offset = offset_in(texts[moments.index(known[0])])
        passed = list(map(timedelta.total_seconds, map(sub, known, [self._last or known[0], *known])))
        back_s = min(passed)
        self._last, latest = known[-1], known[-1] if back_s >= 0 else max(known)
        self._latest = latest if self._latest is None or latest > self._latest else self._latest
        turns: list[int] = []
        if back_s < -PAUSE_S:
            turns = [n for n, seconds in enumerate(passed) if -LONGEST_BACK_S <= seconds < -PAUSE_S]
            self.first = min([self.first, *(known[n] for n in turns)])
        if len(known) == len(moments):
            return passed, turns
        places = [n for n, moment in enumerate(moments) if moment is not None]
        spread: list[float | None] = [None] * len(moments)
        for n, seconds in zip(places, passed, strict=True):
            spread[n] = seconds
        return spread, [places[n] for n in turns]

    def _walk(
        self, norths: Sequence[float | None], easts: Sequence[float | None], moments: Sequence[datetime | None]
    ) -> Sequence[float | None]:
        """The metres to each point from the one before; None where there is no way to it."""
        if all_there(norths) and all_there(easts) and not (0 in norths and 0 in easts):
            return self._walk_on(norths, easts, moments)
        steps: list[float | None] = [None] * len(norths)
        places = [
            (north, east, moment, n)
            for n, (north, east, moment) in enumerate(zip(norths, easts, moments, strict=True))
            if north is not None and east is not None
        ]
        somewhere = [place for place in places if place[0] or place[1]]
        self.left_out += len(places) - len(somewhere)
        if somewhere:
            some_norths, some_easts, some_moments, numbers = zip(*somewhere, strict=True)
            for n, step_m in zip(numbers, self._walk_on(some_norths, some_easts, some_moments), strict=True):
                steps[n] = step_m
        return steps

    def _walk_on(
        self, norths: Sequence[float], easts: Sequence[float], moments: Sequence[datetime | None]
    ) -> Sequence[float | None]:
        if not norths:
            return []
        if max(norths) > MAX_LATITUDE or min(norths) < -MAX_LATITUDE or max(map(abs, easts)) > MAX_LONGITUDE:
            raise BadFileError("It names a place that is not on earth; it is damaged.")
        last = self._place
        if self.begin is None:
            self.begin = norths[0], easts[0]
        if last is not None:
            norths, easts, moments = [last[0], *norths], [last[1], *easts], [last[2], *moments]
        self._place = _Place(norths[-1], easts[-1], moments[-1])
        ways = _steps(norths, easts) if len(norths) > 1 else []
        steps: Sequence[float | None] = ways
        if self._odd is not None or (ways and max(ways) > LEAP_M):
            places = map(_Place, norths, easts, moments)
            steps = [self._step(*place, step_m) for place, step_m in zip(pairwise(places), ways, strict=True)]
        return steps if last is not None else [None, *steps]

    def _step(self, last: _Place, here: _Place, step_m: float) -> float | None:
        return step_m if self._odd is None and step_m <= LEAP_M else self._leap(last, here, step_m)

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

    def _climb(self, heights: Sequence[str | None]) -> None:
        low_m, ascent_m = self._low_m, 0.0
        for height_m in few_numbers(heights):
            if height_m is None:
                continue
            if low_m is None or height_m < low_m:
                low_m = height_m
            elif height_m - low_m >= CLIMB_M:
                ascent_m += height_m - low_m
                low_m = height_m
        self._low_m, self.ascent_m = low_m, self.ascent_m + ascent_m
        self.has_height = low_m is not None

    def end(self) -> None:
        """There are no more points: the last one counts, unless it lies further off than anybody is quick."""
        self._take_waiting()
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
        turning = self._turning()
        total = sum(turning.values())
        return sum(c * times for c, times in turning.items()) / total if total else None

    @property
    def quickest(self) -> float | None:
        """The cadence that one point in twenty is above: whether a file counts steps or strides shows there."""
        turning = self._turning()
        return quickest_of(turning)

    def _turning(self) -> Mapping[float, int]:
        """How often each cadence was said, where it was not nought."""
        said = ((read_number(text), times) for text, times in self._cadences.items())
        found = Counter[float]()
        for cadence, times in said:
            if cadence is not None and cadence > 0:
                found[cadence] += times
        return found

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was left out, in sentences."""
        if not self.left_out:
            return ()
        places = "One place was" if self.left_out == 1 else f"{self.left_out} places were"
        return (f"{places} left out: too far off to have been reached.",)
