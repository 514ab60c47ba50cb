"""The experiments: how well the gap between the knees, as the pose model sees it, follows the true one."""

from __future__ import annotations

import csv
import statistics
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from clips import Clip

from patella.motion.angles import Measure, measured
from patella.motion.pose import PoseFrame

EXERCISES = frozenset({"medicine-ball-squeeze", "rotate-your-bones"})
_REST_S = 4.0  # films begin with so much rest
_FAR = 3.0  # so many of its own standard deviations away from rest is a change that shows
_LEAST_FRAMES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One film: correlation with the true gap, and the share of held and of resting time that would be told right."""

    clip: Clip
    correlation: float
    held_right: float | None
    rest_right: float | None


def gap_of(clip: Clip, frames: Sequence[PoseFrame]) -> Gap | None:
    """The experiment on one film; None where there is no truth to compare with, or hardly a knee to be seen."""
    if clip.exercise not in EXERCISES or clip.angles is None:
        return None
    with clip.angles.open(encoding="utf-8") as lines:
        told = [(float(r["t"]), float(r["knee_gap"])) for r in csv.DictReader(lines)]
    times = [t for t, _ in told]
    seen = [(f.t_s, value) for f in frames if f.image and (value := _gap(f)) is not None]
    if len(seen) < _LEAST_FRAMES:
        return None
    true = [told[min(bisect_left(times, t), len(told) - 1)][1] for t, _ in seen]
    held, rest = _told_right(clip, seen)
    correlation = statistics.correlation([v for _, v in seen], true)
    return Gap(clip=clip, correlation=correlation, held_right=held, rest_right=rest)


def _gap(frame: PoseFrame) -> float | None:
    return measured(Measure.KNEE_GAP, frame.image, frame.width_px / frame.height_px, 0, 1.0)


def _told_right(clip: Clip, seen: Sequence[tuple[float, float]]) -> tuple[float | None, float | None]:
    """With a line drawn from the person's own rest alone, as a page could: narrower than rest is a squeeze."""
    rest = [v for t, v in seen if t < _REST_S]
    held = [v for t, v in seen if any(r.span.start_s < t < r.span.end_s for r in clip.reps)]
    if clip.exercise != "medicine-ball-squeeze" or len(rest) < _LEAST_FRAMES or not held:
        return None, None
    line = statistics.mean(rest) - _FAR * statistics.stdev(rest)
    after = [
        v for t, v in seen if t >= _REST_S and not any(r.span.start_s - 1 < t < r.span.end_s + 1 for r in clip.reps)
    ]
    still = sum(v >= line for v in after) / len(after) if after else None
    return sum(v < line for v in held) / len(held), still
