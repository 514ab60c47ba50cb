"""Close to the knees: skin that glides with a kneecap, legs that sway, and a camera lined up with the page's frames."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from people import Person
from rig import Bones, Mannequin
from scene import SIZE
from turns import Array

from patella.motion.body import Pose

if TYPE_CHECKING:
    from lens import Lens

_ANGLE_DEG = 44.0
_REACH_M = 0.026  # how far from the kneecap its skin still goes with it
_APART, _LOW = 114.0, 258.0  # lines of the picture, as the page draws its frames: from knee to knee, and how low
_SWAYS_M, _ROCKS_M = 0.006, 0.004  # at a metre's height, forward and aside
_BLOTCHES = 0.08  # how much lighter or darker skin is from place to place


def gliding(body: Mannequin, bones: Bones, skin: Array, lift_m: float) -> Array:
    """The skin, with that in front of both kneecaps drawn up the thigh."""
    if not lift_m:
        return skin
    out = skin.copy()
    for s in "LR":
        k = body.rest.index[f"shank.{s}"]
        thigh, shank = bones.turns[body.rest.index[f"thigh.{s}"]], bones.turns[k]
        cap = bones.joints[k] + thigh @ (body.patella[s] - body.rest.joints[k])
        share = np.exp(-(((skin - cap) / _REACH_M) ** 2).sum(1) / 2)
        out += lift_m * share[:, None] * (thigh + shank)[:, 2] / np.linalg.norm((thigh + shank)[:, 2])
    return out


def swaying(t_s: float) -> Array:
    """Where somebody who stands has swayed to, by metres at a metre's height."""
    aside = _ROCKS_M * np.sin(2 * np.pi * 0.17 * t_s + 1)
    ahead = _SWAYS_M * np.sin(2 * np.pi * 0.23 * t_s) + 0.002 * np.sin(2 * np.pi * 0.9 * t_s)
    return np.array([aside, ahead, 0.0])


def blotched(who: Person, seed: int) -> Person:
    """The same person with skin that is not of one colour, as nobody's is: what a camera close by can follow."""
    chance = np.random.default_rng(seed)
    return replace(who, colours=who.colours * (1 + _BLOTCHES * chance.standard_normal((len(who.colours), 1))))


def near(lens: Lens, who: Person, shown: tuple[Array, Array, Pose]) -> None:
    """Stand the camera where the knees lie in the two frames that the page draws."""
    _, _, pose = shown
    bones = who.body.bones(pose, who.body.posture(pose))
    joints = {s: bones.joints[who.body.rest.index[f"shank.{s}"]] for s in "LR"}
    middle = (joints["L"] + joints["R"]) / 2
    lines = _APART / abs(joints["L"][0] - joints["R"][0])  # of the picture to a metre
    away = SIZE[1] / 2 / np.tan(np.radians(_ANGLE_DEG) / 2) / lines
    at = middle + np.array([0, 0, (_LOW - SIZE[1] / 2) / lines])
    lens.shades_itself = False  # the edges of such a shadow are too coarse for skin: they would glide over it
    lens.look(at - np.array([0, away, 0]), at, _ANGLE_DEG)
