"""The places of a runner's joints in a film, from the side: forward and down, told against the hips, sides apart."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median

from patella.motion.angles import KEPT, knee_flexion_deg
from patella.motion.cycle import Cycles, find_cycles, find_period, middle_of
from patella.motion.pose import Joint, PoseFrame

SHORTEST_S, LONGEST_S = 0.48, 1.0  # a stride is two steps: 240 to 120 steps a minute
_PARTS = ("HIP", "KNEE", "ANKLE", "HEEL", "FOOT_INDEX", "SHOULDER")
_SWAPS = 0.5  # the other way round must fit so much better with the pictures before
_LEAST = 10  # pictures in which both feet are seen

Place = tuple[float, float]
Both = tuple[Mapping[str, Place], Mapping[str, Place]]


class Runner:
    """The places of joints over time, in picture heights, x forward and y down; side 0 is the left one."""

    def __init__(self, frames: Sequence[PoseFrame], sense: float) -> None:
        """Takes frames with somebody in them; `sense` is +1 for who runs to the right, -1 for who runs to the left."""
        self.times_s = [f.t_s for f in frames]
        places = [_places(f, sense) for f in frames]
        self.sides = _told_apart(places)
        self.rate_hz = 1 / median([b - a for a, b in pairwise(self.times_s)] or [1.0])

    def cycles(self) -> Cycles | None:
        """The strides: by how far the left foot is ahead of the right one, whatever is called which."""
        times_s, apart = self._apart()
        return find_cycles(times_s, apart, SHORTEST_S, LONGEST_S) if len(apart) >= _LEAST else None

    def step_s(self) -> float | None:
        """How long a step takes, by how far apart the feet are: the same whichever is called left."""
        times_s, apart = self._apart()
        middle = middle_of(apart)  # seen aslant, one foot goes further than the other
        return find_period(times_s, [abs(v - middle) for v in apart], SHORTEST_S / 2, LONGEST_S / 2)

    def _apart(self) -> tuple[list[float], list[float]]:
        both = [
            (t, one["ANKLE"][0] - other["ANKLE"][0])
            for t, (one, other) in zip(self.times_s, self.sides, strict=True)
            if "ANKLE" in one and "ANKLE" in other
        ]
        return [t for t, _ in both], [v for _, v in both]

    def readings(self, side: int, part: str, axis: int) -> list[float | None]:
        """Where a joint is against the middle of the hips."""
        return [
            None if (hips := _hips(both)) is None or part not in both[side] else both[side][part][axis] - hips[axis]
            for both in self.sides
        ]

    def knees_deg(self, side: int) -> list[float | None]:
        """The flexion of the knee of a side in each picture, degrees; None where hip, knee or ankle was not seen."""
        return [
            knee_flexion_deg(p["HIP"], p["KNEE"], p["ANKLE"]) if {"HIP", "KNEE", "ANKLE"} <= p.keys() else None
            for p in (both[side] for both in self.sides)
        ]

    def feet_deg(self, side: int) -> list[float | None]:
        """A foot against the picture's own level, toes up positive."""
        return [
            _slope_deg(p["HEEL"], p["FOOT_INDEX"]) if {"HEEL", "FOOT_INDEX"} <= p.keys() else None
            for p in (both[side] for both in self.sides)
        ]

    def leans_deg(self) -> list[float]:
        """The trunk out of the upright, forward positive."""
        found = []
        for both in self.sides:
            hips, shoulders = _hips(both), _middle(both, "SHOULDER")
            if hips and shoulders:
                found.append(math.degrees(math.atan2(shoulders[0] - hips[0], hips[1] - shoulders[1])))
        return found


def _places(frame: PoseFrame, sense: float) -> tuple[dict[str, Place], dict[str, Place]]:
    aspect, image = sense * frame.width_px / frame.height_px, frame.image
    both: tuple[dict[str, Place], dict[str, Place]] = ({}, {})
    for side, places in zip(("LEFT", "RIGHT"), both, strict=True):
        for part in _PARTS:
            at = 4 * Joint[f"{side}_{part}"]
            if image[at + 3] >= KEPT:
                places[part] = image[at] * aspect, image[at + 1]
    return both


def _told_apart(places: Sequence[Both]) -> list[Both]:
    """The same with each leg under one name: pose models swap those of runners for moments as one passes the other."""
    found = list[Both]()
    swapped, votes = False, 0
    for both in places:
        one, other = both, (both[1], both[0])
        if len(found) > 1:
            as_is, swap = (_unlike(found[-2], found[-1], b) for b in (one, other))
            if (as_is if swapped else swap) < _SWAPS * (swap if swapped else as_is):
                swapped = not swapped
        found.append(other if swapped else one)
        votes += 1 if swapped else -1
    return [(b[1], b[0]) for b in found] if votes > 0 else found


def _unlike(before: Both, last: Both, now: Both) -> float:
    """How far knees and ankles are from where they were going, against the hips."""
    off = 0.0
    for side in (0, 1):
        for part in ("KNEE", "ANKLE"):
            if all(part in b[side] and "HIP" in b[side] for b in (before, last, now)):
                (x0, y0), (x1, y1), (x2, y2) = (
                    (b[side][part][0] - b[side]["HIP"][0], b[side][part][1] - b[side]["HIP"][1])
                    for b in (before, last, now)
                )
                off += math.hypot(x2 - 2 * x1 + x0, y2 - 2 * y1 + y0)
    return off


def _middle(both: Both, part: str) -> Place | None:
    found = [p[part] for p in both if part in p]
    return (sum(x for x, _ in found) / len(found), sum(y for _, y in found) / len(found)) if found else None


def _hips(both: Both) -> Place | None:
    return _middle(both, "HIP")


def _slope_deg(heel: Place, toe: Place) -> float:
    return math.degrees(math.atan2(heel[1] - toe[1], toe[0] - heel[0]))
