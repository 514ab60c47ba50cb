"""Six people made of the figures' one mesh: other lengths, another build, dressed, with a face and hair.

The mesh at rest is stretched bone by bone, clothes are its skin drawn outwards and coloured, and eyes, nose, mouth,
ears and hair are small blobs that turn with the head. What comes out is a `rig.Mannequin` like the figures' own.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rig import BODY, Mannequin, read_mannequin
from shapes import linear
from turns import Array

_LEGS, _FEET, _HEAD = ("thigh", "shank"), ("foot", "toes"), "head"
_ARMS = ("ua", "fa", "fb", "hand", "f1", "f2", "f3", "f4", "f5")
_SLEEVE, SHORTS = 0.62, 0.62  # where they end, of the upper arm and of the thigh
_NEAR_M, _BESIDE_M, _BACK_M = 0.016, 0.02, 0.01  # round a place on a face; round an ear; behind the middle of a head


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """One person: factors against the mesh as it is, and colours.

    `trousers_end` is how far down they go: 1 to the knee, 2 to the ankle.
    """

    name: str
    height: float
    leg: float
    shin: float
    thick: float
    belly_m: float
    bust_m: float
    shoulders: float
    skin: str
    hair: str
    long_hair: bool
    shirt: str
    trousers: str
    trousers_end: float
    loose_m: float
    shoes: str


PEOPLE = (
    Build(name="ada", height=0.92, leg=0.97, shin=0.96, thick=0.90, belly_m=0.0, bust_m=0.02, shoulders=0.90,
          skin="#E3B08F", hair="#5A3720", long_hair=True, shirt="#B8475A", trousers="#2F3440", trousers_end=1.9,
          loose_m=0.003, shoes="#E8E6E0"),
    Build(name="bo", height=1.06, leg=1.04, shin=1.05, thick=0.95, belly_m=0.0, bust_m=0.0, shoulders=1.08,
          skin="#8A5A3C", hair="#17120F", long_hair=False, shirt="#E9E4D8", trousers="#37568A", trousers_end=SHORTS,
          loose_m=0.014, shoes="#C8402F"),
    Build(name="cleo", height=0.96, leg=0.94, shin=0.98, thick=1.22, belly_m=0.05, bust_m=0.04, shoulders=0.98,
          skin="#C98F68", hair="#2B1B12", long_hair=True, shirt="#2E7D6B", trousers="#23262B", trousers_end=1.9,
          loose_m=0.008, shoes="#3B3F48"),
    Build(name="dirk", height=1.02, leg=0.97, shin=0.95, thick=1.25, belly_m=0.09, bust_m=0.0, shoulders=1.10,
          skin="#EFC3A4", hair="#A9A39A", long_hair=False, shirt="#6B7FA8", trousers="#6E6250", trousers_end=1.85,
          loose_m=0.016, shoes="#5A4632"),
    Build(name="eve", height=1.00, leg=1.07, shin=1.02, thick=0.84, belly_m=0.0, bust_m=0.015, shoulders=0.93,
          skin="#5B3A28", hair="#0F0C0B", long_hair=False, shirt="#E0A52E", trousers="#8A8F98", trousers_end=1.35,
          loose_m=0.002, shoes="#F2F2F2"),
    Build(name="finn", height=0.98, leg=1.00, shin=1.06, thick=1.05, belly_m=0.02, bust_m=0.0, shoulders=1.02,
          skin="#F0C9B0", hair="#B5652B", long_hair=False, shirt="#3A3D44", trousers="#1E2024", trousers_end=1.95,
          loose_m=0.018, shoes="#2A4D3A"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Person:
    """A body that can be posed, and the colour of each of its vertices as linear light."""

    build: Build
    body: Mannequin
    colours: Array


def person(build: Build, kept: Path) -> Person:
    """Make the person; the reshaped mesh is written to a folder, as the rig reads files."""
    data = dict(np.load(BODY))
    file = kept / f"{build.name}.npz"
    file.parent.mkdir(parents=True, exist_ok=True)
    colours = _dressed(_stretched(data, build), build)
    np.savez(file, **data)
    return Person(build=build, body=read_mannequin(file), colours=colours)


def _stretched(data: dict[str, NDArray[np.generic]], build: Build) -> dict[str, NDArray[np.generic]]:
    """Every bone longer or shorter along itself and thicker across; joints and skin move with it."""
    names, parents = [str(n) for n in data["names"]], data["parents"].astype(int)
    old = data["joints"].astype(float)
    stretch = np.array([_stretch(n, build) for n in names])
    new = old.copy()
    for k, p in enumerate(parents):
        if p >= 0:
            wide = np.array([build.shoulders, 1, 1]) if names[k].startswith(("clav", "ua")) else 1.0
            new[k] = new[p] + stretch[p, 0] * wide * (old[k] - old[p])
    shape = np.array([_across(names, parents, old, k, stretch[k]) for k in range(len(names))])
    bone, share, skin = data["widx"].astype(int), data["wval"].astype(float), data["verts"].astype(float)
    share /= share.sum(1, keepdims=True)
    moved = new[bone] + np.einsum("vbij,vbj->vbi", shape[bone], skin[:, None] - old[bone])
    skin = (moved * share[..., None]).sum(1)
    low = skin[:, 2].min()
    for i, s in enumerate("LR"):
        k = names.index(f"shank.{s}")
        data["patella"][i] = new[k] + shape[k] @ (data["patella"][i].astype(float) - old[k]) - [0, 0, low]
    data["verts"], data["joints"] = skin - [0, 0, low], new - [0, 0, low]
    return data


def _stretch(name: str, build: Build) -> tuple[float, float]:
    """How much longer, and how much thicker, a bone is."""
    size = build.height
    if name.startswith(_LEGS):
        return size * build.leg * (build.shin if name.startswith("shank") else 1.0), size * build.thick
    if name.startswith(_FEET) or name.startswith(_ARMS[3:]):
        return size, size
    if name.startswith(_ARMS):
        return size, size * build.thick
    if name.startswith(("head", "neck")):
        return (1 + size) / 2, (1 + size) / 2  # heads differ less than bodies
    return size * (2 - build.leg), size * (1 + build.thick) / 2


def _across(names: list[str], parents: NDArray[np.int64], joints: Array, k: int, stretch: Array) -> Array:
    children = [c for c, p in enumerate(parents) if p == k]
    along = joints[children[0]] - joints[k] if names[k].startswith((*_LEGS, *_ARMS[:3])) else np.array([0, 0, 1.0])
    along = along / np.linalg.norm(along)
    return np.asarray(stretch[1] * np.eye(3) + (stretch[0] - stretch[1]) * np.outer(along, along))


def _dressed(data: dict[str, NDArray[np.generic]], build: Build) -> Array:
    """Draw clothes out of the skin, add a face and hair to the mesh, and give the colours of all vertices."""
    skin, joints = data["verts"].astype(float), data["joints"].astype(float)
    names = [str(n) for n in data["names"]]
    at = {n: joints[k] for k, n in enumerate(names)}
    bone = data["widx"].astype(int)
    owner = np.array(names)[np.take_along_axis(bone, data["wval"].argmax(1)[:, None], 1)[:, 0]]
    where = _Where(skin=skin, owner=owner, at=at)
    shirt, trousers, shoes, hair = where.shirt(), where.trousers(build.trousers_end), where.of(*_FEET), where.hair()
    colours = np.tile(linear(build.skin), (len(skin), 1))
    for part, colour in ((trousers, build.trousers), (shirt, build.shirt), (shoes, build.shoes), (hair, build.hair)):
        colours[part] = linear(colour)
    out = _normals(skin, data["faces"].astype(int))
    folds = 0.6 + 0.4 * np.sin(skin[:, 2] * 95 + 3 * np.sin(skin[:, 0] * 40))
    thick = np.where(shirt | trousers, 0.003 + build.loose_m * folds, 0.0)
    skin = skin + out * np.where(hair, 0.014, np.where(shoes, 0.005, thick))[:, None]
    data["verts"] = _bulged(skin, at, build, trunk=where.of("pelvis", "sp"))
    face, tints = _face(where, build)
    _joined(data, face, names.index(_HEAD))
    return np.concatenate([colours, tints])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Where:
    """Which vertices are which part of the body at rest."""

    skin: Array
    owner: NDArray[np.str_]
    at: dict[str, Array]

    def of(self, *begins: str) -> NDArray[np.bool_]:
        return np.asarray([n.startswith(begins) for n in self.owner], np.bool_)

    def along(self, first: str, second: str) -> Array:
        """How far along each side's bone, by side of the vertex; 0 at its upper joint, 1 at the lower one."""
        far = np.zeros(len(self.skin))
        for s, on in (("L", self.skin[:, 0] > 0), ("R", self.skin[:, 0] <= 0)):
            a, way = self.at[f"{first}.{s}"], self.at[f"{second}.{s}"] - self.at[f"{first}.{s}"]
            far[on] = (self.skin[on] - a) @ way / (way @ way)
        return far

    def shirt(self) -> NDArray[np.bool_]:
        high = self.skin[:, 2] > self.at["pelvis"][2] - 0.02
        return (self.of("sp", "clav", "pelvis") & high) | (self.of("ua") & (self.along("ua", "fa") < _SLEEVE))

    def trousers(self, end: float) -> NDArray[np.bool_]:
        thigh = self.of("thigh") & (self.along("thigh", "shank") < end)
        return thigh | self.of("pelvis") | (self.of("shank") & (self.along("shank", "foot") < end - 1))

    def hair(self) -> NDArray[np.bool_]:
        head = self.of(_HEAD)
        p = self.skin - self._middle()
        tall = float(np.ptp(self.skin[head][:, 2]))
        above = p[:, 2] > 0.24 * tall + 0.25 * np.minimum(p[:, 1], 0)
        return head & (above | ((p[:, 1] > _BACK_M) & (p[:, 2] > -0.28 * tall)))

    def _middle(self) -> Array:
        head = self.skin[self.of(_HEAD)]
        return np.asarray((head.min(0) + head.max(0)) / 2)

    def on_face(self, x: float, up: float) -> Array:
        """The foremost place of the face so far aside, metres, and so far above its middle, halves of its height."""
        head, middle = self.skin[self.of(_HEAD)], self._middle()
        z = middle[2] + up * float(np.ptp(head[:, 2])) / 2
        near = head[(np.abs(head[:, 0] - x) < _NEAR_M) & (np.abs(head[:, 2] - z) < _NEAR_M)]
        return np.array([x, near[:, 1].min(), z])

    def beside(self, s: float) -> Array:
        """Where an ear is."""
        head, middle = self.skin[self.of(_HEAD)], self._middle()
        level = np.abs(head[:, 1:] - middle[1:]).max(1) < _BESIDE_M
        near = head[level]
        return np.array([s * float(np.abs(near[:, 0]).max()), middle[1] + 0.008, middle[2]])

    def behind(self) -> Array:
        head, middle = self.skin[self.of(_HEAD)], self._middle()
        return np.array([0.0, float(head[:, 1].max()), middle[2] - 0.02])


