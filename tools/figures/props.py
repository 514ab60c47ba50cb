"""The things an exercise is done with, as triangles, placed where the movement and the figure's own skin have them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np
from contacts import Figure
from rest import SIGN
from rig import Mannequin
from shapes import ball, box, evenly, hull, lathe, square_to, tube
from sneaker import sneaker
from turns import Array, about_z, unit

from patella.motion.movement import Movement, goals_at
from patella.motion.prop import Prop, PropKind

_SLAB_M = 0.065  # thickness of a seat
_ROLLER_HALF_M = 0.23
_RIBBON = (0.0026, 0.015)  # half thickness and half width of straps and bands, metres
_ROUND = {PropKind.MAT: 0.006, PropKind.STEP: 0.02, PropKind.CUSHION: 0.045, PropKind.WALL: 0.008}
_COLOUR = {PropKind.MAT: "mat", PropKind.STEP: "wood", PropKind.CUSHION: "cushion", PropKind.WALL: "wall"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One moment: who does what, when, and how the figure is then."""

    mannequin: Mannequin
    movement: Movement
    phase: float
    figure: Figure

    def at(self, point: str) -> Array:
        """A point of the body in the room."""
        return np.array(self.figure.stance.at(point))

    def turn(self, segment: str) -> Array:
        """How a segment is turned: its columns point left, back and up along it."""
        return np.reshape(np.array(self.figure.stance.frames[segment][0]), (3, 3))

    def bone(self, name: str) -> Array:
        """The upper joint of a bone of the mannequin."""
        return np.asarray(self.figure.bones.joints[self.mannequin.rest.index[name]])


def things(setting: Setting) -> Array:
    """Every prop of the movement at this moment."""
    parts = [_MADE_BY[prop.kind](setting, prop) for prop in setting.movement.props]
    return np.concatenate(parts) if parts else np.zeros((0, 9))


def _box(setting: Setting, prop: Prop) -> Array:
    (x, y), (wx, wy, wz) = prop.centre_m, prop.size_m
    low, high = (x - wx / 2, y - wy / 2, prop.base_m), (x + wx / 2, y + wy / 2, prop.base_m + wz)
    if prop.kind is PropKind.CUSHION:
        low, high = _pressed(setting, low, high)
    return box(low, high, _COLOUR[prop.kind], _ROUND[prop.kind])


Corner = tuple[float, float, float]


def _pressed(setting: Setting, low: Corner, high: Corner) -> tuple[Corner, Corner]:
    """A cushion gives way: it ends where a head or a knee lies on it."""
    on = setting.figure.skin[setting.mannequin.group("head", "shank")]
    over = on[(on[:, 0] > low[0]) & (on[:, 0] < high[0]) & (on[:, 1] > low[1]) & (on[:, 1] < high[1])]
    top = float(over[:, 2].min()) + 0.02 if len(over) else high[2]
    return low, (high[0], high[1], max(low[2] + 0.03, top))


def _seat(_: Setting, prop: Prop) -> Array:
    """A bench: a soft slab on four legs."""
    (x, y), (wx, wy, wz) = prop.centre_m, prop.size_m
    top = prop.base_m + wz
    low, high = (x - wx / 2, y - wy / 2, top - _SLAB_M), (x + wx / 2, y + wy / 2, top)
    legs = [
        lathe([(0.016, 0), (0.024, top - 0.06)], (x + sx * (wx / 2 - 0.08), y + sy * (wy / 2 - 0.07), 0), "wood")
        for sx, sy in product((-1, 1), repeat=2)
    ]
    return np.concatenate([box(low, high, "cushion", 0.025), *legs])


def _chair(_: Setting, prop: Prop) -> Array:
    """A seat on four legs, two of which go on into the back."""
    (wx, wy, top), turn = prop.size_m, about_z(prop.turn_deg)
    middle = np.array([*prop.centre_m, 0.0])
    half_x, half_y = wx / 2 - 0.02, wy / 2 - 0.02
    seat = box((-wx / 2, -wy / 2, top - 0.045), (wx / 2, wy / 2, top), "cushion", 0.018)
    posts = [
        tube([(x, -half_y, 0.0), (x, -half_y, top - 0.03)], (0.016, 0.016), "wood", up=(1, 0, 0))
        for x in (-half_x, half_x)
    ]
    posts += [
        tube(
            [(x, half_y, 0.0), (x, half_y, top), (x, half_y + 0.05, prop.height_m)],
            (0.016, 0.016),
            "wood",
            up=(1, 0, 0),
        )
        for x in (-half_x, half_x)
    ]
    rails = [
        tube(
            [(-half_x, half_y + 0.05 * share, z), (half_x, half_y + 0.05 * share, z)],
            (0.012, 0.036),
            "wood",
            up=(0, 0, 1),
        )
        for share, z in ((1.0, prop.height_m - 0.03), (0.5, (prop.height_m + top) / 2))
    ]
    parts = np.concatenate([seat, *posts, *rails])
    parts[:, :3] = parts[:, :3] @ turn.T + middle
    parts[:, 3:6] = parts[:, 3:6] @ turn.T
    return parts


