"""Let the coach watch made-up bodies, and write down how right it was: what films alone are too few to tell.

    python tools/accuracy/sweep.py [--sets N] [--seed N] [--only EXERCISE] [--wrong]

Writes its section of docs/accuracy.md and leaves the others. With `--only` or `--wrong`, which
names every set that went wrong, it prints and writes nothing.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bodies import INSIDE_DEG, Set, drawn, exercises
from sections import written

from patella.motion.analysis import Tally
from patella.motion.angles import Measure, measured
from patella.motion.coach import begin, finish, step
from patella.motion.event import Cue, HoldEnded, Rep, Short
from patella.motion.memory import State
from patella.motion.performance import Take, takes_of
from patella.motion.pose import PoseFrame, Side
from patella.motion.spec import Role, View

SETS, SEED = 32, 11
OUT = Path(__file__).parents[2] / "docs" / "accuracy.md"
_TITLE = "## Made-up bodies"
_SIDES = {"L": Side.LEFT, "R": Side.RIGHT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How right the coach was about one set. `true`, `found` and `false` are faults by repetition or hold."""

    set: Set
    done: int
    counted: int
    idle_s: float
    false_counts: int
    hold_errors_s: tuple[float, ...]
    knee_error_deg: float | None
    true: tuple[str, ...]
    found: tuple[str, ...]
    false: tuple[str, ...]
    seen_fraction: float

    @property
    def off(self) -> int:
        """By how many the count is wrong."""
        return abs(self.counted - self.done)


def judged(a_set: Set) -> Result:
    """Let the coach watch one set, live as in the page, and compare."""
    moments, frames = a_set.film()
    told = a_set.told()
    takes = takes_of(told)
    truth = {m.t_s: m.knee_flexion_deg(a_set.side) for m in moments}
    spec, side = a_set.spec, _SIDES[a_set.side]
    state, tally = begin(spec, side), Tally()
    errors, early = list[float](), list[str]()
    for frame in frames:
        state, events = step(spec, state, frame)
        tally.take(state, events)
        early += [e.fault for e in events if isinstance(e, Cue) and e.t_s < takes[0].start_s]
        knee = _knee(a_set, state, frame)
        true_knee = truth[frame.t_s]
        if knee is not None and true_knee is not None:
            errors.append(abs(knee - true_knee))
    state, events = finish(spec, state)
    tally.take(state, events)
    seen = tally.result(spec, state)
    ends: Sequence[Rep | HoldEnded] = seen.holds if spec.role is Role.HOLD else seen.reps
    true, found, false = _faults(takes, ends, seen.short)
    shallow = sum(t.attempt.fault == "shallow" for t in takes) if spec.rep else 0
    least = len(takes) - shallow  # one that is shallow may be counted or only be noticed
    counted = len(ends)
    return Result(
        set=a_set, done=min(max(counted, least), len(takes)), counted=counted, idle_s=takes[0].start_s,
        false_counts=sum(_middle(e) < takes[0].start_s for e in ends),
        hold_errors_s=_hold_errors(takes, seen.holds) if spec.role is Role.HOLD else (),
        knee_error_deg=sum(errors) / len(errors) if errors else None,
        true=true, found=found, false=(*false, *early), seen_fraction=seen.seen_fraction,
    )  # fmt: skip


def _knee(a_set: Set, state: State, frame: PoseFrame) -> float | None:
    """The flexion of the working knee as the page shows it, where it shows one."""
    spec = a_set.spec
    shows = spec.view is View.SIDE and spec.shown is not None and spec.signals[spec.shown].measure is _KNEE
    if not (shows and frame.image and state.ready):
        return None
    sense = -1.0 if state.sense < 0 else 1.0
    side = 1 if a_set.side == "R" else 0
    value = measured(_KNEE, frame.image, frame.width_px / frame.height_px, side, sense)
    return None if value is None else value - state.zero


_KNEE = Measure.KNEE_FLEXION


def _middle(counted: Rep | Short | HoldEnded) -> float:
    return (counted.start_s + counted.end_s) / 2 if isinstance(counted, HoldEnded) else counted.peak_s


