"""FIT files, read for their summary: every message is stepped over by its length, few are looked into.

A full decoder takes a second for an hour of running; an archive of years has thousands. So only what a run is made of
is decoded: the session, else the laps, else the records. Files that were cut short or damaged give what is whole
in them. The checksum is not asked: watches that lost power write none, and what they recorded counts.

Format: Garmin, Flexible and Interoperable Data Transfer (FIT) Protocol, and its profile (field numbers, scales).
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from patella.files.activity import RUNNING, UNKNOWN, Activity, checked, plain_name, steps_of
from patella.files.bad_file import BadFileError, NoActivityError, PlanError

MARK = b".FIT"
HEADERS = (12, 14)
MOST_MESSAGES = 600_000  # a week with a record every second
MOST_SESSIONS = 100
MOST_LAPS = 10_000
MOST_TURNS = 50_000
EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
FIRST_DATE = 0x10000000  # below it a time counts from the device's start
SEMICIRCLE_DEG = 180 / 2**31
FURTHEST = timedelta(hours=15)
QUARTER_S = 900

FILE_ID, SPORT, SESSION, LAP, RECORD, ACTIVITY = 0, 12, 18, 19, 20, 34
KIND, DEFINITION = 0xC0, 0x40
# The fields that are looked at, by message. A message may be laid out with 255 of them; the rest is never looked up.
KEPT: Mapping[int, tuple[int, ...]] = {
    FILE_ID: (0,),
    SPORT: (0,),
    SESSION: (2, 4, 5, 6, 7, 8, 9, 18, 22, 92),
    LAP: (2, 7, 8, 9),
    RECORD: (1, 4, 5, 253),
    ACTIVITY: (5, 253),
}
ACTIVITY_FILE = 4
PLANS = {5: "a workout", 6: "a course", 7: "a schedule of workouts"}

# Base types by their number: struct code, size, the value that means nothing.
TYPES: Mapping[int, tuple[str, int, int]] = {
    0x00: ("B", 1, 0xFF),
    0x01: ("b", 1, 0x7F),
    0x02: ("B", 1, 0xFF),
    0x83: ("h", 2, 0x7FFF),
    0x84: ("H", 2, 0xFFFF),
    0x85: ("i", 4, 0x7FFFFFFF),
    0x86: ("I", 4, 0xFFFFFFFF),
    0x0A: ("B", 1, 0),
    0x8B: ("H", 2, 0),
    0x8C: ("I", 4, 0),
}
_SPORTS = (
    "generic, running, cycling, transition, fitness equipment, swimming, basketball, soccer, tennis, american football,"
    " training, walking, cross-country skiing, alpine skiing, snowboarding, rowing, mountaineering, hiking, multisport,"
    " paddling, flying, e-biking, motorcycling, boating, driving, golf, hang gliding, horseback riding, hunting,"
    " fishing, inline skating, rock climbing, sailing, ice skating, sky diving, snowshoeing, snowmobiling,"
    " stand up paddleboarding, surfing, wakeboarding, water skiing, kayaking, rafting, windsurfing, kitesurfing,"
    " tactical, jumpmaster, boxing, floor climbing"
)
SPORTS = _SPORTS.split(", ")
TRANSITION = "transition"
SURFACES = {1: "treadmill", 45: "treadmill", 58: "treadmill", 2: "road", 3: "trail", 4: "track"}
NOT_SAID = ("generic", "multisport")


class _Field(NamedTuple):
    """How a field is read, where in its message it lies, and the value that means nothing."""

    form: struct.Struct
    offset: int
    nothing: int

    def read(self, content: bytes, at: int) -> int | None:
        """Its value in the message that begins at `at`."""
        value: int = self.form.unpack_from(content, at + self.offset)[0]
        return None if value == self.nothing else value


@dataclass(slots=True)
class _Layout:
    """How a message is laid out: its number and length, and the three bytes that say what each field is."""

    number: int
    order: str
    size: int
    said: bytes
    known: dict[int, _Field] | None = None

    @property
    def fields(self) -> dict[int, _Field]:
        """Where each field that matters lies, found when the first message of this layout is read."""
        if self.known is None:
            self.known = {n: f for n in KEPT.get(self.number, ()) if (f := self._field(n)) is not None}
        return self.known

    def _field(self, number: int) -> _Field | None:
        at = self.said[::3].rfind(number)
        kind = TYPES.get(self.said[3 * at + 2]) if at >= 0 else None
        if kind is None or self.said[3 * at + 1] != kind[1]:
            return None
        return _Field(struct.Struct(self.order + kind[0]), sum(self.said[1 : 3 * at : 3]), kind[2])


@dataclass(slots=True)
class _Found:
    """What one file was found to hold: fields by number; records only by where they lie.

    `turns` says from which record on which layout holds: watches change it rarely.
    """

    kinds: set[int] = field(default_factory=set)
    sports: list[dict[int, int]] = field(default_factory=list)
    sessions: list[dict[int, int]] = field(default_factory=list)
    laps: list[dict[int, int]] = field(default_factory=list)
    offset: timedelta | None = None
    records: array[int] = field(default_factory=lambda: array("L"))
    turns: list[tuple[int, _Layout]] = field(default_factory=list)


def is_fit(content: bytes) -> bool:
    """Whether this begins like a FIT file."""
    return content[8:12] == MARK and len(content) > 0 and content[0] in HEADERS


def read_fit(content: bytes) -> tuple[Activity, ...]:
    """Every activity of a file, chained files included. Raises BadFileError."""
    found = _Found()
    at = 0
    budget = MOST_MESSAGES
    while is_fit(content[at : at + 14]):
        begin = at + content[at]
        declared = int.from_bytes(content[at + 4 : at + 8], "little")
        end = begin + declared if declared else len(content)
        budget = _read_messages(content, begin, min(end, len(content)), found, budget)
        at = end + 2
    if found.kinds and ACTIVITY_FILE not in found.kinds:
        raise _nothing(found)
    activities = _activities(content, found)
    if not activities:
        raise _nothing(found)
    return activities


def _nothing(found: _Found) -> BadFileError:
    plan = next((PLANS[k] for k in sorted(found.kinds) if k in PLANS), None)
    if plan and ACTIVITY_FILE not in found.kinds:
        return PlanError(f"It is {plan}: a plan, not something that was run.")
    if found.kinds - {ACTIVITY_FILE}:
        return NoActivityError("It is a FIT file, but of settings or a body measure, not of an activity.")
    if found.sessions:
        return BadFileError("Its watch did not know what time it was, so the day of it is not known.")
    return BadFileError("It is a FIT file, but no activity can be read from it; it is empty or damaged.")


def _read_messages(content: bytes, at: int, end: int, found: _Found, budget: int) -> int:
    """Step through the messages up to `end` or the first that makes no sense; how many more may come."""
    layouts: dict[int, _Layout] = {}
    seen: dict[bytes, _Layout] = {}
    while at < end:
        budget -= 1
        if budget < 0:
            raise BadFileError(f"It has more than {MOST_MESSAGES} messages: that is no recording of one activity.")
        head = content[at]
        at += 1
        if head & KIND == DEFINITION:
            begin = at
            layout, at = _layout(content, at, end, developer=bool(head & 0x20))
            if layout is None:
                break
            layout = seen.setdefault(content[begin:at], layout)  # said again, it is the same one
            layouts[head & 0x0F] = layout
            continue
        known = layouts.get(head >> 5 & 0x03 if head & 0x80 else head & 0x0F)
        if known is None or at + known.size > end:
            break
        if known.number == RECORD:
            if not found.turns or found.turns[-1][1] is not known:
                if len(found.turns) == MOST_TURNS:
                    raise BadFileError("Its records change their layout too often: that is no recording of a watch.")
                found.turns.append((len(found.records), known))
            found.records.append(at)
        elif known.number in KEPT:
            _keep(known.number, _values(content, at, known), found)
        at += known.size
    return budget


def _layout(content: bytes, at: int, end: int, *, developer: bool) -> tuple[_Layout | None, int]:
    if at + 5 > end:
        return None, end
    order = ">" if content[at + 1] else "<"
    number = struct.unpack_from(f"{order}H", content, at + 2)[0]
    last = at + 5 + 3 * content[at + 4]
    if last + (1 if developer else 0) > end:
        return None, end
    said = content[at + 5 : last]
    size = sum(said[1::3])
    if developer:
        count = content[last]
        first, last = last + 1, last + 1 + 3 * count
        if last > end:
            return None, end
        size += sum(content[first + 1 : last : 3])
    return _Layout(number, order, size, said), last


def _values(content: bytes, at: int, layout: _Layout) -> dict[int, int]:
    """The whole numbers of a message that say something, by field number."""
    read = ((number, f.read(content, at)) for number, f in layout.fields.items())
    return {number: value for number, value in read if value is not None}


def _keep(number: int, values: dict[int, int], found: _Found) -> None:
    if number == FILE_ID and 0 in values:
        found.kinds.add(values[0])
    elif number == SPORT and len(found.sports) < MOST_SESSIONS:
        found.sports.append(values)
    elif number == SESSION and len(found.sessions) < MOST_SESSIONS:
        found.sessions.append(values)
    elif number == LAP:
        if len(found.laps) == MOST_LAPS:
            raise BadFileError(f"It has more than {MOST_LAPS} laps: that is no recording of one activity.")
        found.laps.append(values)
    elif number == ACTIVITY and {253, 5} <= set(values):
        found.offset = _offset(values[5] - values[253])


def _offset(seconds: int) -> timedelta | None:
    """The local clock's offset, to a quarter of an hour; None when there is no such place on earth."""
    offset = timedelta(seconds=round(seconds / QUARTER_S) * QUARTER_S)
    return offset if abs(offset) < FURTHEST else None


