"""The clay figure as a body of its own proportions: joint angles in, skin out.

`Mannequin` is a `patella.motion.body.Body`: it takes the same poses, is turned by the same forward kinematics and meets
contacts with the same solver as the line drawings. Only its lengths differ, and that it has a skin.
Axes: x to the subject's left, -y forward, z up, metres.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rest import FINGERS, KNUCKLES, SIGN, Rest, foot_places, zero_arm, zero_leg
from turns import Array, about, about_y, about_z, quaternion, unit

from patella.motion.body import SIDES, Base, Body, Frame, Posture, Turn, Vec

BODY = Path(__file__).with_name("body.npz")
STATURE_M = 1.75

# segment of the body -> bone of the mannequin that turns with it, and the segment it hangs from
_TRUNK = {
    "pelvis": ("pelvis", ""),
    "lumbar": ("sp1", "pelvis"),
    "waist": ("sp2", "lumbar"),
    "chest": ("sp3", "waist"),
    "neck": ("neck", "chest"),
    "head": ("head", "neck"),
}
_LIMBS = {
    "thigh": ("thigh", "pelvis"),
    "shank": ("shank", "thigh"),
    "foot": ("foot", "shank"),
    "toes": ("toes", "foot"),
    "girdle": ("clav", "chest"),
    "upper_arm": ("ua", "girdle"),
    "forearm": ("fa", "upper_arm"),
    "hand": ("hand", "forearm"),
    "fingers": ("f31", "hand"),
}


def _tree() -> dict[str, tuple[str, str]]:
    tree = dict(_TRUNK)
    for s in SIDES:
        for segment, (bone, above) in _LIMBS.items():
            tree[f"{segment}.{s}"] = (f"{bone}.{s}", above if above in _TRUNK else f"{above}.{s}")
    return tree


TREE = _tree()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bones:
    """How every bone is turned (n, 3, 3) and where its upper joint is (n, 3)."""

    turns: Array
    joints: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance(Posture):
    """Where everything is on the mannequin in one pose."""

    places: Mapping[str, tuple[str, Vec]]

    def at(self, point: str) -> Vec:
        """Centre of a named point: the mannequin's own place for it, else the standard one."""
        return self.from_segment(*self.places[point]) if point in self.places else Posture.at(self, point)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mannequin(Body):
    """Skeleton and skin of the figure; `zero` turns each bone from the mesh at rest to anatomical zero.

    `hangs` tells where a segment's joint is in the frame of the segment above it, `places` where the mannequin's own
    points are in theirs; both are fractions of stature.
    """

    stature_m: float = STATURE_M
    rest: Rest
    faces: NDArray[np.int64]
    bone_of: NDArray[np.int64]
    share: Array
    tags: Array
    egg: Array
    patella: Mapping[str, Array]
    zero: Mapping[str, Array]
    finger_axis: Mapping[str, Array]
    hangs: Mapping[str, Vec]
    places: Mapping[str, tuple[str, Vec]]

    def group(self, *bones: str) -> NDArray[np.int64]:
        """Vertices that belong to bones whose names begin like this."""
        return np.concatenate([v for n, v in self.rest.group.items() if n.startswith(bones)])

    def posture(self, pose: Mapping[str, float], base: Base = Base.UP) -> Stance:
        """Forward kinematics: every segment turns as on the standard body and is as long as on the mannequin."""
        turned = Body().posture(pose, base).frames
        frames: dict[str, Frame] = {"pelvis": turned["pelvis"]}
        for segment, (_, above) in TREE.items():
            if not above:
                continue
            turn = _girdle(turned, pose, segment[-1]) if segment.startswith("girdle") else turned[segment][0]
            hanging = Posture(stature_m=STATURE_M, frames=frames).from_segment(above, self.hangs[segment])
            frames[segment] = (turn, hanging)
        lift = pose.get("kneecap_lift_m", 0.0)
        return Stance(stature_m=STATURE_M, frames=frames, places=self.places, kneecap_lift_m=lift)

    def bones(self, pose: Mapping[str, float], stance: Stance) -> Bones:
        """The turns and joints that carry the skin."""
        turns, joints = np.tile(np.eye(3), (len(self.rest.names), 1, 1)), np.zeros((len(self.rest.names), 3))
        for segment, (bone, _) in TREE.items():
            k = self.rest.index[bone]
            turn, origin = stance.frames[segment]
            turns[k] = np.reshape(turn, (3, 3)) @ self.zero.get(bone, np.eye(3))
            joints[k] = origin
        pelvis = np.reshape(stance.frames["pelvis"][0], (3, 3))
        joints[0] += pelvis @ (self.rest.joints[0] - self.rest.hips)
        for s in SIDES:
            self._twist_forearm(turns, pose, stance, s)
            self._bend_fingers(turns, pose, s)
        for k, p in enumerate(self.rest.parents):
            if self.rest.names[k].startswith(("fb", "f1", "f2", "f3", "f4", "f5")):
                joints[k] = joints[p] + turns[p] @ (self.rest.joints[k] - self.rest.joints[p])
        return Bones(turns=turns, joints=joints)

    def _twist_forearm(self, turns: Array, pose: Mapping[str, float], stance: Stance, s: str) -> None:
        """Pronation grows along the forearm."""
        fore = np.reshape(stance.frames[f"forearm.{s}"][0], (3, 3))
        for bone, share in (("fa", 0.25), ("fb", 0.7)):
            turn = about_z(-SIGN[s] * share * pose.get(f"pron.{s}", 0.0))
            turns[self.rest.index[f"{bone}.{s}"]] = fore @ turn @ self.zero[f"fa.{s}"]

    def _bend_fingers(self, turns: Array, pose: Mapping[str, float], s: str) -> None:
        """`curl` bends every joint of every finger, the thumb less."""
        curl = pose.get(f"curl.{s}", 0.0)
        for k in FINGERS:
            bend = about(self.finger_axis[f"f{k}.{s}"], curl * (0.35 if k == 1 else 1 + 0.08 * (k - 3)))
            turn = turns[self.rest.index[f"hand.{s}"]]
            for n in KNUCKLES:
                turn = turn @ bend
                turns[self.rest.index[f"f{k}{n}.{s}"]] = turn

    def skin(self, bones: Bones, of: Array | slice = slice(None)) -> Array:
        """Skin in the room. Dual quaternions (Kavan, 2008): a bent knee keeps the volume that blending would lose."""
        q = np.array([quaternion(r) for r in bones.turns])
        for k, p in enumerate(self.rest.parents):  # same hemisphere along the chain: neighbours blend the short way
            if p >= 0 and q[k] @ q[p] < 0:
                q[k] = -q[k]
        t = bones.joints - np.einsum("bij,bj->bi", bones.turns, self.rest.joints)
        w, v = q[:, :1], q[:, 1:]
        dual = 0.5 * np.concatenate([-(t * v).sum(1, keepdims=True), w * t + np.cross(t, v)], 1)
        both = (np.concatenate([q, dual], 1)[self.bone_of[of]] * self.share[of][..., None]).sum(1)
        both /= np.linalg.norm(both[:, :4], axis=1, keepdims=True)
        w, v, dw, dv = both[:, :1], both[:, 1:4], both[:, 4:5], both[:, 5:]
        s = self.rest.skin[of]
        return np.asarray(s + 2 * np.cross(v, np.cross(v, s) + w * s) + 2 * (w * dv - dw * v + np.cross(v, dv)))

    def normals(self, skin: Array, head: Array) -> Array:
        """Outward directions of the skin; the head's folds overlap, so there the exact ones of its egg are used."""
        a, b, c = (skin[self.faces[:, k]] for k in range(3))
        out = np.cross(b - a, c - a)
        corners = self.faces.ravel()
        n = np.stack([np.bincount(corners, np.repeat(out[:, axis], 3), len(skin)) for axis in range(3)], 1)
        n = n / (np.linalg.norm(n, axis=1, keepdims=True) + 1e-12)
        share = self.egg[:, 3:]
        return np.asarray(n * (1 - share) + (self.egg[:, :3] @ head.T) * share)

    def kneecap(self, bones: Bones, skin: Array, s: str) -> tuple[Array, Array]:
        """Centre and outward direction of the coral dot.

        The patella glides over the femur as the knee bends and follows the shank a little more than the thigh; the dot
        sits where that direction leaves the skin (a soft maximum, so that it never jumps).
        """
        k = self.rest.index[f"shank.{s}"]
        thigh, shank, knee = bones.turns[self.rest.index[f"thigh.{s}"]], bones.turns[k], bones.joints[k]
        arm = self.patella[s] - self.rest.joints[k]
        bend = np.arccos(np.clip((thigh @ [0, 0, 1]) @ (shank @ [0, 0, 1]), -1, 1))
        # Nearly straight, the kneecap turns with the thigh.
        follows = 0.58 * min(1.0, max(0.0, (bend - 0.2) / 0.5))
        out = unit((1 - follows) * thigh @ arm + follows * shank @ arm)
        q = skin[np.where(self.tags[:, 3] * SIGN[s] > 0.5)[0]] - knee  # noqa: PLR2004 - the tag is +1 left, -1 right
        along = q @ out
        aside = ((q - along[:, None] * out) ** 2).sum(1)
        weight = np.exp(-aside / 0.016**2 + (along - along.max()) / 0.010)
        return knee + out * float(weight @ along / weight.sum()), out


