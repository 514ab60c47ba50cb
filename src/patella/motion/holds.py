"""Times holds: the clock runs only in posture, and forgives leaving it for a moment.

One hold by its first measure, the moments in the order in which they come:

    most                       .---------------------.
                             .'                       '.
    line  . . . . . . . . . . . . . . . . . . . . . . . . . . . . .
    base  ----------------'                               '--------
                         |    |  |                   |   |    |
                    came_s    |  posture_s = held_s  |   |    used_s
                              rose_s           level_s   kept_s

`came_s`: every band holds. `rose_s`: it last came clearly nearer its most. `posture_s`: that, and the last degrees of
the way; the hold begins here. `held_s`: the same, set once it has lasted for `within_s`, and moved along while it still
rises. `level_s`: the last moment near its most. `kept_s`: the last moment in posture. `used_s`: the last picture in
which everything needed was seen.

That is what the clock goes by while it runs. Once the hold has lasted for `_KNOWN_S`, or is over, `posture_s` is told
from the way there as it was (`way.py`), which a slow one that eases in leaves too early otherwise; the end from the way
back, and where none was seen it is `level_s`.
"""

from __future__ import annotations

from patella.motion.event import Event, Hold, HoldEnded
from patella.motion.memory import State, side_name
from patella.motion.spec import HoldRule, Spec, Toward
from patella.motion.way import arrived, left, level, lowest, noted, still

GRACE_S = 0.7  # leaving the posture for less is forgiven
_TELLS_S = 0.25  # how often a hold that goes on is told
_SETTLES_S = 2.0  # so long after it began a hold may still be on its way to its most
_CREEPS = 2.0  # times `arrives` a second: slower is a stretch that gives, not a leg on its way
_SAGS_S = 1.5  # how slowly the most follows a leg that sinks
_EASES_S = 0.15  # how long the last degrees of an eased movement take, which are too few to be seen
_BLINKS_S = 0.3  # out of sight for less while it begins: it still does
_LEAST_S = 1.0  # what is over sooner was on its way somewhere
_SWAYS_S = 4.0  # who talks sways for less: a posture that nobody was seen to go into has to last as long
_LAGS_S = 0.1  # how far a smoothed measure lags behind one that begins to fall
_GOES_ON_S = 0.4  # a way that paused for longer is over: what trembles does not begin the hold anew
_BACK = 0.3  # of the way: nearer than this to where it came from it is back
_KNOWN_S = 4.0  # so long after it seemed to begin it is known where the way there led
_TREMBLES = 2.0  # of what a measure trembles: less further is no way
_CAME_S = 4.0  # whence it came is where it was the least in so long
_WATCHED_S = 2.0  # so long before it came it was watched: who went into it would have been seen to,
_DRIFTS = 1.5  # times `arrives` further at least
_LEVEL_S = 3.0  # where it is held is told from so much of it
_FILTER_S = 0.13  # how far a smoothed measure is behind (`smooth.SLOWEST_HZ`)
_SLACK = 0.5  # times `arrives`: so far beyond its line a hold that runs goes on
_STEP, _STEP_S = 2.0, 0.4  # times `arrives` further, for so long: what came before was the starting position
_YIELDS_S = 8.0  # how slowly the line for that follows a stretch that gives
_GONE = 2.0  # times `arrives` nearer its start than where it seemed to begin: it had been there, and has left
_STRAYS = 3.0  # times `arrives`: so far strays what trembles from where it was first seen
_SOON_S = 8.0  # a step that comes later deepens a hold, unless the way back ends at the same place


def hold(spec: Spec, state: State, rule: HoldRule, t_s: float, dt_s: float, *, counts: bool) -> list[Event]:
    """Take in the newest values; changes `state`. Events: the hold as it goes, and its end.

    `counts` says whether the coach is ready. Who is out of sight for a moment may still hold: the hold waits, and ends
    where it was last seen if it is not there again; what nobody saw is no part of it.
    """
    if counts:
        _take_down(spec, state, rule, t_s)
    inside = counts and in_posture(spec, state) and not _is_back(spec, state, rule)
    if state.held_s is not None and not counts and state.used_s != t_s:
        return _tell(state, t_s, running=False) if t_s - state.kept_s > GRACE_S else []
    if not counts and state.used_s is not None and 0 < t_s - state.used_s <= _BLINKS_S:
        return []  # a picture in which the model found nobody says nothing
    if inside:
        if state.held_s is not None and state.since_s > GRACE_S:
            state.unseen_s += state.since_s
        state.kept_s = t_s
        _arrive(spec, state, rule, t_s, dt_s)
    if state.held_s is None:
        return _begin(state, rule, t_s, inside=inside)
    if state.arrived_s != state.posture_s and t_s - (state.posture_s or t_s) >= _KNOWN_S:
        _look_back(state, rule, t_s)
    if t_s - state.kept_s > GRACE_S:
        _look_back(state, rule, state.level_s)
        if counts and _is_back(spec, state, rule, to_rest=True):
            state.held_s = max(state.held_s, state.posture_s or 0.0)
        return end_hold(spec, state, t_s)
    return _tell(state, t_s, running=inside)


