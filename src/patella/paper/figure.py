"""Line drawings of a movement's key poses: white limbs with black outlines, the working leg grey, the kneecaps dots.

They are made from the same key poses as every other figure, hold in black and white at three centimetres, and contain
no words. Each drawing is an SVG text; its coordinates are centimetres on the body to a tenth, so the same movement
always gives the same text.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from patella.motion.body import SIDES, Body, Posture, Vec
from patella.motion.movement import Movement, settled_pose_at
from patella.paper.outline import Circle, Eye, Spot, Stage, curve, line, number
from patella.paper.props import draw_props

if TYPE_CHECKING:
    from collections.abc import Sequence


INK = "#1f2421"
PAPER = "#fff"
WORKING = "#c9cac6"
_LINE_CM, _FINE_LINE_CM = 1.2, 0.6
_MARGIN_CM = 4.0
_GAP_CM = 12.0  # between the two drawings of a pair
_OUT_OF_SIGHT = -0.3  # a kneecap that looks further away from the eye than this is not drawn
_UNDER_BODIES = -4.0  # nearness of what no body may be hidden by
_STATIONS = 8  # along an arrow
_SHORT_CM = 8.0  # a way that hardly shows
_DEEP = 0.04  # flesh this thick (fraction of stature) hides the way of a point within it
_FACE_AWAY = 0.02  # a nose further behind the head than this (fraction of stature) is covered by hair
_HEM = -0.100  # where the shorts end on the thigh, fraction of stature

Box = tuple[float, float, float, float]  # left, top, width, height


def draw_still(
    body: Body, movement: Movement, still: str | float, *, accent: str | None = None, mirrored: bool = False
) -> str:
    """One key pose by name, or any phase of the cycle from 0 to 1, as an SVG.

    All stills of a movement share one frame and one scale. `accent` is a colour for the kneecaps instead of ink.
    `mirrored`: for the left leg, where the movement is told for the right one.
    Raises DefinitionError for a pose that the movement does not show.
    """
    phase = movement.phase_of(still) if isinstance(still, str) else still
    stage = _staged(body, movement, phase, accent)
    others = [_staged(body, movement, movement.phase_of(s), accent) for s in movement.stills]
    box = _frame(movement, [stage, *others])
    return _svg(box, _mirrored(box, stage.text()) if mirrored else stage.text())


def draw_pair(body: Body, movement: Movement, *, accent: str | None = None, mirrored: bool = False) -> str:
    """The first two stills side by side, with arrows along the way that the movement's `trace` points take.

    `mirrored` turns each of them round; the first stays the first.
    """
    stills = movement.stills[:2]
    phases = [movement.phase_of(s) for s in stills]
    stages = [_staged(body, movement, phase, accent) for phase in phases]
    _arrows(stages[1], body, movement, (phases[0], phases[1]))
    box = left, top, width, height = _frame(movement, stages)
    pitch = width + _GAP_CM
    cells = "".join(
        f'<svg x="{number(left + i * pitch)}" y="{number(top)}" width="{number(width)}" height="{number(height)}" '
        f'viewBox="{_view(box)}">{_mirrored(box, stage.text()) if mirrored else stage.text()}</svg>'
        for i, stage in enumerate(stages)
    )
    return _svg((left, top, len(stages) * pitch - _GAP_CM, height), cells)


def _mirrored(box: Box, inside: str) -> str:
    left, _, width, _ = box
    return f'<g transform="translate({number(2 * left + width)} 0) scale(-1 1)">{inside}</g>'


def _view(box: Box) -> str:
    return " ".join(number(v) for v in box)


def _svg(box: Box, inside: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{_view(box)}" fill="{PAPER}" stroke="{INK}" '
        f'stroke-linejoin="round" stroke-linecap="round">{inside}</svg>'
    )


def _frame(movement: Movement, stages: Sequence[Stage]) -> Box:
    """What the paper shows: everything on the stages, or the close-up that the movement asks for."""
    lefts, tops, rights, bottoms = zip(*(s.extent() for s in stages), strict=True)
    left, right = min(lefts) - _MARGIN_CM, max(rights) + _MARGIN_CM
    top, bottom = min(tops) - _MARGIN_CM, max(bottoms) + _MARGIN_CM
    if movement.crop_m is not None:
        low, high = movement.crop_m
        top = -100 * high
        bottom = -100 * low if low > 0 else bottom
    return left, top, right - left, bottom - top


def _staged(body: Body, movement: Movement, phase: float, accent: str | None) -> Stage:
    """The whole scene at one phase."""
    eye = Eye(azimuth_deg=movement.azimuth_deg, elevation_deg=movement.elevation_deg)
    close = movement.crop_m is not None
    stage = Stage(eye=eye, line_cm=_FINE_LINE_CM if close else _LINE_CM)
    pose = settled_pose_at(body, movement, phase)
    posture = body.posture(pose, movement.base)
    painter = _Painter(stage, body, posture, accent or INK)
    for side in SIDES:
        painter.leg(side, WORKING if side in movement.work else PAPER)
        if close:
            painter.bones(side)
        else:
            painter.arm(side)
    painter.trunk()
    if not close:
        painter.head()
    draw_props(stage, body, posture, movement, phase)
    return stage


class _Painter:
    """Puts the parts of one body on a stage."""

    def __init__(self, stage: Stage, body: Body, posture: Posture, kneecap: str) -> None:
        self.stage, self.body, self.posture, self.kneecap = stage, body, posture, kneecap

    def round(self, point: str, scale: float = 1.0) -> Circle:
        """A named point with its flesh."""
        return self.stage.ball(self.posture.at(point), scale * self.body.radius_m(point))

    def ball(self, segment: str, place: Vec, radius: float) -> Circle:
        """A ball in a segment's frame, fractions of stature."""
        size_m = self.body.stature_m
        return self.stage.ball(self.posture.from_segment(segment, place), radius * size_m)

    def ring(self, segment: str, height: float, radius: float) -> list[Circle]:
        """A round cut across a segment: where a hem ends."""
        turns = [math.tau * i / 12 for i in range(12)]
        return [self.ball(segment, (radius * math.cos(t), radius * math.sin(t), height), 0) for t in turns]

    def near(self, *points: str) -> float:
        """How near the middle of some points is."""
        return sum(self.stage.eye.sees(self.posture.at(p))[2] for p in points) / len(points)

    def leg(self, side: str, fill: str) -> None:
        """From the hem of the shorts to the toes, and the kneecap on top."""
        thigh, foot, toes = (f"{n}.{side}" for n in ("thigh", "foot", "toes"))
        out = 1.0 if side == "L" else -1.0
        knee, calf, ankle, heel = (self.round(f"{n}.{side}") for n in ("knee", "calf", "ankle", "heel"))
        hem = self.ring(thigh, _HEM, 0.041)
        inner, outer = (self.ball(foot, (x * out, -0.073, -0.028), 0.011) for x in (-0.016, 0.016))
        instep = self.ball(foot, (0, -0.036, -0.012), 0.015)
        rays = [
            (-0.018, -0.040, 0.0085),
            (-0.008, -0.037, 0.006),
            (0.001, -0.034, 0.006),
            (0.010, -0.030, 0.006),
            (0.019, -0.025, 0.006),
        ]
        hulls = [
            [*hem, knee],
            [knee, calf],
            [calf, ankle],
            [ankle, heel],
            [ankle, instep, inner, outer],
            [heel, inner, outer],
            *([self.ball(toes, (x * out, 0, 0), 0.007), self.ball(toes, (x * out, y, -0.002), r)] for x, y, r in rays),
        ]
        nearness = self.near(f"hip.{side}", f"knee.{side}", f"ankle.{side}")
        self.stage.solid(nearness, hulls, fill=fill)
        x, y, r = self.round(f"kneecap.{side}")
        cap, joint = self.posture.at(f"kneecap.{side}"), self.posture.at(f"knee.{side}")
        facing = self.stage.eye.sees(cap)[2] - self.stage.eye.sees(joint)[2]
        if facing > _OUT_OF_SIGHT * 0.042:
            self.stage.dot(nearness, (x, y, 1.2 * r), self.kneecap)

    def bones(self, side: str) -> None:
        """Fine lines along the fronts of thigh and shin: they show how a straight leg turns."""
        lift = self.posture.kneecap_lift_m / self.body.stature_m
        nearness = self.near(f"hip.{side}", f"knee.{side}", f"ankle.{side}")
        for segment, places in (
            ("thigh", ((-0.13, 0.040), (-0.205 + lift, 0.034))),
            ("shank", ((-0.034, 0.032), (-0.20, 0.022))),
        ):
            spots = [self.ball(f"{segment}.{side}", (0, -out, z), 0)[:2] for z, out in places]
            self.stage.stroke(nearness, line(spots), spots, line_cm=0.5 * self.stage.line_cm)

    def arm(self, side: str) -> None:
        """Shoulder to fingertips."""
        shoulder, elbow, wrist = (self.round(f"{n}.{side}") for n in ("shoulder", "elbow", "wrist"))
        muscle = self.ball(f"forearm.{side}", (0, 0, -0.040), 0.022)
        palm = [self.ball(f"hand.{side}", (0, y, -0.050), 0.010) for y in (-0.013, 0.013)]
        thumb = [self.ball(f"hand.{side}", (0, -0.010, -0.020), 0.009), self.round(f"thumb.{side}", 1.1)]
        fingers = [self.round(f"{n}.{side}", 1.25) for n in ("index", "pinky")]
        hulls = [[shoulder, elbow], [elbow, muscle], [muscle, wrist], [wrist, *palm], [*palm, *fingers], thumb]
        self.stage.solid(self.near(f"shoulder.{side}", f"elbow.{side}", f"hand.{side}"), hulls)

    def trunk(self) -> None:
        """Neck to the hem of the shorts, as one outline."""
        hips = [self.round(f"hip.{s}") for s in SIDES] + [self.round(f"seat.{s}") for s in SIDES]
        waist = [self.ball("waist", (x, 0, 0), 0.047) for x in (-0.030, 0.030)]
        chest = [self.ball("chest", (x, -0.006, 0.050), 0.055) for x in (-0.040, 0.040)]
        girdle = [self.round(f"shoulder.{s}", 0.9) for s in SIDES]
        neck = [self.ball("neck", (0, 0, -0.010), 0.030), self.ball("head", (0, 0.004, 0.010), 0.027)]
        shorts = [[self.round(f"hip.{s}"), *self.ring(f"thigh.{s}", _HEM - 0.004, 0.047)] for s in SIDES]
        self.stage.solid(
            self.near("pelvis", "chest"), [[*hips, *waist], [*waist, *chest], [*chest, *girdle], neck, *shorts]
        )

    def head(self) -> None:
        """A face without features, turned by its nose and its hair."""
        skull = [self.ball("head", (0, y, 0.062), 0.046) for y in (-0.010, 0.012)]
        jaw = [self.ball("head", (x, -0.026, 0.014), 0.026) for x in (-0.009, 0.009)]
        nose = [self.ball("head", (0, -0.048, 0.036), 0.012), self.round("nose")]
        ears = [[self.ball("head", (x * k, 0.006, 0.040), 0.009) for k in (0.9, 1.0)] for x in (-0.047, 0.047)]
        hair = [
            self.ball("head", (0, y, z), r)
            for y, z, r in ((-0.004, 0.074, 0.046), (0.024, 0.064, 0.046), (0.030, 0.036, 0.036))
        ]
        nearness = self.near("head")
        looks = self.stage.eye.sees(self.posture.at("nose"))[2] - nearness
        behind = nearness + math.copysign(0.001, -_FACE_AWAY - looks / self.body.stature_m)
        self.stage.solid(behind, [hair], fill=INK)
        self.stage.solid(nearness, [[*skull, *jaw], nose, *ears])


