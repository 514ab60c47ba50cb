"""Which leg is which: a model that takes one for the other, for a moment, is set right.

Legs do not jump. Where both would have had to, from one picture to the next, and neither would if they had each other's
names, they have each other's names. After a while the model is believed all the same: it sees more than two lines.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from patella.motion.memory import State
from patella.motion.pose import JOINTS

_FORGETS_S = 0.5  # after longer without a picture legs may be anywhere
_LASTS_S = 1.0  # longer than this no model keeps taking one leg for the other, unless it is right
_CLEARLY = 0.4  # of the way that the legs would have gone otherwise
_APART = 0.1  # of the body's size: legs that lie on one another cannot be told apart, and need not be
_SIZE = 0.6  # of a body whose size is not known yet, in heights of the picture
_FIRST, _KNEE = 11, 4 * 25  # from here on sides come in pairs; knees and ankles stand in a row


def named(state: State, image: Sequence[float], aspect: float, t_s: float) -> Sequence[float]:
    """The picture's landmarks with each leg by its name; changes `state`."""
    legs = [image[_KNEE + 4 * (i // 2) + i % 2] * (1.0 if i % 2 else aspect) for i in range(8)]
    other = [*legs[2:4], *legs[:2], *legs[6:], *legs[4:6]]
    if state.crossed:
        legs, other = other, legs
    before = state.legs
    if before and t_s - state.legs_s < _FORGETS_S:
        stays = _way(legs, before)
        apart = math.hypot(before[0] - before[2], before[1] - before[3])
        apart += math.hypot(before[4] - before[6], before[5] - before[7])
        if stays > _APART * (state.size or _SIZE) < apart and _way(other, before) < _CLEARLY * stays:
            legs, other = other, legs
            state.crossed, state.crossed_s = not state.crossed, t_s
    elif state.crossed:
        legs, state.crossed = other, False
    if state.crossed and t_s - state.crossed_s > _LASTS_S:
        legs, state.crossed = other, False
    state.legs, state.legs_s = legs, t_s
    return exchanged(image) if state.crossed else image


def exchanged(image: Sequence[float]) -> tuple[float, ...]:
    """The same landmarks with left and right exchanged from the shoulders down."""
    found = list(image[: 4 * _FIRST])
    for joint in range(_FIRST, JOINTS, 2):
        at = 4 * joint
        found += image[at + 4 : at + 8]
        found += image[at : at + 4]
    return tuple(found)


def _way(legs: Sequence[float], before: Sequence[float]) -> float:
    """How far knees and ankles went, together, less what moved them all alike."""
    x = [a - b for a, b in zip(legs[::2], before[::2], strict=True)]
    y = [a - b for a, b in zip(legs[1::2], before[1::2], strict=True)]
    mx, my = sum(x) / 4, sum(y) / 4
    return sum(math.hypot(a - mx, b - my) for a, b in zip(x, y, strict=True))
