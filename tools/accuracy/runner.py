"""A runner of motion capture as a body that a made-up camera can look at, with what the force plates say of it.

Markers sit on the skin, and none on knee or ankle: a joint's centre is the point that stays where it is as seen from
both of two neighbouring segments (Ehrig and others, 2006), each a rigid cluster of three markers; the hip's comes
from the size of the pelvis. The few seconds of
the recording are made longer by repeating two strides, joined over a tenth of a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from patella.motion.angles import knee_flexion_deg
from patella.motion.camera import Points
from patella.motion.pose import Joint, Side

Floats = NDArray[np.float64]
Marks = dict[str, Floats]  # a marker's places in metres: x forward, y up, z to the right
LOADED_N, SHORTEST_S = 30.0, 0.1  # a foot is on the ground while it carries more
BLEND_S = 0.1
NAMES = {Side.RIGHT: "R", Side.LEFT: "L"}
_HEAD_M = {"NOSE": (0.10, 0.17, 0.0), "EAR": (0.0, 0.19, 0.07), "EYE": (0.08, 0.20, 0.03), "MOUTH": (0.08, 0.13, 0.02)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """One side, from forces and joint centres; degrees, a foot's angle against the same foot flat on the ground."""

    strike_s: float
    contact_share: float
    knee_contact_deg: float
    knee_midstance_deg: float
    foot_contact_deg: float


class Runner:
    """One recording: the 33 landmarks at any moment, and what is true of them."""

    def __init__(self, folder: Path, name: str) -> None:
        """Read `name`.trc and `name`_grf.mot."""
        times, marks = _markers(folder / f"{name}.trc")
        contacts = _contacts(folder / f"{name}_grf.mot")
        left = [c for c in contacts[Side.LEFT] if c[0] > times[0] + BLEND_S]
        self.from_s, self.to_s = left[0][0], left[2][0]
        self.stride_s = (self.to_s - self.from_s) / 2
        self.contacts = {s: [c for c in spans if self.from_s <= c[0] < self.to_s] for s, spans in contacts.items()}
        self._times = times
        self._joints = _joints(marks)

    @property
    def cadence_spm(self) -> float:
        """Steps of both feet a minute."""
        return 120 / self.stride_s

    def at(self, t_s: float) -> Points:
        """The landmarks at a moment, in the room of `motion/camera.py`: x to the left, -y forward, z up."""
        places = self._places(self.from_s + t_s % (self.to_s - self.from_s))
        return tuple((-float(p[2]), -float(p[0]), float(p[1])) for p in (places[j] for j in Joint))

    def truth(self, side: Side) -> Truth:
        """What is true of one side, the mean over its steps."""
        name, told = side.name, list[tuple[float, ...]]()
        for strike_s, off_s in self.contacts[side]:
            times = np.arange(strike_s, off_s, 0.001).tolist()
            under_s = next(t for t in times if self._ahead(side, t) <= 0)
            landed = self._foot(side, strike_s) - self._foot(side, under_s)
            share = (off_s - strike_s) / self.stride_s
            told.append((share, self._knee(name, strike_s), self._knee(name, under_s), landed))
        share, knee, midstance, foot = (float(np.mean(v)) for v in zip(*told, strict=True))
        return Truth(
            strike_s=self.contacts[side][0][0] - self.from_s,
            contact_share=share, knee_contact_deg=knee, knee_midstance_deg=midstance, foot_contact_deg=foot,
        )  # fmt: skip

    def lean_deg(self) -> float:
        """How far the trunk leans forward, the mean over two strides."""
        found = []
        for t in np.arange(self.from_s, self.to_s, 0.01):
            p = self._places(float(t))
            hips, shoulders = ((p[Joint[f"LEFT_{n}"]] + p[Joint[f"RIGHT_{n}"]]) / 2 for n in ("HIP", "SHOULDER"))
            found.append(np.degrees(np.arctan2(shoulders[0] - hips[0], shoulders[1] - hips[1])))
        return float(np.mean(found))

    def _places(self, t_s: float) -> dict[Joint, Floats]:
        late = t_s - (self.to_s - BLEND_S)
        if late <= 0:
            return self._read(t_s)
        share, before = late / BLEND_S, self._read(t_s - (self.to_s - self.from_s))
        return {j: (1 - share) * p + share * before[j] for j, p in self._read(t_s).items()}

    def _read(self, t_s: float) -> dict[Joint, Floats]:
        at = float(np.interp(t_s, self._times, np.arange(len(self._times))))
        low = min(int(at), len(self._times) - 2)
        return {j: p[low] + (at - low) * (p[low + 1] - p[low]) for j, p in self._joints.items()}

    def _knee(self, name: str, t_s: float) -> float:
        p = self._places(t_s)
        hip, knee, ankle = ((p[Joint[f"{name}_{n}"]][0], -p[Joint[f"{name}_{n}"]][1]) for n in ("HIP", "KNEE", "ANKLE"))
        return knee_flexion_deg(hip, knee, ankle)

    def _foot(self, side: Side, t_s: float) -> float:
        p = self._places(t_s)
        way = p[Joint[f"{side.name}_FOOT_INDEX"]] - p[Joint[f"{side.name}_HEEL"]]
        return float(np.degrees(np.arctan2(way[1], way[0])))

    def _ahead(self, side: Side, t_s: float) -> float:
        p = self._places(t_s)
        hips = (p[Joint.LEFT_HIP] + p[Joint.RIGHT_HIP]) / 2
        return float(p[Joint[f"{side.name}_ANKLE"]][0] - hips[0])