def _activities(content: bytes, found: _Found) -> tuple[Activity, ...]:
    track = _Track(content, found)
    if found.sessions:
        summaries = [s for s in found.sessions if _sport(s, 5) != TRANSITION]
    else:
        summaries = [_of_laps(found.laps, track)] if found.laps or track.start is not None else []
    made = (_activity(s, found, track, alone=len(found.sessions) <= 1) for s in summaries)
    return tuple(checked(a) for a in made if a is not None)


def _of_laps(laps: list[dict[int, int]], track: _Track) -> dict[int, int]:
    """A session put together from its laps, where the watch did not live to write one; else from the records."""
    whole: dict[int, int] = {}
    starts = [lap[2] for lap in laps if lap.get(2, 0) >= FIRST_DATE]
    if starts:
        whole[2] = min(starts)
    for number in (7, 8, 9):
        parts = [lap[number] for lap in laps if number in lap]
        if parts and len(parts) == len(laps):
            whole[number] = sum(parts)
    if track.distance_m is not None and track.distance_m * 100 > whole.get(9, 0):
        return {k: v for k, v in whole.items() if k not in (7, 8, 9)}  # the last lap was not closed
    return whole


def _activity(session: dict[int, int], found: _Found, track: _Track, *, alone: bool) -> Activity | None:
    start = session.get(2, 0)
    if start < FIRST_DATE:
        start = track.start or 0
    if not start:
        return None
    elapsed_s = _scaled(session, 7, 1000)
    moving_s = _scaled(session, 8, 1000)
    distance_m = _scaled(session, 9, 100)
    cadence = _scaled(session, 18, 1)
    longitude = session.get(4)
    if alone:  # only then are the records those of this session
        elapsed_s = track.seconds if elapsed_s is None else elapsed_s
        distance_m = track.distance_m if distance_m is None else distance_m
        longitude = track.longitude if longitude is None else longitude
        cadence = track.cadence if cadence is None else cadence + session.get(92, 0) / 128
    moving_s = elapsed_s if moving_s is None else moving_s
    sport = _sport_of(session, found)
    return Activity(
        start=EPOCH + timedelta(seconds=start),
        sport=sport,
        source="fit",
        offset=found.offset,
        longitude_deg=None if longitude is None else longitude * SEMICIRCLE_DEG,
        distance_m=distance_m,
        moving_s=moving_s,
        elapsed_s=elapsed_s,
        cadence_spm=steps_of(cadence or None, sport),
        ascent_m=_scaled(session, 22, 1),
        surface=SURFACES.get(session.get(6, 0)) if sport == RUNNING else None,
    )


