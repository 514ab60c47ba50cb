"""Finds faults: a measure that leaves its bounds for long enough, at the time in which it matters.

What is not seen is never a fault: a rule without its measure, or without the person's own start to compare with, stays
silent.
"""

from __future__ import annotations

from dataclasses import replace

from patella.motion.event import Cue, Rep
from patella.motion.holds import comes
from patella.motion.memory import Phase, State
from patella.motion.spec import During, FormRule, From, RepRule, Spec, Toward
from patella.motion.view import hides_angles, is_behind

CUE_EVERY_S = 6.0
SHALLOW, DROPPED = "shallow", "dropped_lowering"  # the faults of a whole repetition, which no rule of a file names
_SETTLES_S = 0.3  # so long after the top is reached the joints have arrived as well
_START_S = 0.7  # how quickly the person's own start is learned
_MOVES = 12.0  # small changes a second: what changes quicker is not at its start, as with who rises from a stoop
_LEVEL_S = 0.2  # a hold that was at its most so lately still is
_ARRIVES = 0.6  # of the least range a second: quicker is still on the way
_OFFSET_DEG = 5.0  # how far a person's own straight reads from 0, measured over bodies and cameras
_TOP = 0.15  # of its own range: so near the furthest point counts as the top
_EDGE = 0.2  # of the least range: nearer to the start nothing is under way
_QUIET_S = 0.5  # so long after something moved its readings are still again
_CALM_S = 1.5  # how quickly it is learned where a measure keeps,
_NOISE_S, _CALMS_S = 2.0, 0.7  # how far it strays from there, and how quickly that is forgotten where it strays less
_USUAL = 0.5  # of a small change of the measure: the straying that the bounds of a rule have room for already
_STRAYS = 3.0  # so many times the mean straying is nothing yet: chance brings that once in some minutes


def watch(spec: Spec, state: State, t_s: float, dt_s: float) -> list[Cue]:
    """Look at every rule in the newest values; changes `state`. At most one cue, and none within 6 s of the last."""
    if hides_angles(spec, state):
        return []
    resting = not comes(spec, state) if spec.rep is None else state.phase == Phase.REST
    under_way = state.held_s is not None if spec.rep is None else state.phase > Phase.REST
    top = _at_top(spec, state, t_s)
    state.top_for_s += dt_s if top else 0.0
    rep = spec.rep
    quiet = rep is not None and resting and _is_quiet(spec, state, rep, t_s)
    for i, rule in enumerate(spec.form):
        value = state.values[rule.signal]
        if value is None:
            continue
        if quiet:
            _learn_noise(state, i, value, dt_s)
        if rule.against is not From.ABSOLUTE:
            calm = resting and abs(state.speeds[rule.signal]) < _MOVES * spec.signals[rule.signal].unit
            if rule.against is From.BEST:
                found = _against_best(state, i, value, dt_s, top=top)
            else:
                found = _against_start(state, i, value, dt_s, calm=calm)
            if found is None:
                continue
            value = found
        if rule.low <= value <= rule.high or not _matters(rule, under_way=under_way, top=top):
            state.since[i] = None
        else:
            _note(state, i, rule, value, t_s, _margin(spec, state, i, rule))
    return _speak(spec, state, t_s)


def _is_quiet(spec: Spec, state: State, rule: RepRule, t_s: float) -> bool:
    """Whether nothing has moved for a moment, so that what still changes is the model's trembling; changes `state`."""
    value = state.values[spec.main]
    y = -(value or 0.0) if rule.toward is Toward.LESS else value or 0.0
    if value is None or state.phase == Phase.AWAY or y > state.low + _EDGE * rule.least:
        state.stirs_s, state.calm = t_s, [None] * len(state.calm)
    return state.stirs_s is None or t_s - state.stirs_s > _QUIET_S


def _learn_noise(state: State, i: int, value: float, dt_s: float) -> None:
    """How far a measure strays while the person keeps still: by that much more must it be off to be a fault."""
    calm = state.calm[i]
    state.calm[i] = calm = _towards(calm, value, dt_s / _CALM_S)
    more = abs(value - calm) - state.noise[i]
    state.noise[i] += more * min(1.0, dt_s / (_NOISE_S if more > 0 else _CALMS_S))


