"""The records of a FIT file: how far, how long, how many steps, where its summary leaves that out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cached_property

from patella.files.activity import quickest_of
from patella.files.fit_layout import EPOCH, FIRST_DATE, Field, Found, Layout
from patella.files.track import Track

SEMICIRCLE_DEG = 180 / 2**31
NORTH, EAST, STRIDES, METRES, SPEED_AND_METRES, MOMENT = 0, 1, 4, 5, 8, 253
STEP_M, TURN = 1 / 16, 1 << 12  # of the distance that is packed into 12 bits
POLE = 2**30  # semicircles
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

    @property
    def distance_m(self) -> float | None:
        """As far as the records count; else along the places that were passed."""
        return self._counted_m or self._packed_m or round(self._along.distance_m, 1) or None

    @cached_property
    def _counted_m(self) -> float | None:
        least = most = None
        for metres in self._all(METRES):
            least = metres if least is None else least
            most = metres if most is None or metres > most else most
        first = (least or 0) if self._bounds[0] else 0
        return (most - first) / 100 if most else None

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
    def _along(self) -> Track:
        """Along the places, those left out where nobody can have been."""
        track = Track()
        for layout, places in self._runs():
            north, east, moment = (layout.fields.get(number) for number in (NORTH, EAST, MOMENT))
            if north is None or east is None:
                continue
            here = [(north.read(self._content, at), east.read(self._content, at)) for at in places]
            on_earth = [n is not None and e is not None and abs(n) <= POLE for n, e in here]
            track.go(
                [(n or 0) * SEMICIRCLE_DEG if there else None for (n, _), there in zip(here, on_earth, strict=True)],
                [(e or 0) * SEMICIRCLE_DEG if there else None for (_, e), there in zip(here, on_earth, strict=True)],
                [None if (m := self._moment(moment, at)) is None else EPOCH + timedelta(seconds=m) for at in places],
            )
        track.end()
        return track

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was left out of the distance, in sentences."""
        return () if self._counted_m or self._packed_m else self._along.remarks

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

    @property
    def cadence(self) -> float | None:
        """The mean while moving, as the file says it."""
        count = sum(self._turning.values())
        return sum(c * times for c, times in self._turning.items()) / count if count else None

    @property
    def quickest(self) -> float | None:
        """The cadence that one record in twenty is above."""
        return quickest_of(self._turning)

    @cached_property
    def _turning(self) -> Mapping[float, int]:
        return Counter(float(strides) for strides in self._all(STRIDES) if strides)
