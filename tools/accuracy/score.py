"""What the coach saw in one film against what is true in it."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from apart import Apart, taken_apart
from clips import Clip, Done, Span, knee_truth_deg

KNOWN_FAULTS = frozenset(
    {
        "heel_rise", "shallow", "hyperextension", "trunk_lean", "trunk_lean_back", "dropped_lowering",
        "thigh_not_horizontal", "knee_bend", "knee_lag", "other_leg_lifts",
    }
)  # fmt: skip
HOLD_OFF_S = 0.5  # further off than this a hold is wrong
Knees = Sequence[tuple[float, float | None, float | None]]  # time, left, right


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A repetition or a hold that the coach saw."""

    span: Span
    seconds: float
    faults: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """All that the coach made of one film. `shorts` are movements that it noticed and did not count."""

    reps: tuple[Counted, ...]
    shorts: tuple[Counted, ...]
    holds: tuple[Counted, ...]
    cues: tuple[str, ...]
    seen_fraction: float
    knees: Knees


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One film's result. Hold errors in seconds, angle error in degrees; None and empty: nothing to compare."""

    clip: Clip
    counted: int
    exact: bool | None
    within_one: bool | None
    false_counts: int
    idle_s: float
    hold_errors_s: tuple[float, ...]
    angle_error_deg: float | None
    apart: Apart | None = None
    true_faults: int
    found_faults: int
    false_faults: int
    seen_fraction: float

    @property
    def failed(self) -> bool:
        """Whether anything about the film is not as it should be."""
        wrong_hold = any(abs(e) > HOLD_OFF_S for e in self.hold_errors_s)
        wrong_form = self.found_faults < self.true_faults or self.false_faults > 0
        return self.exact is False or self.false_counts > 0 or wrong_hold or wrong_form


def score(clip: Clip, watched: Watched) -> Score:
    """Compare. A repetition counted belongs to the true one it shares most time with."""
    counted = len(watched.reps)
    off = min((abs(counted - n) for n in clip.counts), default=None)
    true, found, false = _faults(clip, watched)
    return Score(
        clip=clip, counted=counted,
        exact=None if off is None else off == 0, within_one=None if off is None else off <= 1,
        false_counts=sum(_idle(clip, c) for c in (*watched.reps, *watched.holds)),
        idle_s=sum(s.length_s for s in clip.idle),
        hold_errors_s=tuple(_hold_error_s(h, watched.holds) for h in clip.holds),
        angle_error_deg=_angle_error_deg(clip, watched.knees), apart=_apart(clip, watched.knees),
        seen_fraction=watched.seen_fraction,
        true_faults=true, found_faults=found, false_faults=false,
    )  # fmt: skip


def _idle(clip: Clip, counted: Counted) -> bool:
    """Whether the middle of what was counted lies where nothing happens."""
    middle = (counted.span.start_s + counted.span.end_s) / 2
    return any(s.start_s <= middle <= s.end_s for s in clip.idle)


def _hold_error_s(true: Span, holds: Sequence[Counted]) -> float:
    """Seconds counted within a true hold, over all its pieces, less its real length."""
    return sum(h.seconds for h in holds if h.span.overlap_s(true) > 0) - true.length_s


def _faults(clip: Clip, watched: Watched) -> tuple[int, int, int]:
    """True faults, how many of them were found, and how many were found that are none."""
    if clip.real:
        return 0, 0, 0  # nobody labelled them
    if clip.holds:
        said = frozenset(f for h in watched.holds for f in h.faults) | frozenset(watched.cues) & KNOWN_FAULTS
        return len(clip.hold_faults), len(clip.hold_faults & said), len((said & KNOWN_FAULTS) - clip.hold_faults)
    true = found = false = 0
    said_of: dict[int, frozenset[str]] = {}
    for rep in (*watched.reps, *watched.shorts):
        at = max(range(len(clip.reps)), key=lambda i: clip.reps[i].span.overlap_s(rep.span), default=None)
        if at is not None and clip.reps[at].span.overlap_s(rep.span) > 0:
            said_of[at] = said_of.get(at, frozenset()) | rep.faults
        elif rep not in watched.shorts:
            false += len(rep.faults & KNOWN_FAULTS)
    for i, done in enumerate(clip.reps):
        t, f, wrong = _rep_faults(done, said_of.get(i, frozenset()))
        true, found, false = true + t, found + f, false + wrong
    return true, found, false


def _rep_faults(done: Done, said: frozenset[str]) -> tuple[int, int, int]:
    return len(done.faults), len(done.faults & said), len((said & KNOWN_FAULTS) - done.faults)


def _angle_error_deg(clip: Clip, knees: Knees) -> float | None:
    """Mean error of the flexion of the knee beside the camera, in a side view, against the film's own truth."""
    truth, read = _beside(clip, knees)
    times = [t for t, _ in truth]
    off = [abs(value - truth[nearest(times, t_s)][1]) for t_s, value in read] if truth else []
    return sum(off) / len(off) if off else None


def _apart(clip: Clip, knees: Knees) -> Apart | None:
    """What that error consists of."""
    truth, read = _beside(clip, knees)
    return taken_apart(truth, read) if truth else None


def _beside(clip: Clip, knees: Knees) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """The knee beside the camera, as it is and as it was read where it was seen; nothing in another view."""
    column = {"left": 1, "right": 2}.get(clip.near or "")
    if column is None:
        return [], []
    read = [(row[0], value) for row in knees if (value := row[column]) is not None and math.isfinite(value)]
    return [(row[0], row[column]) for row in knee_truth_deg(clip)], read


def nearest(times: Sequence[float], t_s: float) -> int:
    """Which of these times, in their order, is nearest: those of a table are rounded, so that the next may be late."""
    after = min(bisect_left(times, t_s), len(times) - 1)
    before = max(after - 1, 0)
    return before if t_s - times[before] < times[after] - t_s else after