def _girdle(turned: Mapping[str, Frame], pose: Mapping[str, float], s: str) -> Turn:
    """The shoulder girdle rises with a raised arm as on the standard body."""
    lift = pose.get(f"shrug.{s}", 0.0)
    lift += max(0.0, abs(pose.get(f"sabd.{s}", 0.0)) - 60) * 0.3 + max(0.0, pose.get(f"sh.{s}", 0.0) - 80) * 0.25
    chest = np.reshape(turned["chest"][0], (3, 3)) @ about_y(-SIGN[s] * lift)
    a, b, c, d, e, f, g, h, i = (float(v) for v in chest.ravel())
    return a, b, c, d, e, f, g, h, i


def read_mannequin(file: Path = BODY) -> Mannequin:
    """The figure as body.npz has it, with how its mesh at rest differs from anatomical zero."""
    d = np.load(file)
    names = tuple(str(n) for n in d["names"])
    bone_of, share = d["widx"].astype(int), d["wval"].astype(float)
    owner = np.take_along_axis(bone_of, share.argmax(1)[:, None], 1)[:, 0]
    rest = Rest(
        names=names,
        index={n: k for k, n in enumerate(names)},
        parents=tuple(int(p) for p in d["parents"]),
        joints=d["joints"].astype(float),
        skin=d["verts"].astype(float),
        group={n: np.where(owner == k)[0] for k, n in enumerate(names)},
    )
    zero: dict[str, Array] = {}
    finger_axis: dict[str, Array] = {}
    places: dict[str, tuple[str, Vec]] = {}
    for s in SIDES:
        arm, axes = zero_arm(rest, s)
        zero |= zero_leg(rest, s) | arm
        finger_axis |= axes
        flesh = {n: Body(stature_m=STATURE_M).radius_m(f"{n}.{s}") for n in ("heel", "ball", "toes")}
        own = foot_places(rest, s, zero[f"foot.{s}"], flesh)
        places |= {p: (segment, _fraction(place)) for p, (segment, place) in own.items()}
    return Mannequin(
        rest=rest,
        faces=d["faces"].astype(int),
        bone_of=bone_of,
        share=share,
        tags=d["tags"].astype(float),
        egg=d["headn"].astype(float),
        patella=dict(zip("LR", d["patella"].astype(float), strict=True)),
        zero=zero,
        finger_axis=finger_axis,
        hangs={segment: _hangs(rest, zero, segment) for segment in TREE},
        places=places,
    )


def _hangs(rest: Rest, zero: Mapping[str, Array], segment: str) -> Vec:
    bone, above = TREE[segment]
    if not above:
        return (0.0, 0.0, 0.0)
    upper = TREE[above][0]
    origin = rest.hips if above == "pelvis" else rest.joint(upper)
    return _fraction(zero.get(upper, np.eye(3)) @ (rest.joint(bone) - origin))


def _fraction(place: Array) -> Vec:
    x, y, z = (float(v) / STATURE_M for v in place)
    return x, y, z
