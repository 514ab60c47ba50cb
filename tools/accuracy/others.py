"""Each exercise's movement as another exercise's eye sees it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from random import Random

from bodies import spec_of

from patella.files.library import LibraryError, own_library, read_movement
from patella.motion.body import Body
from patella.motion.camera import camera_framing
from patella.motion.coach import analyse
from patella.motion.flaws import Flaws, flawed
from patella.motion.performance import Attempt, Performance, perform
from patella.motion.pose import PoseFrame
from patella.motion.spec import Role, View
from patella.motion.tempo import Tempo

_TIMES, _RATE_HZ = 3, 12
_ALIKE = (  # the same joints, the same way: what differs is a band, a step, a bell, or the leg that is not looked at
    {
        "squat", "split-squat", "lateral-step-down", "terminal-knee-extension", "hop", "calf-raise",
        "single-leg-calf-raise", "lateral-band-walk",
    },
    {"seated-knee-extension", "kettlebell-knee-extension"},
    {"glute-bridge", "single-leg-bridge"},
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What was counted of a movement by the eye of another exercise; `alike`: by the joints they are one."""

    exercise: str
    movement: str
    counted: int
    seconds: float
    alike: bool


@cache
def movements() -> tuple[str, ...]:
    """Every exercise whose movement is known."""
    found = []
    for name in sorted(own_library().exercises):
        try:
            read_movement(name)
        except LibraryError:
            continue
        found.append(name)
    return tuple(found)


def watched(asked: tuple[str, str]) -> Watched:
    """Watch the second one's movement as if it were the first."""
    exercise, movement = asked
    spec = spec_of(exercise)
    frames = _film(movement, 90.0 if spec.view is View.SIDE else 0.0)
    seen = analyse(spec, frames, None, running=False)
    return Watched(
        exercise=exercise, movement=movement, counted=len(seen.holds) if spec.role is Role.HOLD else len(seen.reps),
        seconds=frames[-1].t_s, alike=any({exercise, movement} <= kin for kin in _ALIKE),
    )  # fmt: skip


@cache
def _film(name: str, azimuth_deg: float) -> tuple[PoseFrame, ...]:
    movement = read_movement(name)
    own = movement.tempo
    tempo = Tempo(up_s=min(own.up_s, 3), hold_s=min(max(own.hold_s, 0.5), 5), down_s=min(own.down_s, 3), rest_s=1.0)
    told = Performance(body=Body(), movement=movement, attempts=(Attempt(tempo=tempo),) * _TIMES)
    still = replace(told, attempts=(), still_s=0.1, after_s=0.0)
    camera = camera_framing(next(perform(still, 1)).points, azimuth_deg)
    seen = (camera.sees(m.points, m.t_s) for m in perform(told, _RATE_HZ))
    return tuple(flawed(seen, Flaws(), Random(name).random))  # noqa: S311 - comes again, is no secret
