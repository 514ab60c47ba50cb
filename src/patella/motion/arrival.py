"""What somebody does in front of a camera before an exercise begins: walks up, picks something up, talks.

None of it is a repetition, and much of it bends a knee.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from patella.motion.body import Base, Body, Pose
from patella.motion.camera import Points, landmarks_of
from patella.motion.contact import Goal, settle
from patella.motion.easing import eased

PICKS_S = 3.2  # down to the floor and up again
_STOPS_S = 0.5  # out of a stride
_STEPS_HZ = 0.9  # full strides a second of an easy walk
_WALK_M_S = 1.1
_UPRIGHT: Pose = {"pz": 0.88, "hip.L": 4, "hip.R": 4, "knee.L": 6, "knee.R": 6, "sabd.L": 8, "sabd.R": 8}
_STOOPED: Pose = {"pitch": 45, "flex": 35, "hip": 100, "knee": 58, "ankle": 5, "sh": 70, "elbow": 10, "nod": 10}
_HANDS: Pose = {"sh": 38, "elbow": 70, "sabd": 22}  # of somebody who talks, on average
# how far the hands and the trunk go from there, degrees, and how often a second; the sides take turns
_SWAY: Mapping[str, tuple[float, float]] = {
    "sh": (26, 0.47), "elbow": (32, 0.71), "sabd": (14, 0.31),
    "flex": (4, 0.23), "twist": (8, 0.19), "turn": (22, 0.29), "nod": (7, 0.9),
}  # fmt: skip
_SHIFT_DEG, _SHIFT_HZ = 3.0, 0.17  # weight goes from leg to leg: a knee gives so much


def upright(body: Body, t_s: float, walk_s: float, *, picks_up: bool) -> Points:
    """Somebody who walks for `walk_s`, perhaps picks something up, and then stands."""
    if t_s <= walk_s:
        return landmarks_of(body.posture(walking(body, t_s, walk_s - t_s)))
    done = (t_s - walk_s) / PICKS_S if picks_up else 1.0
    here = landmarks_of(body.posture(picking_up(body, min(1.0, done))))
    if not walk_s:
        return here
    stride = landmarks_of(body.posture(walking(body, walk_s, 0.0)))
    return on_the_way(stride, here, (t_s - walk_s) / _STOPS_S)


def on_the_way(here: Points, there: Points, time: float) -> Points:
    """Where points are that go straight from here to there, at a share of the time."""
    share = eased(min(1.0, max(0.0, time)))
    return tuple(
        (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share)
        for a, b in zip(here, there, strict=True)
    )


def walking(body: Body, walked_s: float, left_s: float) -> Pose:
    """After so many seconds of walking along -y, with so many left until the place is reached."""
    stride = math.tau * _STEPS_HZ * walked_s
    swing, pose = math.sin(stride), dict(_UPRIGHT)
    pose["py"] = _WALK_M_S * left_s
    pose["pz"] = _UPRIGHT["pz"] * body.stature_m / Body().stature_m
    for side, sign in (("L", 1.0), ("R", -1.0)):
        pose[f"hip.{side}"] = 8 + 20 * sign * swing
        pose[f"knee.{side}"] = 12 + 24 * max(0.0, math.cos(stride) * sign)
        pose[f"sh.{side}"] = -15 * sign * swing
    return pose


def picking_up(body: Body, done: float) -> Pose:
    """At a share of the way down to the floor and up again, 0 to 1, on flat feet that stay."""
    low = (1 - math.cos(math.tau * done)) / 2
    pose = dict(_UPRIGHT)
    for name, value in _STOOPED.items():
        for key in (name,) if name in ("pitch", "flex", "nod") else (f"{name}.L", f"{name}.R"):
            pose[key] = pose.get(key, 0.0) + value * low
    pose = settle(body, pose, Base.UP, [Goal(point=f"heel.{s}", z_m=0.0, planted=True) for s in "LR"])
    pose["py"] = -body.posture(pose).at("ankle.R")[1]
    return pose


def talking(pose: Mapping[str, float], t_s: float, *, stands: bool) -> Pose:
    """The pose of somebody who talks with both hands meanwhile; whoever stands shifts from leg to leg."""
    told = dict(pose)
    fades = min(1.0, t_s)
    for name, (degrees, often_hz) in _SWAY.items():
        for key, late in ((name, 0.0),) if name in ("flex", "twist", "turn", "nod") else _sides(name):
            swing = degrees * math.sin(math.tau * often_hz * t_s + late)
            told[key] = told.get(key, 0.0) + fades * (swing + _HANDS.get(name, 0.0))
    if stands:
        for side, late in (("L", 0.0), ("R", math.pi)):
            gives = _SHIFT_DEG * (1 - math.cos(math.tau * _SHIFT_HZ * t_s + late)) * fades
            for name, share in (("knee", 2.0), ("hip", 1.0), ("ankle", 1.0)):
                told[f"{name}.{side}"] = told.get(f"{name}.{side}", 0.0) + share * gives
    return told


def _sides(name: str) -> tuple[tuple[str, float], ...]:
    return (f"{name}.L", 0.0), (f"{name}.R", 1.9)
