"""An exercise's movement as data: key poses over a cycle, what rests on what, and the things it is done with.

One file, `movement.toml`, per exercise; figures, drawings and test bodies are all made from it. Numbers carry their
unit in the key; angles are degrees, named and signed as in `patella.motion.body`; x is the subject's left, -y forward,
z up.

    base = "up"                     # up, supine, prone, left, right
    view = "side"                   # side, front, three-quarter, knee: where the picture is taken from
    azimuth_deg = 90                # optional: 0 looks at the front, 90 at the right side (the picture faces right)
    elevation_deg = 6               # optional: how far the eye looks down
    crop_m = [0.0, 0.7]             # optional: a close-up shows only what lies between these heights
    work = ["R"]                    # the working leg or legs; one-legged movements are told for the right leg
    loop_s = 5.0                    # how long a moving figure takes for one cycle
    cycle = [[0.0, "start"], [0.1, "start"], [0.45, "end"], [0.65, "end"]]
    stills = ["start", "end"]       # the poses that represent it, two or more
    trace = ["heel.R"]              # optional: points whose way from still to still an arrow may show
    free = ["pz", "hip.R"]          # optional: what may be changed so that the contacts hold

`cycle` says when each key pose is reached, as a fraction of the cycle; the time must increase, the first is 0, and
after the last one it goes back to the first. Naming a pose twice running holds it. Between key poses the body eases
with minimum jerk (Flash and Hogan, 1985).

    [tempo]                         # the real tempo of one repetition or hold, seconds; the figure may be quicker
    up_s = 2.0
    hold_s = 1.0
    down_s = 2.0
    rest_s = 0.5

    [poses.start]                   # one table for each key pose
    knee.R = 35
    habd = 2                        # without a side: both sides
    [poses.end]
    like = "start"                  # takes over a pose told before, except for what stands here
    knee.R = 2

    [[contacts]]                    # what stays where
    point = "heel.R"                # a point of the body
    on = "floor"                    # rests on the floor or on a named prop ...
    z_m = 0.3                       # ... or has this height (of its skin); without either, the height does not matter
    x_m = 0.1                       # optional, the same for y_m
    y_m = { start = 0.1, end = 0.2 }    # any of these numbers may differ from pose to pose: then name every pose
    planted = true                  # optional: bends no joint; the body is lowered until the lowest such point rests
    during = ["end"]                # optional: holds in these key poses only, and comes and goes on the way to them
    to = "ankle.R"                  # optional: x_m, y_m, z_m count from this point (needs no `on`)
    toward = "knee.R"               # optional, with `part`: a place between two points
    part = 0.5

    [[props]]                       # things; `name` is optional and is the kind unless two are alike
    kind = "seat"                   # mat, seat, step, cushion, wall: a box
    centre_m = [0.0, 0.1]           #   x, y of its middle
    size_m = [0.9, 0.5, 0.6]        #   its extent along x, y, z
    base_m = 0.0                    #   optional: how high it starts
    # pole: centre_m, height_m           roller: radius_m, base_m, along (x or y); under the contact that rests on it
    # ball: points (it sits between them), radius_m          band: points (the knee), pole (the name of its pole)
    # strap: points (in order)           kettlebell, ankle-weight: points (one)           mini-band: points (two)
    # chair: centre_m, size_m (of what one sits on, z its height), height_m (of the back), turn_deg (optional: where it
    #   looks, + to the left)            towel: points (one: it lies under it)            shoe: points (one or two)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from patella.motion.body import POINTS, RANGES, SIDES, Base, Body, Pose
from patella.motion.contact import Goal, settle
from patella.motion.definition import DefinitionError, Table
from patella.motion.prop import Prop, named, parse_props
from patella.motion.tempo import Tempo, parse_tempo

Track = Mapping[str, float]  # pose name -> number


class View(StrEnum):
    """Where the picture is taken from."""

    SIDE = "side"
    FRONT = "front"
    THREE_QUARTER = "three-quarter"
    KNEE = "knee"


_CAMERAS: dict[View, tuple[float, float]] = {
    View.SIDE: (90, 6),
    View.FRONT: (0, 8),
    View.THREE_QUARTER: (45, 10),
    View.KNEE: (0, 4),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One point and where it belongs in each key pose, as `patella.motion.contact.Goal` has it; None: no matter."""

    point: str
    on: str = ""
    x_m: Track | None = None
    y_m: Track | None = None
    z_m: Track | None = None
    toward: str | None = None
    part: Track | None = None
    to: str | None = None
    planted: bool = False
    during: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPose:
    """A named pose: degree of freedom -> degrees (px, py, pz, kneecap_lift_m: metres).

    All poses of a movement name the same degrees of freedom.
    """

    name: str
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Everything that is known about how one exercise is moved. The module's text describes each field's meaning."""

    base: Base
    view: View
    azimuth_deg: float
    elevation_deg: float
    crop_m: tuple[float, float] | None
    work: tuple[str, ...]
    loop_s: float
    cycle: tuple[tuple[float, str], ...]
    stills: tuple[str, ...]
    trace: tuple[str, ...]
    free: tuple[str, ...]
    tempo: Tempo
    poses: Mapping[str, KeyPose]
    contacts: tuple[Contact, ...]
    props: tuple[Prop, ...]

    def phase_of(self, pose: str) -> float:
        """When in the cycle a key pose is first reached, 0 to 1; DefinitionError when the cycle never shows it."""
        for at, name in self.cycle:
            if name == pose:
                return at
        raise DefinitionError(pose, "is not a pose of this movement's cycle.")


def pose_at(movement: Movement, phase: float) -> Pose:
    """The pose at a phase of the cycle (1 is the same as 0), eased between key poses; contacts are not yet met."""
    first, second, share = _between(movement, phase)
    a, b = movement.poses[first].values, movement.poses[second].values
    return {k: _mix(a[k], b[k], share) for k in a}


def goals_at(movement: Movement, phase: float) -> tuple[Goal, ...]:
    """Where the contacts belong at a phase of the cycle."""
    first, second, share = _between(movement, phase)

    def value(track: Track | None) -> float | None:
        return None if track is None else _mix(track[first], track[second], share)

    def weight(contact: Contact) -> float:
        holds = [float(not contact.during or pose in contact.during) for pose in (first, second)]
        return _mix(holds[0], holds[1], share)

    return tuple(
        Goal(
            point=c.point, x_m=value(c.x_m), y_m=value(c.y_m), z_m=value(c.z_m),
            toward=c.toward, part=value(c.part) or 0.0, to=c.to, planted=c.planted,
            weight=weight(c),
        )
        for c in movement.contacts
    )  # fmt: skip


def settled_pose_at(body: Body, movement: Movement, phase: float) -> Pose:
    """The pose at a phase of the cycle with its contacts met: what a figure shows."""
    return settle(body, pose_at(movement, phase), movement.base, goals_at(movement, phase), movement.free)


def _mix(a: float, b: float, share: float) -> float:
    return a + (b - a) * share


def _between(movement: Movement, phase: float) -> tuple[str, str, float]:
    """The two key poses a phase lies between, and how far the body has eased from the first to the second."""
    phase = phase % 1.0
    cycle = (*movement.cycle, (1.0, movement.cycle[0][1]))
    for (t0, first), (t1, second) in pairwise(cycle):
        if phase < t1:
            s = (phase - t0) / (t1 - t0)
            return first, second, s * s * s * (10 - 15 * s + 6 * s * s)
    return cycle[0][1], cycle[0][1], 0.0


def parse_movement(values: Mapping[str, object]) -> Movement:
    """Read a parsed movement.toml. Raises DefinitionError, with the key and a sentence, for anything it cannot mean."""
    table = Table(values)
    view = table.choice("view", View)
    azimuth, elevation = _CAMERAS[view]
    poses = _poses(values.get("poses"), table.table("poses"))
    props = parse_props(table)
    surfaces = {p.name: p.top_m for p in props if p.top_m is not None} | {"floor": 0.0}
    movement = Movement(
        base=table.choice("base", Base),
        view=view,
        azimuth_deg=table.number("azimuth_deg", -180, 180) if table.has("azimuth_deg") else azimuth,
        elevation_deg=table.number("elevation_deg", -10, 80) if table.has("elevation_deg") else elevation,
        crop_m=_crop(table) if table.has("crop_m") else None,
        work=_work(table),
        loop_s=table.number("loop_s", 1, 60),
        cycle=_cycle(table, poses),
        stills=named(table, "stills", poses, "a pose of this file"),
        trace=named(table, "trace", POINTS, "a point of the body") if table.has("trace") else (),
        free=named(table, "free", RANGES, "a degree of freedom") if table.has("free") else (),
        tempo=parse_tempo(table.table("tempo")),
        poses=poses,
        contacts=tuple(_contact(t, poses, surfaces) for t in table.tables("contacts")),
        props=props,
    )
    table.done()
    _check_stills(movement)
    return movement


def _crop(table: Table) -> tuple[float, float]:
    heights = table.numbers("crop_m", 0, 2.5)
    if len(heights) != 2 or heights[0] >= heights[1]:  # noqa: PLR2004 - a lower and an upper height
        raise DefinitionError(table.path("crop_m"), "must be two heights, the lower one first.")
    return heights[0], heights[1]


def _work(table: Table) -> tuple[str, ...]:
    legs = named(table, "work", SIDES, "a leg (L or R)")
    if len(set(legs)) != len(legs):
        raise DefinitionError(table.path("work"), "must name each leg once.")
    return legs


def _point(table: Table, key: str) -> str:
    name = table.text(key)
    if name not in POINTS:
        raise DefinitionError(table.path(key), f"must be a point of the body, not {name!r}.")
    return name


def _check_stills(movement: Movement) -> None:
    shown = {name for _, name in movement.cycle}
    for name in movement.stills:
        if name not in shown:
            raise DefinitionError("stills", f"must be poses of the cycle, and {name!r} is not.")
    if len(movement.stills) < 2:  # noqa: PLR2004 - a movement goes from somewhere to somewhere
        raise DefinitionError("stills", "must name at least two poses.")


def _cycle(table: Table, poses: Mapping[str, KeyPose]) -> tuple[tuple[float, str], ...]:
    cycle: list[tuple[float, str]] = []
    for i, entry in enumerate(table.items("cycle")):
        path = f"{table.path('cycle')}[{i}]"
        if not isinstance(entry, list) or len(entry) != 2:  # noqa: PLR2004 - a time and a pose
            raise DefinitionError(path, 'must be a time and a pose, as in [0.5, "end"].')
        step = Table({"time": entry[0], "pose": entry[1]}, path)
        at, name = step.number("time", 0, 0.999), step.text("pose")
        if name not in poses:
            raise DefinitionError(path, f"names {name!r}, which is not a pose of this file.")
        if at <= (cycle[-1][0] if cycle else -1):
            raise DefinitionError(path, "must come later than the time before it.")
        cycle.append((at, name))
    if len({name for _, name in cycle}) < 2 or cycle[0][0] != 0:  # noqa: PLR2004 - else nothing moves
        raise DefinitionError(table.path("cycle"), "must start at 0 and show at least two poses.")
    return tuple(cycle)


def _poses(values: object, table: Table) -> dict[str, KeyPose]:
    poses: dict[str, Pose] = {}
    names = table.keys()
    for name in names:
        pose = table.table(name)
        told: Pose = {}
        if pose.has("like"):
            parent = pose.text("like")
            if parent not in poses:
                raise DefinitionError(pose.path("like"), f"must be a pose told before this one, not {parent!r}.")
            told.update(poses[parent])
        raw = values[name] if isinstance(values, Mapping) else {}
        keys = [key for key in pose.keys() if key != "like"]  # noqa: SIM118 - a Table is not a dict
        for key in keys:
            told.update(_angles(pose, key, sided=isinstance(raw[key], Mapping)))
        pose.done()
        poses[name] = told
    table.done()
    used = dict.fromkeys((k for told in poses.values() for k in told), 0.0)
    return {name: KeyPose(name=name, values=used | told) for name, told in poses.items()}


def _angles(pose: Table, key: str, *, sided: bool) -> Pose:
    """One key of a pose: `flex = 3`, `knee = 3` for both sides, or `knee.R = 3`."""
    if key in RANGES and not sided:
        return {key: pose.number(key, *RANGES[key])}
    names = {side: f"{key}.{side}" for side in SIDES}
    if names["R"] not in RANGES:
        raise DefinitionError(pose.path(key), "is not a degree of freedom of the body; check its spelling.")
    if not sided:
        return {n: pose.number(key, *RANGES[n]) for n in names.values()}
    sides = pose.table(key)
    told = {n: sides.number(s, *RANGES[n]) for s, n in names.items() if sides.has(s)}
    sides.done()
    return told


def _contact(table: Table, poses: Mapping[str, KeyPose], surfaces: Mapping[str, float]) -> Contact:
    on = table.text("on") if table.has("on") else ""
    if on and on not in surfaces:
        raise DefinitionError(table.path("on"), f"must be one of {', '.join(surfaces)}, not {on!r}.")
    if on and table.has("z_m"):
        raise DefinitionError(table.path("z_m"), "is given by what the point rests on; leave one of them out.")
    place = {k: _track(table, k, poses) for k in ("x_m", "y_m", "z_m", "part")}
    if on:
        place["z_m"] = dict.fromkeys(poses, surfaces[on])
    contact = Contact(
        point=_point(table, "point"),
        on=on,
        toward=_point(table, "toward") if table.has("toward") else None,
        to=_point(table, "to") if table.has("to") else None,
        planted=table.flag("planted", default=False),
        during=named(table, "during", poses, "a pose of this file") if table.has("during") else (),
        **place,
    )
    table.done()
    if contact.x_m is contact.y_m is contact.z_m is None:
        raise DefinitionError(table.key, "must say where the point belongs: on, x_m, y_m or z_m.")
    if contact.planted and contact.z_m is None:
        raise DefinitionError(table.key, "is planted, so it must say what it rests on.")
    if (contact.toward is None) != (contact.part is None):
        raise DefinitionError(table.key, "must give `toward` and `part` together.")
    return contact


def _track(table: Table, key: str, poses: Mapping[str, KeyPose]) -> Track | None:
    """A number that is the same in every pose, or one for each."""
    if not table.has(key):
        return None
    try:
        each = table.table(key)
    except DefinitionError:
        return dict.fromkeys(poses, table.number(key, -3, 3))
    track = {name: each.number(name, -3, 3) for name in poses}
    each.done()
    return track
