"""What `make mutants` tells: which rules, how sure the share is, and what survived."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from tooling import load_tool

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def mutants() -> ModuleType:
    return load_tool("mutants")


def test_every_rule_that_can_hurt_is_there_and_so_are_the_tests_that_are_to_notice(mutants: ModuleType) -> None:
    assert len(mutants.RULES) == 8
    assert [f for f in mutants.RULES if not (mutants.CODE / f).is_file()] == []
    assert [t for tests in mutants.RULES.values() for t in tests if not (ROOT / "tests" / t).is_file()] == []


def test_a_share_of_a_few_is_known_less_well_than_the_same_share_of_many(mutants: ModuleType) -> None:
    few, many = mutants.interval_of(9, 10), mutants.interval_of(90, 100)
    assert few[0] < many[0] < 0.9 < many[1] < few[1]
    assert mutants.interval_of(10, 10)[1] == pytest.approx(1)
    assert mutants.interval_of(10, 10)[0] == pytest.approx(0.72, abs=0.01)


def test_the_page_names_what_survived_and_what_is_a_loop_without_an_end_was_noticed(mutants: ModuleType) -> None:
    fates = ("killed", "endless", "survived")
    changes = tuple(
        mutants.Change(number=n, function="f", was="a < b", now=f"a <= {n}", fate=fate) for n, fate in enumerate(fates)
    )
    looked = mutants.Looked(file="care/pain.py", source="", made=9, seed=1, day="2026-11-29", changes=changes)
    page = mutants.page_of([looked])
    assert "| `care/pain.py` | 9 | 3 | 2 | 1 | 1 | 67% (21% to 94%, MISSED) |" in page
    assert "- `f`: `a < b` became `a <= 2`. Not read yet." in page
    assert page.count("became") == 1


def test_the_page_says_with_which_seed_each_file_was_drawn(mutants: ModuleType) -> None:
    changes = (mutants.Change(number=0, function="f", was="a", now="b", fate="killed"),)
    files = (("care/pain.py", 5), ("care/running.py", 2), ("motion/form.py", 5))
    looked = [
        mutants.Looked(file=file, source="", made=9, seed=seed, day="2026-11-29", changes=changes)
        for file, seed in files
    ]
    told = "with the seed 5 for care/pain.py and motion/form.py, the seed 2 for care/running.py."
    assert told in mutants.page_of(looked)
