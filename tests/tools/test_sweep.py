"""The tool that lets the coach watch made-up bodies: the same sets each time, and nothing hidden of how they went."""

import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from patella.motion.performance import Fault
from tooling import load_tool


@pytest.fixture(scope="module")
def sweep() -> ModuleType:
    return load_tool("accuracy/sweep")


def plain(sweep: ModuleType, **changes: object) -> Any:  # noqa: ANN401 - a class of the tool
    """A set in the best of rooms."""
    first = next(iter(sweep.drawn("terminal-knee-extension", 1, 1)))
    easy = {
        "side": "R", "build": "slim", "yaw_deg": 0, "rate_hz": 15, "jitter_mm": 1, "dropped": 0.0, "tempo": "quick",
        "before": "keeps still", "faults": (None,) * 4,
    }  # fmt: skip
    return replace(first, **(easy | changes))


def test_the_same_seed_draws_the_same_sets_and_another_one_others(sweep: ModuleType) -> None:
    drawn = [list(sweep.drawn("squat", 20, seed)) for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert {s.yaw_deg for s in drawn[0]} >= set(sweep.INSIDE_DEG)


def test_a_plain_set_is_counted_and_clean(sweep: ModuleType) -> None:
    result = sweep.judged(plain(sweep))
    assert (result.counted, result.off, result.false_counts) == (4, 0, 0)
    assert result.true == result.found == result.false == ()
    assert result.knee_error_deg < 8


def test_faults_are_told_apart_by_repetition(sweep: ModuleType) -> None:
    result = sweep.judged(plain(sweep, faults=(None, Fault.HEEL_RISE, None, Fault.HEEL_RISE)))
    assert result.true == result.found == ("heel_rise", "heel_rise")
    assert result.false == ()


def test_the_section_replaces_its_older_self_and_leaves_the_rest(
    sweep: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "accuracy.md"
    page.write_text("# How right\n\nFigures.\n", encoding="utf-8")
    results = [sweep.judged(plain(sweep))]
    monkeypatch.setattr(sweep, "OUT", page)
    monkeypatch.setattr(sweep, "swept", lambda *_: results)
    monkeypatch.setattr(sys, "argv", ["sweep.py"])
    assert sweep.main() == 0
    once = page.read_text(encoding="utf-8")
    assert sweep.main() == 0
    assert page.read_text(encoding="utf-8") == once
    assert once.startswith("# How right\n\nFigures.\n\n## Made-up bodies\n")
    assert "Of 1 sets, 100.0% were counted exactly" in once
    assert "| terminal-knee-extension | 1 | 100% | 100% | 0 |" in once
