"""The person's own rest: a measure that says nothing by itself is told against where it is while nothing is done.

It is the median of the measure over a few still seconds, and follows slowly while the person rests. Whoever steps away,
or stays away from it for longer than any effort takes, rests anew.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

from patella.motion.memory import State
from patella.motion.pose import Joint
from patella.motion.spec import RestRule, Spec

_FOLLOWS_S = 4.0  # how slowly the rest follows somebody who settles
_ODD = 10  # one reading in so many may be odd, on either side
_LEFT_HIP, _RIGHT_HIP = 4 * Joint.LEFT_HIP, 4 * Joint.RIGHT_HIP
_RESTING = 1  # the phases of a repetition up to here are rest


def is_known(spec: Spec, state: State, rule: RestRule, t_s: float, since_s: float) -> bool:
    """Whether the rest is known; learns or follows it from the newest value in `state`."""
    value = state.values[rule.signal]
    if state.rested and max(state.planted_s or 0.0, state.jerked_s) > state.rest_s:
        forget_rest(state, rule)  # somebody moved elsewhere
        value = state.values[rule.signal]
    if value is None:
        return state.rested
    if not state.rested:
        return _learn(state, rule, value, t_s)
    if _is_effort(spec, value, rule):
        if t_s - state.rest_s > rule.most_s:
            forget_rest(state, rule)
        return state.rested
    state.rest_s = t_s
    if state.held_s is None and state.phase <= _RESTING:
        _move(state, rule, value * min(1.0, since_s / _FOLLOWS_S))
    return True


def tell_over_hips(
    state: State, mean_s: float, value: float, image: Sequence[float], aspect: float, since_s: float
) -> float:
    """A part of the width of the hips, as a part of their mean width in `mean_s` seconds; changes `state`.

    Who sits has hips as wide in one picture as in the next, but a model tells them anew in each: knees that are far
    apart seem to move whenever the hips tremble.
    """
    across = (image[_RIGHT_HIP] - image[_LEFT_HIP]) * aspect
    hips = math.hypot(across, image[_RIGHT_HIP + 1] - image[_LEFT_HIP + 1])
    state.hips_s = min(mean_s, state.hips_s + since_s)
    state.hips += (hips - state.hips) * (since_s / state.hips_s if state.hips and state.hips_s else 1.0)
    return value * hips / state.hips if state.hips else value


def forget_rest(state: State, rule: RestRule) -> None:
    """The rest is not known any more; changes `state`."""
    _move(state, rule, -state.rest)
    state.rested, state.readings, state.hips_s = False, [], 0.0


def _is_effort(spec: Spec, value: float, rule: RestRule) -> bool:
    """Whether it is away from rest on the side to which the effort goes."""
    asked = spec.rep or spec.hold
    return (-value if asked and asked.toward == "less" else value) > rule.within


def _learn(state: State, rule: RestRule, value: float, t_s: float) -> bool:
    """Keep the readings of the last `for_s` seconds, time and value in turn; they are rest when most are alike."""
    readings = [*state.readings, t_s, value]
    while readings[2:] and readings[2] <= t_s - rule.for_s:
        del readings[:2]
    state.readings, values = readings, sorted(readings[1::2])
    odd = len(values) // _ODD
    if readings[0] > t_s - rule.for_s or values[-1 - odd] - values[odd] > rule.within:
        return False
    state.rested, state.rest_s, state.readings = True, t_s, []
    _move(state, rule, statistics.median(values))
    return True


def _move(state: State, rule: RestRule, by: float) -> None:
    """The rest is elsewhere, and the newest value is told against it."""
    state.rest += by
    value = state.values[rule.signal]
    if value is not None:
        state.values[rule.signal] = value - by
