"""Measures what a look at the diary finds where the truth is known, and writes it to docs/insight.md.

Usage: insight.py [--diaries N] [--power N] [--out FILE]. The diaries are those of tests/care/diaries.py.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from math import sqrt
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE / "tests"))

from care.diaries import EFFECTS, NOTHING, chance_of, diary  # noqa: E402 - from the tests, found just above
from patella.care.insight import look  # noqa: E402 - the same

DAYS_NOTHING = (120, 365)
LONG_SHARE = 0.06
DAYS_EFFECT = (60, 90, 120, 180, 365)
SIZES = (0.5, 1.0, 1.5, 2.0)
HEAD = """# What a look at the diary finds, and how often it is wrong

`patella.care.insight.look` holds a person's days against the mornings after them and tells at most three things that
went with more or less pain. This page says how far to believe it. It is made by `make insight`; the suite
(`tests/care/test_insight_honesty.py`) checks the same with fewer diaries every time.

## How it looks

- Pain is that of the morning, 0 to 10. A morning is used when the one before was noted too; it begins with 42 of them.
- From each morning are taken out: the three mornings before (the last of them bent as well as straight), the mean of
  the week, the day of the week, and drift slower than eight weeks. What is left has hardly any memory, so a bad
  fortnight does not count fourteen times; and a runner who rests when it hurts does not look like one whom rest hurt.
- Factors: distance, a run more than a tenth beyond the longest of 30 days, sitting, exercises, cadence, heel drop, and
  each common surface and shoe against the rest; each on the next three mornings. What a run was like is compared among
  run days only. A factor needs enough days both ways: one change of shoes is no comparison.
- Chance is read from the diary itself: its days are moved around a circle past its mornings, all factors together, and
  the strongest link of each turn is kept. A finding must be stronger than all but one in twenty of these, must pass
  Student's test shared among all links that were tried, and its interval must leave zero out. Nothing is drawn by lot.
- The size is that beside everything above and the same factor on the other two days. Its interval is widened so that it
  holds for all factors at once, 95 times in 100.
- After a finding its factor is taken out and the rest is looked at again, three times at most.

