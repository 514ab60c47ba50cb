"""Times holds: the clock runs only in posture, and forgives leaving it for a moment."""

from __future__ import annotations

from patella.motion.event import Event, Hold, HoldEnded
from patella.motion.memory import State, side_name
from patella.motion.spec import HoldRule, Spec, Toward

GRACE_S = 0.7
_TELLS_S = 0.25
_SETTLES_S = 2.0  # so long after it began a hold may still be on its way to its most
_CREEPS = 2.0  # times `arrives` a second: slower is a stretch that gives, not a leg on its way
_SAGS_S = 1.5  # how slowly the most follows a leg that sinks
_EASES_S = 0.15  # how long the last degrees of an eased movement take, which are too few to be seen
_LEAST_S = 1.0  # what is over sooner was on its way somewhere
_LAGS_S = 0.1  # how far a smoothed measure lags behind one that begins to fall


def hold(spec: Spec, state: State, rule: HoldRule, now: tuple[float, float], *, counts: bool) -> list[Event]:
    """Take in the newest values; changes `state`. Events: the hold as it goes, and its end.

    `counts` says whether the coach is ready. Who is out of sight for a moment may still hold: the hold waits, and ends
    where it was last seen if it is not there again; what nobody saw is no part of it.
    """
    t_s, dt_s = now
    inside = counts and in_posture(spec, state)
    if state.held_s is not None and not counts and state.used_s != t_s:
        return _tell(state, t_s, running=False) if t_s - state.kept_s > GRACE_S else []
    if inside:
        if state.held_s is not None and state.since_s > GRACE_S:
            state.unseen_s += state.since_s
        state.kept_s = t_s
        _arrive(spec, state, rule, (t_s, dt_s))
    if state.held_s is None:
        return _begin(state, rule, t_s, inside=inside)
    if t_s - state.kept_s > GRACE_S:
        return end_hold(spec, state, t_s)
    return _tell(state, t_s, running=inside)


def in_posture(spec: Spec, state: State) -> bool:
    """Whether every band of the hold holds now; not knowing is no."""
    for signal, low, high in spec.hold_bands:
        value = state.values[signal]
        if value is None or not low <= value <= high:
            return False
    return True


def _arrive(spec: Spec, state: State, rule: HoldRule, now: tuple[float, float]) -> None:
    """The hold begins where the first band's measure comes near its most, and lasts as long as it stays there."""
    signal = spec.hold_bands[0][0]
    sign, t_s = -1.0 if rule.toward is Toward.LESS else 1.0, now[0]
    value = state.values[signal]
    if state.posture_s is None or value is None:
        state.posture_s = state.level_s = t_s
        state.high = state.peak = sign * (value or 0.0)
    elif rule.arrives is None:
        state.level_s = t_s
    else:
        _level(state, rule.arrives, (sign * value, sign * state.speeds[signal]), now)


def _level(state: State, arrives: float, reading: tuple[float, float], now: tuple[float, float]) -> None:
    (value, speed), (t_s, dt_s) = reading, now
    started = state.posture_s if state.held_s is None else state.held_s
    rises = value > state.peak + arrives and speed > _CREEPS * arrives
    if rises and started is not None and t_s - started < _SETTLES_S:
        state.peak, state.posture_s = value, t_s + _EASES_S
        if state.held_s is not None:
            state.held_s = state.posture_s
    state.high = max(value, state.high - (state.high - value) * min(1.0, dt_s / _SAGS_S))
    if value >= state.high - arrives:
        state.level_s = t_s


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
    started, unseen_s = state.held_s, state.unseen_s
    state.held_s, state.posture_s, state.told_s, state.told, state.unseen_s = None, None, None, False, 0.0
    if started is None:
        return []
    faults = tuple(dict.fromkeys(r.fault for r, f in zip(spec.form, state.flagged, strict=True) if f))
    moved_away = state.level_s < state.kept_s
    end_s = max(started, state.level_s - (_LAGS_S + _EASES_S if moved_away else 0.0))
    seconds = max(0.0, end_s - started - unseen_s)
    over = Hold(t_s=t_s, seconds=seconds, running=False)
    if seconds < _LEAST_S:
        return [over]
    return [over, HoldEnded(side=side_name(spec, state), start_s=started, end_s=end_s, seconds=seconds, faults=faults)]
