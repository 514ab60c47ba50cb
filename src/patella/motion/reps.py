"""Counts repetitions: the measure leaves the start, goes at least the least range, and comes back.

The count follows turning points, not fixed lines, so that a person whose start drifts is counted all the same. What
counts as movement is told in parts of the exercise's own least range.

One repetition, its moments in the order in which they come:

    high                      .-------.
                            .'         '.
    low   ----------------'               '---------- trough
                         |     |     |     |
          edge_s = start_s     peak_s|     trough_s
                                     top_s

`edge_s`: the last moment near the start; `start_s`: the same, once it has left. `peak_s`: it came to its furthest.
`top_s`: the last moment near there. `trough_s`: the nearest to the start since. The way out is from `start_s` to
`peak_s`, the way back from `top_s` to the end: that is `trough_s` where it has turned round already, otherwise now.
"""

from __future__ import annotations

from dataclasses import replace

from patella.motion.event import Rep, Short
from patella.motion.memory import Phase, State, side_name
from patella.motion.spec import RepRule, Spec, Toward

_LEAVES = 0.4  # of the least range: so far from the start it has left
_EDGE = 0.15  # of the least range: so near the start it is still there
_TURNS = 0.35  # of the least range: so far back from the furthest point it is on the way back
_NEAR = 0.05  # of its own range: a peak that is higher by less came no later
_TOP = 0.1  # of its own range: so near the furthest point it is at the top
_HOME = 0.3  # of its own range: nearer than this to the start it may be over
_HALF = 0.5  # of its own range: turning round nearer than this to the start ends it too
_SETTLES = 0.6  # seconds after which a way back that slows down counts as over
_FLOOR_S = 0.22  # no leg goes there or comes back more quickly: that is a joint taken for another
_BEGAN_S = 0.3  # a movement that is under way so soon after the first picture may have begun before it
_STANDS_S = 1.0  # who is seen for longer without moving elsewhere stands, sits or lies there
_WHOLE = 0.75  # of the way back: a way out that is shorter began before the film did
_DRIFT_S = 2.0  # how slowly the start follows somebody who rests elsewhere
_DROWNS = 2.6  # times what a measure trembles by: less is lost in it


def count(spec: Spec, state: State, rule: RepRule, t_s: float, dt_s: float) -> Rep | Short | None:
    """Take in the main measure's newest value; changes `state`. A repetition or a short one when one ends now."""
    value = state.values[spec.main]
    if value is None:
        return None
    sign = -1.0 if rule.toward is Toward.LESS else 1.0
    y, speed = sign * value, sign * state.speeds[spec.main]  # `y` grows on the way out, whichever way that is
    if state.phase <= Phase.REST:
        _rest(state, rule, y, speed, t_s, dt_s)
        return None
    if t_s - state.start_s > rule.most_s:
        state.phase = Phase.AWAY
        return None
    if state.phase == Phase.OUT:
        return _out(spec, state, rule, y, t_s)
    return _back(spec, state, rule, y, speed, t_s)


def surely(rule: RepRule, trembles: float) -> RepRule:
    """The rule for a measure that trembles by so much: what goes less far than that is no movement."""
    least = _DROWNS * trembles
    if least <= rule.least:
        return rule
    return replace(rule, least=least, noticed=max(rule.noticed, least * rule.noticed / rule.least))


def forget(state: State) -> None:
    """Drop the repetition that is under way: it ends uncounted."""
    state.phase = Phase.AWAY


def _starts_here(rule: RepRule, value: float) -> bool:
    return rule.start[0] <= value <= rule.start[1]


def _rest(state: State, rule: RepRule, y: float, speed: float, t_s: float, dt_s: float) -> None:
    sign = -1.0 if rule.toward is Toward.LESS else 1.0
    if state.phase == Phase.AWAY:
        if _starts_here(rule, sign * y):
            state.phase, state.low, state.edge_s = Phase.REST, y, t_s
        return
    if y < state.low:
        state.low = y
    elif abs(speed) < rule.least * _EDGE:
        state.low += (y - state.low) * min(1.0, dt_s / _DRIFT_S)
    if not _starts_here(rule, sign * state.low):
        state.phase = Phase.AWAY
    elif y <= state.low + rule.least * _EDGE:
        state.edge_s = t_s
    elif y <= state.low + rule.least * _LEAVES:
        if abs(speed) < rule.least * _EDGE:
            state.edge_s = t_s  # stays there: what brought it there is no part of what comes
    else:
        state.phase, state.start_s = Phase.OUT, state.edge_s
        state.high = state.peak = y
        state.peak_s = state.top_s = t_s


