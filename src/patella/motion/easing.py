"""How a movement from one place to another goes: it eases off and eases in, as minimum jerk does.

Flash and Hogan (1985) found it for arms that reach; a leg that is drawn up or let down goes much the same way.
"""

from __future__ import annotations

_HALVINGS = 30


def eased(share: float) -> float:
    """How far minimum jerk has gone at a share of the time, 0 to 1."""
    return share * share * share * (10 - 15 * share + 6 * share * share)


def uneased(share: float) -> float:
    """The time, 0 to 1, at which minimum jerk has gone a share of the way."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if eased(middle) < share else (low, middle)
    return (low + high) / 2
