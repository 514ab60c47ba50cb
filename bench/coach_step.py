"""How long the coach takes for one frame, on one core."""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence

from bodies import frames
from figure import Figure

from patella.files.library import read_spec
from patella.motion.coach import begin, step
from patella.motion.pose import PoseFrame, Side
from patella.motion.spec import Spec, View

BAR_US = 40.0
EXERCISES = ("terminal-knee-extension", "kettlebell-knee-extension", "squat", "straight-leg-raise", "clamshell")
_ROUNDS = 40  # one exercise after the other, again and again: a moment in which the machine is slow hits all of them


def measure() -> list[Figure]:
    """Microseconds a frame for a few exercises, processor time, the best of many rounds."""
    specs = {exercise: read_spec(exercise) for exercise in EXERCISES}
    films = {e: frames(e, 6, side_view=spec.view is View.SIDE) for e, spec in specs.items()}
    rounds = [{e: _round_us(spec, films[e]) for e, spec in specs.items()} for _ in range(_ROUNDS)]
    found = {e: min(r[e] for r in rounds) for e in EXERCISES}
    slowest = max(found.values())
    shown = ", ".join(f"{exercise} {us:.0f}" for exercise, us in found.items())
    value = f"{slowest:.0f} microseconds a frame in the slowest exercise ({shown})"
    return [Figure(name="coach step", value=value, bar=f"at most {BAR_US:.0f}", reached=slowest <= BAR_US)]


def _round_us(spec: Spec, film: Sequence[PoseFrame]) -> float:
    state = begin(spec, Side.RIGHT)
    gc.collect()
    began = time.process_time_ns()
    for frame in film:
        state, _ = step(spec, state, frame)
    return (time.process_time_ns() - began) / 1000 / len(film)
