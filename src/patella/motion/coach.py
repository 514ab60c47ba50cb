"""The camera coach: one picture's landmarks in, what happened out.

`step` is the whole of it; live coaching sends it frames one by one, and `analyse` folds it over a film, so both give
the same. It reads no clock: seconds are those of the frames, and frames that do not advance are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from patella.motion.analysis import Analysis, Tally
from patella.motion.event import TOO_SLOW, Event, Lost, Rep, Seen, Short, Shown, Sight
from patella.motion.form import DROPPED, SHALLOW, assess, clear, remember_best, say, watch
from patella.motion.holds import end_hold, hold
from patella.motion.memory import Phase, State, begin, state_from_json, state_to_json
from patella.motion.naming import named
from patella.motion.pose import PoseFrame, Side
from patella.motion.reps import count, forget, last_one, surely
from patella.motion.rest import is_known, tell_over_hips
from patella.motion.side import choose
from patella.motion.smooth import smooth
from patella.motion.spec import SWAPPED, Leg, RepRule, Role, Spec
from patella.motion.standing import STANDS_S, keep_feet
from patella.motion.view import (
    STILL_S,
    followed,
    hides_angles,
    is_behind,
    judge,
    look,
    plant,
    readable,
    stretched,
    turn_aside,
)

__all__ = ["analyse", "begin", "finish", "state_from_json", "state_to_json", "step"]

GAP_S = 2.5  # longer without sight ends what was under way, uncounted
_SIGHT_S = 0.3  # so long must something stand in the way before it is said
_KEEPS_S = 0.35  # so long a reading that is missing for a moment stays as it was
_LEAPS, _JUMPS_S = 40.0, 0.2  # no joint moves so many degrees between two readings: for so long it is not believed
_TREMBLES_S = 2.0  # how slowly it is learnt how much a measure trembles
_OFF = 0.5  # of that is a reading off, if the two before it are as much
_SHOWS_S = 0.2
_STEP_DEG = 5
_EVER_S = 1e12
_CALM = 4.0  # units a second: slower is at rest
_LEARNS_S = 0.5
_MEANT = 0.7  # of the least range: before the first repetition less is somebody who shifts their weight, worth no word
_AGAIN_S = 6.0  # and so is a single one: who talks does that too, but not twice so soon


def step(spec: Spec, state: State, frame: PoseFrame) -> tuple[State, tuple[Event, ...]]:
    """Take in one frame. Returns the state after it and what happened; the state that was given stays as it was."""
    t_s = frame.t_s
    if not -_EVER_S < t_s < _EVER_S or (state.t_s is not None and t_s <= state.t_s):
        return state, ()
    state = state.copy()
    dt_s = 0.0 if state.t_s is None else t_s - state.t_s
    if state.first_s is None:
        state.first_s = t_s
    state.t_s = t_s
    under_way, stood = _far_enough(spec, state), state.shook_s is None
    image = readable(frame)
    wide = aspect = frame.width_px / frame.height_px if image else 1.0
    if image:
        image = _right(spec, state, image, aspect, dt_s)
        look(spec, state, frame, image, dt_s)
        spec = turn_aside(spec, state)
        wide = stretched(spec, state, aspect)
        choose(spec, state, image, wide, dt_s)
    elif state.aside and spec.aside:
        spec = spec.aside
    code = judge(spec, state, frame, image)
    events: list[Event] = []
    if code is Sight.READY:
        code = _take_in(spec, state, image, aspect, wide)
    if code is not Sight.READY and state.used_s is not None and t_s - state.used_s > GAP_S:
        _lose(spec, state, t_s, events)
    events += _sight(state, code, t_s)
    if stood and state.shook_s is not None:
        events.append(Seen(t_s=t_s, code=Sight.CAMERA_MOVES))  # once: it is a word beside the counting, which goes on
    if state.ready and code is Sight.READY:
        state.usable += dt_s
    _follow(spec, state, t_s, dt_s, events, fresh=state.used_s == t_s)
    if under_way and state.phase == Phase.AWAY:
        events.append(_lost(state, spec, code))
    return state, tuple(events)


def _right(spec: Spec, state: State, image: Sequence[float], aspect: float, dt_s: float) -> Sequence[float]:
    """The landmarks with what is known of pose models set right: legs they are unsure of, or take for one another."""
    if spec.lies and state.ready:
        image = followed(image)
    if spec.leg in SWAPPED:
        return image
    image = named(state, image, aspect, state.t_s or 0.0)
    return keep_feet(spec, state, image, aspect, dt_s) if spec.leg is Leg.STANDING else image


def _far_enough(spec: Spec, state: State) -> bool:
    """Whether a repetition is under way that has gone its least range."""
    return state.phase > Phase.REST and spec.rep is not None and state.high - state.low >= spec.rep.least


def _lost(state: State, spec: Spec, code: Sight) -> Lost:
    t_s = state.t_s or 0.0
    slow = spec.rep is not None and t_s - state.start_s > spec.rep.most_s
    why = code if code is not Sight.READY else Sight.STAND_STILL  # whoever is ready once more has moved elsewhere
    return Lost(start_s=state.start_s, end_s=t_s, why=TOO_SLOW if slow else why.value)


def finish(spec: Spec, state: State) -> tuple[State, tuple[Event, ...]]:
    """Nothing more will come: ends a hold that still runs, and counts a repetition that has come back far enough."""
    state, spec = state.copy(), (spec.aside or spec) if state.aside else spec
    events: list[Event] = end_hold(spec, state, state.kept_s)
    rep = last_one(spec, state, surely(spec.rep, state.trembles)) if spec.rep else None
    if rep is not None and spec.rep is not None:
        rep = assess(spec, state, spec.rep, rep)
        events.append(replace(rep, faults=tuple(f for f in rep.faults if f != DROPPED)))
    return state, tuple(events)


def analyse(spec: Spec, frames: Iterable[PoseFrame], side: Side | None = None, *, running: bool = True) -> Analysis:
    """A whole film: the fold of `step` over its frames, in their order."""
    state, tally = begin(spec, side, running=running), Tally(follows=spec.followed)
    for frame in frames:
        state, events = step(spec, state, frame)
        tally.take(state, events)
    state, events = finish(spec, state)
    tally.take(state, events)
    return tally.result(spec, state)


def _take_in(spec: Spec, state: State, image: Sequence[float], aspect: float, wide: float) -> Sight:
    """Read every signal of a picture in which everything needed is seen; what still stands in the way.

    `aspect` is the picture's shape, `wide` the one for reading angles.
    """
    t_s = state.t_s or 0.0
    since_s = t_s - state.used_s if state.used_s is not None else 0.0
    _read(spec, state, image, aspect, wide, since_s)
    for i, _, _ in spec.posture:
        if state.values[i] is None and not spec.signals[i].other:
            return Sight.UNCLEAR  # not seen is not out of place
    plant(spec, state, image, aspect, t_s, since_s)
    state.used_s, state.since_s = t_s, since_s
    return _position(spec, state, t_s, since_s)


def _read(spec: Spec, state: State, image: Sequence[float], aspect: float, wide: float, since_s: float) -> None:
    """Read every signal and smooth it; changes `state`."""
    t_s, side = state.t_s or 0.0, max(state.side, 0)
    sense = -1.0 if state.sense < 0 else 1.0
    values, speeds, read_s = state.values, state.speeds, state.read_s
    counted = spec.main if spec.rep else spec.hold_bands[0][0] if spec.hold_bands else -1
    straight = spec.straight[0] if spec.straight else -1
    rest = spec.rest.signal if spec.rest else -1
    for i, signal in enumerate(spec.signals):
        value = signal.read(image, wide, 1 - side if signal.other else side, sense)
        gap_s = t_s - read_s[i]
        if value is None:
            if gap_s > _KEEPS_S:
                values[i] = None
            continue
        if i == straight:
            value -= state.zero
        if i == rest and spec.rest:
            if spec.rest.hips_s:
                value = tell_over_hips(state, spec.rest.hips_s, value, image, aspect, since_s)
            value -= state.rest
        before, speed, unit = values[i], speeds[i], signal.unit
        if before is not None and gap_s < _JUMPS_S and abs(value - before - speed * gap_s) > _LEAPS * unit:
            continue
        if i == counted:
            unit = max(unit, _trembling(state, t_s, value, unit))
        values[i], speeds[i] = smooth(value, before, speed, gap_s, unit)
        read_s[i] = t_s


def _trembling(state: State, t_s: float, value: float, unit: float) -> float:
    """By how much this measure trembles: no less than that is a small change of it. Changes `state`.

    It is how far a reading lies off the line through the two before it, which a leg in its course hardly does.
    """
    raw = state.raw
    if len(raw) == 4:  # noqa: PLR2004 - two times, two readings
        way_s, gap_s = raw[2] - raw[0], t_s - raw[2]
        if way_s > 0 and gap_s < _JUMPS_S and way_s < _JUMPS_S:
            learns_s = min(_TREMBLES_S, max(gap_s, t_s - (state.first_s or 0.0)))
            off = abs(value - raw[3] - (raw[3] - raw[1]) * gap_s / way_s)
            state.trembles += (_OFF * min(off, _LEAPS * unit) - state.trembles) * min(1.0, gap_s / learns_s)
        del raw[:2]
    raw += (t_s, value)
    return state.trembles


def _position(spec: Spec, state: State, t_s: float, since_s: float) -> Sight:
    for signal, low, high in spec.posture:
        value = state.values[signal]
        if value is not None and not low <= value <= high:
            state.placed_s = None
            return Sight.TAKE_POSITION
    if state.placed_s is None:
        under_way = state.running and t_s - (state.first_s or 0.0) < STILL_S
        state.placed_s = t_s - STILL_S if under_way else t_s
    planted = state.planted_s
    stands = planted is not None and t_s - planted >= STANDS_S
    if spec.straight is not None and stands and state.n == 0 and state.phase <= Phase.REST:
        _learn_straight(state, spec.straight, since_s)
    if planted is None or t_s - max(planted, state.placed_s) < STILL_S:
        return Sight.STAND_STILL
    known = spec.rest is None or is_known(spec, state, spec.rest, t_s, since_s)
    return Sight.READY if known else Sight.STAND_STILL


def _learn_straight(state: State, straight: tuple[int, float, float], since_s: float) -> None:
    signal, at, within = straight
    value = state.values[signal]
    if value is None or abs(state.speeds[signal]) > _CALM or abs(value + state.zero - at) > within:
        return
    change = (value - at) * min(1.0, since_s / _LEARNS_S)
    state.zero += change
    state.values[signal] = value - change
    state.zeroed = True


def _sight(state: State, code: Sight, t_s: float) -> list[Event]:
    """Say how well it sees when that has changed for long enough; ready is said at once."""
    if code == state.sight:
        state.next_sight = ""
        return []
    if code != state.next_sight:
        state.next_sight, state.next_since_s = code.value, t_s
    if state.sight and code is not Sight.READY and t_s - state.next_since_s < _SIGHT_S:
        return []
    state.sight, state.next_sight = code.value, ""
    state.ready = code is Sight.READY
    return [Seen(t_s=t_s, code=code)]


def _lose(spec: Spec, state: State, t_s: float, events: list[Event]) -> None:
    forget(state)
    clear(state)
    events += end_hold(spec, state, t_s)
    state.planted_s = state.placed_s = None
    state.anchor, state.record = [], []


def _follow(spec: Spec, state: State, t_s: float, dt_s: float, events: list[Event], *, fresh: bool) -> None:
    """Reps, holds and form, when the coach is ready."""
    if spec.hold is not None and spec.role is not Role.REPS:
        was = state.held_s
        events += hold(spec, state, spec.hold, t_s, dt_s, counts=state.ready and fresh)
        if was is not None and state.held_s != was:
            clear(state)  # what went before is no part of a hold that begins anew
    if not fresh:
        return  # a moment without sight: what is under way waits for GAP_S
    if not state.ready:
        if state.phase != Phase.AWAY:
            forget(state)
            clear(state)
        return
    events += watch(spec, state, t_s, dt_s)
    if spec.rep is not None:
        _count(spec, state, spec.rep, t_s, dt_s, events)
    _show(spec, state, t_s, events)


def _count(spec: Spec, state: State, rule: RepRule, t_s: float, dt_s: float, events: list[Event]) -> None:
    before = state.phase
    rule = surely(rule, state.trembles)
    ended = count(spec, state, rule, t_s, dt_s)
    if isinstance(ended, Rep):
        rep = assess(spec, state, rule, ended)
        remember_best(spec, state)
        events.append(rep)
        if not state.was_behind and is_behind(spec, state):
            state.was_behind = True
            events.append(Seen(t_s=t_s, code=Sight.FAR_LEG))  # once, as a word beside the counting
        for fault in rep.faults:
            if fault in (SHALLOW, DROPPED):
                events += say(state, fault, fault, t_s)
    elif isinstance(ended, Short):
        events.append(ended)
        meant = ended.range_deg >= _MEANT * rule.least
        again = meant and state.short_s is not None and ended.start_s - state.short_s < _AGAIN_S
        if state.n or again:
            events += say(state, SHALLOW, SHALLOW, t_s)
        if meant:
            state.short_s = ended.end_s
    if before > Phase.REST and state.phase <= Phase.REST:
        clear(state)


def _show(spec: Spec, state: State, t_s: float, events: list[Event]) -> None:
    if spec.shown is None or hides_angles(spec, state):
        return
    value = state.values[spec.shown]
    if value is None or t_s - state.shown_s < _SHOWS_S:
        return
    rounded = _STEP_DEG * round(value / _STEP_DEG)
    if state.shown is None or (rounded != state.shown and abs(value - state.shown) > 0.6 * _STEP_DEG):
        state.shown, state.shown_s = rounded, t_s
        events.append(Shown(t_s=t_s, measure=spec.signals[spec.shown].measure.value, value=rounded))
