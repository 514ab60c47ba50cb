"""A body that performs an exercise in front of a camera, with everything about it known: what the coach is tested on.

The same key poses that drive the figures make it move. It walks in or lies down, keeps still, makes its attempts one
after the other, each with a tempo, a share of the way and perhaps a fault, and keeps still again. `perform` gives the
landmarks in the room moment by moment; `takes_of` says when each attempt began, peaked and ended.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from patella.motion.arrival import PICKS_S, on_the_way, talking, upright
from patella.motion.body import RANGES, Base, Body, Pose
from patella.motion.camera import Camera, Points, landmarks_of
from patella.motion.easing import eased, uneased
from patella.motion.movement import Contact, KeyPose, Movement, settled_pose_at
from patella.motion.pose import PoseFrame
from patella.motion.tempo import Tempo

_STATIONS = 12  # between two key poses; from station to station joints turn evenly
_STANDS_S = 1.8  # before they take their place
_PLACE_S = 1.6  # from standing there into the exercise's first pose


class Fault(StrEnum):
    """What can be wrong with one attempt; the names are those of the labels in films of known truth."""

    HEEL_RISE = "heel_rise"
    SHALLOW = "shallow"
    HYPEREXTENSION = "hyperextension"
    TRUNK_LEAN = "trunk_lean"
    TRUNK_LEAN_BACK = "trunk_lean_back"
    DROPPED_LOWERING = "dropped_lowering"
    THIGH_NOT_HORIZONTAL = "thigh_not_horizontal"
    KNEE_BEND = "knee_bend"
    KNEE_LAG = "knee_lag"
    OTHER_LEG_LIFTS = "other_leg_lifts"


_DROP_S = 0.45  # a leg that falls: faster than anybody lowers with control
_SHALLOW_SHARE = 0.34  # of the way, as a third of the range
_RISE_M = 0.045  # a heel that clearly leaves the floor
_SITS_DEG = 60.0
_STRAIGHT_DEG = 10.0  # a knee that is meant to be straight bends by less than this


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One repetition or hold. `share` is how much of the way to the last key pose is gone, 0 to 1."""

    tempo: Tempo
    share: float = 1.0
    fault: Fault | None = None

    @property
    def way(self) -> float:
        """The share of the way, with the fault of a shallow one."""
        return self.share * _SHALLOW_SHARE if self.fault is Fault.SHALLOW else self.share

    @property
    def pace(self) -> Tempo:
        """The tempo, with the fault of a dropped one."""
        return replace(self.tempo, down_s=_DROP_S) if self.fault is Fault.DROPPED_LOWERING else self.tempo


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """Who does what, how often, and what is around it. `side` is L or R; a movement of both legs ignores it.

    `walk_s` seconds of walking come first (0: none), something may be picked up from the floor, then the exercise's
    first pose: `talks_s` of talking with both hands and `still_s` of keeping still; the attempts, and `after_s` of
    keeping still.
    """

    body: Body
    movement: Movement
    attempts: tuple[Attempt, ...]
    side: str = "R"
    walk_s: float = 0.0
    picks_up: bool = False
    talks_s: float = 0.0
    still_s: float = 2.5
    after_s: float = 2.0

    @property
    def mirrored(self) -> bool:
        """Whether the movement, which is told for one leg, is done with the other one."""
        return len(self.movement.work) == 1 and self.side not in self.movement.work

    @property
    def upright_s(self) -> float:
        """Seconds of walking, picking up, and standing after that."""
        moves_s = self.walk_s + (PICKS_S if self.picks_up else 0.0)
        return moves_s + _STANDS_S if moves_s else 0.0

    @property
    def placed_s(self) -> float:
        """When the first pose is taken."""
        return self.upright_s + (_PLACE_S if self.upright_s else 0.0)

    @property
    def begins_s(self) -> float:
        """When the first attempt begins."""
        return self.placed_s + self.talks_s + self.still_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """When one attempt began, reached its peak, left it and was back; seconds."""

    attempt: Attempt
    start_s: float
    peak_s: float
    peak_end_s: float
    end_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The body at one time. Joint angles are known except while it walks in and takes its place."""

    t_s: float
    points: Points
    pose: Pose | None

    def knee_flexion_deg(self, side: str) -> float | None:
        """How far the left (L) or right (R) knee is bent, degrees; None where it is not known."""
        return None if self.pose is None else self.pose.get(f"knee.{side}", 0.0)


def takes_of(performance: Performance) -> tuple[Take, ...]:
    """When each attempt happens, in order."""
    t_s = performance.begins_s
    takes: list[Take] = []
    for attempt in performance.attempts:
        pace = attempt.pace
        peak_s = t_s + pace.up_s
        end_s = peak_s + pace.hold_s + pace.down_s
        takes.append(
            Take(attempt=attempt, start_s=t_s, peak_s=peak_s, peak_end_s=peak_s + pace.hold_s, end_s=end_s),
        )
        t_s = end_s + pace.rest_s
    return tuple(takes)


def length_s(performance: Performance) -> float:
    """Seconds from the first moment to the last."""
    takes = takes_of(performance)
    if not takes:
        return performance.begins_s + performance.after_s
    return takes[-1].end_s + takes[-1].attempt.pace.rest_s + performance.after_s


def filmed(performance: Performance, camera: Camera, fps: float = 30.0) -> Iterator[PoseFrame]:
    """What a perfect pose model makes of the performance, frame by frame."""
    for moment in perform(performance, fps):
        yield camera.sees(moment.points, moment.t_s)


def perform(performance: Performance, fps: float = 30.0) -> Iterator[Moment]:
    """Every moment of the performance at a frame rate. Raises DefinitionError where the movement has no such pose."""
    ways = {fault: _way(performance, fault) for fault in {None, *(a.fault for a in performance.attempts)}}
    first = _pose_on(ways[None].out, 0.0)
    base = _base(performance)
    takes = takes_of(performance)
    began = 0
    for i in range(int(length_s(performance) * fps) + 1):
        t_s = i / fps
        if t_s < performance.placed_s:
            yield Moment(t_s=t_s, points=_arriving(performance, first, t_s), pose=None)
            continue
        if t_s < performance.placed_s + performance.talks_s:
            stands = performance.movement.base is Base.UP and _stands(first)
            pose = talking(first, t_s - performance.placed_s, stands=stands)
            yield Moment(t_s=t_s, points=landmarks_of(performance.body.posture(pose, base)), pose=pose)
            continue
        while began < len(takes) and takes[began].start_s <= t_s:
            began += 1
        take = takes[began - 1] if began else None
        pose = first if take is None else _pose_in(take, ways[take.attempt.fault], t_s)
        yield Moment(t_s=t_s, points=landmarks_of(performance.body.posture(pose, base)), pose=pose)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """The poses of the way out and of the way back, evenly spaced."""

    out: tuple[Pose, ...]
    back: tuple[Pose, ...]


def _way(performance: Performance, fault: Fault | None) -> _Way:
    movement = with_fault(performance.movement, fault)
    cycle = movement.cycle
    peak = next(i for i, (_, name) in enumerate(cycle) if name == movement.stills[-1])
    closed = (*cycle, (1.0, cycle[0][1]))
    out = _stretch(performance, movement, closed[: peak + 1])
    if len(out) == _STATIONS + 1:  # straight there, so straight back
        return _Way(out=out, back=out[::-1])
    return _Way(out=out, back=_stretch(performance, movement, closed[peak:]))


def _stretch(performance: Performance, movement: Movement, cycle: Sequence[tuple[float, str]]) -> tuple[Pose, ...]:
    """Settled poses along a part of the cycle, pauses left out."""
    poses: list[Pose] = []
    for (t0, first), (t1, second) in pairwise(cycle):
        if first == second:
            continue
        for k in range(1 if poses else 0, _STATIONS + 1):
            phase = t0 + (t1 - t0) * uneased(k / _STATIONS)
            pose = settled_pose_at(performance.body, movement, min(phase, t1 - 1e-9) if k else t0)
            poses.append(_mirrored(pose) if performance.mirrored else pose)
    return tuple(poses)


def _pose_in(take: Take, way: _Way, t_s: float) -> Pose:
    """The pose at a time at or after the take's start."""
    share = take.attempt.way
    if t_s < take.peak_s:
        return _pose_on(way.out, share * _through(way.out, (t_s - take.start_s) / (take.peak_s - take.start_s)))
    if t_s <= take.peak_end_s:
        return _pose_on(way.out, share)
    gone = min(1.0, (t_s - take.peak_end_s) / (take.end_s - take.peak_end_s))
    return _pose_on(way.back, 1 - share + share * _through(way.back, gone))


