"""The mesh as it was made, at rest, and how far its bones are from anatomical zero then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from turns import Array, about_z, onto, unit

SIGN = {"L": 1.0, "R": -1.0}
FINGERS = range(1, 6)
KNUCKLES = range(1, 4)
_DOWN = np.array([0, 0, -1.0])
_SOLE_M = 0.012  # what is this near to the floor
_TOES_LONG_M = 0.045  # from their joint to where they carry


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rest:
    """Bones with their joints, the skin, and which vertices belong most to which bone; metres."""

    names: tuple[str, ...]
    index: Mapping[str, int]
    parents: tuple[int, ...]
    joints: Array
    skin: Array
    group: Mapping[str, NDArray[np.int64]]

    def joint(self, bone: str) -> Array:
        """The upper joint of a bone."""
        return np.asarray(self.joints[self.index[bone]])

    @property
    def hips(self) -> Array:
        """The middle of the two hip joints."""
        return np.asarray((self.joint("thigh.L") + self.joint("thigh.R")) / 2)


def zero_leg(rest: Rest, s: str) -> dict[str, Array]:
    """The rest pose stands wide with kneecaps a little outwards; zero is straight down, kneecaps forward."""
    hip, knee, ankle = (rest.joint(f"{b}.{s}") for b in ("thigh", "shank", "foot"))
    heel, ball = _sole(rest, s)
    x, y, _ = ball - heel
    flat = about_z(4 * SIGN[s] - float(np.degrees(np.arctan2(-x, -y))))
    return {
        f"thigh.{s}": about_z(-5 * SIGN[s]) @ onto(knee - hip, _DOWN),
        f"shank.{s}": about_z(-3 * SIGN[s]) @ onto(ankle - knee, _DOWN),
        f"foot.{s}": flat,
        f"toes.{s}": flat,
    }


def _sole(rest: Rest, s: str) -> tuple[Array, Array]:
    """Where heel and ball touch the floor."""
    ankle = rest.joint(f"foot.{s}")
    foot = rest.skin[np.r_[rest.group[f"foot.{s}"], rest.group[f"toes.{s}"]]]
    low = foot[foot[:, 2] < _SOLE_M]
    heel = low[low[:, 1] > ankle[1] + 0.01].mean(0)
    ball = low[(low[:, 1] < ankle[1] - 0.09) & (low[:, 1] > low[:, 1].min() + 0.035)].mean(0)
    return heel, ball


def zero_arm(rest: Rest, s: str) -> tuple[dict[str, Array], dict[str, Array]]:
    """Zero hangs straight down, and the elbow bends straight forward; and the axes that fingers bend about."""
    shoulder, elbow, wrist = (rest.joint(f"{b}.{s}") for b in ("ua", "fa", "hand"))
    upper = onto(elbow - shoulder, _DOWN)
    x, y, _ = upper @ (wrist - elbow)
    upper = about_z(-float(np.degrees(np.arctan2(x, -y)))) @ upper
    lower = onto(upper @ (wrist - elbow), _DOWN) @ upper
    zero = {f"ua.{s}": upper} | {f"{b}.{s}": lower for b in ("fa", "fb", "hand")}
    palm = -SIGN[s] * np.cross(rest.joint(f"f21.{s}") - wrist, rest.joint(f"f51.{s}") - wrist)
    axes = {}
    for k in FINGERS:
        zero |= {f"f{k}{n}.{s}": lower for n in KNUCKLES}
        axes[f"f{k}.{s}"] = unit(np.cross(rest.joint(f"f{k}3.{s}") - rest.joint(f"f{k}1.{s}"), palm))
    return zero, axes


def foot_places(rest: Rest, s: str, flat: Array, flesh: Mapping[str, float]) -> dict[str, tuple[str, Array]]:
    """The points of the foot, each in its segment's frame, above the mannequin's own sole by their flesh; metres."""
    ankle, toes = rest.joint(f"foot.{s}"), rest.joint(f"toes.{s}")
    heel, ball = _sole(rest, s)
    top = rest.skin[rest.group[f"foot.{s}"]]
    row = top[np.abs(top[:, 1] - (ankle[1] * 0.52 + toes[1] * 0.48)) < 0.02]  # noqa: PLR2004 - 2 cm round the instep
    return {
        f"heel.{s}": (f"foot.{s}", np.array([0, heel[1] - ankle[1], flesh["heel"] - ankle[2]])),
        f"ball.{s}": (f"foot.{s}", np.array([0, ball[1] - ankle[1], flesh["ball"] - ankle[2]])),
        f"toes.{s}": (f"toes.{s}", np.array([0, -_TOES_LONG_M, flesh["toes"] - toes[2]])),
        f"instep.{s}": (f"foot.{s}", flat @ (row[row[:, 2].argmax()] - ankle)),
    }
