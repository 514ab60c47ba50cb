"""Tells a great many made-up histories, looks for an unsafe plan or run in each, and writes what it found.

Usage: safety.py [--histories N] [--first N] [--workers N] [--minutes N] [--out FILE]. The histories and the rules are
those of tests/care (`stories.py`, `safety.py`, `runners.py`); each is told by its number, so that what was found can be
told again.
Exits with 1 when anything was found.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE / "tests"))

from care.runners import violations  # noqa: E402 - from the tests, found just above
from care.safety import (  # noqa: E402 - the same
    harder_for_less_said,
    harder_for_more_pain,
    longer_for_more_pain,
    something_despite_a_flag,
)

MILLION = 1_000_000
CHUNK = 500
SALT = 100 * MILLION  # stories that the suite does not tell
SHOWN = 5
EVERY_S = 20.0
Tried = tuple[str, int, list[tuple[int, str]]]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule: its sentence, what breaks it, and its share of the histories."""

    says: str
    broken_by: Callable[[int], Iterator[str]]
    share: float


RULES: Mapping[str, Rule] = {
    "plan": Rule(
        says="More pain never gives a harder plan, and every plan keeps the rules: gates, rest, one step at a time",
        broken_by=harder_for_more_pain,
        share=0.45,
    ),
    "length": Rule(
        says="More pain now never gives a longer plan: neither minutes nor exercises",
        broken_by=longer_for_more_pain,
        share=0.05,
    ),
    "silence": Rule(
        says="A missing answer never counts as a good one, and nothing rises on a session without all its answers",
        broken_by=harder_for_less_said,
        share=0.2,
    ),
    "flags": Rule(
        says="A warning sign, a new one, youth, or no screening: no exercise and no running",
        broken_by=something_despite_a_flag,
        share=0.2,
    ),
    "running": Rule(
        says="More pain and fewer answers never raise the line; whoever runs it every day for three weeks never jumps, "
        "and never has a week that holds more than the ones before allow",
        broken_by=violations,
        share=0.1,
    ),
}
HEAD = """# How safe the plans are, as far as made-up histories can tell

Patella's rules are tried on histories that chance has made: sessions done in full, in part or not at all, answers of
every kind, gaps, facts that shut exercises, equipment that is missing, runs, races and rests. Of each the rules below
must hold. This page is made by `make safety`; the suite tries some of them every time (`tests/care/test_properties.py`,
`test_running.py`), with other histories.

What it shows: that in so many histories no rule was broken. What it does not show: that the rules are right. For that,
read what they came to in twelve weeks of a runner's life, in `tests/care/trajectories`, and the sources.

"More pain" raises the answers that are the knee's response: the worst pain in an exercise, the hour after, the mornings
that follow, now, and what was noted in between. What these are held against (pain before a session, the usual morning)
stays as it was. "Harder" is more resistance, more repetitions or a longer hold of the same exercise, a higher rung of a
ladder, more exercises that load the knee as much, or an exercise that was shut and is open.

"""


def try_chunk(name: str, start: int, count: int) -> Tried:
    """So many histories of one rule: what was found, each with its number."""
    rule = RULES[name]
    return name, count, [(n, sentence) for n in range(start, start + count) for sentence in rule.broken_by(n)]


def chunks(histories: int, first: int = 0) -> Iterator[tuple[str, int, int]]:
    """What is to be tried from the first history of each rule, the rules in turn, so that each has its share always."""
    left = {name: round(histories * rule.share) for name, rule in RULES.items()}
    starts = {name: SALT * (n + 1) + first for n, name in enumerate(RULES)}
    while any(left.values()):
        for name, rule in RULES.items():
            count = min(left[name], max(1, round(CHUNK * rule.share)))
            if count:
                yield name, starts[name], count
                starts[name] += count
                left[name] -= count


def page_of(tried: Counter[str], found: Iterable[tuple[str, int, str]]) -> str:
    """The page: a table of the rules, and the first of what broke them."""
    broken = list(found)
    stories = {name: len({n for rule, n, _ in broken if rule == name}) for name in RULES}
    rows = [f"| {rule.says} | {tried[name]:,} | {stories[name]} |" for name, rule in RULES.items()]
    total = f"| all | {sum(tried.values()):,} | {sum(stories.values())} |"
    table = ["| rule | histories | broken in |", "|---|--:|--:|", *rows, total]
    first = [f"- {name}, history {n}: {sentence}" for name, n, sentence in broken[:SHOWN]]
    return HEAD + "\n".join([*table, *(["", "First of what was found:", "", *first] if first else [])]) + "\n"


def main() -> int:
    """Try the histories with every core, show how far it is, and write the page."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--histories", type=int, default=MILLION)
    options.add_argument("--first", type=int, default=0, help="The number of each rule's first history.")
    options.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options.add_argument("--minutes", type=float, default=None, help="Stop after so long, and write what was tried.")
    options.add_argument("--out", type=Path, default=HERE / "docs" / "safety.md")
    asked = options.parse_args()
    tried: Counter[str] = Counter()
    found: list[tuple[str, int, str]] = []
    began = said = time.monotonic()
    with ProcessPoolExecutor(asked.workers) as pool:
        waiting: list[Future[Tried]] = []
        todo = chunks(asked.histories, asked.first)
        while True:
            late = asked.minutes is not None and time.monotonic() - began > asked.minutes * 60
            while not late and len(waiting) < 2 * asked.workers and (one := next(todo, None)):
                waiting.append(pool.submit(try_chunk, *one))
            if not waiting:
                break
            name, count, broken = waiting.pop(0).result()
            tried[name] += count
            found += [(name, n, sentence) for n, sentence in broken]
            if time.monotonic() - said > EVERY_S:
                said = time.monotonic()
                sys.stdout.write(f"{sum(tried.values()):,} of {asked.histories:,} histories, {len(found)} found\n")
                sys.stdout.flush()
                asked.out.write_text(page_of(tried, found), encoding="utf-8")  # whoever stops it keeps what it found
    asked.out.write_text(page_of(tried, found), encoding="utf-8")
    sys.stdout.write(
        f"{sum(tried.values()):,} histories in {(time.monotonic() - began) / 60:.0f} min, {len(found)} found\n"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