It tells what went together. It cannot tell why, and says so.
"""
KINDS = {
    "independent": "every day by itself",
    "autocorrelated": "everything resembles its day before (0.9)",
    "wandering": "pain goes where it goes, nearly a random walk",
    "trending": "pain falls for months while distance, sitting and cadence rise",
    "weekly": "everything has its day of the week",
    "missing": "noted mostly when it hurts, less and less; gaps in sitting",
    "missing_after_runs": "noted mostly after runs, and when it hurts",
    "nearly_calm": "0 on most mornings, 1 or 2 on some",
    "flaring": "calm weeks and bouts of strong pain that fade",
    "resting": "the runner answers the knee: sore, so no run, more sitting, more exercises",
    "lay_off": "the same, with long bouts and weeks off",
    "new_shoes": "one pair after another while pain drifts",
}


@dataclass(frozen=True)
class Seen:
    """What was found in one diary with a true effect."""

    found: bool
    size: float
    holds: bool
    others: bool


def wrong(seed: int, *, kind: str, days: int) -> bool:
    """Whether anything was found in a diary in which there is nothing."""
    return bool(look(diary(NOTHING[kind](chance_of(seed), days))).findings)


def seen(seed: int, *, name: str, days: int, size: float) -> Seen:
    """What was found in a diary with one true effect."""
    make, factor, lag = EFFECTS[name]
    findings = look(diary(make(chance_of(seed), days, size))).findings
    mine = [f for f in findings if (f.factor, f.lag_days) == (factor, lag)]
    truth = -size if name.startswith("exercises") else size
    return Seen(
        found=bool(mine),
        size=abs(mine[0].effect) if mine else 0.0,
        holds=bool(mine) and mine[0].low <= truth <= mine[0].high,
        others=any(f.factor != factor for f in findings),
    )


def of_nothing(pool: ProcessPoolExecutor, diaries: int) -> str:
    """The table of false findings; long diaries take longer, so there are fewer of them."""
    counts = dict(zip(DAYS_NOTHING, (diaries, max(round(diaries * LONG_SHARE), 1)), strict=True))
    lines = [
        "\n## Diaries in which nothing goes with anything\n",
        "Share of diaries with any finding at all. The aim: 5 % at most.\n",
        "| diary | " + " | ".join(f"{d} days, {counts[d]} diaries" for d in DAYS_NOTHING) + " |",
        "|---|" + "---|" * len(DAYS_NOTHING),
    ]
    totals = dict.fromkeys(DAYS_NOTHING, 0)
    for kind, words in KINDS.items():
        cells = []
        for days in DAYS_NOTHING:
            count = sum(pool.map(partial(wrong, kind=kind, days=days), range(counts[days]), chunksize=10))
            totals[days] += count
            cells.append(f"{100 * count / counts[days]:.1f} %")
            print(f"{kind} {days}: {cells[-1]}", file=sys.stderr, flush=True)
        lines.append(f"| {words} | " + " | ".join(cells) + " |")
    shares = [100 * totals[d] / counts[d] / len(KINDS) for d in DAYS_NOTHING]
    lines.append("| **all** | " + " | ".join(f"**{s:.1f} %**" for s in shares) + " |")
    off = [f"{196 * sqrt(0.05 * 0.95 / counts[d]):.1f}" for d in DAYS_NOTHING]
    lines.append(f"\nA true 5 % would show as 5 ± {' or '.join(off)} % in a cell.")
    return "\n".join(lines)


def of_effects(pool: ProcessPoolExecutor, diaries: int) -> str:
    """The power curves."""
    lines = [
        "\n\n## Diaries with one true effect\n",
        f"How often it is found, with the right factor and the right morning ({diaries} diaries a cell). The person in",
        "them answers the knee too, as in the tenth kind above; 92 of 100 mornings are noted, as whole numbers, and",
        "mornings differ by about one point from one to the next for reasons of their own.\n",
        "| effect | points of pain | " + " | ".join(f"{d} days" for d in DAYS_EFFECT) + " |",
        "|---|---|" + "---|" * len(DAYS_EFFECT),
    ]
    every: list[tuple[float, Seen]] = []
    for name in EFFECTS:
        for size in SIZES:
            cells = []
            for days in DAYS_EFFECT:
                look_at = partial(seen, name=name, days=days, size=size)
                found = list(pool.map(look_at, range(diaries), chunksize=10))
                every += [(size, s) for s in found]
                cells.append(f"{100 * sum(s.found for s in found) / diaries:.0f} %")
            print(name, size, *cells, file=sys.stderr, flush=True)
            lines.append(f"| {name} | {size:g} | " + " | ".join(cells) + " |")
    hits = [(size, s) for size, s in every if s.found]
    holds = 100 * sum(s.holds for _, s in hits) / len(hits)
    times = sum(s.size / size for size, s in hits) / len(hits)
    others = 100 * sum(s.others for _, s in every) / len(every)
    lines += [
        f"\nOf {len(hits)} true findings the interval holds the true size in {holds:.0f} %; on average the size told",
        f"is {times:.2f} times the true one. Another factor, which has no effect of its own, is told beside or instead",
        f"of it in {others:.1f} % of these diaries.",
    ]
    return "\n".join(lines)


TAIL = """

## What it cannot see

- What is not written down: sleep, stress, stairs, a new job. Any of these can move both a day and its morning.
- Pain that shortens a run and is still there the next morning: short runs then truly go with sore mornings.
- A factor that hardly varies, or changed only once.
- Effects that need more than three days, or several days together.
- The person who notes a morning only when something remarkable was done *and* it hurts: who chooses what to write down
  can write a link into a diary. The seventh kind above is a mild case of it.
"""


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--diaries", type=int, default=1000)
    parser.add_argument("--power", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, default=HERE / "docs/insight.md")
    asked = parser.parse_args()
    with ProcessPoolExecutor(asked.workers) as pool:
        text = HEAD + of_nothing(pool, asked.diaries) + of_effects(pool, asked.power) + TAIL
    asked.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