def _arrows(stage: Stage, body: Body, movement: Movement, phases: tuple[float, float]) -> None:
    """Beside the way of each traced point; where it hardly moves or lies deep in the body, a push along its way."""
    first, last = phases
    for point in movement.trace:
        spots = []
        for i in range(_STATIONS + 1):
            pose = settled_pose_at(body, movement, first + (last - first) * i / _STATIONS)
            spots.append(stage.eye.spot(body.posture(pose, movement.base).at(point)))
        (x0, y0), (x, y) = spots[0], spots[-1]
        away, length = 100 * body.radius_m(point) + 3 * stage.line_cm, math.dist(spots[0], spots[-1]) or 1.0
        u, v = (x - x0) / length, (y - y0) / length
        brief = length < _SHORT_CM or body.radius_m(point) > _DEEP * body.stature_m
        if brief:
            way = [(x - u * d, y - v * d) for d in (away + 8 * stage.line_cm, away + 4 * stage.line_cm, away)]
        else:
            px, py = stage.eye.spot(body.posture(pose, movement.base).at("pelvis"))
            outer = math.copysign(away, (x - px) * v - (y - py) * u)
            way = [(a + outer * v, b - outer * u) for a, b in spots]
        _arrow(stage, math.inf if brief else _UNDER_BODIES, way)


def _arrow(stage: Stage, nearness: float, spots: list[Spot]) -> None:
    """A curved line with a head at its end."""
    (bx, by), (x, y) = spots[-2], spots[-1]
    length, size = math.dist((bx, by), (x, y)) or 1.0, 3.6 * stage.line_cm
    u, v = (x - bx) / length, (y - by) / length
    left, right = ((x - size * (u + k * v * 0.6), y - size * (v - k * u * 0.6)) for k in (-1, 1))
    data = curve(spots) + line([left, (x, y), right])
    stage.stroke(nearness, data, [*spots, left, right], line_cm=1.2 * stage.line_cm)
