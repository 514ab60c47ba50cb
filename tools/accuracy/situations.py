"""What happens to phones, films and people beside the movement itself: each situation as a film of a made-up body.

A situation takes one plain set and changes a single thing about it: the camera moves, the model errs, the film is cut,
the body does something odd. `true` is what a fair counter would count then.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from bodies import BUILDS, INSIDE_DEG, Set, drawn, spec_of

from patella.motion.camera import Camera, Points, camera_framing, nobody
from patella.motion.easing import eased
from patella.motion.flaws import Flaws, flawed
from patella.motion.performance import Attempt, Performance, Take, length_s, perform, takes_of
from patella.motion.pose import Joint, PoseFrame
from patella.motion.spec import Leg, Role, View
from patella.motion.tempo import Tempo

RATES_HZ = (10, 15, 30)
_ROOM = 0.8  # of its usual size is the body in the picture, so that a camera that moves keeps it there
_PULSE_S, _PULSES, _PULSE_WAY = 0.9, 2, 0.45
_TURN_S, _SECOND_S, _GAP_S = 1.5, 2.0, 1.5
_SLOW_WAY_S, _QUICK_WAY_S = 8.0, 0.55
_CUT_S = 0.3
_LONG_HOLD_S = 4.0
_BEHIND = "the leg that works is behind"

Warp = Callable[[float], tuple[float, float, float, float]]  # time -> right, down (bodies), size, roll (degrees)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filmed:
    """One film, and what a fair counter counts in it; `hold_s` is how long each hold is, `begins_s` when the first."""

    situation: str
    a_set: Set
    frames: tuple[PoseFrame, ...]
    true: int
    hold_s: float
    begins_s: float
    asks_side: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What is to be filmed: `clock` says which moment of the performance each picture shows, and how far it turned."""

    told: Performance
    camera: Camera
    flaws: Flaws
    rate_hz: int
    warp: Warp | None = None
    clock: Callable[[float], tuple[float, float]] | None = None
    length_s: float = 0.0
    from_s: float = 0.0
    until_s: float = 1e9
    blind: tuple[float, float] | None = None
    crowded: tuple[float, float] | None = None
    sways: bool = False
    true: int
    asks_side: bool = True


Change = Callable[[_Plan, Random], _Plan]


def situations(exercise: str) -> list[str]:
    """The situations that this exercise can be in."""
    spec = spec_of(exercise)
    stands = spec.view is View.SIDE and spec.leg is Leg.BOTH and spec.role is Role.REPS  # else it is the far leg then
    left_out = set[str]()
    if spec.role is not Role.REPS:
        left_out |= {"two pulses at the top", "slow", "quick", "begins half-way out", "no two repetitions alike"}
    if not (stands and read_base(exercise) == "up"):
        left_out |= {"turns round"}
    if spec.leg is not Leg.STANDING:
        left_out.add(_BEHIND)
    if spec.view is not View.SIDE:
        left_out |= {name for name in _CHANGES if name.startswith("camera off")}
    return [name for name in _CHANGES if name not in left_out]


def read_base(exercise: str) -> str:
    """How the body starts: up, supine, prone, left or right."""
    from patella.files.library import read_movement

    return read_movement(exercise).base.value


def filmed(exercise: str, situation: str, count: int, seed: int) -> Iterator[Filmed]:
    """So many films of one exercise in one situation; the same seed, the same films."""
    for i, a_set in enumerate(drawn(exercise, count, seed)):
        chance = Random(f"{seed}-{exercise}-{situation}-{i}")  # noqa: S311 - comes again, is no secret
        yaw_deg = chance.choice(INSIDE_DEG)
        plain = replace(a_set, yaw_deg=yaw_deg, before="keeps still", tempo="own", dropped=0.0, jitter_mm=3)
        yield _film(plain, situation, chance)


def _film(a_set: Set, situation: str, chance: Random) -> Filmed:
    told = a_set.told()
    told = replace(told, attempts=tuple(replace(a, fault=None) for a in told.attempts))
    rate = chance.choice(RATES_HZ)
    flaws = Flaws(jitter_m=a_set.jitter_mm / 1000, bias_m=BUILDS[a_set.build])
    plan = _Plan(told=told, camera=a_set.camera(told), flaws=flaws, rate_hz=rate, true=len(told.attempts))
    plan = _CHANGES[situation](plan, chance)
    takes = takes_of(plan.told)
    return Filmed(
        situation=situation, a_set=a_set, frames=tuple(_pictures(plan, chance)), true=plan.true,
        hold_s=takes[0].peak_end_s - takes[0].peak_s, begins_s=takes[0].start_s - plan.from_s, asks_side=plan.asks_side,
    )  # fmt: skip