def _joints(marks: Marks) -> dict[Joint, Floats]:
    found = dict[Joint, Floats]()
    for side, s in NAMES.items():
        thigh, shin = ([marks[f"{s}{part}{i}"] for i in (1, 2, 3)] for part in ("TH", "TB"))
        foot = [marks[f"{s}{n}"] for n in ("CAL", "TOE", "MT5")]
        wrist = (marks[f"{s}FAradius"] + marks[f"{s}FAulna"]) / 2
        places = {
            "HIP": _hip(marks, s), "KNEE": _between(thigh, shin), "ANKLE": _between(shin, foot),
            "HEEL": marks[f"{s}CAL"], "FOOT_INDEX": marks[f"{s}TOE"], "SHOULDER": marks[f"{s}ACR"],
            "ELBOW": (marks[f"{s}LEL"] + marks[f"{s}MEL"]) / 2,
            **dict.fromkeys(("WRIST", "PINKY", "INDEX", "THUMB"), wrist),
        }  # fmt: skip
        found |= {Joint[f"{side.name}_{n}"]: p for n, p in places.items()}
    return found | _head(marks)


def _hip(marks: Marks, side: str) -> Floats:
    """The hip's centre by the size of the pelvis (Harrington and others, 2007)."""
    right, left = marks["RASI"], marks["LASI"]
    front, back = (right + left) / 2, (marks["RPSI"] + marks["LPSI"]) / 2
    wide = float(np.linalg.norm(right - left, axis=1).mean())
    deep = float(np.linalg.norm(front - back, axis=1).mean())
    across = _unit(right - left)
    up = _unit(np.cross(across, front - back))
    ahead = np.cross(up, across)
    out = (0.33 * wide + 0.0073) * (1 if side == "R" else -1)
    return front - (0.24 * deep + 0.0099) * ahead - (0.30 * wide + 0.0109) * up + out * across


def _unit(ways: Floats) -> Floats:
    return ways / np.linalg.norm(ways, axis=1, keepdims=True)


def _head(marks: Marks) -> dict[Joint, Floats]:
    """A head upright over the neck: only its direction matters here."""
    neck = (marks["C7"] + marks["CLAV"]) / 2
    found = dict[Joint, Floats]()
    for joint in Joint:
        if joint <= Joint.MOUTH_RIGHT:
            x, y, z = next(v for n, v in _HEAD_M.items() if n in joint.name)
            found[joint] = neck + np.array([x, y, -z if "LEFT" in joint.name else z])
    return found


def _between(one: Sequence[Floats], other: Sequence[Floats]) -> Floats:
    """The joint between two segments over time: by least squares the one point that moves with both."""
    (turn, origin), (turn2, origin2) = _frames(one), _frames(other)
    system = np.concatenate([turn, -turn2], axis=2).reshape(-1, 6)
    held = 0.02 * len(turn) * np.eye(6)  # a hinge has a whole axis of such points: the one nearest to the markers
    there = np.linalg.solve(system.T @ system + held * 0.05, system.T @ (origin2 - origin).reshape(-1))
    here = origin + np.einsum("tij,j->ti", turn, there[:3])
    return (here + origin2 + np.einsum("tij,j->ti", turn2, there[3:])) / 2


def _frames(marks: Sequence[Floats]) -> tuple[Floats, Floats]:
    """A segment's axes and middle at every moment."""
    a, b, c = marks
    x = b - a
    z = np.cross(x, c - a)
    y = np.cross(z, x)
    axes = np.stack([_unit(v) for v in (x, y, z)], axis=2)
    return axes, (a + b + c) / 3


def _markers(file: Path) -> tuple[Floats, Marks]:
    lines = file.read_text(encoding="utf-8").splitlines()
    names = [n for n in lines[3].split("\t") if n.strip()][2:]
    rows = [[float(c) for c in line.split("\t") if c.strip()] for line in lines[5:]]
    table = np.array([r for r in rows if len(r) == 2 + 3 * len(names)])
    places = table[:, 2:].reshape(len(table), len(names), 3) / 1000
    return table[:, 1], {n: places[:, i] for i, n in enumerate(names)}


def _contacts(file: Path) -> dict[Side, list[tuple[float, float]]]:
    lines = file.read_text(encoding="utf-8").splitlines()
    first = lines.index("endheader") + 1
    names = lines[first].split("\t")
    table = np.array([[float(c) for c in line.split("\t")] for line in lines[first + 1 :] if line.strip()])
    found = {}
    for side, s in NAMES.items():
        loaded = table[:, names.index(f"{s}_ground_force_vy")] > LOADED_N
        turns = np.flatnonzero(np.diff(loaded.astype(int))) + 1
        spans = [(table[a, 0], table[b, 0]) for a, b in pairwise(turns) if loaded[a]]
        found[side] = [(float(a), float(b)) for a, b in spans if b - a > SHORTEST_S]
    return found