def in_posture(spec: Spec, state: State) -> bool:
    """Whether every band of the hold holds now; not knowing is no. A hold that runs ends a little behind its line."""
    slack = _SLACK * (spec.hold.arrives or 0.0) if spec.hold is not None and state.held_s is not None else 0.0
    for signal, low, high in spec.hold_bands:
        value = state.values[signal]
        if value is None or not low - slack <= value <= high + slack:
            return False
        slack = 0.0
    return True


def comes(spec: Spec, state: State) -> bool:
    """Whether it is on its way into a hold or has come there, so that this is no starting position any more."""
    rule = spec.hold
    if rule is None or rule.arrives is None:
        return state.held_s is not None
    if state.held_s is not None or abs(state.speeds[spec.hold_bands[0][0]]) > rule.arrives:
        return True
    return state.posture_s is not None and state.base is not None and _went(spec, state)


def _is_back(spec: Spec, state: State, rule: HoldRule, *, to_rest: bool = False) -> bool:
    """Whether it has gone back to where it came from, or (`to_rest`) stays there.

    Seen aslant, or on another body, the starting position of a hold may lie inside its bands. Then it is the way there
    and the way back that tell the hold. Where the way there was not seen, as in a film that begins during the hold, the
    way back alone does.
    """
    value = state.values[spec.hold_bands[0][0]]
    if state.base is None or value is None or rule.arrives is None:
        return False
    value *= _sign(rule)
    if to_rest and value < state.base - _STEP * rule.arrives:
        return False
    if not _went(spec, state):
        return value < min(state.base, state.high) - _GONE * rule.arrives
    return value < state.base + rule.arrives or value < state.lowest + _BACK * (state.high - state.lowest)


def _take_down(spec: Spec, state: State, rule: HoldRule, t_s: float) -> None:
    """Write down what is read; who goes clearly below where the last hold came from begins anew. Changes `state`."""
    value = state.values[spec.hold_bands[0][0]]
    if value is None or rule.arrives is None:
        return
    value *= _sign(rule)
    state.record = noted(state.record, t_s, value)
    if state.held_s is None and state.base is not None and value < state.base - _STEP * rule.arrives:
        state.base = None


def _went(spec: Spec, state: State) -> bool:
    """Whether the way there was seen; true where it cannot be."""
    if spec.hold is None or spec.hold.arrives is None or state.base is None:
        return True
    return state.most - state.base > (_STEP if state.watched else _STRAYS) * spec.hold.arrives


def _sign(rule: HoldRule) -> float:
    return -1.0 if rule.toward is Toward.LESS else 1.0


def _arrive(spec: Spec, state: State, rule: HoldRule, t_s: float, dt_s: float) -> None:
    """The hold begins where the first band's measure comes near its most, and lasts as long as it stays there."""
    signal = spec.hold_bands[0][0]
    sign = _sign(rule)
    value = state.values[signal]
    if state.posture_s is None or value is None:
        state.posture_s = state.level_s = state.came_s = state.rose_s = t_s
        state.high = state.peak = sign * (value or 0.0)
        state.above_s = state.origin = None
        if state.base is None:
            _, low, high = spec.hold_bands[0]
            rests = abs(state.speeds[signal]) < _CREEPS * (rule.arrives or 0.0)
            state.lowest = min(state.peak, lowest(state.record, t_s - _CAME_S))
            state.watched = len(state.record) > 0 and t_s - state.record[0] >= _WATCHED_S
            line = low if sign > 0 else -high
            state.base = state.most = state.peak if rests else max(line, state.lowest)
    elif rule.arrives is None:
        state.level_s = t_s
    else:
        _level(state, rule.arrives, sign * value, sign * state.speeds[signal], t_s, dt_s)


def _level(state: State, arrives: float, value: float, speed: float, t_s: float, dt_s: float) -> None:
    under_way = t_s - state.came_s < _SETTLES_S or t_s - state.rose_s < _GOES_ON_S
    if not under_way:
        _step_up(state, arrives, value, t_s, dt_s)
    elif value > state.peak + arrives and speed > _CREEPS * arrives:
        state.peak, state.rose_s, state.posture_s = value, t_s, t_s + _EASES_S
        if state.held_s is not None and t_s - state.held_s < _SOON_S:
            state.held_s = state.posture_s
    state.most = max(state.most, value)
    state.high = max(value, state.high - (state.high - value) * min(1.0, dt_s / _SAGS_S))
    if value >= state.high - arrives:
        state.level_s = t_s


