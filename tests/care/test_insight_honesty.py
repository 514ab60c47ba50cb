"""How often a look at the diary is wrong, and what it sees, where the truth is known; `make insight` does more."""

from __future__ import annotations

from math import comb

import pytest

from care.diaries import EFFECTS, NOTHING, chance_of, diary
from patella.care.insight import look

pytestmark = pytest.mark.slow

DIARIES = 36
DAYS = 120
ALLOWED = 0.05


def false_findings(kind: str, diaries: int) -> int:
    make = NOTHING[kind]
    return sum(bool(look(diary(make(chance_of(seed), DAYS))).findings) for seed in range(diaries))


def unlikely_from(diaries: int, *, below: float) -> int:
    """The fewest false findings that a look wrong in one of twenty diaries has with less than this probability."""
    tail, count = 1.0, 0
    while tail >= below:
        tail -= comb(diaries, count) * ALLOWED**count * (1 - ALLOWED) ** (diaries - count)
        count += 1
    return count


def test_where_nothing_goes_with_anything_one_diary_in_twenty_at_most_finds_something() -> None:
    found = {kind: false_findings(kind, DIARIES) for kind in NOTHING}
    assert sum(found.values()) <= ALLOWED * DIARIES * len(NOTHING), found
    assert max(found.values()) < unlikely_from(DIARIES, below=0.005), found


@pytest.mark.parametrize(("name", "at_least"), [(n, 8) for n in EFFECTS])
def test_two_points_of_pain_are_seen_within_half_a_year(name: str, at_least: int) -> None:
    make, factor, lag = EFFECTS[name]
    seen = 0
    for seed in range(10):
        found = look(diary(make(chance_of(seed), 180, 2.0)))
        seen += any((f.factor, f.lag_days) == (factor, lag) for f in found.findings)
    assert seen >= at_least
