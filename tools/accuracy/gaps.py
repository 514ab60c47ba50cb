"""The experiments by the gap between the knees: what the product's own experiments count in films of known truth.

Beside it stands how well the gap, as the pose model sees it, follows the true one.
"""

from __future__ import annotations

import csv
import statistics
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from clips import Clip, Span

from patella.files.library import read_experiment
from patella.motion.angles import Measure, measured
from patella.motion.coach import analyse
from patella.motion.pose import PoseFrame

_LEAST_FRAMES = 30
_MET = 0.5  # of the shorter of the two: so much must a true one and a counted one have in common


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One film: correlation with the true gap; true efforts, those found, what was counted beside them.

    `off_s` is the counted time of each squeeze that was found less its true time, from the half of the way to it to
    the half of the way back.
    """

    clip: Clip
    correlation: float
    true: int
    found: int
    false: int
    off_s: tuple[float, ...]


def gap_of(clip: Clip, frames: Sequence[PoseFrame]) -> Gap | None:
    """The experiment on one film; None where there is none, no truth to compare with, or hardly a knee to be seen."""
    experiment = read_experiment(clip.exercise)
    if experiment is None or experiment.spec is None or clip.angles is None:
        return None
    with clip.angles.open(encoding="utf-8") as lines:
        told = [(float(r["t"]), float(r["knee_gap"])) for r in csv.DictReader(lines)]
    times = [t for t, _ in told]
    seen = [(f.t_s, value) for f in frames if f.image and (value := _gap(f)) is not None]
    if len(seen) < _LEAST_FRAMES:
        return None
    true = [told[min(bisect_left(times, t), len(told) - 1)][1] for t, _ in seen]
    analysis = analyse(experiment.spec, frames)
    counted = [Span(start_s=e.start_s, end_s=e.end_s) for e in (*analysis.reps, *analysis.holds)]
    pairs = _pairs([r.span for r in clip.reps], counted)
    return Gap(
        clip=clip,
        correlation=statistics.correlation([v for _, v in seen], true),
        true=len(clip.reps),
        found=len(pairs),
        false=len(counted) - len(pairs),
        off_s=tuple(found.length_s - real.length_s for real, found in pairs) if analysis.holds else (),
    )


def _pairs(true: Sequence[Span], counted: Sequence[Span]) -> list[tuple[Span, Span]]:
    """Each true effort with what was counted of it: every one of either kind once."""
    left, pairs = list(counted), list[tuple[Span, Span]]()
    for real in true:
        best = max(left, key=real.overlap_s, default=None)
        if best and real.overlap_s(best) >= _MET * min(real.length_s, best.length_s):
            pairs.append((real, best))
            left.remove(best)
    return pairs


def _gap(frame: PoseFrame) -> float | None:
    return measured(Measure.KNEE_GAP, frame.image, frame.width_px / frame.height_px, 0, 1.0)
