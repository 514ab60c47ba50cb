"""Gives every picture of a film its pose, though the network looks only at those that tell something new.

The slower a body moves, the more pictures are passed over, never more than two in a row. Their landmarks lie on the
way between those before and after them, and all are steadied alike. Where the next look finds a joint beside the place
it was going to, the picture in the middle is looked at as well; and where that shows a way that bends, all of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import numpy as np

from patella.files.film import Picture
from patella.files.pose_landmarks import Landmarks, on_the_way
from patella.motion.pose import PoseFrame

# Below which speeds one and two pictures are passed over, in body lengths a second; how far apart two looks are
# at most; and by how many body lengths a joint may be beside the way it was going, and beside the straight one.
# docs/speed.md says what this changes.
SLOW = (0.5, 0.25)
APART_S = 0.14
BESIDE, BENT = 0.06, 0.015
WATCHED = (*range(11, 13), *range(23, 33))  # shoulders, hips and legs
SHOULDERS, ANKLES = (11, 12), (27, 28)


class Body(Protocol):
    """Who is followed: looked at in some pictures, steadied in all."""

    def look(self, picture: Picture) -> Landmarks | None:
        """The landmarks in a picture; None where nobody is seen."""

    def steadied(self, picture: Picture, found: Landmarks | None) -> PoseFrame:
        """The pose in the next picture, from its landmarks."""


def followed(body: Body, pictures: Iterable[Picture]) -> Iterator[tuple[Picture, PoseFrame]]:
    """Each picture with its pose, a few at a time."""
    following, waiting = _Following(body), list[Picture]()
    for picture in pictures:
        waiting.append(picture)
        if not following.passes(waiting):
            yield from following.took(waiting)
            waiting = []
    if waiting:
        yield from following.took(waiting)


class _Following:
    """The last two looks, and how quickly the body moved between them."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._before: tuple[float, Landmarks] | None = None
        self._last: tuple[float, Landmarks] | None = None
        self._frame: PoseFrame | None = None
        self._speed = math.inf

    def passes(self, waiting: Sequence[Picture]) -> bool:
        """Whether the last of these pictures is passed over too, as those before it were."""
        if self._last is None or len(waiting) > len(SLOW) or self._speed >= SLOW[len(waiting) - 1]:
            return False
        gap_s = (waiting[-1].t_s - self._last[0]) / len(waiting)
        return waiting[-1].t_s + gap_s - self._last[0] < APART_S

    def took(self, waiting: Sequence[Picture]) -> list[tuple[Picture, PoseFrame]]:
        """The poses of these pictures, of which the last is looked at."""
        found = self._looked_at(waiting)
        frames = [self._body.steadied(p, f) for p, f in zip(waiting, found, strict=True)]
        self._note(waiting[-1], found[-1], frames[-1])
        return list(zip(waiting, frames, strict=True))

    def _looked_at(self, waiting: Sequence[Picture]) -> list[Landmarks | None]:
        *passed, picture = waiting
        now = self._body.look(picture)
        if now is None or self._last is None or picture.t_s - self._last[0] >= APART_S:
            return [*(self._body.look(p) for p in passed), now]
        looks = [self._last, (picture.t_s, now)]
        if passed and self._is_beside(picture.t_s, now):
            middle = passed[len(passed) // 2]
            there = self._body.look(middle)
            if there is None or _beside(_at(middle.t_s, looks), there, BENT):
                return [*(there if p is middle else self._body.look(p) for p in passed), now]
            looks.insert(1, (middle.t_s, there))
        return [*(_at(p.t_s, looks) for p in passed), now]

    def _is_beside(self, t_s: float, now: Landmarks) -> bool:
        """Whether a joint is not where the last two looks let one expect it."""
        if self._before is None or self._last is None:
            return True
        (before_s, before), (last_s, last) = self._before, self._last
        return _beside(on_the_way(before, last, (t_s - before_s) / (last_s - before_s)), now, BESIDE)

    def _note(self, picture: Picture, found: Landmarks | None, frame: PoseFrame) -> None:
        self._speed = _speed(self._frame, frame)
        self._frame = frame
        self._before, self._last = (self._last, (picture.t_s, found)) if found else (None, None)


def _at(t_s: float, looks: Sequence[tuple[float, Landmarks]]) -> Landmarks:
    """The landmarks at a time between two looks."""
    after = next(n for n, (at_s, _) in enumerate(looks) if at_s >= t_s)
    (one_s, one), (other_s, other) = looks[after - 1 : after + 1]
    return on_the_way(one, other, (t_s - one_s) / (other_s - one_s))


def _beside(expected: Landmarks, found: Landmarks, most: float) -> bool:
    """Whether a joint is further from where it was expected than so many body lengths."""
    off = (found.image - expected.image)[list(WATCHED), :2]
    return float(np.hypot(*off.T).max()) > most * _length(found)


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
