"""Which pictures a loop needs, and how long each is shown: every pose is drawn once, whichever way it is passed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from patella.motion.movement import Movement

FPS = 15  # at least, on the slower of two ways between the same poses


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """One picture of the loop: the phase to draw, and for how long it is shown."""

    phase: float
    shown_ms: int


def showings(movement: Movement) -> tuple[Showing, ...]:
    """The whole loop in order. Poses that come again have the same phase as the first time."""
    cycle = (*movement.cycle, (1.0, movement.cycle[0][1]))
    ways = [(t0, t1, a, b) for (t0, a), (t1, b) in pairwise(cycle)]
    first: dict[frozenset[str], tuple[float, float, str]] = {}  # the way between two poses as it is gone first
    counts: dict[frozenset[str], int] = {}
    for t0, t1, a, b in ways:
        pair = frozenset((a, b))
        first.setdefault(pair, (t0, t1, a))
        counts[pair] = max(counts.get(pair, 1), math.ceil((t1 - t0) * movement.loop_s * FPS))
    shown: list[tuple[float, float]] = []  # phase, and when in the cycle it begins
    for t0, t1, a, b in ways:
        if a == b:
            shown.append((movement.phase_of(a), t0))
            continue
        start, end, origin = first[pair := frozenset((a, b))]
        n = counts[pair]
        shown.append((movement.phase_of(a), t0))
        for i in range(1, n):
            share = i / n if a == origin else (n - i) / n
            shown.append((start + (end - start) * share, t0 + (t1 - t0) * i / n))
    ends = [at for _, at in shown[1:]] + [1.0]
    ms = 1000 * movement.loop_s
    timed: list[Showing] = []
    for (phase, at), end in zip(shown, ends, strict=True):
        told = Showing(phase=round(phase, 9), shown_ms=round(end * ms) - round(at * ms))
        if timed and timed[-1].phase == told.phase:
            told = Showing(phase=told.phase, shown_ms=timed.pop().shown_ms + told.shown_ms)
        timed.append(told)
    return tuple(timed)