def _step_up(state: State, arrives: float, value: float, t_s: float, dt_s: float) -> None:
    """A hold that goes on clearly further than where it seemed to be held already: that was the starting position."""
    if value <= state.peak + _STEP * arrives:
        state.above_s = None
    elif state.above_s is None:
        state.above_s = t_s
    elif t_s - state.above_s >= _STEP_S:
        soon = state.held_s is None or t_s - state.held_s < _SOON_S
        state.base, state.most, state.peak, state.rose_s = state.peak, value, value, t_s
        state.origin, state.lowest = None, state.base
        state.posture_s, state.above_s = state.above_s + _EASES_S, None
        if soon and state.held_s is not None:
            state.held_s = state.posture_s
        return
    state.peak += max(0.0, value - state.peak) * min(1.0, dt_s / _YIELDS_S)


def _look_back(state: State, rule: HoldRule, t_s: float) -> None:
    """Find out, once, when the way there was over, now that it is known where it led; changes `state`."""
    began_s = state.posture_s
    if began_s is None or rule.arrives is None or began_s == state.arrived_s:
        return
    near = max(rule.arrives, _TREMBLES * state.trembles)
    high = level(state.record, max(began_s, t_s - _LEVEL_S), t_s, near)
    way = None if high is None else arrived(state.record, t_s, high, near)
    if way is not None:
        state.origin, state.posture_s = way.low, max(state.came_s, way.s - _FILTER_S)
        if state.held_s == began_s:
            state.held_s = state.posture_s
    state.arrived_s = state.posture_s


def _end_s(state: State, rule: HoldRule | None) -> float:
    """When the hold was left: where the way back began, or, where none is seen, at the last moment near its most."""
    if rule is not None and rule.arrives is not None:
        from_s = state.level_s - _LEVEL_S
        near = max(rule.arrives, _TREMBLES * state.trembles)
        high = level(state.record, from_s, state.level_s, near)
        way = None if high is None else left(state.record, from_s, high, near, state.origin)
        if way is not None and way.s > state.level_s - max(_LEAST_S, way.whole_s / 2):  # not one it came back from
            return min(state.kept_s, way.s - _FILTER_S)
    moved_away = state.level_s < state.kept_s
    return state.level_s - (_LAGS_S + _EASES_S if moved_away else 0.0)


def _begin(state: State, rule: HoldRule, t_s: float, *, inside: bool) -> list[Event]:
    if not inside:
        state.posture_s = None
    elif state.posture_s is not None and t_s - state.posture_s >= rule.within_s:
        state.held_s = state.posture_s
        return _tell(state, t_s, running=True)
    return []


def _tell(state: State, t_s: float, *, running: bool) -> list[Event]:
    if state.held_s is None or (state.told_s is not None and t_s - state.told_s < _TELLS_S and running == state.told):
        return []
    state.told_s, state.told = t_s, running
    return [Hold(t_s=t_s, seconds=max(0.0, state.level_s - state.held_s - state.unseen_s), running=running)]


def end_hold(spec: Spec, state: State, t_s: float) -> list[Event]:
    """End the hold that runs, if one does, at the last moment in posture; changes `state`."""
    if state.held_s is not None and spec.hold is not None:
        _look_back(state, spec.hold, state.level_s)
    started, unseen_s = state.held_s, state.unseen_s
    state.held_s, state.posture_s, state.told_s, state.told, state.unseen_s = None, None, None, False, 0.0
    if started is None:
        return []
    faults = tuple(dict.fromkeys(r.fault for r, f in zip(spec.form, state.flagged, strict=True) if f))
    end_s = max(started, _end_s(state, spec.hold))
    seconds = max(0.0, end_s - started - unseen_s)
    over = Hold(t_s=t_s, seconds=seconds, running=False)
    if seconds < (_LEAST_S if _went(spec, state) else _SWAYS_S) or _sways(spec, state, started, end_s):
        return [over]
    return [over, HoldEnded(side=side_name(spec, state), start_s=started, end_s=end_s, seconds=seconds, faults=faults)]


def _sways(spec: Spec, state: State, start_s: float, end_s: float) -> bool:
    """Whether it is the starting position of somebody who sways or talks: nobody was seen to go into it.

    Then it goes to and fro meanwhile, or has come over its line from just beside it.
    """
    if _went(spec, state) or spec.hold is None or spec.hold.arrives is None:
        return False
    drifted = state.watched and state.most - state.lowest < _DRIFTS * spec.hold.arrives
    return drifted or not still(state.record, start_s, end_s, _STEP * spec.hold.arrives)