def _pictures(plan: _Plan, chance: Random) -> Iterator[PoseFrame]:
    moments = list(perform(plan.told, plan.rate_hz))
    length = plan.length_s or length_s(plan.told)
    sees = []
    for i in range(int(min(length, plan.until_s) * plan.rate_hz) + 1):
        t_s = i / plan.rate_hz
        if t_s < plan.from_s:
            continue
        shown_s, turned_deg = plan.clock(t_s) if plan.clock else (t_s, 0.0)
        points = moments[min(len(moments) - 1, max(0, round(shown_s * plan.rate_hz)))].points
        if turned_deg:
            points = _turned(points, turned_deg)
        if plan.sways:
            points = _swayed(points, t_s)
        frame = plan.camera.sees(points, t_s - plan.from_s)
        sees.append(_warped(frame, plan.warp(t_s)) if plan.warp and frame.image else frame)
    for frame in flawed(sees, plan.flaws, chance.random):
        t_s = frame.t_s + plan.from_s
        if plan.blind and plan.blind[0] < t_s < plan.blind[1]:
            yield nobody(frame.t_s, frame.width_px, frame.height_px)
        elif plan.crowded and plan.crowded[0] < t_s < plan.crowded[1]:
            yield replace(frame, people=2)
        else:
            yield frame


def _turned(points: Points, degrees: float) -> Points:
    x0, y0 = ((points[Joint.LEFT_HIP][k] + points[Joint.RIGHT_HIP][k]) / 2 for k in (0, 1))
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return tuple((x0 + (x - x0) * c - (y - y0) * s, y0 + (x - x0) * s + (y - y0) * c, z) for x, y, z in points)


def _swayed(points: Points, t_s: float) -> Points:
    """The body sways over what it stands or lies on, by some centimetres at a metre's height."""
    low = min(z for _, __, z in points)
    by = 0.03 * math.sin(math.tau * 0.25 * t_s)
    return tuple((x + 0.7 * by * (z - low), y + by * (z - low), z) for x, y, z in points)


def _warped(frame: PoseFrame, how: tuple[float, float, float, float]) -> PoseFrame:
    """The picture of a camera that has turned, rolled or zoomed: everything moves alike."""
    right, down, size, roll_deg = how
    aspect = frame.width_px / frame.height_px
    c, s = math.cos(math.radians(roll_deg)), math.sin(math.radians(roll_deg))
    body = 0.6 * size
    image = list(frame.image)
    for at in range(0, len(image), 4):
        x, y = (image[at] - 0.5) * aspect * size, (image[at + 1] - 0.5) * size
        image[at] = 0.5 + (x * c - y * s + right * body) / aspect
        image[at + 1] = 0.5 + x * s + y * c + down * body
        if not (0 <= image[at] <= 1 and 0 <= image[at + 1] <= 1):
            image[at + 3] = 0.05
    return replace(frame, image=tuple(image))


def _pace(tempo: Tempo, way_s: float) -> Tempo:
    return replace(tempo, up_s=way_s, down_s=way_s, hold_s=min(tempo.hold_s, 2.0))


def _tempo(plan: _Plan, way_s: float, count: int) -> _Plan:
    attempts = tuple(Attempt(tempo=_pace(a.tempo, way_s)) for a in plan.told.attempts[:count])
    return replace(plan, told=replace(plan.told, attempts=attempts), true=count)


def _moves(warp: Warp) -> Change:
    return lambda plan, _: replace(plan, warp=warp)


def _to_and_fro(t_s: float, speed: float, far: float = 0.16) -> float:
    """A camera that pans there and back at one speed, bodies a second, `far` bodies to either side."""
    gone = (t_s * speed) % (4 * far)
    return gone - far if gone < 2 * far else 3 * far - gone


