"""Draws what an exercise is done with: mats, seats, bands, straps, balls, rollers, weights."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

from patella.motion.movement import Movement, Prop, PropKind, goals_at
from patella.paper.outline import Circle, Stage, line

if TYPE_CHECKING:
    from collections.abc import Callable

    from patella.motion.body import Body, Posture, Vec

DARK = "#55585a"
SHADE = "#ececea"
_BEHIND = -10.0  # boxes stand behind every body, the ground behind every box
_SLAB_M = 0.06
_SHADED = frozenset({PropKind.MAT, PropKind.SEAT, PropKind.WALL})


def draw_things(stage: Stage, body: Body, posture: Posture, movement: Movement, phase: float) -> None:
    """Every prop of a movement at one phase, and a line for the floor where no mat lies on it."""
    scene = _Scene(stage, body, posture, movement, phase)
    for prop in movement.props:
        _DRAWN_BY[prop.kind](scene, prop)
    if all(p.kind is not PropKind.MAT for p in movement.props) and movement.crop_m is None:
        scene.floor()


class _Scene:
    """One moment of a movement, with the means to place things in it."""

    def __init__(self, stage: Stage, body: Body, posture: Posture, movement: Movement, phase: float) -> None:
        self.stage, self.body, self.posture, self.movement, self.phase = stage, body, posture, movement, phase

    def near(self, place: Vec) -> float:
        """How near a place is to the eye."""
        return self.stage.eye.sees(place)[2]

    def leg_nearness(self, side: str) -> float:
        """The nearness at which a leg is painted: what is worn or held goes on top of it."""
        return sum(self.near(self.posture.at(f"{n}.{side}")) for n in ("hip", "knee", "ankle")) / 3

    def floor(self) -> None:
        """A line under everything."""
        left, _, right, _ = self.stage.extent()
        heels = [self.posture.at(f"heel.{s}") for s in "LR"]
        y = max(self.stage.eye.spot((h[0], h[1], 0))[1] for h in heels)
        spots = [(left - 4, y), (right + 4, y)]
        self.stage.stroke(_BEHIND - 1, line(spots), spots, line_cm=self.stage.line_cm * 0.7)

    def point(self, place: Vec) -> Circle:
        """A place as a circle without radius."""
        return self.stage.ball(place, 0)


def _box(scene: _Scene, prop: Prop) -> None:
    """A block; a seat is a slab on four legs, a mat lies under everything else."""
    (cx, cy), (wx, wy, wz) = prop.centre_m, prop.size_m
    top = prop.base_m + wz
    low = top - _SLAB_M if prop.kind is PropKind.SEAT else prop.base_m
    back = _BEHIND - 0.5 if prop.kind is PropKind.MAT else _BEHIND + scene.near((cx, cy, top)) / 10
    if prop.kind is PropKind.SEAT:
        for sx, sy in product((-1, 1), repeat=2):
            x, y = cx + sx * (wx / 2 - 0.06), cy + sy * (wy / 2 - 0.05)
            scene.stage.solid(back - 0.1, [[scene.stage.ball((x, y, z), 0.014) for z in (0.014, low)]])
    radius = 0.03 if prop.kind is PropKind.CUSHION else 0.006
    xs, ys, zs = (
        (a + radius, b - radius) for a, b in ((cx - wx / 2, cx + wx / 2), (cy - wy / 2, cy + wy / 2), (low, top))
    )
    fill, fine = SHADE if prop.kind in _SHADED else "", scene.stage.line_cm * 0.7
    corners = {c: scene.stage.ball(c, radius) for c in product(xs, ys, zs)}
    scene.stage.solid(back, [list(corners.values())], fill=fill, line_cm=fine)
    if prop.kind is PropKind.STEP:
        for axis, values in enumerate((xs, ys, zs)):
            nearest = max(values, key=lambda v, a=axis: scene.near(tuple(v if i == a else 0.0 for i in range(3))))  # type: ignore[misc,arg-type]
            scene.stage.solid(back, [[corner for c, corner in corners.items() if c[axis] == nearest]], line_cm=fine)


def _pole(scene: _Scene, prop: Prop) -> None:
    x, y = prop.centre_m
    shaft = [scene.stage.ball((x, y, z), 0.016) for z in (0.0, prop.height_m)]
    foot = [scene.stage.ball((x + 0.12 * math.cos(t), y + 0.12 * math.sin(t), 0.01), 0.01) for t in _turns(12)]
    scene.stage.solid(scene.near((x, y, 0.5)), [foot, shaft])


def _roller(scene: _Scene, prop: Prop) -> None:
    for contact, goal in zip(scene.movement.contacts, goals_at(scene.movement, scene.phase), strict=True):
        if contact.on != prop.name:
            continue
        x, y, _ = scene.posture.at(goal.point)
        if goal.toward is not None:
            tx, ty, _ = scene.posture.at(goal.toward)
            x, y = x + goal.part * (tx - x), y + goal.part * (ty - y)
        r, half = prop.radius_m, 0.23
        middle = (x, y, prop.base_m + r)
        across = (
            (lambda t, s: (x + s, y + r * math.cos(t), prop.base_m + r + r * math.sin(t)))
            if prop.along == "x"
            else (lambda t, s: (x + r * math.cos(t), y + s, prop.base_m + r + r * math.sin(t)))
        )
        ends = [[scene.point(across(t, s)) for t in _turns(20)] for s in (-half, half)]
        nearest = max((-half, half), key=lambda s: scene.near(across(0, s)))
        scene.stage.solid(_BEHIND + 5, [ends[0] + ends[1]], fill=SHADE)
        scene.stage.solid(_BEHIND + 5, [ends[0 if nearest < 0 else 1]], line_cm=scene.stage.line_cm * 0.6)
        scene.stage.solid(
            _BEHIND + 5,
            [[scene.stage.ball(across(math.pi / 2, nearest)[:2] + (middle[2],), r * 0.45)]],
            line_cm=scene.stage.line_cm * 0.6,
        )
        return


def _ball(scene: _Scene, prop: Prop) -> None:
    a, b = (scene.posture.at(p) for p in prop.points)
    middle = tuple((p + q) / 2 for p, q in zip(a, b, strict=True))
    near = max(scene.leg_nearness(s) for s in "LR") + 0.01
    x, y, r = scene.stage.ball(middle, prop.radius_m)  # type: ignore[arg-type]
    scene.stage.solid(near, [[(x, y, r)]])
    seam = [(x - r * 0.75, y - r * 0.5), (x, y - r * 0.1), (x + r * 0.75, y - r * 0.5)]
    scene.stage.stroke(
        near,
        f"M{seam[0][0]:.1f} {seam[0][1]:.1f}Q{seam[1][0]:.1f} {seam[1][1]:.1f} {seam[2][0]:.1f} {seam[2][1]:.1f}",
        seam,
        line_cm=scene.stage.line_cm * 0.6,
    )


def _band(scene: _Scene, prop: Prop) -> None:
    pole = next(p for p in scene.movement.props if p.name == prop.pole)
    (kx, ky, kz), r = scene.posture.at(prop.points[0]), scene.body.radius_m(prop.points[0]) + 0.006
    px, py = pole.centre_m
    away = math.atan2(ky - py, kx - px)
    near = scene.leg_nearness(prop.points[0][-1])
    z = kz - 0.02
    for sign in (-1, 1):
        turns = [away + sign * math.pi * i / 16 for i in range(9)]
        arc = [(kx + r * math.cos(t), ky + r * math.sin(t), z) for t in turns]
        spots = [scene.stage.eye.spot(p) for p in [*arc, (px, py, z)]]
        front = scene.near(arc[-1]) > scene.near((kx, ky, z))
        scene.stage.stroke(near + (0.001 if front else -0.001), line(spots), spots, ink=DARK, line_cm=2.6)


def _strap(scene: _Scene, prop: Prop) -> None:
    places = [scene.posture.at(p) for p in prop.points]
    foot, hands = places[0], places[1:]
    near = scene.leg_nearness(prop.points[0][-1]) + 0.001
    for hand in hands:
        spots = [scene.stage.eye.spot(foot), scene.stage.eye.spot(hand)]
        scene.stage.stroke(near, line(spots), spots, ink=DARK, line_cm=1.8)


def _kettlebell(scene: _Scene, prop: Prop) -> None:
    x, y, z = scene.posture.at(prop.points[0])
    near = scene.leg_nearness(prop.points[0][-1]) + 0.001
    top = z + 0.03
    ring = [(x + 0.055 * math.cos(t), y, top - 0.06 + 0.06 * math.sin(t)) for t in [math.pi * i / 8 for i in range(9)]]
    ring = [(x - 0.085 + 0.03, y, top - 0.17), *reversed(ring), (x + 0.085 - 0.03, y, top - 0.17)]
    spots = [scene.stage.eye.spot(p) for p in ring]
    scene.stage.stroke(near, line(spots), spots, line_cm=2.6)
    bell = [scene.stage.ball((x, y, top - 0.225), 0.088)]
    scene.stage.solid(near, [bell], fill=DARK)


def _ankle_weight(scene: _Scene, prop: Prop) -> None:
    for point in prop.points:
        side = point[-1]
        cuff = [_around(scene, f"shank.{side}", z, 0.027) for z in (-0.200, -0.228)]
        scene.stage.solid(scene.leg_nearness(side) + 0.001, [cuff[0] + cuff[1]], fill=DARK)


def _mini_band(scene: _Scene, prop: Prop) -> None:
    ends = []
    for point in prop.points:
        side = point[-1]
        ends.append([_around(scene, f"thigh.{side}", z, 0.038) for z in (-0.195, -0.215)])
    near = max(scene.leg_nearness(s) for s in "LR") + 0.001
    scene.stage.solid(near, [[*ends[0][0], *ends[0][1], *ends[1][0], *ends[1][1]]], fill=DARK)


def _around(scene: _Scene, segment: str, height: float, radius: float) -> list[Circle]:
    return [
        scene.point(scene.posture.from_segment(segment, (radius * math.cos(t), radius * math.sin(t), height)))
        for t in _turns(12)
    ]


def _turns(count: int) -> list[float]:
    return [math.tau * i / count for i in range(count)]


_DRAWN_BY: dict[PropKind, Callable[[_Scene, Prop], None]] = {
    PropKind.MAT: _box,
    PropKind.SEAT: _box,
    PropKind.STEP: _box,
    PropKind.CUSHION: _box,
    PropKind.WALL: _box,
    PropKind.POLE: _pole,
    PropKind.ROLLER: _roller,
    PropKind.BALL: _ball,
    PropKind.BAND: _band,
    PropKind.STRAP: _strap,
    PropKind.KETTLEBELL: _kettlebell,
    PropKind.ANKLE_WEIGHT: _ankle_weight,
    PropKind.MINI_BAND: _mini_band,
}
