"""Finds the side that works when nobody says so, and follows the leg that moves."""

from __future__ import annotations

from collections.abc import Sequence

from patella.motion.angles import MEASURES, Measure
from patella.motion.memory import Phase, State
from patella.motion.spec import SWAPPED, Leg, RepRule, Spec, Toward, View
from patella.motion.standing import forget_knees, nobody_stands, span_that_works
from patella.motion.view import is_behind, near_side

_MOVES = 0.8  # of the least range: a leg that moved so far is moving
_MORE = 2.5  # and so many times further than the other
_HIGHER = 15.0  # a hold's measure that is larger by so much marks the leg that works
_FADES_S = 10.0  # how slowly it is forgotten how far a leg has moved
_LEG_RAISE = MEASURES[Measure.LEG_RAISE]
_SWAPS, _UP = 3.0, 9.0  # so many degrees higher is the other leg, and so many say which one it is
_RESTS_S = 6.0  # a leg away from the camera that rests for longer was not the one that works
_BODY_DEG = 120.0  # a knee that is higher by the body's size, as an angle


def choose(spec: Spec, state: State, image: Sequence[float], aspect: float, dt_s: float) -> None:
    """Set the working side; changes `state`. A side that was asked for stays. `aspect`: the picture's shape.

    Pose models swap the legs of bodies that lie, sometimes within one lift; where the raised leg is the one that works
    it is followed under either name, and the name it had most of the time is the one that is told.
    """
    if spec.leg in SWAPPED:
        if state.side < 0:
            state.side = state.asked if state.asked >= 0 else max(near_side(state), 0)
        _follow_higher(state, _heights(spec, state, image, aspect), dt_s)
        return
    if spec.leg is Leg.STANDING:
        _follow_standing(spec, state, image)
        return
    if state.asked >= 0:
        return
    if spec.leg is Leg.MOVING and state.ready:
        _follow_mover(spec, state, image, aspect, dt_s)
    elif state.side < 0 or not state.ready:
        _turn_to(state, _guess(spec, state, image))


def _follow_standing(spec: Spec, state: State, image: Sequence[float]) -> None:
    """The leg beside the camera, unless the other one is seen to work; a side that was asked for stays."""
    t_s = state.t_s or 0.0
    if state.phase > Phase.REST and state.turned_s is not None:
        state.turned_s = t_s
    elif state.turned_s is not None and (t_s - state.turned_s > _RESTS_S or nobody_stands(state)):
        state.turned_s = None
    rests = state.n == 0 and state.phase <= Phase.REST
    if state.asked < 0 and (state.side < 0 or (state.turned_s is None and (rests or not state.ready))):
        _turn_to(state, _guess(spec, state, image))
    if spec.rep is None or (state.phase > Phase.REST and state.high - state.low >= spec.rep.least):
        return  # a repetition is under way: less is a leg that trembles
    far = 1 - state.side if state.asked < 0 else state.asked
    span = None if far == state.side and not is_behind(spec, state) else span_that_works(spec, state, far)
    if span is not None:
        _take_over(state, spec.rep, far, span)
        forget_knees(state)
        state.anchor, state.turned_s = [], t_s


def _guess(spec: Spec, state: State, image: Sequence[float]) -> int:
    near = near_side(state) if spec.view is View.SIDE else -1
    if near >= 0:
        return near
    if state.side >= 0:
        return state.side
    left, right = (image[4 * (25 + s) + 3] + image[4 * (27 + s) + 3] for s in (0, 1))
    return 1 if right > left else 0


def _turn_to(state: State, side: int, *, stays: bool = False) -> None:
    if side == state.side:
        return
    state.side = side
    state.values = [None] * len(state.values)
    state.starts = [None] * len(state.starts)
    state.phase = Phase.AWAY
    if not stays:
        state.anchor = []


def _heights(spec: Spec, state: State, image: Sequence[float], aspect: float) -> list[float | None]:
    """How high each leg is: its angle against the trunk, or its knee in the picture as an angle of the same size."""
    if spec.leg is Leg.UPPER:
        return [-_BODY_DEG * image[4 * (25 + s) + 1] / (state.size or 1.0) for s in (0, 1)]
    sense = -1.0 if state.sense < 0 else 1.0
    return [_LEG_RAISE(image, aspect, s, sense) for s in (0, 1)]


def _follow_higher(state: State, heights: list[float | None], dt_s: float) -> None:
    left, right = heights
    if left is None or right is None or abs(left - right) < _SWAPS:
        return
    state.side = 1 if right > left else 0
    if abs(left - right) > _UP:
        state.votes += dt_s if state.side else -dt_s


def _follow_mover(spec: Spec, state: State, image: Sequence[float], aspect: float, dt_s: float) -> None:
    read = spec.signals[spec.main if spec.rep else spec.hold_bands[0][0]].read
    sense = -1.0 if state.sense < 0 else 1.0
    found = [read(image, aspect, s, sense) for s in (0, 1)]
    if spec.rep is None:
        _deeper(state, found)
        return
    if state.phase > Phase.REST:
        return
    spans = [_span(state, s, v, dt_s) for s, v in enumerate(found)]
    here, there = spans[state.side], spans[1 - state.side]
    moved, other = there[1] - there[0], here[1] - here[0]
    if moved > _MOVES * spec.rep.least and moved > _MORE * other:
        _take_over(state, spec.rep, 1 - state.side, there)


def _take_over(state: State, rule: RepRule, side: int, span: tuple[float, float]) -> None:
    """That leg moves: it is the one that works, and what it has done so far belongs to its repetition."""
    _turn_to(state, side, stays=True)
    state.zero, state.spans = 0.0, [None] * 4
    state.low = -span[1] if rule.toward is Toward.LESS else span[0]
    state.phase, state.edge_s = Phase.REST, state.t_s or 0.0


def _deeper(state: State, found: list[float | None]) -> None:
    """Of a hold: the leg whose measure is much larger."""
    left, right = found
    if left is not None and right is not None and state.held_s is None and abs(left - right) > _HIGHER:
        _turn_to(state, 1 if right > left else 0, stays=True)


def _span(state: State, side: int, value: float | None, dt_s: float) -> tuple[float, float]:
    """Between what this leg has moved of late; nothing where it is not seen."""
    if value is None:
        return 0.0, 0.0
    low, high = state.spans[2 * side], state.spans[2 * side + 1]
    fades = min(1.0, dt_s / _FADES_S)
    low = value if low is None else min(value, low + (value - low) * fades)
    high = value if high is None else max(value, high + (value - high) * fades)
    state.spans[2 * side], state.spans[2 * side + 1] = low, high
    return low, high