def _towel(setting: Setting, prop: Prop) -> Array:
    """Folded, under a heel, and it slides along."""
    x, y, _ = setting.at(prop.points[0])
    foot = setting.figure.skin[setting.mannequin.group(f"foot.{prop.points[0][-1]}")]
    top = max(0.014, float(foot[:, 2].min()) + 0.004)
    return box((x - 0.10, y - 0.10, 0.0), (x + 0.10, y + 0.15, top), "towel", 0.008)


def _shoe(setting: Setting, prop: Prop) -> Array:
    """A sneaker drawn over each foot that is named."""
    parts = []
    for point in prop.points:
        foot, side = f"foot.{point[-1]}", point[-1]
        skin = setting.figure.skin[setting.mannequin.group(foot, f"toes.{side}", f"shank.{side}")]
        parts.append(sneaker(skin, setting.turn(foot), np.array(setting.figure.stance.frames[foot][1])))
    return np.concatenate(parts)


def _pole(_: Setting, prop: Prop) -> Array:
    h = prop.height_m
    foot = [(0.0, 0.0), (0.13, 0.0), (0.135, 0.008), (0.12, 0.02), (0.03, 0.03), (0.019, 0.06)]
    return lathe([*foot, (0.019, h - 0.013), (0.017, h - 0.003), (0.0, h)], (*prop.centre_m, 0), "slate")


def _roller(setting: Setting, prop: Prop) -> Array:
    """Lies under whatever rests on it, so it rolls along when the body moves."""
    goals = goals_at(setting.movement, setting.phase)
    resting = next(g for c, g in zip(setting.movement.contacts, goals, strict=True) if c.on == prop.name)
    start, end = setting.at(resting.point), setting.at(resting.toward or resting.point)
    x, y = (start + resting.part * (end - start))[:2]
    if prop.along == "x":
        x = 0.0 if resting.toward is None else x
    r, h = prop.radius_m, _ROLLER_HALF_M
    half = [(0.0, -h), (r * 0.55, -h), (r * 0.93, -h), (r, -h + 0.012)]
    profile = half + [(a, -b) for a, b in reversed(half)]
    return lathe(profile, (x, y, prop.base_m + r), "roller", prop.along)


def _ball(setting: Setting, prop: Prop) -> Array:
    """Between two points, pressed a little flat by the skin at its sides."""
    a, b = (setting.at(p) for p in prop.points)
    r, centre = prop.radius_m, (a + b) / 2 + [0, -0.015, 0]
    skin = setting.figure.skin[setting.mannequin.group("thigh", "shank")] - centre
    near = skin[(np.abs(skin[:, 1]) < 0.06) & (np.abs(skin[:, 2]) < 0.06)]  # noqa: PLR2004 - where ball and leg touch
    gap = (near[near[:, 0] > 0, 0].min() - near[near[:, 0] < 0, 0].max()) / 2
    across = float(min(r, gap + 0.008)) / r
    return ball(centre, r, "ball", (across, across**-0.4, across**-0.4))


def _cuff(setting: Setting, segment: str, place: Array, off_m: float) -> Array:
    """A ring round a segment's skin at a place along it: 48 corners in the room."""
    along = setting.turn(segment)[:, 2]
    u, v = square_to(along)
    skin = setting.figure.skin[setting.mannequin.group(segment, f"shank{segment[-2:]}")] - place
    slab = skin[np.abs(skin @ along) < 0.014]  # noqa: PLR2004 - about as wide as a band
    rim = hull(np.stack([slab @ u, slab @ v], 1))
    middle = rim.mean(0)
    out = rim - middle
    rim = middle + out * (1 + off_m / np.linalg.norm(out, axis=1, keepdims=True))
    return np.asarray(place + rim[:, :1] * u + rim[:, 1:] * v)


def _band(setting: Setting, prop: Prop) -> Array:
    """A loop from the pole round the back of the knee, just under the kneecap, so that the dot stays seen."""
    pole = next(p for p in setting.movement.props if p.name == prop.pole)
    side = prop.points[0][-1]
    knee, along = setting.at(prop.points[0]), setting.turn(f"shank.{side}")[:, 2]
    behind = _cuff(setting, f"shank.{side}", knee - 0.058 * along, 0.004)
    z = float(behind[:, 2].mean())
    turns = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    ring = np.stack([0.023 * np.cos(turns), 0.023 * np.sin(turns)], 1) + pole.centre_m
    loop = hull(np.concatenate([behind[:, :2], ring]))
    # The loop rises and falls with the knee's skin and is level at the pole.
    level = np.array([behind[np.argmin(np.linalg.norm(behind[:, :2] - s, axis=1)), 2] for s in loop])
    far = np.linalg.norm(loop - pole.centre_m, axis=1) < 0.05  # noqa: PLR2004 - what lies round the pole
    way = evenly(np.concatenate([loop, np.where(far, z, level)[:, None]], 1), 0.012)
    eyelet = np.concatenate([ring, np.full((len(ring), 1), z)], 1)
    up = (0, 0, 1.0)
    return np.concatenate(
        [tube(way, _RIBBON, "band", closed=True, up=up), tube(eyelet, (0.003, 0.014), "band", closed=True, up=up)]
    )


