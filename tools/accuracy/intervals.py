"""How sure a share is: the 95 % interval of Wilson (1927), which holds for few sets and for shares near 0 and 1."""

from __future__ import annotations

import math

_Z = 1.959964  # of the standard normal distribution: 95 % lie within


def interval(right: int, count: int) -> tuple[float, float]:
    """The lower and upper end for `right` of `count`; 0 and 1 for nothing at all."""
    if count == 0:
        return 0.0, 1.0
    part, z2 = right / count, _Z * _Z
    middle = part + z2 / (2 * count)
    reach = _Z * math.sqrt(part * (1 - part) / count + z2 / (4 * count * count))
    return (middle - reach) / (1 + z2 / count), (middle + reach) / (1 + z2 / count)


def share(right: int, count: int) -> str:
    """As the tables have it: "95% (76 to 99)"."""
    low, high = interval(right, count)
    return f"{right / count:.0%} ({100 * low:.0f} to {100 * high:.0f})" if count else ""