def _out(spec: Spec, state: State, rule: RepRule, y: float, t_s: float) -> Rep | Short | None:
    span = state.high - state.low
    if y > state.high:
        state.high = y
        if y > state.peak + _NEAR * span:
            state.peak, state.peak_s = y, t_s
    if y >= state.high - _TOP * span:
        state.top_s = t_s
    if y > state.high - max(_TURNS * rule.least, 2 * _TOP * span):
        return None
    if span < rule.least:
        return _short(spec, state, rule, y, t_s) if y < state.low + _HALF * span else None
    state.phase, state.trough, state.trough_s = Phase.BACK, y, t_s
    return None


def _short(spec: Spec, state: State, rule: RepRule, y: float, t_s: float) -> Short | None:
    span, start_s = state.high - state.low, state.start_s
    state.phase, state.low, state.edge_s = Phase.REST, y, t_s
    if span < rule.noticed or t_s - start_s < rule.least_s / 2:
        return None
    return Short(side=side_name(spec, state), start_s=start_s, peak_s=state.peak_s, end_s=t_s, range_deg=span)


def _back(spec: Spec, state: State, rule: RepRule, y: float, speed: float, t_s: float) -> Rep | None:
    span = state.high - state.low
    if y < state.trough:
        state.trough, state.trough_s = y, t_s
    home = state.low + _HOME * span
    turned = y > state.trough + _LEAVES * rule.least
    at_once = state.trough_s - state.top_s < _FLOOR_S
    half = state.low + _HALF * span - state.trembles  # the lowest of readings that tremble lies too low by as much
    if turned and (at_once or state.trough > half):
        state.phase = Phase.OUT  # a wobble at the top, or a joint taken for another
        return None
    if t_s - state.top_s < _FLOOR_S:
        return None
    landed = state.trough <= state.low + _EDGE * rule.least and not _may_be_cut(state)
    settled = state.trough <= home and (speed > -rule.least * _EDGE or t_s - state.trough_s > _SETTLES)
    if not (landed or settled or turned):
        return None
    return _whole(spec, state, rule, t_s, turned=turned)


def _whole(spec: Spec, state: State, rule: RepRule, t_s: float, *, turned: bool) -> Rep | None:
    end_s = state.trough_s if turned else t_s
    span = state.high - state.low
    start_s, reach = state.start_s, (-state.high if rule.toward is Toward.LESS else state.high)
    cut = _may_be_cut(state) and span < _WHOLE * (state.high - state.trough)
    cut = cut or (_comes_up(state) and (state.shook_s is not None or state.slips_s is not None))
    up_s, down_s = state.peak_s - start_s, end_s - state.top_s
    state.phase, state.low, state.edge_s = Phase.REST, state.trough, end_s
    if cut or end_s - start_s < rule.least_s or min(up_s, down_s) < _FLOOR_S:
        return None
    state.n += 1
    return Rep(
        n=state.n, side=side_name(spec, state), start_s=start_s, peak_s=state.peak_s, end_s=end_s,
        range_deg=span, reach_deg=reach, up_s=up_s, down_s=down_s, faults=(),
    )  # fmt: skip


def _may_be_cut(state: State) -> bool:
    """Whether the repetition under way may have begun before the film did."""
    return state.running and state.n == 0 and state.start_s - (state.first_s or 0.0) < _BEGAN_S


def _comes_up(state: State) -> bool:
    """Whether it began before anybody was seen to stand: then they may be walking into the picture."""
    return state.running and state.n == 0 and state.start_s - (state.first_s or 0.0) < _STANDS_S


def last_one(spec: Spec, state: State, rule: RepRule) -> Rep | None:
    """The repetition that the film's end cuts: complete, if it went far enough and has come more than half-way back.

    Its end is the film's, its way back as long as the whole of it would have taken. Changes `state`.
    """
    value, t_s = state.values[spec.main], state.used_s
    if state.phase != Phase.BACK or not state.ready or value is None or t_s is None:
        return None
    sign = -1.0 if rule.toward is Toward.LESS else 1.0
    span, gone = state.high - state.low, state.high - sign * value
    if gone < _HALF * span or sign * value > state.trough + _EDGE * rule.least or _may_be_cut(state):
        return None
    rep = _whole(spec, state, rule, t_s, turned=False)
    return rep and replace(rep, down_s=rep.down_s * max(1.0, span / gone))
