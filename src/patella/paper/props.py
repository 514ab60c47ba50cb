"""Draws what an exercise is done with: mats, seats, bands, straps, balls, rollers, weights."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

from patella.motion.body import SIDES
from patella.motion.movement import Movement, goals_at
from patella.motion.prop import Prop, PropKind
from patella.paper.outline import Circle, Stage, curve, line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from patella.motion.body import Body, Posture, Vec

DARK = "#55585a"
SHADE = "#ececea"
_BEHIND = -10.0  # boxes stand behind every body, the ground behind every box
_LOW = _BEHIND + 5  # rollers lie before boxes and under bodies
_SLAB_M = 0.06
_ROLLER_HALF_M = 0.23
_SHADED = frozenset({PropKind.MAT, PropKind.SEAT, PropKind.WALL, PropKind.TOWEL})


def draw_props(stage: Stage, body: Body, posture: Posture, movement: Movement, phase: float) -> None:
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
        heels = [self.posture.at(f"heel.{s}") for s in SIDES]
        y = max(self.stage.eye.spot((h[0], h[1], 0))[1] for h in heels)
        spots = [(left - 4, y), (right + 4, y)]
        self.stage.stroke(_BEHIND - 1, line(spots), spots, line_cm=self.stage.line_cm * 0.7)

    def middle(self, places: Sequence[Vec]) -> float:
        """How near the middle of some places is."""
        return sum(self.near(p) for p in places) / len(places)

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
            faces = [[c for c in corners if c[axis] == value] for value in values]
            nearest = max(faces, key=scene.middle)
            scene.stage.solid(back, [[corners[c] for c in nearest]], line_cm=fine)


def _chair(scene: _Scene, prop: Prop) -> None:
    """A seat on four legs, two of which go on into the back."""
    (cx, cy), (wx, wy, top) = prop.centre_m, prop.size_m
    turn = math.radians(prop.turn_deg)
    back = _BEHIND + scene.near((cx, cy, top)) / 10
    fine = scene.stage.line_cm * 0.7

    def at(across: float, deep: float, z: float) -> Circle:
        x, y = across * wx / 2, deep * wy / 2
        return scene.stage.ball(
            (cx + x * math.cos(turn) - y * math.sin(turn), cy + x * math.sin(turn) + y * math.cos(turn), z), 0.013
        )

    for across, deep in product((-0.9, 0.9), repeat=2):
        high = prop.height_m if deep > 0 else top
        scene.stage.solid(back - 0.1, [[at(across, deep, 0.013), at(across, deep, high)]], line_cm=fine)
    rail = [at(across, 0.9, prop.height_m - z) for across in (-0.9, 0.9) for z in (0.0, 0.16)]
    scene.stage.solid(back - 0.1, [rail], fill=SHADE, line_cm=fine)
    slab = [at(a, d, z) for a, d in product((-1, 1), repeat=2) for z in (top - 0.02, top - 0.04)]
    scene.stage.solid(back, [slab], fill=SHADE, line_cm=fine)


def _towel(scene: _Scene, prop: Prop) -> None:
    """Folded, and flat under a heel."""
    x, y, _ = scene.posture.at(prop.points[0])
    corners = [scene.stage.ball((x + a, y + b, 0.02), 0.006) for a in (-0.09, 0.09) for b in (-0.12, 0.12)]
    scene.stage.solid(_LOW, [corners], fill=SHADE, line_cm=scene.stage.line_cm * 0.7)


def _shoe(scene: _Scene, prop: Prop) -> None:
    """From heel to toes, thicker than the foot, with a sole."""
    for point in prop.points:
        side = point[-1]
        near, toes = scene.leg_nearness(side) + 0.0005, scene.posture.at(f"toes.{side}")
        heel, ball = (scene.posture.at(f"{n}.{side}") for n in ("heel", "ball"))
        body = [scene.stage.ball(p, r) for p, r in ((heel, 0.042), (ball, 0.034), (toes, 0.026))]
        scene.stage.solid(near, [[*body, scene.stage.ball(scene.posture.at(f"instep.{side}"), 0.040)]])
        sole = [
            scene.stage.ball(scene.posture.from_segment(f"foot.{side}", (0, y, -0.040)), 0.012) for y in (0.02, -0.10)
        ]
        scene.stage.solid(near + 0.0001, [sole], fill=DARK)


def _pole(scene: _Scene, prop: Prop) -> None:
    x, y = prop.centre_m
    shaft = [scene.stage.ball((x, y, z), 0.016) for z in (0.0, prop.height_m)]
    foot = [scene.stage.ball((x + 0.12 * math.cos(t), y + 0.12 * math.sin(t), 0.01), 0.01) for t in _turns(12)]
    scene.stage.solid(scene.near((x, y, 0.5)), [foot, shaft])


def _roller(scene: _Scene, prop: Prop) -> None:
    """Lies under whatever rests on it, so it rolls along when the body moves."""
    goals = goals_at(scene.movement, scene.phase)
    resting = [g for c, g in zip(scene.movement.contacts, goals, strict=True) if c.on == prop.name]
    for goal in resting[:1]:
        start, end = scene.posture.at(goal.point), scene.posture.at(goal.toward or goal.point)
        x, y = (a + goal.part * (b - a) for a, b in zip(start[:2], end[:2], strict=True))
        ends = sorted((_rim(prop, (x, y), along, 1.0) for along in (-_ROLLER_HALF_M, _ROLLER_HALF_M)), key=scene.middle)
        flat = [[scene.point(p) for p in rim] for rim in ends]
        near, hollow = ends[1], _rim(prop, (x, y), _ROLLER_HALF_M, 0.45)
        shift = [b - a for a, b in zip(_rim(prop, (x, y), _ROLLER_HALF_M, 1.0)[0], near[0], strict=True)]
        bore = [scene.point((p[0] + shift[0], p[1] + shift[1], p[2])) for p in hollow]
        fine = scene.stage.line_cm * 0.7
        scene.stage.solid(_LOW, [flat[0] + flat[1]], fill=SHADE)
        scene.stage.solid(_LOW, [flat[1]], line_cm=fine)
        scene.stage.solid(_LOW, [bore], line_cm=fine)


def _rim(prop: Prop, centre: tuple[float, float], along: float, scale: float) -> list[Vec]:
    """A circle at one end of a roller."""
    x, y = centre
    z, r = prop.base_m + prop.radius_m, scale * prop.radius_m
    if prop.along == "x":
        return [(x + along, y + r * math.cos(t), z + r * math.sin(t)) for t in _turns(20)]
    return [(x + r * math.cos(t), y + along, z + r * math.sin(t)) for t in _turns(20)]


def _ball(scene: _Scene, prop: Prop) -> None:
    (ax, ay, az), (bx, by, bz) = (scene.posture.at(p) for p in prop.points)
    near = max(scene.leg_nearness(s) for s in SIDES) + 0.01
    x, y, r = scene.stage.ball(((ax + bx) / 2, (ay + by) / 2, (az + bz) / 2), prop.radius_m)
    scene.stage.solid(near, [[(x, y, r)]])
    seam = [(x - r * 0.8, y - r * 0.5), (x, y - r * 0.1), (x + r * 0.8, y - r * 0.5)]
    scene.stage.stroke(near, curve(seam), seam, line_cm=scene.stage.line_cm * 0.6)


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
    """Hangs from the foot by its handle, or stands on the floor."""
    x, y, z = scene.posture.at(prop.points[0])
    z = max(z, 0.283)
    near = scene.leg_nearness(prop.points[0][-1]) + 0.001
    arch = [(x + 0.055 * math.cos(t), y, z - 0.03 + 0.06 * math.sin(t)) for t in _turns(16)[:9]]
    places = [(x + 0.055, y, z - 0.14), *arch, (x - 0.055, y, z - 0.14)]
    spots = [scene.stage.eye.spot(p) for p in places]
    scene.stage.stroke(near, line(spots), spots, line_cm=2.6)
    scene.stage.solid(near, [[scene.stage.ball((x, y, z - 0.195), 0.088)]], fill=DARK)


def _ankle_weight(scene: _Scene, prop: Prop) -> None:
    for point in prop.points:
        side = point[-1]
        cuff = [_around(scene, f"shank.{side}", z, 0.027) for z in (-0.200, -0.228)]
        scene.stage.solid(scene.leg_nearness(side) + 0.001, [cuff[0] + cuff[1]], fill=DARK)


def _mini_band(scene: _Scene, prop: Prop) -> None:
    cuffs = [_around(scene, f"thigh.{point[-1]}", z, 0.038) for point in prop.points for z in (-0.195, -0.215)]
    near = max(scene.leg_nearness(s) for s in SIDES) + 0.001
    scene.stage.solid(near, [[spot for cuff in cuffs for spot in cuff]], fill=DARK)


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
    PropKind.CHAIR: _chair,
    PropKind.TOWEL: _towel,
    PropKind.SHOE: _shoe,
}
