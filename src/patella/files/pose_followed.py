"""Gives every picture of a film its pose, though the network looks only at those that tell something new.

While a body moves slowly every other picture is passed over. Its landmarks lie half-way between those before and after
it, and all are steadied alike. Where the next look finds a joint beside the place it was going to, what was passed over
is looked at as well.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import numpy as np

from patella.files.film import Picture
from patella.files.pose_landmarks import Landmarks, on_the_way
from patella.motion.pose import PoseFrame

# Below which speed a picture is passed over, in body lengths a second; how far apart two looks are at most; and by how
# many body lengths a joint may be beside the way it was going. One that is as much beside, and moves smoothly, was an
# eighth of that from the line in the middle: less than two pixels of those that the network sees, which its own answers
# tremble by. docs/speed.md says what this changes.
SLOW = 0.6
APART_S = 0.14
BESIDE = 0.09
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
        """Whether a picture is passed over, if it is the first since the last look."""
        if self._last is None or len(waiting) > 1 or self._speed >= SLOW:
            return False
        return 2 * (waiting[0].t_s - self._last[0]) < APART_S

    def took(self, waiting: Sequence[Picture]) -> list[tuple[Picture, PoseFrame]]:
        """The poses of these pictures, of which the last is looked at."""
        found = self._looked_at(waiting)
        frames = [self._body.steadied(p, f) for p, f in zip(waiting, found, strict=True)]
        self._note(waiting[-1], found[-1], frames[-1])
        return list(zip(waiting, frames, strict=True))

    def _looked_at(self, waiting: Sequence[Picture]) -> list[Landmarks | None]:
        *passed, picture = waiting
        now = self._body.look(picture)
        if now is None or self._last is None or picture.t_s - self._last[0] >= APART_S or self._is_beside(picture, now):
            return [*(self._body.look(p) for p in passed), now]
        last_s, last = self._last
        return [*(on_the_way(last, now, (p.t_s - last_s) / (picture.t_s - last_s)) for p in passed), now]

    def _is_beside(self, picture: Picture, now: Landmarks) -> bool:
        """Whether a joint is not where the last two looks let one expect it."""
        if self._before is None or self._last is None:
            return True
        (before_s, before), (last_s, last) = self._before, self._last
        expected = on_the_way(before, last, (picture.t_s - before_s) / (last_s - before_s))
        off = (now.image - expected.image)[list(WATCHED), :2]
        return float(np.hypot(*off.T).max()) > BESIDE * _length(now)

    def _note(self, picture: Picture, found: Landmarks | None, frame: PoseFrame) -> None:
        self._speed = _speed(self._frame, frame)
        self._frame = frame
        self._before, self._last = (self._last, (picture.t_s, found)) if found else (None, None)


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
