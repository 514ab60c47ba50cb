"""What somebody does who does no exercise, as every exercise's eye sees it: nothing of it should be counted."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from random import Random

from bodies import exercises, spec_of

from patella.files.library import read_movement
from patella.motion.arrival import on_the_way, picking_up, talking, upright, walking
from patella.motion.body import Base, Body, Pose
from patella.motion.camera import Points, camera_framing, landmarks_of
from patella.motion.coach import analyse
from patella.motion.easing import eased
from patella.motion.flaws import Flaws, flawed
from patella.motion.movement import settled_pose_at
from patella.motion.pose import PoseFrame
from patella.motion.spec import Role, View

FILM_S, FILMS = 40.0, 2
_RATE_HZ = 10
_LAP_S, _BUSY_S = 3.5, 8.0  # across the picture and back; until a shoe is tied
_TAKES_S = 1.8  # from one posture into another
_STATURES_M = (1.58, 1.72, 1.88)


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """What one exercise's eye counted of one thing that is none."""

    exercise: str
    doing: str
    counted: int
    seconds: float


def watched(asked: tuple[str, str, int]) -> Idle:
    """Watch one thing as if it were this exercise."""
    exercise, doing, seed = asked
    spec = spec_of(exercise)
    frames = _film(doing, 90.0 if spec.view is View.SIDE else 0.0, seed)
    seen = analyse(spec, frames, None, running=False)
    counted = len(seen.holds) if spec.role is Role.HOLD else len(seen.reps)
    return Idle(exercise=exercise, doing=doing, counted=counted, seconds=frames[-1].t_s)


def asked() -> list[tuple[str, str, int]]:
    """Every exercise, watching each thing in so many films."""
    return [(exercise, doing, seed) for doing in DOINGS for seed in range(FILMS) for exercise in exercises()]


@cache
def _film(doing: str, azimuth_deg: float, seed: int) -> tuple[PoseFrame, ...]:
    chance = Random(f"{doing}-{seed}")  # noqa: S311 - comes again, is no secret
    body, late_s = Body(stature_m=chance.choice(_STATURES_M)), 10 * chance.random()
    scene = DOINGS[doing]
    moments = [(i / _RATE_HZ, scene(body, late_s + i / _RATE_HZ)) for i in range(int(FILM_S * _RATE_HZ))]
    camera = camera_framing(moments[0][1], azimuth_deg + chance.uniform(-25, 25), rise_m=chance.uniform(-0.4, 0.5))
    seen = (camera.sees(points, t_s) for t_s, points in moments)
    model = Flaws(jitter_m=0.004, swapped_sides_hz=0.03, lost_joints_hz=0.02)
    return tuple(flawed(seen, model, Random(f"{doing}-{seed}").random))  # noqa: S311


@cache
def _first(exercise: str, body: Body) -> tuple[Pose, Base]:
    movement = read_movement(exercise)
    return settled_pose_at(body, movement, 0.0), movement.base


def _at(exercise: str, body: Body) -> Points:
    pose, base = _first(exercise, body)
    return landmarks_of(body.posture(pose, base))


def _to_and_fro(body: Body, t_s: float) -> Points:
    """Walks across the picture and back, with a stop at either end."""
    lap_s = t_s % 9
    if lap_s > _LAP_S:
        return upright(body, lap_s, 0.0, picks_up=False)
    way_s = abs(_LAP_S / 2 - lap_s)
    return landmarks_of(body.posture(walking(body, lap_s, way_s)))


def _talks(exercise: str, *, stands: bool) -> Callable[[Body, float], Points]:
    def scene(body: Body, t_s: float) -> Points:
        pose, base = _first(exercise, body)
        return landmarks_of(body.posture(talking(pose, 1 + t_s, stands=stands), base))

    return scene


def _fidgets(exercise: str) -> Callable[[Body, float], Points]:
    """Lies, and never quite still: a knee, an arm, the head."""

    def scene(body: Body, t_s: float) -> Points:
        pose, base = _first(exercise, body)
        told = dict(pose)
        for name, degrees, often_hz in (
            ("knee.L", 7, 0.11),
            ("knee.R", 6, 0.07),
            ("sh.L", 25, 0.19),
            ("sh.R", 20, 0.13),
            ("nod", 8, 0.23),
        ):
            told[name] = told.get(name, 0.0) + degrees * (1 + math.sin(math.tau * often_hz * t_s)) / 2
        return landmarks_of(body.posture(told, base))

    return scene


def _ties_a_shoe(body: Body, t_s: float) -> Points:
    """Stoops, stays down for some seconds with busy hands, and comes up again."""
    lap_s = t_s % 14
    down_s = 1.6
    if lap_s < down_s:
        done = 0.5 * eased(lap_s / down_s)
    elif lap_s < _BUSY_S:
        done = 0.5 + 0.02 * math.sin(3 * t_s)
    else:
        done = 0.5 + 0.5 * eased(min(1.0, (lap_s - _BUSY_S) / down_s))
    return landmarks_of(body.posture(picking_up(body, done)))


def _between(exercise: str, stays_s: float) -> Callable[[Body, float], Points]:
    """Stands, takes a posture, stays for a while, and stands up again."""

    def scene(body: Body, t_s: float) -> Points:
        here, there = upright(body, 1.0, 0.0, picks_up=False), _at(exercise, body)
        lap_s = t_s % (2 * stays_s)
        if lap_s < stays_s:
            return on_the_way(here, there, lap_s / _TAKES_S)
        return on_the_way(there, here, (lap_s - stays_s) / _TAKES_S)

    return scene


def _reaches(body: Body, t_s: float) -> Points:
    """Stretches arms and trunk: up, and to either side."""
    pose = dict(_first("calf-raise", body)[0])
    up = (1 - math.cos(math.tau * 0.1 * t_s)) / 2
    for side in "LR":
        pose[f"sh.{side}"] = 150 * up
    pose["side"] = 18 * math.sin(math.tau * 0.13 * t_s)
    pose["flex"] = pose.get("flex", 0.0) + 12 * math.sin(math.tau * 0.07 * t_s)
    return landmarks_of(body.posture(pose))


DOINGS: dict[str, Callable[[Body, float], Points]] = {
    "walks about": _to_and_fro,
    "stands and talks": _talks("calf-raise", stands=True),
    "sits and talks": _talks("seated-knee-extension", stands=False),
    "lies and fidgets": _fidgets("straight-leg-raise"),
    "ties a shoe": _ties_a_shoe,
    "lies down and gets up": _between("straight-leg-raise", 9.0),
    "kneels down and gets up": _between("fire-hydrant", 8.0),
    "sits down and gets up": _between("seated-knee-extension", 10.0),
    "reaches up and aside": _reaches,
}
