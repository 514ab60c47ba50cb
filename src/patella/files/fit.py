"""FIT files, read for their summary: every message is stepped over by its length, few are looked into.

A full decoder takes a second for an hour of running; an archive of years has thousands. So only what a run is made of
is decoded: the session, else the laps, else the records. Files that were cut short or damaged give what is whole
in them. The checksum is not asked: watches that lost power write none, and what they recorded counts.

Format: Garmin, Flexible and Interoperable Data Transfer (FIT) Protocol, and its profile (field numbers, scales).
"""

from __future__ import annotations

import struct
from datetime import timedelta

from patella.files.activity import RUNNING, STRIDES_AT_MOST, Activity, checked, steps_of
from patella.files.bad_file import BadFileError, NoActivityError, PlanError
from patella.files.fit_layout import (
    ACTIVITY,
    EPOCH,
    FILE_ID,
    FIRST_DATE,
    KEPT,
    LAP,
    RECORD,
    SESSION,
    SPORT,
    TIMER,
    Found,
    Layout,
)
from patella.files.fit_sport import SURFACES, TRANSITION, sport_in, sport_of
from patella.files.fit_track import MOMENT, SEMICIRCLE_DEG, Records

MARK = b".FIT"
HEADERS = (12, 14)
MOST_MESSAGES = 600_000  # a week with a record every second
MOST_SESSIONS = 100
MOST_LAPS = 10_000
MOST_STOPS = 10_000
FURTHEST = timedelta(hours=15)
QUARTER_S = 900
KIND, DEFINITION, COMPRESSED, ROLLS_OVER = 0xC0, 0x40, 0x80, 0x1F
ACTIVITY_FILE, SPORT_OF_LAP = 4, 25
PLANS = {5: "a workout", 6: "a course", 7: "a schedule of workouts"}
QUICK_STRIDES = 95  # a mean that few reach in strides, and many who walk and run in steps


def is_fit(content: bytes) -> bool:
    """Whether this begins like a FIT file."""
    return content[8:12] == MARK and len(content) > 0 and content[0] in HEADERS


def read_fit(content: bytes) -> tuple[Activity, ...]:
    """Every activity of a file, chained files included. Raises BadFileError."""
    found = Found()
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


def _nothing(found: Found) -> BadFileError:
    plan = next((PLANS[k] for k in sorted(found.kinds) if k in PLANS), None)
    if plan and ACTIVITY_FILE not in found.kinds:
        return PlanError(f"It is {plan}: a plan, not something that was run.")
    if found.kinds - {ACTIVITY_FILE}:
        return NoActivityError("It is a FIT file, but of settings or a body measure, not of an activity.")
    if found.sessions:
        return BadFileError("Its watch did not know what time it was, so the day of it is not known.")
    return BadFileError("It is a FIT file, but no activity can be read from it; it is empty or damaged.")


def _read_messages(content: bytes, at: int, end: int, found: Found, budget: int) -> int:
    """Step through the messages up to `end` or the first that makes no sense; how many more may come."""
    layouts: dict[int, Layout] = {}
    seen: dict[bytes, Layout] = {}
    clock = _Clock(content)
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
        known = layouts.get(head >> 5 & 0x03 if head & COMPRESSED else head & 0x0F)
        if known is None or at + known.size > end:
            break
        if head & COMPRESSED:
            clock.stamp(found, at, head & ROLLS_OVER)
        if known.number == RECORD:
            more = 0 if head & COMPRESSED else _alike(content, at - 1, known.size + 1, end)
            found.take(known, range(at, at + (more + 1) * (known.size + 1), known.size + 1))
            budget -= more
            at += more * (known.size + 1)
        elif known.number in KEPT:
            _keep(known.number, _values(content, at, known), found)
        if not head & COMPRESSED:
            clock.before = known, at
        at += known.size
    return budget


def _alike(content: bytes, at: int, length: int, end: int) -> int:
    """How many whole messages of the same head and length follow the one at a place, one after the other."""
    head, more, window = content[at : at + 1], 0, 1
    whole = (end - at) // length - 1
    while more < whole:
        begin = at + (more + 1) * length
        heads = content[begin : begin + min(window, whole - more) * length : length]
        alike = len(heads) - len(heads.lstrip(head))
        more += alike
        if alike < len(heads):
            break
        window *= 4
    return more


