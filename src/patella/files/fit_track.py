"""The records of a FIT file: how far, how long, how many steps, where its summary leaves that out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from math import cos, hypot, pi

from patella.files.fit_layout import FIRST_DATE, Field, Found, Layout
from patella.files.track import DEGREE_M

SEMICIRCLE_DEG = 180 / 2**31
NORTH, EAST, STRIDES, METRES, SPEED_AND_METRES, MOMENT = 0, 1, 4, 5, 8, 253
STEP_M, TURN = 1 / 16, 1 << 12  # of the distance that is packed into 12 bits
LEAP_M = 2_000.0  # between two places one after the other
STOPPED = frozenset({1, 4, 8, 9})


class Records:
    """The records of a file, looked into only when the summary leaves something out, and then once.

    `begin` and `end` bound those of one session of several, in seconds of the watch.
    """

    def __init__(self, content: bytes, found: Found, begin: int = 0, end: int = 1 << 32) -> None:
        """All of them, where no bounds are said."""
        self._content = content
        self._found = found
        self._bounds = (begin, end)

    def within(self, begin: int, end: int) -> Records:
        """Those of one session of several."""
        return Records(self._content, self._found, begin, end)

    def _runs(self) -> Iterator[tuple[Layout, Sequence[int]]]:
        """The places of the records, in stretches of one layout."""
        turns, records = self._found.turns, self._found.records
        for (begin, layout), (end, _) in zip(turns, [*turns[1:], (len(records), None)], strict=False):
            yield layout, self._within(layout, records[begin:end])

    def _within(self, layout: Layout, places: Sequence[int]) -> Sequence[int]:
        begin, end = self._bounds
        if not begin:
            return places
        moment = layout.fields.get(MOMENT)
        return [at for at in places if begin <= (self._moment(moment, at) or 0) <= end]

    def _moment(self, moment: Field | None, at: int) -> int | None:
        return moment.read(self._content, at) if moment else self._found.stamps.get(at)

    def _all(self, number: int) -> Iterator[int]:
        for layout, places in self._runs():
            place = layout.fields.get(number)
            if place is not None:
                read = place.read
                yield from (value for at in places if (value := read(self._content, at)) is not None)

    def _moments(self) -> Iterator[int]:
        for layout, places in self._runs():
            moment = layout.fields.get(MOMENT)
            stamps = self._found.stamps
            if moment is None or stamps:
                yield from (m for at in places if (m := stamps.get(at) or self._moment(moment, at)) is not None)
            else:
                yield from (value for at in places if (value := moment.read(self._content, at)) is not None)

    @cached_property
    def _span(self) -> tuple[int, int] | None:
        """The first time and the latest, where the watch knew what time it was."""
        first = latest = None
        for moment in self._moments():
            if moment >= FIRST_DATE:
                first = moment if first is None else first
                latest = moment if latest is None or moment > latest else latest
        return None if first is None or latest is None else (first, latest)

    @property
    def start(self) -> int | None:
        """When the first was written, in seconds of the watch."""
        return self._span[0] if self._span else None

    @property
    def seconds(self) -> float | None:
        """From the first to the last."""
        return float(self._span[1] - self._span[0]) if self._span else None

    @property
    def moving_s(self) -> float | None:
        """How long the timer ran, by its starts and stops; None where it was never stopped between."""
        stops = [m for m, what in self._found.timer if what in STOPPED]
        if not self._span or not any(m < self._span[1] for m in stops):
            return None
        first, last = self._span
        total, since = 0, first
        running = True
        for moment, what in sorted(self._found.timer):
            if what == 0 and not running:
                since, running = moment, True
            elif what in STOPPED and running:
                total, running = total + max(0, moment - since), False
        return float(total + (last - since if running else 0))

    @cached_property
    def distance_m(self) -> float | None:
        """As far as the records count; else along the places that were passed."""
        least = most = None
        for metres in self._all(METRES):
            least = metres if least is None else least
            most = metres if most is None or metres > most else most
        if most:
            first = (least or 0) if self._bounds[0] else 0
            return (most - first) / 100
        return self._packed_m or self._along_m

    @cached_property
    def _packed_m(self) -> float | None:
        """By the distance that some watches pack beside the speed: 12 bits that begin anew again and again."""
        total = 0
        last: int | None = None
        for layout, places in self._runs():
            at_byte = layout.place(SPEED_AND_METRES, 3)
            for at in places if at_byte is not None else ():
                packed = self._content[at + (at_byte or 0) :][:3]
                here = packed[1] >> 4 | packed[2] << 4
                if packed != b"\xff\xff\xff":
                    total += 0 if last is None else (here - last) % TURN
                    last = here
        return total * STEP_M or None

    @cached_property
    def _along_m(self) -> float | None:
        """Along the places, a single one far off left out."""
        total, odd = 0.0, False
        last: tuple[int, int] | None = None
        for layout, places in self._runs():
            north, east = layout.fields.get(NORTH), layout.fields.get(EAST)
            if north is None or east is None:
                continue
            for at in places:
                here = north.read(self._content, at), east.read(self._content, at)
                if here[0] is None or here[1] is None or here == (0, 0):
                    continue
                step_m = 0.0 if last is None else _apart_m(*last, here[0], here[1])
                if step_m > LEAP_M and not odd:
                    odd = True
                    continue
                total, last, odd = total + (0.0 if step_m > LEAP_M else step_m), (here[0], here[1]), False
        return round(total, 1) or None

    @cached_property
    def place(self) -> tuple[int, int] | None:
        """Where it began, in semicircles north and east."""
        for layout, places in self._runs():
            north, east = layout.fields.get(NORTH), layout.fields.get(EAST)
            for at in places if north and east else ():
                here = (north.read(self._content, at), east.read(self._content, at)) if north and east else (None, None)
                if here[0] is not None and here[1] is not None and any(here):
                    return here[0], here[1]
        return None

    @cached_property
    def cadence(self) -> float | None:
        """The mean while moving, in strides a minute."""
        total = count = 0
        for strides in self._all(STRIDES):
            if strides:
                total, count = total + strides, count + 1
        return total / count if count else None


def _apart_m(north: int, east: int, next_north: int, next_east: int) -> float:
    sideways = ((next_east - east + 2**31) % 2**32 - 2**31) * SEMICIRCLE_DEG
    up = (next_north - north) * SEMICIRCLE_DEG
    return DEGREE_M * hypot(up, sideways * cos(next_north * SEMICIRCLE_DEG * pi / 180))
