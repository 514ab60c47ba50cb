"""Which leg is which: a model that takes one for the other, for a moment, is set right.

Legs do not jump. Where both would have had to, from one picture to the next, and neither would if they had each other's
names, they have each other's names. After a while the model is believed all the same: it sees more than two lines.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import sub

from patella.motion.memory import State
from patella.motion.pose import JOINTS

_FORGETS_S = 0.5  # after longer without a picture legs may be anywhere
_LASTS_S = 1.0  # longer than this no model keeps taking one leg for the other, unless it is right
_CLEARLY = 0.4  # of the way that the legs would have gone otherwise
_APART = 0.1  # of the body's size: legs that lie on one another cannot be told apart, and need not be
SIZE = 0.6  # of a body whose size is not known yet, in heights of the picture
_FIRST = 11  # from here on sides come in pairs
_KNEE, _ANKLE = 4 * 25, 4 * 27  # the left ones; the right ones follow


def named(state: State, image: Sequence[float], aspect: float, t_s: float) -> Sequence[float]:
    """The picture's landmarks with each leg by its name; changes `state`."""
    found = [
        image[_KNEE] * aspect, image[_KNEE + 1], image[_KNEE + 4] * aspect, image[_KNEE + 5],
        image[_ANKLE] * aspect, image[_ANKLE + 1], image[_ANKLE + 4] * aspect, image[_ANKLE + 5],
    ]  # fmt: skip
    legs = _others(found) if state.crossed else found
    before = state.legs
    if before and t_s - state.legs_s < _FORGETS_S:
        if _have_leapt(legs, before, state.size or SIZE):
            legs = _others(legs)
            state.crossed, state.crossed_s = not state.crossed, t_s
    elif state.crossed:
        legs, state.crossed = found, False
    if state.crossed and t_s - state.crossed_s > _LASTS_S:
        legs, state.crossed, state.feet = found, False, []
    state.legs, state.legs_s = legs, t_s
    return exchanged(image) if state.crossed else image


def exchange(state: State, image: Sequence[float], t_s: float) -> Sequence[float]:
    """The landmarks that `named` gave with each leg by the other name, as is now known; changes `state`."""
    state.legs, state.crossed, state.crossed_s = _others(state.legs), not state.crossed, t_s
    return exchanged(image)


def exchanged(image: Sequence[float]) -> tuple[float, ...]:
    """The same landmarks with left and right exchanged from the shoulders down."""
    found = list(image[: 4 * _FIRST])
    for joint in range(_FIRST, JOINTS, 2):
        at = 4 * joint
        found += image[at + 4 : at + 8]
        found += image[at : at + 4]
    return tuple(found)


def _others(legs: list[float]) -> list[float]:
    """The same knees and ankles with left and right exchanged."""
    return [*legs[2:4], *legs[:2], *legs[6:], *legs[4:6]]


def _have_leapt(legs: list[float], before: list[float], size: float) -> bool:
    """Whether both legs leapt to where the other one was, and were far enough apart before to tell."""
    apart = math.hypot(before[0] - before[2], before[1] - before[3])
    apart += math.hypot(before[4] - before[6], before[5] - before[7])
    if apart <= _APART * size:
        return False
    stays = _way(legs, before)
    return stays > _APART * size and _way(_others(legs), before) < _CLEARLY * stays


def _way(legs: list[float], before: list[float]) -> float:
    """How far knees and ankles went, together, less what moved them all alike."""
    ax, ay, bx, by, cx, cy, dx, dy = map(sub, legs, before)
    x, y = (ax + bx + cx + dx) / 4, (ay + by + cy + dy) / 4
    hypot = math.hypot
    return hypot(ax - x, ay - y) + hypot(bx - x, by - y) + hypot(cx - x, cy - y) + hypot(dx - x, dy - y)