class _Clock:
    """The times of records that say only their five lowest bits, in their heads; asked for only by such a record."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._now: int | None = None
        self.before: tuple[Layout, int] | None = None  # the message ahead of it that may say the time in full

    def stamp(self, found: Found, at: int, low: int) -> None:
        """Say of the record at a place when it was written: the next time that ends so."""
        if self.before is not None:
            moment = self.before[0].field(MOMENT)
            said = moment.read(self._content, self.before[1]) if moment else None
            self._now, self.before = said or self._now, None
        if self._now is not None:
            self._now += (low - self._now) & ROLLS_OVER
            found.stamps[at] = self._now


def _layout(content: bytes, at: int, end: int, *, developer: bool) -> tuple[Layout | None, int]:
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
    return Layout(number, order, size, said), last


def _values(content: bytes, at: int, layout: Layout) -> dict[int, int]:
    """The whole numbers of a message that say something, by field number."""
    read = ((number, f.read(content, at)) for number, f in layout.fields.items())
    return {number: value for number, value in read if value is not None}


def _keep(number: int, values: dict[int, int], found: Found) -> None:
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
    elif number == TIMER and values.get(0) == 0 and {1, 253} <= set(values) and len(found.timer) < MOST_STOPS:
        found.timer.append((values[253], values[1]))
    elif number == ACTIVITY and {253, 5} <= set(values):
        found.offset = _offset(values[5] - values[253])


def _offset(seconds: int) -> timedelta | None:
    """The local clock's offset, to a quarter of an hour; None when there is no such place on earth.

    None for UTC too: some watches write that wherever they are.
    """
    offset = timedelta(seconds=round(seconds / QUARTER_S) * QUARTER_S)
    return offset if offset and abs(offset) < FURTHEST else None


def _activities(content: bytes, found: Found) -> tuple[Activity, ...]:
    track = Records(content, found)
    if found.sessions:
        summaries = [s for s in found.sessions if sport_in(s, 5) != TRANSITION]
    else:
        summaries = [_of_laps(found.laps, track)] if found.laps or track.start is not None else []
    made = (_activity(s, found, track, alone=len(found.sessions) <= 1) for s in summaries)
    return tuple(checked(a) for a in made if a is not None)


def _of_laps(laps: list[dict[int, int]], track: Records) -> dict[int, int]:
    """A session put together from its laps, where the watch did not live to write one; else from the records."""
    whole: dict[int, int] = {}
    starts = [lap[2] for lap in laps if lap.get(2, 0) >= FIRST_DATE]
    if starts:
        whole[2] = min(starts)
    sports = {lap[SPORT_OF_LAP] for lap in laps if SPORT_OF_LAP in lap}
    if len(sports) == 1:
        whole[5] = sports.pop()
    for number in (7, 8, 9):
        parts = [lap[number] for lap in laps if number in lap]
        if parts and len(parts) == len(laps):
            whole[number] = sum(parts)
    if track.distance_m is not None and track.distance_m * 100 > whole.get(9, 0):
        return {k: v for k, v in whole.items() if k not in (7, 8, 9)}  # the last lap was not closed
    return whole


def _activity(session: dict[int, int], found: Found, track: Records, *, alone: bool) -> Activity | None:
    start = session.get(2, 0)
    if start < FIRST_DATE:
        start = track.start or 0
    if not start:
        return None
    elapsed_s = _scaled(session, 7, 1000)
    moving_s = _scaled(session, 8, 1000)
    distance_m = _scaled(session, 9, 100) or None
    cadence = _scaled(session, 18, 1)
    cadence = None if cadence is None else cadence + session.get(92, 0) / 128
    place = (session[3], session[4]) if {3, 4} <= set(session) else None
    if alone:  # only then are all records those of this session
        elapsed_s = track.seconds if elapsed_s is None else elapsed_s
        moving_s = track.moving_s if moving_s is None else moving_s
        place = place or track.place
        cadence = track.cadence if cadence is None else cadence
    own = track if alone else track.within(start, start + round(elapsed_s or 0))
    remarks = own.remarks if distance_m is None else ()
    distance_m = own.distance_m if distance_m is None else distance_m
    moving_s = elapsed_s if moving_s is None else moving_s
    sport = sport_of(session, found)
    return Activity(
        start=EPOCH + timedelta(seconds=start),
        sport=sport,
        source="fit",
        offset=found.offset,
        place=(place[0] * SEMICIRCLE_DEG, place[1] * SEMICIRCLE_DEG) if place and any(place) else None,
        distance_m=distance_m,
        moving_s=moving_s,
        elapsed_s=elapsed_s,
        cadence_spm=steps_of(cadence or None, sport, own.quickest if _may_be_steps(session, cadence) else None),
        ascent_m=_scaled(session, 22, 1),
        surface=SURFACES.get(session.get(6, 0)) if sport == RUNNING else None,
        remarks=remarks,
    )


def _may_be_steps(session: dict[int, int], cadence: float | None) -> bool:
    """Whether a mean may be of steps, much of them walked: only then its records are looked at."""
    return (cadence or 0) >= QUICK_STRIDES or session.get(19, 0) > STRIDES_AT_MOST


def _scaled(values: dict[int, int], number: int, scale: int) -> float | None:
    value = values.get(number)
    return None if value is None else value / scale