def _bulged(skin: Array, at: dict[str, Array], build: Build, trunk: NDArray[np.bool_]) -> Array:
    """A belly and a bust."""
    for x, z, size, out in (
        (0.0, at["pelvis"][2] * 0.55 + at["sp3"][2] * 0.45, 0.13, build.belly_m),
        (0.075, at["sp3"][2] * 0.45 + at["neck"][2] * 0.55, 0.06, build.bust_m),
        (-0.075, at["sp3"][2] * 0.45 + at["neck"][2] * 0.55, 0.06, build.bust_m),
    ):
        near = np.exp(-(((skin[:, 0] - x) / size) ** 2 + ((skin[:, 2] - z) / size) ** 2))
        front = trunk & (skin[:, 1] < at["sp3"][1])
        skin = skin - np.outer(near * front * out, [0, 1.0, 0])
    return skin


_Blob = tuple[Array, Array]  # places and triangles


def _face(where: _Where, build: Build) -> tuple[list[_Blob], Array]:
    """Eyes, brows, nose, mouth, ears, and long hair as blobs, and the colour of each corner."""
    parts: list[tuple[Array, tuple[float, float, float], str]] = [
        (where.on_face(0.0, 0.0) + np.array([0, -0.006, -0.004]), (0.013, 0.018, 0.020), build.skin),
        (where.on_face(0.0, -0.36), (0.024, 0.008, 0.007), "#9A4A44"),
    ]
    for s in (1.0, -1.0):
        eye = where.on_face(s * 0.031, 0.16)
        parts += [
            (eye, (0.014, 0.007, 0.008), "#F4F0EA"),
            (eye + np.array([0, -0.005, 0]), (0.006, 0.004, 0.007), "#2A1A12"),
            (eye + np.array([0, -0.001, 0.018]), (0.019, 0.006, 0.004), build.hair),
            (where.beside(s), (0.009, 0.020, 0.030), build.skin),
        ]
    if build.long_hair:
        tail = [where.behind() + np.array([0, 0.03, -0.01 - 0.05 * i]) for i in range(4)]
        parts += [(place, (0.035, 0.035, 0.05), build.hair) for place in tail]
    blobs = [_blob(centre, radii) for centre, radii, _ in parts]
    tints = [np.tile(linear(c), (len(b[0]), 1)) for b, (_, _, c) in zip(blobs, parts, strict=True)]
    return blobs, np.concatenate(tints)


