"""Gives every picture of a film its pose, though the network looks only at those that tell something new.

While a body moves slowly every other picture is passed over. Its landmarks lie half-way between those before and after
it, and all are steadied alike. Where the next look finds a joint beside the place it was going to, what was passed over
is looked at as well. Two looks are taken at once, so that two cores have work; what comes of it does not depend on how
many there are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np

from patella.files.film import Picture
from patella.files.pose_landmarks import Landmarks, on_the_way
from patella.motion.pose import PoseFrame

# Below which speed a picture is passed over, in body lengths a second; how far apart two looks are at most; and by how
# many body lengths a joint may be beside the way it was going. docs/speed.md says what this changes.
SLOW = 0.5
AT_ONCE = 2  # looks
APART_S = 0.14
BESIDE = 0.06
WATCHED = (*range(11, 13), *range(23, 33))  # shoulders, hips and legs
SHOULDERS, ANKLES = (11, 12), (27, 28)


@dataclass(frozen=True, slots=True)
class Look:
    """What was found in one picture, and when that was."""

    t_s: float
    found: Landmarks

    def towards(self, other: Look, t_s: float) -> Landmarks:
        """Where the body is at another time if it goes on from this look to the other evenly."""
        return on_the_way(self.found, other.found, (t_s - self.t_s) / (other.t_s - self.t_s))


class Body(Protocol):
    """Who is followed: looked at in some pictures, steadied in all."""

    def look(self, pictures: Sequence[Picture]) -> list[Landmarks | None]:
        """The landmarks in each of these pictures; None where nobody is seen."""

    def steadied(self, picture: Picture, found: Landmarks | None) -> PoseFrame:
        """The pose in the next picture, from its landmarks."""


def followed(body: Body, pictures: Iterable[Picture]) -> Iterator[tuple[Picture, PoseFrame]]:
    """Each picture with its pose, a few at a time."""
    following, waiting = _Following(body), list[Picture]()
    for picture in pictures:
        waiting.append(picture)
        while waiting and len(waiting) >= AT_ONCE * following.every(waiting[0]):
            yield from following.took(waiting)
    while waiting:
        yield from following.took(waiting)


class _Following:
    """The last two looks, and how quickly the body moved between them."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._before: Look | None = None
        self._last: Look | None = None
        self._frame: PoseFrame | None = None
        self._speed = math.inf

    def every(self, first: Picture) -> int:
        """Which of the pictures from this one on are looked at: each, or every second."""
        if self._last is None or self._speed >= SLOW:
            return 1
        return 2 if 2 * (first.t_s - self._last.t_s) < APART_S else 1

    def took(self, waiting: list[Picture]) -> list[tuple[Picture, PoseFrame]]:
        """The poses of the first of these pictures, which are taken out: all but those after one with nobody in it."""
        every, count = self.every(waiting[0]), len(waiting) if self._last else 1
        looked = sorted({*range(every - 1, count, every), count - 1})
        found = dict(zip(looked, self._body.look([waiting[n] for n in looked]), strict=True))
        end = next((n for n in looked if found[n] is None), looked[-1])
        looked = [n for n in looked if n <= end]
        self._fill_in(waiting, found, looked)
        posed = [(waiting[n], self._body.steadied(waiting[n], found[n])) for n in range(end + 1)]
        for n in looked:
            self._note_look(found[n], posed[n][1])
        del waiting[: end + 1]
        return posed

    def _fill_in(self, waiting: Sequence[Picture], found: dict[int, Landmarks | None], looked: Sequence[int]) -> None:
        """Find what was passed over: on the way from look to look, or by looking at it where that is not sure."""
        before, last, unsure = self._before, self._last, list[int]()
        for start, n in pairwise((-1, *looked)):
            passed, now = range(start + 1, n), found[n]
            look = Look(waiting[n].t_s, now) if now else None
            if look is None or last is None or look.t_s - last.t_s >= APART_S or _is_beside(before, last, look):
                unsure += passed
            else:
                found |= {p: last.towards(look, waiting[p].t_s) for p in passed}
            before, last = last, look
        if unsure:
            found |= zip(unsure, self._body.look([waiting[n] for n in unsure]), strict=True)

    def _note_look(self, found: Landmarks | None, frame: PoseFrame) -> None:
        self._speed = _speed(self._frame, frame)
        self._frame = frame
        self._before, self._last = (self._last, Look(frame.t_s, found)) if found else (None, None)


def _is_beside(before: Look | None, last: Look, now: Look) -> bool:
    """Whether a joint is not where the last two looks let one expect it."""
    if before is None:
        return True
    expected = before.towards(last, now.t_s)
    off = (now.found.image - expected.image)[list(WATCHED), :2]
    return float(np.hypot(*off.T).max()) > BESIDE * _length(now.found)


def _length(found: Landmarks) -> float:
    """From the shoulders to the ankles, in pixels."""
    shoulders, ankles = (found.image[list(pair), :2].mean(axis=0) for pair in (SHOULDERS, ANKLES))
    return float(np.hypot(*(shoulders - ankles)))


def _speed(before: PoseFrame | None, now: PoseFrame) -> float:
    """How quickly the joint that moves most does, in lengths from shoulders to ankles a second."""
    if before is None or not (before.image and now.image and now.t_s > before.t_s):
        return math.inf
    aspect, one, other = now.width_px / now.height_px, before.image, now.image
    far = max(math.hypot((other[4 * j] - one[4 * j]) * aspect, other[4 * j + 1] - one[4 * j + 1]) for j in WATCHED)
    size = math.hypot(
        (other[44] + other[48] - other[108] - other[112]) / 2 * aspect,
        (other[45] + other[49] - other[109] - other[113]) / 2,
    )
    return far / (size * (now.t_s - before.t_s)) if size else math.inf
