"""Who stands on one leg stands on the foot that stays while its knee bends, wherever the camera is.

It should be the one beside the camera. Where it is the other one, that leg is mostly in sight all the same: it is
followed, and counted without any angle, as the leg that goes down passes before it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from patella.motion.memory import State
from patella.motion.naming import SIZE, exchange
from patella.motion.pose import Joint
from patella.motion.spec import Spec

STANDS_S = 0.7  # longer than a foot stays on the ground while somebody walks
_STAYS_S = 1.2  # it stands by then
STEP_S = 0.25  # so long must a foot be elsewhere before it has moved: a joint may jump for a moment
FOLLOWS_S = 0.6  # how quickly its place follows a camera: nobody who steps is as slow
_FADES_S = 10.0  # how slowly it is forgotten how far a knee has moved
SLIPS = 0.07  # of the body's size in the picture: what is further from its place has left it
_MOVES, _MORE = 0.9, 2.5  # of the least range, and times as far as the other: a knee that works
_CALMS_S = 0.2  # a knee that trembles is told over so long
_TOGETHER = 0.33  # of the body's size: feet that are further apart all the while both bear somebody who steps long
_TOGETHER_S = 8.0  # so long the lowest part of a repetition takes at most
_X, _Y, _SINCE_S, _OFF_S, _KNEE, _LOW, _HIGH = range(7)
_FIELDS = 7


def keep_feet(spec: Spec, state: State, image: Sequence[float], aspect: float, dt_s: float) -> Sequence[float]:
    """The landmarks with the foot that stays by its name; keeps in mind where each foot is. Changes `state`.

    Of each foot it knows since when it is there, and between what its knee has moved since. `aspect`: the picture's
    shape, as it is.
    """
    t_s, slips = state.t_s or 0.0, SLIPS * (state.size or SIZE)
    if _is_renamed(state, image, aspect, slips):
        image = exchange(state, image, t_s)
    read, sense = spec.signals[spec.main].read, -1.0 if state.sense < 0 else 1.0
    if abs(_ankle(image, aspect, 0)[0] - _ankle(image, aspect, 1)[0]) < _TOGETHER * (state.size or SIZE):
        state.together_s = t_s
    for side in (0, 1):
        x, y = _ankle(image, aspect, side)
        foot = state.feet[_FIELDS * side : _FIELDS * (side + 1)]
        knee = read(image, aspect, side, sense)
        if knee is None or not foot or _has_left(foot, x, y, slips, t_s):
            foot = [x, y, t_s, -1.0, *[knee or 0.0] * 3]
        elif foot[_OFF_S] < 0:
            _stays(foot, x, y, knee, t_s, dt_s)
        state.feet[_FIELDS * side : _FIELDS * (side + 1)] = foot
    return image


def _ankle(image: Sequence[float], aspect: float, side: int) -> tuple[float, float]:
    at = 4 * (Joint.LEFT_ANKLE + side)
    return image[at] * aspect, image[at + 1]


def _is_renamed(state: State, image: Sequence[float], aspect: float, slips: float) -> bool:
    """Whether the other foot is where the one that stands was, and that one is not."""
    side = 0 if stays_s(state, 0) > stays_s(state, 1) else 1
    if stays_s(state, side) < _STAYS_S:
        return False
    place = state.feet[_FIELDS * side : _FIELDS * side + 2]
    here, there = (math.dist(_ankle(image, aspect, s), place) for s in (side, 1 - side))
    return there < slips < here


def _stays(foot: list[float], x: float, y: float, knee: float, t_s: float, dt_s: float) -> None:
    share = min(1.0, dt_s / FOLLOWS_S)
    foot[_X] += (x - foot[_X]) * share
    foot[_Y] += (y - foot[_Y]) * share
    foot[_KNEE] += (knee - foot[_KNEE]) * min(1.0, dt_s / _CALMS_S)
    knee = foot[_KNEE]
    fades = min(1.0, dt_s / _FADES_S) if t_s - foot[_SINCE_S] > STANDS_S else 1.0
    foot[_LOW] = min(knee, foot[_LOW] + (knee - foot[_LOW]) * fades)
    foot[_HIGH] = max(knee, foot[_HIGH] + (knee - foot[_HIGH]) * fades)


def _has_left(foot: list[float], x: float, y: float, slips: float, t_s: float) -> bool:
    """Whether a foot is somewhere else for good; changes since when it is."""
    if math.hypot(x - foot[_X], y - foot[_Y]) <= slips:
        foot[_OFF_S] = -1.0
    elif foot[_OFF_S] < 0:
        foot[_OFF_S] = t_s
    return foot[_OFF_S] >= 0 and t_s - foot[_OFF_S] >= STEP_S


def stays_s(state: State, side: int) -> float:
    """For how long that foot has stayed where it is, seconds."""
    foot = state.feet[_FIELDS * side :]
    return (state.t_s or 0.0) - foot[_SINCE_S] if foot else 0.0


def steps_long(state: State) -> bool:
    """Whether the feet have long been apart, as the camera sees it: then both bear somebody, or one is on its way."""
    return state.together_s is None or (state.t_s or 0.0) - state.together_s > _TOGETHER_S


def nobody_stands(state: State) -> bool:
    """Whether neither foot has stayed for longer than walking feet do."""
    return max(stays_s(state, 0), stays_s(state, 1)) < _STAYS_S


def forget_knees(state: State) -> None:
    """What the knees have moved until now is no evidence any more; changes `state`."""
    for at in range(0, len(state.feet), _FIELDS):
        state.feet[at + _LOW] = state.feet[at + _HIGH] = state.feet[at + _KNEE]


def span_that_works(spec: Spec, state: State, side: int) -> tuple[float, float] | None:
    """Between what that knee has moved, if it works while the other one does not and its foot stays; else None."""
    if spec.rep is None or stays_s(state, side) < _STAYS_S or steps_long(state):
        return None
    here, there = (state.feet[_FIELDS * s + _LOW : _FIELDS * s + _HIGH + 1] for s in (side, 1 - side))
    moved = here[1] - here[0]
    works = moved > _MOVES * spec.rep.least and moved > _MORE * (there[1] - there[0])
    return (here[0], here[1]) if works else None
