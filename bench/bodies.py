"""Frames to measure with: a rendered-in-numbers body that does an exercise, seen as a real pose model would see it."""

from __future__ import annotations

from random import Random

from patella.files.library import read_movement
from patella.motion.body import Body
from patella.motion.camera import camera_round
from patella.motion.flaws import Flaws, flawed
from patella.motion.performance import Attempt, Performance, filmed
from patella.motion.pose import PoseFrame

_BESIDE_DEG, _BEFORE_DEG = 90.0, 0.0


def frames(exercise: str, reps: int, *, side_view: bool = True, fps: float = 30.0) -> list[PoseFrame]:
    """So many repetitions at the exercise's own tempo, right leg."""
    movement = read_movement(exercise)
    told = Performance(
        body=Body(), movement=movement, attempts=(Attempt(tempo=movement.tempo),) * reps, walk_s=0.0, still_s=2.0
    )
    camera = camera_round((0.0, 0.0, 0.75), _BESIDE_DEG if side_view else _BEFORE_DEG)
    draw = Random(1).random  # noqa: S311 - the same noise in every run
    return list(flawed(filmed(told, camera, fps), Flaws(), draw))
