"""Made-up bodies: kinematic ones that do every exercise in front of every camera, seen by a model with flaws.

Each set is drawn from levels of everything that differs between people and rooms; the same seed draws the same sets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from patella.files.library import LibraryError, own_library, read_movement, read_spec
from patella.motion.body import Body
from patella.motion.camera import Camera, camera_framing
from patella.motion.flaws import Flaws, flawed
from patella.motion.performance import Attempt, Fault, Moment, Performance, perform
from patella.motion.pose import PoseFrame
from patella.motion.spec import Role, Spec, View
from patella.motion.tempo import Tempo

BUILDS = {
    "slim": 0.008,
    "medium": 0.012,
    "heavy": 0.022,
}  # how far landmarks sit from the joints of such a body, metres
STATURES_M = (1.55, 1.72, 1.92)
INSIDE_DEG = (-30, -15, 0, 15, 30)
OUTSIDE_DEG = (-60, -50, -40, 40, 50, 60)
RISES_M = (-0.25, 0.1, 0.5)  # the camera over the middle of the body
RATES_HZ = (8, 12, 15, 30)
JITTERS_MM = (1, 3, 6)
DROPPED = (0.0, 0.1, 0.2)
TEMPOS = {"quick": 0.6, "own": 1.0, "slow": 1.5}
PAUSES_S = (0.6, 3.0)
BEFORE = ("keeps still", "walks in", "walks in, picks up", "talks", "walks in, talks")
# a trunk leans forward in these all the same: what is added to it is not yet too much
_MILD = frozenset({("squat", Fault.TRUNK_LEAN), ("lateral-step-down", Fault.TRUNK_LEAN)})
_REPS, _HOLDS, _HOLD_S = 4, 2, 6.0
_LONGEST_WAY_S, _INTO_HOLD_S = 4.0, 2.0
_WALK_S, _TALK_S = 2.5, 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """One set of one exercise by one made-up body in one room. `faults` has one entry for each repetition or hold."""

    exercise: str
    side: str
    build: str
    stature_m: float
    yaw_deg: int
    rise_m: float
    rate_hz: int
    jitter_mm: int
    dropped: float
    tempo: str
    pause_s: float
    before: str
    faults: tuple[Fault | None, ...]
    seed: int

    @property
    def spec(self) -> Spec:
        """What the camera looks for."""
        return spec_of(self.exercise)

    def told(self) -> Performance:
        """What is done."""
        movement = read_movement(self.exercise)
        pace = _pace(movement.tempo, TEMPOS[self.tempo], self.pause_s, holds=self.spec.role is Role.HOLD)
        return Performance(
            body=Body(stature_m=self.stature_m), movement=movement, side=self.side,
            walk_s=_WALK_S if "walks" in self.before else 0.0, picks_up="picks" in self.before,
            talks_s=_TALK_S if "talks" in self.before else 0.0,
            attempts=tuple(Attempt(tempo=pace, fault=f) for f in self.faults),
        )  # fmt: skip

    def film(self) -> tuple[list[Moment], list[PoseFrame]]:
        """What happens, and what a model makes of the pictures of it."""
        told = self.told()
        moments = list(perform(told, self.rate_hz))
        camera = self.camera(told)
        seen = (camera.sees(m.points, m.t_s) for m in moments)
        model = Flaws(jitter_m=self.jitter_mm / 1000, bias_m=BUILDS[self.build], dropped=self.dropped)
        return moments, list(flawed(seen, model, Random(self.seed).random))  # noqa: S311 - comes again, is no secret

    def camera(self, told: Performance) -> Camera:
        """Where it stands, so that it sees the whole body in its first pose."""
        azimuth = float(self.yaw_deg)
        if self.spec.view is View.SIDE:
            azimuth = 90.0 - self.yaw_deg if self.side == "R" else self.yaw_deg - 90.0
        still = replace(told, attempts=(), walk_s=0.0, picks_up=False, talks_s=0.0, still_s=0.1, after_s=0.0)
        points = next(perform(still, 1)).points
        return camera_framing(points, azimuth, rise_m=self.rise_m)


@cache
def spec_of(exercise: str) -> Spec:
    """The exercise's camera definition, read once."""
    return read_spec(exercise)


def exercises() -> list[str]:
    """Every exercise whose repetitions the camera counts or whose holds it times."""
    found = []
    for exercise in sorted(own_library().exercises):
        try:
            role = spec_of(exercise).role
        except LibraryError:
            continue
        if role in (Role.REPS, Role.HOLD):
            found.append(exercise)
    return found


def faults_of(exercise: str) -> list[Fault]:
    """The faults that the coach claims to see, as far as a made-up body can have them."""
    spec = spec_of(exercise)
    told = {rule.fault for rule in spec.form}
    if spec.rep is not None and spec.rep.reach is not None:
        told.add(Fault.SHALLOW)
    if spec.rep is not None and spec.rep.least_down_s:
        told.add(Fault.DROPPED_LOWERING)
    return [fault for fault in Fault if fault in told and (exercise, fault) not in _MILD]


def drawn(exercise: str, count: int, seed: int) -> Iterator[Set]:
    """So many sets of an exercise: each level of yaw in turn, all the rest by chance."""
    for i in range(count):
        chance = Random(f"{seed}-{exercise}-{i}")  # noqa: S311 - comes again, is no secret
        yaws = (*INSIDE_DEG, *INSIDE_DEG, *OUTSIDE_DEG)
        pick = chance.choice
        yield Set(
            exercise=exercise, side=pick("LR"), build=pick(list(BUILDS)), stature_m=pick(STATURES_M),
            yaw_deg=yaws[i % len(yaws)], rise_m=pick(RISES_M), rate_hz=pick(RATES_HZ), jitter_mm=pick(JITTERS_MM),
            dropped=pick(DROPPED), tempo=pick(list(TEMPOS)), pause_s=pick(PAUSES_S), before=pick(BEFORE),
            faults=_faults(exercise, chance), seed=i,
        )  # fmt: skip


def _faults(exercise: str, chance: Random) -> tuple[Fault | None, ...]:
    """Half of all sets are clean; in the others one fault, in every repetition or in some of them."""
    count = _REPS if spec_of(exercise).role is Role.REPS else _HOLDS
    known = faults_of(exercise)
    kind, share = chance.random(), 0.5
    if kind < share or not known:
        return (None,) * count
    fault = chance.choice(known)
    every = kind > 1 - share / 4
    told = [fault if every or chance.random() < share else None for _ in range(count)]
    return tuple(told)


def _pace(tempo: Tempo, slower: float, pause_s: float, *, holds: bool) -> Tempo:
    way_s = _INTO_HOLD_S if holds else _LONGEST_WAY_S
    return Tempo(
        up_s=min(tempo.up_s, way_s) * slower,
        hold_s=_HOLD_S if holds else min(tempo.hold_s, _LONGEST_WAY_S) * slower,
        down_s=min(tempo.down_s, way_s) * slower,
        rest_s=pause_s,
    )
