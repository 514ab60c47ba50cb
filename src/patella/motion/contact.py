"""What rests on what: lowers a body onto its surfaces and bends a few free joints until its contacts hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from patella.motion.body import RANGES, Base, Body, Pose, Posture
from patella.motion.definition import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Residual = Callable[[Sequence[float]], list[float]]

_CENTIMETRES = 100.0  # misses are counted in centimetres, so that 1 cm weighs about as much as 1 degree
_KEEP = 0.01  # price of leaving an authored angle, in centimetres per degree: small, but it decides between equal ways
_STEP = 0.05  # for the numerical slope: degrees, or half a millimetre
_LARGEST_STEP = 15.0  # degrees, or 15 cm, in one round
_ROUNDS = 25
_NO_GAIN = 1e-3  # a round that changes the sum of squares by a smaller share is the last
_METRES = frozenset({"px", "py", "pz"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """Where a point of the body belongs, in metres; None: it does not matter.

    `z_m` is the height of the surface that the point's flesh rests on. With `toward`, the point meant is `part` of the
    way to that other point. With `to`, x, y and z are counted from that other point, centre to centre.
    `planted` points take no part in bending joints: the whole body is lowered until the lowest of them rests.
    `weight`, 0 to 1, is below 1 while a contact comes or goes.
    """

    point: str
    x_m: float | None = None
    y_m: float | None = None
    z_m: float | None = None
    toward: str | None = None
    part: float = 0.0
    to: str | None = None
    planted: bool = False
    weight: float = 1.0


def misses_m(body: Body, posture: Posture, goal: Goal) -> tuple[float, ...]:
    """By how much a point misses its goal along each axis that matters, metres; + is too far left, back or up."""
    place, radius = posture.at(goal.point), body.radius_m(goal.point)
    if goal.toward is not None:
        other, q = posture.at(goal.toward), goal.part
        x, y, z = (a * (1 - q) + b * q for a, b in zip(place, other, strict=True))
        place = (x, y, z)
        radius += q * (body.radius_m(goal.toward) - radius)
    origin = (0.0, 0.0, radius) if goal.to is None else posture.at(goal.to)
    wanted = (goal.x_m, goal.y_m, goal.z_m)
    return tuple(a - o - w for a, o, w in zip(place, origin, wanted, strict=True) if w is not None)


def settle(body: Body, pose: Mapping[str, float], base: Base, goals: Sequence[Goal], free: Sequence[str] = ()) -> Pose:
    """The pose, at rest: planted points touch their surface, and the `free` values have met the other goals.

    Damped least squares that prefers the authored values: a limb with more freedom than it needs stays where its author
    put it. Goals out of reach are missed by as little as possible (ask `misses_m`). Raises DefinitionError for unknown
    names.
    """
    for name in free:
        if name not in RANGES:
            raise DefinitionError(name, "is not a degree of freedom of the body, so it cannot be left free.")
    settled = _lowered(body, pose, base, [g for g in goals if g.planted])
    reach = [g for g in goals if not g.planted]
    return _bent(body, settled, base, reach, free) if free and reach else settled


def _lowered(body: Body, pose: Mapping[str, float], base: Base, planted: Sequence[Goal]) -> Pose:
    if not planted:
        return dict(pose)
    posture = body.posture(pose, base)
    gap = min(misses_m(body, posture, g)[-1] for g in planted)
    return {**pose, "pz": pose.get("pz", 0.0) - gap}


def _bent(body: Body, pose: Pose, base: Base, goals: Sequence[Goal], free: Sequence[str]) -> Pose:
    """Levenberg and Marquardt's method over the free values, in degrees and centimetres."""
    units = [0.01 if name in _METRES else 1.0 for name in free]
    authored = [pose.get(name, 0.0) for name in free]
    pulls = [(g, _pull(g.weight)) for g in goals]

    def residual(change: Sequence[float]) -> list[float]:
        values = {n: a + u * c for n, a, u, c in zip(free, authored, units, change, strict=True)}
        posture = body.posture({**pose, **values}, base)
        off = [_CENTIMETRES * pull * m for g, pull in pulls for m in misses_m(body, posture, g)]
        return off + [_KEEP * c for c in change]

    low = [(RANGES[n][0] - a) / u for n, a, u in zip(free, authored, units, strict=True)]
    high = [(RANGES[n][1] - a) / u for n, a, u in zip(free, authored, units, strict=True)]
    change = [0.0] * len(free)
    off, damping = residual(change), 1e-3
    for _ in range(_ROUNDS):
        step = _step(residual, change, off, damping)
        trial = [min(max(c + s, lo), hi) for c, s, lo, hi in zip(change, step, low, high, strict=True)]
        trial_off = residual(trial)
        before, after = _square(off), _square(trial_off)
        if after < before:
            change, off, damping = trial, trial_off, damping * 0.3
        else:
            damping *= 8
        if abs(before - after) < _NO_GAIN * before:
            break
    return {**pose, **{n: a + u * c for n, a, u, c in zip(free, authored, units, change, strict=True)}}


def _pull(weight: float) -> float:
    """How hard a contact pulls: half-way as hard as the wish to keep the authored angles, so it lets go gently."""
    return 1.0 if weight >= 1 else min(1.0, _KEEP * weight / (1 - weight))


def _step(residual: Residual, at: Sequence[float], off: Sequence[float], damping: float) -> list[float]:
    slopes = []
    for i in range(len(at)):
        moved = residual([c + _STEP * (i == j) for j, c in enumerate(at)])
        slopes.append([(m - o) / _STEP for m, o in zip(moved, off, strict=True)])
    square = [[_dot(a, b) + damping * (i == j) for j, b in enumerate(slopes)] for i, a in enumerate(slopes)]
    step = _solved(square, [-_dot(a, off) for a in slopes])
    return [min(max(s, -_LARGEST_STEP), _LARGEST_STEP) for s in step]


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss's elimination for a positive definite matrix: damped, so no pivoting is needed."""
    n = len(right)
    for i in range(n):
        for j in range(i + 1, n):
            factor = matrix[j][i] / matrix[i][i]
            for k in range(i, n):
                matrix[j][k] -= factor * matrix[i][k]
            right[j] -= factor * right[i]
    for i in reversed(range(n)):
        right[i] = (right[i] - sum(matrix[i][k] * right[k] for k in range(i + 1, n))) / matrix[i][i]
    return right


def _dot(a: Sequence[float], b: Sequence[float]) -> float:
    return sum(p * q for p, q in zip(a, b, strict=True))


def _square(values: Sequence[float]) -> float:
    return sum(v * v for v in values)