def _in_hand(t_s: float) -> tuple[float, float, float, float]:
    """A phone in a hand: slow drifting, breathing, and the trembling of an arm."""
    right = 0.05 * math.sin(0.7 * t_s) + 0.015 * math.sin(3.1 * t_s + 1) + 0.004 * math.sin(17 * t_s)
    down = 0.04 * math.sin(0.9 * t_s + 2) + 0.012 * math.sin(2.6 * t_s) + 0.004 * math.sin(19 * t_s)
    return right, down, _ROOM * (1 + 0.02 * math.sin(0.5 * t_s)), 1.5 * math.sin(0.8 * t_s)


def _knocked(plan: _Plan, chance: Random) -> _Plan:
    takes = takes_of(plan.told)
    at_s = takes[0].start_s + (takes[-1].end_s - takes[0].start_s) * chance.random()

    def warp(t_s: float) -> tuple[float, float, float, float]:
        share = eased(min(1.0, max(0.0, (t_s - at_s) / 0.2)))
        return 0.14 * share, -0.06 * share, _ROOM, 3.0 * share

    return replace(plan, warp=warp)


def _aside(degrees: float) -> Change:
    def change(plan: _Plan, _: Random) -> _Plan:
        azimuth = 90.0 - degrees if plan.told.side == "R" else degrees - 90.0
        still = replace(plan.told, attempts=(), still_s=0.1, after_s=0.0)
        return replace(plan, camera=camera_framing(next(perform(still, 1)).points, azimuth))

    return change


def _errs(flaws: Callable[[Flaws], Flaws]) -> Change:
    return lambda plan, _: replace(plan, flaws=flaws(plan.flaws))


def _ends(before_s: float) -> Change:
    """The film ends as the last one comes back; of a hold, in its middle."""
    return lambda plan, _: replace(plan, until_s=takes_of(plan.told)[-1].end_s - before_s)


def _begins_out(plan: _Plan, _: Random) -> _Plan:
    first = takes_of(plan.told)[0]
    return replace(plan, from_s=(first.start_s + first.peak_s) / 2 + 0.1, true=plan.true - 1)


def _pulses(plan: _Plan, _: Random) -> _Plan:
    takes = takes_of(plan.told)
    each = _PULSES * _PULSE_S

    def clock(t_s: float) -> tuple[float, float]:
        for i, take in enumerate(takes):
            since = t_s - i * each - take.peak_end_s
            if since < 0:
                return t_s - i * each, 0.0
            if since < each:
                way = _PULSE_WAY * (take.end_s - take.peak_end_s)
                return take.peak_end_s + way * (1 - math.cos(math.tau * since / _PULSE_S)) / 2, 0.0
        return t_s - len(takes) * each, 0.0

    return replace(plan, clock=clock, length_s=length_s(plan.told) + each * len(takes))


def _turns(plan: _Plan, _: Random) -> _Plan:
    at_s = takes_of(plan.told)[1].end_s

    def clock(t_s: float) -> tuple[float, float]:
        if t_s < at_s:
            return t_s, 0.0
        return max(at_s, t_s - _TURN_S - 1.5), 180 * eased(min(1.0, (t_s - at_s) / _TURN_S))

    return replace(plan, clock=clock, length_s=length_s(plan.told) + _TURN_S + 1.5, asks_side=False)


def _within(takes: Sequence[Take], chance: Random) -> float:
    """A moment in the middle of one of them."""
    take = chance.choice(takes)
    return take.start_s + 0.6 * chance.random() * (take.end_s - take.start_s)


def _gap(plan: _Plan, chance: Random) -> _Plan:
    at_s = _within(takes_of(plan.told), chance)
    return replace(plan, blind=(at_s, at_s + _GAP_S))


def _second(plan: _Plan, chance: Random) -> _Plan:
    at_s = _within(takes_of(plan.told), chance)
    return replace(plan, crowded=(at_s, at_s + _SECOND_S))


def _uneven(plan: _Plan, chance: Random) -> _Plan:
    """No two repetitions alike: how far, how quick, with a pause at the top or none, one after the other or not."""

    def one(attempt: Attempt) -> Attempt:
        up_s, down_s = (0.8 + 2.2 * chance.random() for _ in range(2))
        hold_s, rest_s = 2 * chance.random() ** 2, chance.choice((0.05, 0.5, 3.0))
        if plan.told.movement.tempo.hold_s > _LONG_HOLD_S:
            hold_s, rest_s = attempt.tempo.hold_s, max(rest_s, 0.5)
        return Attempt(
            tempo=Tempo(up_s=up_s, hold_s=hold_s, down_s=down_s, rest_s=rest_s), share=chance.uniform(0.8, 1)
        )

    return replace(plan, told=replace(plan.told, attempts=tuple(map(one, plan.told.attempts))))