def _scaled(values: dict[int, int], number: int, scale: int) -> float | None:
    value = values.get(number)
    return None if value is None else value / scale


def _sport_of(session: dict[int, int], found: _Found) -> str:
    sport = _sport(session, 5)
    if sport in (UNKNOWN, *NOT_SAID) and len(found.sports) == 1:
        said = _sport(found.sports[0], 0)
        sport = sport if said == UNKNOWN else said
    return UNKNOWN if sport in NOT_SAID else sport


def _sport(values: dict[int, int], number: int) -> str:
    sport = values.get(number)
    if sport is None:
        return UNKNOWN
    return plain_name(SPORTS[sport]) or UNKNOWN if sport < len(SPORTS) else f"sport {sport}"


class _Track:
    """The records of a file, looked into only when the summary leaves something out, and then once."""

    def __init__(self, content: bytes, found: _Found) -> None:
        self._content = content
        self._found = found

    def _runs(self) -> Iterator[tuple[_Layout, Sequence[int]]]:
        """The places of the records, in stretches of one layout."""
        turns, records = self._found.turns, self._found.records
        for (begin, layout), (end, _) in zip(turns, [*turns[1:], (len(records), None)], strict=False):
            yield layout, records[begin:end]

    def _all(self, number: int) -> Iterator[int]:
        for layout, places in self._runs():
            place = layout.fields.get(number)
            if place is not None:
                read = place.read
                yield from (value for at in places if (value := read(self._content, at)) is not None)

    @cached_property
    def _span(self) -> tuple[int, int] | None:
        """The first time and the latest, where the watch knew what time it was."""
        first = latest = None
        for moment in self._all(253):
            if moment >= FIRST_DATE:
                first = moment if first is None else first
                latest = moment if latest is None or moment > latest else latest
        return None if first is None or latest is None else (first, latest)

    @property
    def start(self) -> int | None:
        return self._span[0] if self._span else None

    @property
    def seconds(self) -> float | None:
        return float(self._span[1] - self._span[0]) if self._span else None

    @cached_property
    def distance_m(self) -> float | None:
        furthest = max(self._all(5), default=None)
        return None if furthest is None else furthest / 100

    @cached_property
    def longitude(self) -> int | None:
        return next(self._all(1), None)

    @cached_property
    def cadence(self) -> float | None:
        """The mean while moving, in strides a minute."""
        total = count = 0
        for strides in self._all(4):
            if strides:
                total, count = total + strides, count + 1
        return total / count if count else None
