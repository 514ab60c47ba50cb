"""The figures over all films, each with the bar it should reach."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marks import Match
from score import HOLD_OFF_S, Score

EXACT, WITHIN_ONE, FALSE_A_MINUTE, FORM, MARKS_DEG = 0.95, 0.99, 0.05, 0.95, 2.0
_KNEE_DEG = {"standing and sitting": 3.5, "lying": 5.0}
_LYING = frozenset(
    {"strap-stretch", "straight-leg-raise", "glute-bridge", "heel-slide", "clamshell", "side-lying-hip-abduction"}
)
_BESIDE = frozenset({"0°", "15°"})  # camera directions that count as a side view in the figure for the knee


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number with its bar."""

    name: str
    value: str
    bar: str
    reached: bool

    def line(self) -> str:
        """name: value (bar)."""
        return f"{self.name}: {self.value} ({self.bar}){'' if self.reached else ' - MISSED'}"


def figures(scores: Sequence[Score], matches: Sequence[Match]) -> list[Figure]:
    """Every figure that there is something to measure of."""
    real = [s for s in scores if s.clip.real]
    made = [s for s in scores if not s.clip.real]
    found: list[Figure] = []
    for which, some in (("all films", scores), ("real films", real), ("rendered films", made)):
        found += _counts(which, some)
    return [*found, _idle(scores), *_holds(scores), *_knees(scores), *_form(scores), *_marks(matches)]


def _counts(which: str, scores: Iterable[Score]) -> list[Figure]:
    sets = [s for s in scores if s.exact is not None]
    if not sets:
        return []
    told = []
    bars = (
        ("counted exactly", EXACT, [s.exact for s in sets]),
        ("within one", WITHIN_ONE, [s.within_one for s in sets]),
    )
    for name, bar, right in bars:
        share = sum(map(bool, right)) / len(sets)
        value = f"{sum(map(bool, right))} of {len(sets)}, {share:.0%}"
        told.append(Figure(name=f"sets {name}, {which}", value=value, bar=f"{bar:.0%}", reached=share >= bar))
    return told


def _idle(scores: Iterable[Score]) -> Figure:
    idle_s, false = sum(s.idle_s for s in scores), sum(s.false_counts for s in scores)
    rate = 60 * false / idle_s if idle_s else 0.0
    value = f"{rate:.2f} a minute, {false} in {idle_s / 60:.1f} minutes"
    bar = f"at most {FALSE_A_MINUTE} a minute"
    return Figure(name="counted where nothing happens", value=value, bar=bar, reached=rate <= FALSE_A_MINUTE)


def _holds(scores: Iterable[Score]) -> list[Figure]:
    errors = [abs(e) for s in scores for e in s.hold_errors_s]
    if not errors:
        return []
    value = f"mean {sum(errors) / len(errors):.2f} s, largest {max(errors):.2f} s, {len(errors)} holds"
    bar = f"within {HOLD_OFF_S} s"
    return [Figure(name="hold time", value=value, bar=bar, reached=max(errors) <= HOLD_OFF_S)]


def _knees(scores: Sequence[Score]) -> list[Figure]:
    told = []
    for position, bar in _KNEE_DEG.items():
        errors = [
            s.angle_error_deg
            for s in scores
            if s.angle_error_deg is not None
            and (s.clip.exercise in _LYING) is (position == "lying")
            and s.clip.camera in _BESIDE
        ]
        if errors:
            mean = sum(errors) / len(errors)
            name = f"knee flexion, {position}, camera within 15 degrees of the side"
            value = f"{mean:.1f} degrees, {len(errors)} films"
            told.append(Figure(name=name, value=value, bar=f"at most {bar:g}", reached=mean <= bar))
    return told


def _form(scores: Sequence[Score]) -> list[Figure]:
    true, found, false = fault_sums(scores)
    if not true:
        return []
    precision, recall = found / (found + false) if found + false else 1.0, found / true
    exact = f"{precision:.2f}, {false} said that are none"
    whole = f"{recall:.2f}, {found} of {true}"
    return [
        Figure(name="form faults, precision", value=exact, bar=f"{FORM}", reached=precision >= FORM),
        Figure(name="form faults, recall", value=whole, bar=f"{FORM}", reached=recall >= FORM),
    ]


def fault_sums(scores: Iterable[Score]) -> tuple[int, int, int]:
    """True faults, those found, and those said that are none."""
    sums = [(s.true_faults, s.found_faults, s.false_faults) for s in scores]
    return sum(s[0] for s in sums), sum(s[1] for s in sums), sum(s[2] for s in sums)


def _marks(matches: Sequence[Match]) -> list[Figure]:
    if not matches:
        return []
    frames = sum(m.frames for m in matches)
    mean = sum(m.mean_error_deg * m.frames for m in matches) / frames
    worst = max(m.mean_error_deg for m in matches)
    value = f"{mean:.2f} degrees, {worst:.2f} in the worst recording, {frames} frames"
    return [Figure(name="angle functions against markers", value=value, bar="at most 2", reached=mean <= MARKS_DEG)]