def _stranger(plan: _Plan, chance: Random) -> _Plan:
    """Somebody's film: a little of everything at once, as nobody who films for themselves avoids it."""
    plan = _uneven(plan, chance)
    told = replace(plan.told, walk_s=chance.choice((0.0, 0.0, 2.5)), still_s=chance.uniform(0.8, 2.5))
    x, y, z = plan.camera.eye_m
    camera = replace(plan.camera, eye_m=(x, y, max(0.06, z + chance.uniform(-0.9, 0.6))))
    flaws = replace(
        plan.flaws, jitter_m=chance.uniform(0.002, 0.008), swapped_sides_hz=chance.choice((0.0, 0.05, 0.1)),
        lost_joints_hz=chance.choice((0.0, 0.02, 0.04)), lost_body_hz=chance.choice((0.0, 0.03)),
        dropped=chance.choice((0.0, 0.1, 0.3)),
    )  # fmt: skip
    held, roll_deg, share = chance.random() < 1 / 2, chance.uniform(-5, 5), chance.uniform(0.4, 1)

    def warp(t_s: float) -> tuple[float, float, float, float]:
        right, down, size, turn = _in_hand(t_s)
        return (share * right, share * down, size, roll_deg + share * turn) if held else (0.0, 0.0, _ROOM, roll_deg)

    ends = takes_of(told)[-1].end_s - chance.choice((-2.0, -2.0, _CUT_S))
    return replace(
        plan, told=told, camera=camera, flaws=flaws, warp=warp, until_s=ends, rate_hz=chance.choice((24, 30))
    )


def _floor(plan: _Plan, _: Random) -> _Plan:
    x, y, z = plan.camera.eye_m
    return replace(plan, camera=replace(plan.camera, eye_m=(x, y, max(0.06, z - 0.9))))


_CHANGES: dict[str, Change] = {
    "nothing special": lambda plan, _: plan,
    "camera on the floor": _floor,
    "camera rolled by 8°": _moves(lambda _: (0.0, 0.0, _ROOM, 8.0)),
    "camera pans, 0.04 bodies a second": _moves(lambda t: (_to_and_fro(t, 0.04), 0.0, _ROOM, 0.0)),
    "camera pans, 0.1 bodies a second": _moves(lambda t: (_to_and_fro(t, 0.1), 0.0, _ROOM, 0.0)),
    "camera zooms": _moves(lambda t: (0.0, 0.0, _ROOM * (1 + 0.15 * math.sin(0.5 * t)), 0.0)),
    "camera in a hand": _moves(_in_hand),
    "camera knocked": _knocked,
    "camera off by 45°": _aside(45),
    "camera off by 60°": _aside(60),
    "camera off by 90°, from the front": _aside(90),
    _BEHIND: _aside(180),
    "body sways": lambda plan, _: replace(plan, sways=True),
    "legs swapped, 0.1 a second": _errs(lambda f: replace(f, swapped_sides_hz=0.1)),
    "legs swapped, 0.3 a second": _errs(lambda f: replace(f, swapped_sides_hz=0.3)),
    "joints lost, each 0.03 a second": _errs(lambda f: replace(f, lost_joints_hz=0.03)),
    "joints lost, each 0.1 a second": _errs(lambda f: replace(f, lost_joints_hz=0.1)),
    "trembles by 15 mm": _errs(lambda f: replace(f, jitter_m=0.015)),
    "slow": lambda plan, _: _tempo(plan, _SLOW_WAY_S, 2),
    "quick": lambda plan, _: _tempo(plan, _QUICK_WAY_S, 4),
    "two pulses at the top": _pulses,
    "ends 0.3 s early": _ends(_CUT_S),
    "ends 0.6 s early": _ends(2 * _CUT_S),
    "begins half-way out": _begins_out,
    "nobody seen for 1.5 s": _gap,
    "second person for 2 s": _second,
    "turns round": _turns,
    "pictures lost, three of ten": _errs(lambda f: replace(f, dropped=0.3, lost_body_hz=0.05)),
    "walks in": lambda plan, _: replace(plan, told=replace(plan.told, walk_s=2.5)),
    "no two repetitions alike": _uneven,
    "a stranger's film": _stranger,
}
ALL = tuple(_CHANGES)