def _faults(
    takes: Sequence[Take], ends: Sequence[Rep | HoldEnded], shorts: Sequence[Short]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """True faults of those that were noticed, which of them were told, and those told that are none."""
    said: dict[int, set[str]] = {}
    false: list[str] = []
    for end in (*ends, *shorts):
        at = [i for i, t in enumerate(takes) if t.start_s <= _middle(end) <= t.end_s]
        told = {"shallow"} if isinstance(end, Short) else set(end.faults)
        if at:
            said.setdefault(at[0], set()).update(told)
    true, found = list[str](), list[str]()
    for i, take in enumerate(takes):
        fault = take.attempt.fault
        if i not in said:
            continue
        if fault is not None:
            true.append(fault.value)
            found += [fault.value] if fault.value in said[i] else []
        false += sorted(said[i] - {fault})
    return tuple(true), tuple(found), tuple(false)


def _hold_errors(takes: Sequence[Take], holds: Sequence[HoldEnded]) -> tuple[float, ...]:
    """Seconds counted of each hold less its real length."""
    return tuple(
        sum(h.seconds for h in holds if t.start_s <= _middle(h) <= t.end_s) - (t.peak_end_s - t.peak_s) for t in takes
    )


def swept(which: Iterable[str], count: int, seed: int) -> list[Result]:
    """So many sets of each exercise."""
    sets = [s for exercise in which for s in drawn(exercise, count, seed)]
    with ProcessPoolExecutor(os.cpu_count() or 1) as pool:
        return list(pool.map(judged, sets, chunksize=8))


_WORDS = """\
Films are few. Here kinematic bodies, slim to heavy and 1.55 to 1.92 m tall, do every exercise that the camera counts or
times: left and right, quickly and slowly, with and without pauses, after walking in, picking something up or talking
with both hands; the camera stands up to 30 degrees beside its place, lower or higher, gives 8 to 30 pictures a second
and loses up to a fifth of them; landmarks sit up to centimetres beside the joint and tremble by 1 to 6 mm. They have no
clothes, no furniture and no swapped legs: right here does not mean right in a room, but wrong here is wrong there.
Rows beyond 30 degrees are only in the second table.

"""


def section(results: Sequence[Result], seed: int) -> str:
    """The section of docs/accuracy.md."""
    inside = [r for r in results if r.set.yaw_deg in INSIDE_DEG]
    parts = [_TITLE, "\n\n", _WORDS, f"Seed {seed}. ", _summary(inside), "\n"]
    parts.append(_table("exercise", inside, lambda r: r.set.exercise))
    for name, key in _LEVELS.items():
        parts += ["\n", _table(name, results if name == "camera off its place" else inside, key)]
    parts += ["\n", _fault_table(inside)]
    return "".join(parts)


_LEVELS: dict[str, Callable[[Result], str]] = {
    "camera off its place": lambda r: f"{abs(r.set.yaw_deg):02}°",
    "pictures a second": lambda r: f"{r.set.rate_hz:02}",
    "trembling": lambda r: f"{r.set.jitter_mm} mm",
    "lost pictures": lambda r: f"{r.set.dropped:.0%}",
    "body": lambda r: r.set.build,
    "tempo": lambda r: r.set.tempo,
    "before": lambda r: r.set.before,
}


def _summary(results: Sequence[Result]) -> str:
    exact, near = (sum(r.off <= n for r in results) for n in (0, 1))
    idle_s, false = sum(r.idle_s for r in results), sum(r.false_counts for r in results)
    return (
        f"Of {len(results)} sets, {exact / len(results):.1%} were counted exactly and {near / len(results):.1%} within"
        f" one; {false} were counted in {idle_s / 60:.0f} minutes before the first repetition,"
        f" {60 * false / idle_s:.2f} a minute.\n"
    )


def _table(name: str, results: Sequence[Result], key: Callable[[Result], str]) -> str:
    groups: dict[str, list[Result]] = {}
    for r in results:
        groups.setdefault(key(r), []).append(r)
    head = (name, "sets", "exact", "within one", "false counts", "hold error", "knee error", "false faults", "seen")
    rows = [_row(level, groups[level]) for level in sorted(groups)]
    return _lines(head, rows)


def _row(level: str, group: Sequence[Result]) -> list[str]:
    holds = [abs(e) for r in group for e in r.hold_errors_s]
    knees = [r.knee_error_deg for r in group if r.knee_error_deg is not None]
    count = len(group)
    return [
        level, str(count), *(f"{sum(r.off <= n for r in group) / count:.0%}" for n in (0, 1)),
        str(sum(r.false_counts for r in group)), f"{sum(holds) / len(holds):.2f} s" if holds else "",
        f"{sum(knees) / len(knees):.1f}°" if knees else "", str(sum(len(r.false) for r in group)),
        f"{sum(r.seen_fraction for r in group) / count:.0%}",
    ]  # fmt: skip


def _fault_table(results: Sequence[Result]) -> str:
    kinds = sorted({(r.set.exercise, f) for r in results for f in (*r.true, *r.false)})
    rows = []
    for exercise, fault in kinds:
        of = [r for r in results if r.set.exercise == exercise]
        true, found, false = (sum(f == fault for r in of for f in which(r)) for which in _WHICH)
        told = sum(r.done for r in of)
        rows.append([exercise, fault, f"{found} of {true}", f"{false} of {told - true}"])
    return _lines(("exercise", "fault", "found", "told where there is none"), rows)


_WHICH: tuple[Callable[[Result], tuple[str, ...]], ...] = (lambda r: r.true, lambda r: r.found, lambda r: r.false)


def _lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "".join("| " + " | ".join(line) + " |\n" for line in [head, ["---"] * len(head), *rows])


def main() -> int:
    """Sweep and print."""
    ask = argparse.ArgumentParser(description="Measure the camera coach on made-up bodies.")
    ask.add_argument("--sets", type=int, default=SETS, help=f"of each exercise, {SETS} unless told")
    ask.add_argument("--seed", type=int, default=SEED)
    ask.add_argument("--only", default="", help="exercises with this text in their name")
    ask.add_argument("--wrong", action="store_true", help="name every set that went wrong")
    asked = ask.parse_args()
    results = swept([e for e in exercises() if asked.only in e], asked.sets, asked.seed)
    if asked.wrong:
        for r in results:
            off_hold = any(abs(e) > 1 for e in r.hold_errors_s)
            if r.off or r.false_counts or r.false or len(r.found) < len(r.true) or off_hold:
                print(
                    f"{r.counted} of {r.done}, idle {r.false_counts}, {r.true} found {r.found} false {r.false}, {r.set}"
                )
    if asked.only or asked.wrong:
        print(section(results, asked.seed))
    else:
        OUT.write_text(written(OUT.read_text(encoding="utf-8"), section(results, asked.seed)), encoding="utf-8")
        print(_summary([r for r in results if r.set.yaw_deg in INSIDE_DEG]), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