def _mini_band(setting: Setting, prop: Prop) -> Array:
    """A short loop round both thighs above the knees, taut between them."""
    cuffs = []
    for point in prop.points:
        segment = f"thigh.{point[-1]}"
        cuffs.append(_cuff(setting, segment, setting.at(point) + 0.085 * setting.turn(segment)[:, 2], 0.003))
    spots = np.concatenate(cuffs)
    middle, across = spots.mean(0), unit(cuffs[0].mean(0) - cuffs[1].mean(0))
    along = unit(sum(setting.turn(f"thigh.{s}")[:, 2] for s in "LR"))
    along = unit(along - (along @ across) * across)
    deep = np.cross(along, across)
    rim = evenly(hull(np.stack([(spots - middle) @ across, (spots - middle) @ deep], 1)), 0.012)
    # Where the two rings are not in one plane, the band slants from one to the other.
    height = [np.argmin(((spots - middle) @ across - x) ** 2 + ((spots - middle) @ deep - y) ** 2) for x, y in rim]
    rise = np.array([(spots[i] - middle) @ along for i in height])
    rise = np.convolve(np.r_[rise[-4:], rise, rise[:4]], np.ones(9) / 9, "valid")
    way = middle + rim[:, :1] * across + rim[:, 1:] * deep + rise[:, None] * along
    return tube(way, (0.0028, 0.021), "band", closed=True, up=along)


def _ankle_weight(setting: Setting, prop: Prop) -> Array:
    """A padded cuff just above the ankle."""
    parts = []
    for point in prop.points:
        segment = f"shank.{point[-1]}"
        along = setting.turn(segment)[:, 2]
        rim = _cuff(setting, segment, setting.at(point) + 0.065 * along, 0.012)
        parts.append(tube(evenly(rim, 0.012), (0.014, 0.046), "slate", closed=True, up=along))
    return np.concatenate(parts)


def _strap(setting: Setting, prop: Prop) -> Array:
    """Round the sole and up to each hand, with a tail that hangs from the fist."""
    side = prop.points[0][-1]
    foot = setting.turn(f"foot.{side}")
    left, back, up = foot.T
    middle = setting.at(prop.points[0]) - up * 0.024 + back * 0.03
    parts, edges = [], []
    for point in prop.points[1:]:
        hand, sign = point[-1], SIGN[point[-1]]
        grip = (setting.bone(f"f31.{hand}") + setting.bone(f"f32.{hand}")) / 2
        edge = middle + left * sign * 0.060
        over = edge + up * 0.07 - left * sign * 0.008
        away = unit(grip - over)
        tail = [grip + away * 0.05 + [sign * 0.01, 0.02, -0.05], grip + away * 0.06 + [sign * 0.015, 0.03, -0.12]]
        edges.append(edge)
        parts.append(tube([edge, over, grip, *tail], (0.015, 0.0026), "strap", up=back))
    under = [edges[0], middle - up * 0.004, edges[1]]
    return np.concatenate([*parts, tube(under, (0.0026, 0.015), "strap", up=back)])


def _kettlebell(setting: Setting, prop: Prop) -> Array:
    """Hangs straight down from the instep by its handle, or stands on the floor round the foot in it."""
    foot = setting.turn(f"foot.{prop.points[0][-1]}")
    grip = setting.at(prop.points[0]) + unit(foot @ [0, -0.35, 1.0]) * 0.020
    grip[2] = max(grip[2], 0.255)
    a = np.linspace(-0.22, np.pi + 0.22, 26)
    drop = np.where(np.sin(a) > 0, 0.062, 0.16) * np.sin(a) - 0.062
    handle = np.stack([0.060 * np.cos(a), 0 * a, drop], 1) + grip
    bell = np.array(
        [
            (0.0, 0.018), (0.05, 0.0), (0.07, 0.012), (0.088, 0.05), (0.092, 0.085),
            (0.082, 0.125), (0.055, 0.155), (0.03, 0.165), (0.0, 0.167),
        ]
    )  # fmt: skip
    at, told = np.linspace(0, 1, 40), np.linspace(0, 1, len(bell))
    profile = [(float(np.interp(t, told, bell[:, 0])), float(np.interp(t, told, bell[:, 1]))) for t in at]
    return np.concatenate([tube(handle, (0.0125, 0.0125), "iron"), lathe(profile, grip - [0, 0, 0.255], "iron")])


_MADE_BY: dict[PropKind, Callable[[Setting, Prop], Array]] = {
    PropKind.MAT: _box,
    PropKind.SEAT: _seat,
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