def _against_start(state: State, i: int, value: float, dt_s: float, *, calm: bool) -> float | None:
    """The value against the person's own start: where it is at rest, which is learned while it is `calm`."""
    if calm:
        state.starts[i] = _towards(state.starts[i], value, dt_s / _START_S)
    start = state.starts[i]
    return None if start is None else value - start


def _against_best(state: State, i: int, value: float, dt_s: float, *, top: bool) -> float | None:
    """The value against the person's best: at the top its mean there is, once the joints have arrived."""
    if top:
        settled_s = state.top_for_s - _SETTLES_S
        if settled_s <= 0:
            return None
        state.tops[i] = value = _towards(state.tops[i], value, dt_s / settled_s)
    best = state.starts[i]
    return None if best is None else value - best


def _towards(before: float | None, value: float, share: float) -> float:
    return value if before is None else before + (value - before) * min(1.0, share)


def _at_top(spec: Spec, state: State, t_s: float) -> bool:
    """Whether the repetition is at its furthest and no longer on its way there, or the hold at its most."""
    rule = spec.rep
    if rule is None:
        return state.held_s is not None and t_s - state.level_s < _LEVEL_S
    value = state.values[spec.main]
    if state.phase != Phase.OUT or value is None or abs(state.speeds[spec.main]) > _ARRIVES * rule.least:
        return False
    y = -value if rule.toward is Toward.LESS else value
    return y >= state.high - _TOP * (state.high - state.low)


def _matters(rule: FormRule, *, under_way: bool, top: bool) -> bool:
    if rule.during is During.ALWAYS:
        return True
    return top if rule.during is During.TOP else under_way


def _margin(spec: Spec, state: State, i: int, rule: FormRule) -> float:
    """More room where the model trembles more than usually, and for an angle whose own offset is not known yet."""
    unknown = rule.against is From.ABSOLUTE and not state.zeroed
    offset = _OFFSET_DEG if unknown and spec.straight is not None and spec.straight[0] == rule.signal else 0.0
    strays = state.noise[i] - _USUAL * spec.signals[rule.signal].unit
    return offset + _STRAYS * strays if strays > 0 else offset


def _note(state: State, i: int, rule: FormRule, value: float, t_s: float, margin: float) -> None:
    if rule.low - margin <= value <= rule.high + margin:
        state.since[i] = None
        return
    since = state.since[i]
    if since is None:
        state.since[i] = since = t_s
    if t_s - since >= rule.for_s and not state.flagged[i]:
        state.flagged[i], state.wants = True, i


def _speak(spec: Spec, state: State, t_s: float) -> list[Cue]:
    if state.wants < 0:
        return []
    rule = spec.form[state.wants]
    state.wants = -1
    return say(state, rule.cue, rule.fault, t_s)


def say(state: State, cue: str, fault: str, t_s: float) -> list[Cue]:
    """One cue, unless the last was less than 6 s ago; changes `state`."""
    if state.cue_s is not None and t_s - state.cue_s < CUE_EVERY_S:
        return []
    state.cue_s = t_s
    return [Cue(t_s=t_s, code=cue, fault=fault)]


def assess(spec: Spec, state: State, rule: RepRule, rep: Rep) -> Rep:
    """The repetition with its faults: those seen on the way, and those of the whole; none where angles are hidden."""
    if hides_angles(spec, state):
        rep = replace(rep, range_deg=0.0, reach_deg=0.0) if state.aside or is_behind(spec, state) else rep
        return replace(rep, faults=(), judged=False)
    faults = [r.fault for r, flagged in zip(spec.form, state.flagged, strict=True) if flagged]
    short_of = rule.reach is not None and (
        rep.reach_deg > rule.reach if rule.toward is Toward.LESS else rep.reach_deg < rule.reach
    )
    if short_of:
        faults.append(SHALLOW)
    if rep.down_s < rule.least_down_s:
        faults.append(DROPPED)
    return replace(rep, faults=tuple(dict.fromkeys(faults)))


def clear(state: State) -> None:
    """Begin anew for the next repetition or hold."""
    state.flagged = [False] * len(state.flagged)
    state.since = [None] * len(state.since)
    state.tops, state.top_for_s = [None] * len(state.tops), 0.0


def remember_best(spec: Spec, state: State) -> None:
    """After a repetition: its top is the person's best so far, or not; changes `state`."""
    for i, rule in enumerate(spec.form):
        top, best = state.tops[i], state.starts[i]
        if rule.against is From.BEST and top is not None:
            state.starts[i] = top if best is None else min(top, best)
