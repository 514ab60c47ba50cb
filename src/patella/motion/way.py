"""When the way into a hold was over and the way out of it began, told afterwards from a short record of the measure.

An eased way creeps at both ends: for a fifth of its time it is nearer than a tenth to where it goes, which no line that
a trembling measure crosses can tell from being there. In its middle it is quick, and the times at which it passes there
say when it began and when it was over: it goes as minimum jerk does.

The record is flat: a time, the measure then, the next time, and so on. The measure grows towards the hold.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from patella.motion.easing import uneased

EVERY_S, KEPT_S = 0.12, 9.0  # a record is so fine and so long
FORGIVEN_S = 0.7  # who leaves for less has not left
_FAR, _NEAR = 0.8, 0.2  # shares of the way between which it is quick
_AT_FAR, _AT_NEAR = uneased(_FAR), uneased(_NEAR)  # shares of its time
_TOLD = 0.55  # of which at least so much has to be seen: from there to the hold
_RESTS, _RESTS_S = 0.1, 0.6  # further by less than so much of what is gone already, in so long: the way ends there
_STILL = 1.3  # times `arrives` nearer: it still was on its way
_SETTLES_S = 1.2  # so long after it seemed to be there it may still have been
_PASSES_S = 0.3  # so long before it had arrived it may have gone beyond,
_QUICK_S = 2.5  # and comes back in less: slower is a leg that sinks
_SHORT = 0.02  # of the way: a place just before the last that was seen
_FEW = 10  # one reading in so many may be off to either side
_LEFT = 2.0  # times `arrives`: less is no way

_Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way between a resting place, `low`, and the hold: `s` is when it is over, or begins; `whole_s` its length."""

    s: float
    low: float
    whole_s: float


def noted(record: list[float], t_s: float, value: float) -> list[float]:
    """The record with what is read now and without what is too old. It is a new one: no record changes."""
    if record and t_s - record[-2] < EVERY_S:
        return record
    return [*record[2 if record and t_s - record[0] > KEPT_S else 0 :], t_s, value]


def level(record: Sequence[float], from_s: float, to_s: float, arrives: float) -> float | None:
    """Where it is held between two moments: the middle of all that is near its most. None where nothing was read."""
    values = sorted(v for _, v in _between(record, from_s, to_s))
    if not values:
        return None
    most = values[-1 - len(values) // _FEW]
    first = bisect_left(values, most - _LEFT * arrives)
    return values[(first + len(values)) // 2]


def lowest(record: Sequence[float], from_s: float) -> float:
    """The least that was read since; infinite where nothing was."""
    return min((v for _, v in _between(record, from_s, math.inf)), default=math.inf)


def still(record: Sequence[float], from_s: float, to_s: float, within: float) -> bool:
    """Whether most of what was read between two moments lies as near together as that."""
    values = sorted(v for _, v in _between(record, from_s, to_s))
    few = len(values) // _FEW
    return not values or values[-1 - few] - values[few] <= within


def arrived(record: Sequence[float], before_s: float, high: float, arrives: float) -> Way | None:
    """The way that led to `high`, where it is held at `before_s`. None where none is seen.

    Who stops shortly before and goes on, or goes beyond and comes back, as with a leg that is brought across the body,
    has arrived after that.
    """
    points = _between(record, -math.inf, before_s)[::-1]
    found = _way(points, high, arrives, None)
    if found is None:
        return None
    late_s = next((t for t, v in _without_dips(points, high - arrives) if v < high - _STILL * arrives), found.s)
    if 0 < late_s - found.s < _SETTLES_S:
        found = replace(found, s=late_s)
    mirrored = [(t, 2 * high - v) for t, v in points if t > found.s - _PASSES_S]
    back = _way(mirrored, high, arrives, None)
    if back is not None and found.s < back.s and back.whole_s < _QUICK_S:
        found = replace(found, s=back.s)
    return found


def left(record: Sequence[float], after_s: float, high: float, arrives: float, low: float | None) -> Way | None:
    """The way from `high`, where it is held at `after_s`, back: to `low` where that is further than what was seen."""
    return _way(_between(record, after_s, math.inf), high, arrives, low)


def _between(record: Sequence[float], from_s: float, to_s: float) -> _Points:
    return [(t, v) for t, v in zip(record[::2], record[1::2], strict=True) if from_s <= t <= to_s]


def _way(points: _Points, high: float, arrives: float, low: float | None) -> Way | None:
    """The way from the first of these points, where it is held, to its least; the times may run either way."""
    points = _without_dips(points, high - arrives)
    at, end = _least(points, high, arrives)
    least = points[at][1] if points else high
    rests = [v for _, v in points[at:end] if v < least + arrives] or [least]
    rest = sum(rests) / len(rests)
    low = rest if low is None else min(low, rest)
    if high - low < _LEFT * arrives:
        return None
    share = max(_NEAR, (least - low) / (high - low) + _SHORT)  # a way back may not be over yet
    far_s = _crossed(points[: at + 1], low + _FAR * (high - low))
    near_s = _crossed(points[: at + 1], low + share * (high - low))
    if far_s is None or near_s is None or share > _TOLD:
        return None
    at_near = _AT_NEAR if share == _NEAR else uneased(share)
    whole_s = (near_s - far_s) / (_AT_FAR - at_near)
    return Way(s=far_s - whole_s * (1 - _AT_FAR), low=low, whole_s=abs(whole_s))


def _least(points: _Points, high: float, arrives: float) -> tuple[int, int]:
    """Which point is the least of the way that begins with the first, and how many belong to it and its rest."""
    least, at, before = high, 0, 0
    for i, (t_s, value) in enumerate(points):
        while abs(t_s - points[before][0]) > _RESTS_S:
            before += 1
        if value < least:
            least, at = value, i
        gone = high - least
        rests = before > 0 and points[before][1] - value < _RESTS * gone
        if gone > _LEFT * arrives and (rests or value > least + arrives):
            return at, i + 1
    return at, len(points)


def _without_dips(points: _Points, line: float) -> _Points:
    """The points without those between two above the line that are not far apart: a moment away is forgiven."""
    kept: list[tuple[float, float]] = []
    above = 0  # so many are kept up to the last one above the line
    for t_s, value in points:
        if value >= line:
            if above and abs(t_s - kept[above - 1][0]) <= FORGIVEN_S:
                del kept[above:]
            above = len(kept) + 1
        kept.append((t_s, value))
    return kept


def _crossed(points: _Points, line: float) -> float | None:
    """When it was last above the line, between the two readings around it."""
    for (t1_s, v1), (t2_s, v2) in reversed(tuple(pairwise(points))):
        if v1 >= line > v2:
            return t1_s + (t2_s - t1_s) * (v1 - line) / (v1 - v2)
    return None
