"""Puts the mannequin's own skin where the movement says: on the floor, on a mat, round a roller."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from rig import Bones, Mannequin, Stance
from turns import Array

from patella.motion.contact import Goal, misses_m, settle
from patella.motion.movement import Movement, goals_at, pose_at

_ROUNDS = 3  # of settling, looking how far the skin is from its surface, and settling again
_LOWEST = 12  # how many vertices carry: their mean height does not jump from one to the next
_SINK_M = 0.004  # soft flesh gives way; so does a mat under a bone

# How far round a point its skin reaches, metres, and the bones it belongs to. Feet do not sink.
_REACH: dict[str, tuple[float, tuple[str, ...]]] = {
    "heel": (0.06, ("foot",)),
    "ball": (0.05, ("foot", "toes")),
    "toes": (0.06, ("foot", "toes")),
    "knee": (0.10, ("thigh", "shank")),
    "ankle": (0.09, ("shank", "foot")),
    "hand": (0.14, ("hand", "f1", "f2", "f3", "f4", "f5")),
    "elbow": (0.08, ("ua", "fa")),
    "seat": (0.20, ("pelvis", "thigh")),
    "hip": (0.20, ("pelvis", "thigh")),
    "chest": (0.25, ("sp2", "sp3")),
    "head": (0.20, ("head",)),
}
_BETWEEN_M = 0.085  # round a place between two points
_FEET = ("heel", "ball", "toes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The mannequin in one pose, at rest on its contacts."""

    pose: dict[str, float]
    stance: Stance
    bones: Bones
    skin: Array


def figure_at(mannequin: Mannequin, movement: Movement, phase: float) -> Figure:
    """The figure at a phase of the cycle: the movement's contacts hold for its skin, not only for its joints."""
    authored = pose_at(movement, phase)
    told = wanted = goals_at(movement, phase)
    for round_ in range(_ROUNDS):
        pose = settle(mannequin, authored, movement.base, wanted, movement.free)
        stance = mannequin.posture(pose, movement.base)
        bones = mannequin.bones(pose, stance)
        if round_ < _ROUNDS - 1:
            wanted = tuple(_corrected(mannequin, stance, bones, t, w) for t, w in zip(told, wanted, strict=True))
    return Figure(pose=pose, stance=stance, bones=bones, skin=mannequin.skin(bones))


def _corrected(mannequin: Mannequin, stance: Stance, bones: Bones, told: Goal, wanted: Goal) -> Goal:
    """The same goal, asked for so that the skin rather than a ball round the joint will meet it."""
    if told.z_m is None or wanted.z_m is None or told.to is not None or _kind(told) not in _REACH:
        return wanted
    heights = np.sort(mannequin.skin(bones, _patch(mannequin, told))[:, 2])
    sink = 0.0 if _kind(told) in _FEET else _SINK_M
    gap = float(heights[:_LOWEST].mean()) - told.z_m + sink
    return replace(wanted, z_m=wanted.z_m + misses_m(mannequin, stance, wanted)[-1] - gap)


def _kind(goal: Goal) -> str:
    return goal.point.split(".")[0]


@cache
def _upright(mannequin: Mannequin) -> tuple[Stance, Array]:
    stance = mannequin.posture({})
    return stance, mannequin.skin(mannequin.bones({}, stance))


def _patch(mannequin: Mannequin, goal: Goal) -> Array:
    """The vertices round a goal's point, found on the figure that stands upright."""
    upright, standing = _upright(mannequin)
    place, side = np.array(upright.at(goal.point)), goal.point.split(".")[1:]
    reach, kinds = _REACH[_kind(goal)]
    if goal.toward is not None:
        place += (np.array(upright.at(goal.toward)) - place) * goal.part
        reach, kinds = _BETWEEN_M, ("thigh", "shank", "foot")
    of = np.concatenate(
        [v for n, v in mannequin.rest.group.items() if n.startswith(kinds) and n.split(".")[1:] in ([], side)]
    )
    return np.asarray(of[np.linalg.norm(standing[of] - place, axis=1) < reach])