def _through(poses: Sequence[Pose], time: float) -> float:
    """The share of the way at a share of the time: the body eases from key pose to key pose."""
    legs = max(1, (len(poses) - 1) // _STATIONS)
    leg = min(int(time * legs), legs - 1)
    return (leg + eased(time * legs - leg)) / legs


def _pose_on(poses: Sequence[Pose], share: float) -> Pose:
    at = min(max(share, 0.0), 1.0) * (len(poses) - 1)
    i = min(int(at), len(poses) - 2)
    part, a, b = at - i, poses[i], poses[i + 1]
    return {k: a[k] + (b[k] - a[k]) * part for k in a}


_ODD = ("px", "roll", "yaw", "side", "twist", "tilt", "turn")  # change sign in a mirror


def _mirrored(pose: Pose) -> Pose:
    """The same pose with left and right exchanged."""
    other = {"L": "R", "R": "L"}
    return {
        (f"{k[:-1]}{other[k[-1]]}" if k[-2:-1] == "." else k): (-v if k in _ODD else v) for k, v in pose.items()
    }  # fmt: skip


def _base(performance: Performance) -> Base:
    other = {Base.LEFT: Base.RIGHT, Base.RIGHT: Base.LEFT}
    base = performance.movement.base
    return other.get(base, base) if performance.mirrored else base


def _arriving(performance: Performance, first: Pose, t_s: float) -> Points:
    """Coming up to the place, then taking the first pose; points go straight from one to the other."""
    body = performance.body
    here = upright(body, min(t_s, performance.upright_s), performance.walk_s, picks_up=performance.picks_up)
    if t_s <= performance.upright_s:
        return here
    there = landmarks_of(body.posture(first, _base(performance)))
    return on_the_way(here, there, (t_s - performance.upright_s) / _PLACE_S)


def _stands(first: Pose) -> bool:
    """Whether the legs carry: somebody who sits has thighs that are far from upright."""
    return max(first.get("hip.L", 0.0), first.get("hip.R", 0.0)) < _SITS_DEG


def with_fault(movement: Movement, fault: Fault | None) -> Movement:
    """The movement done with a fault. Faults of range and of tempo belong to the attempt and change nothing here."""
    if fault is None or fault not in _WRONG:
        return movement
    poses = {name: _wrong(pose, movement, fault) for name, pose in movement.poses.items()}
    contacts = movement.contacts
    if fault is Fault.HEEL_RISE:
        contacts = tuple(_raised(c, movement, movement.stills[-1]) for c in contacts)
    return replace(movement, poses=poses, contacts=contacts)


def _raised(contact: Contact, movement: Movement, peak: str) -> Contact:
    """A working heel is higher at the peak; the other heel, whose leg is no longer, is free to follow."""
    if not contact.point.startswith("heel.") or contact.z_m is None:
        return contact
    if contact.point[-1] not in movement.work:
        return replace(contact, during=tuple(name for name in movement.poses if name != peak))
    return replace(contact, z_m={name: z + (_RISE_M if name == peak else 0) for name, z in contact.z_m.items()})


# fault -> degree of freedom (`.S` the working leg, `.O` the other one), what is added to it at the peak, and, instead
# of at the peak, wherever the knee is meant to be straight
_WRONG: Mapping[Fault, tuple[str, float, bool]] = {
    Fault.HEEL_RISE: ("toes.S", 17, False),  # so that they stay on the floor under the heel that rises
    Fault.HYPEREXTENSION: ("knee.S", -11, False),
    Fault.TRUNK_LEAN: ("flex", 40, False),
    Fault.TRUNK_LEAN_BACK: ("flex", -26, False),
    Fault.THIGH_NOT_HORIZONTAL: ("hip.S", 20, False),
    Fault.KNEE_BEND: ("knee.S", 24, True),
    Fault.KNEE_LAG: ("knee.S", 24, False),
    Fault.OTHER_LEG_LIFTS: ("hip.O", 22, False),
}


def _wrong(pose: KeyPose, movement: Movement, fault: Fault) -> KeyPose:
    name, change, wherever_straight = _WRONG[fault]
    working = movement.work
    values = dict(pose.values)
    straight = all(abs(values.get(f"knee.{s}", 0.0)) < _STRAIGHT_DEG for s in working)
    if not (straight if wherever_straight else pose.name == movement.stills[-1]):
        values.update({k: values.get(k, 0.0) for k in _names(name, working)})
        return replace(pose, values=values)
    for key in _names(name, working):
        low, high = RANGES[key]
        values[key] = min(max(values.get(key, 0.0) + change, low), high)
    return replace(pose, values=values)


def _names(name: str, working: Sequence[str]) -> tuple[str, ...]:
    if name.endswith(".S"):
        return tuple(name[:-1] + side for side in working)
    if name.endswith(".O"):
        return tuple(name[:-1] + side for side in "LR" if side not in working)
    return (name,)