def _blob(centre: Array, radii: tuple[float, float, float]) -> _Blob:
    rows, columns = 9, 12
    polar, round_ = np.linspace(0, np.pi, rows), np.linspace(0, 2 * np.pi, columns, endpoint=False)
    u = np.array([[np.sin(a) * np.cos(b), np.sin(a) * np.sin(b), np.cos(a)] for a in polar for b in round_])
    i, k = np.meshgrid(np.arange(rows - 1), np.arange(columns), indexing="ij")
    j = (k + 1) % columns
    a, b, c, d = i * columns + k, i * columns + j, (i + 1) * columns + j, (i + 1) * columns + k
    return u * radii + centre, np.stack([a, d, c, a, c, b], -1).reshape(-1, 3)


def _joined(data: dict[str, NDArray[np.generic]], blobs: list[_Blob], head: int) -> None:
    """Let the blobs be part of the mesh, carried by the head alone."""
    for places, faces in blobs:
        count, start = len(places), len(data["verts"])
        more = {
            "verts": places, "faces": faces + start, "widx": np.full((count, 6), head),
            "wval": np.tile([1.0, 0, 0, 0, 0, 0], (count, 1)), "tags": np.zeros((count, 4)),
            "headn": np.zeros((count, 4)),
        }  # fmt: skip
        for key, rows in more.items():
            data[key] = np.concatenate([data[key].astype(float), rows])


def _normals(skin: Array, faces: NDArray[np.int64]) -> Array:
    a, b, c = (skin[faces[:, k]] for k in range(3))
    out = np.cross(b - a, c - a)
    corners = faces.ravel()
    n = np.stack([np.bincount(corners, np.repeat(out[:, k], 3), len(skin)) for k in range(3)], 1)
    return np.asarray(n / (np.linalg.norm(n, axis=1, keepdims=True) + 1e-12))
