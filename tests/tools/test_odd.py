"""The tool that films made-up bodies where things go wrong: what is true in such a film, and how sure a share is."""

from collections.abc import Callable
from typing import Any

import pytest

from tooling import load_tool


@pytest.fixture(scope="module")
def tools() -> Callable[[str], Any]:
    return lambda name: load_tool(f"accuracy/{name}")


def test_a_share_of_few_sets_is_told_with_how_sure_it_is(tools: Callable[[str], Any]) -> None:
    intervals = tools("intervals")
    assert intervals.interval(19, 20) == pytest.approx((0.764, 0.991), abs=0.001)
    assert intervals.interval(0, 10) == pytest.approx((0.0, 0.278), abs=0.001)
    assert intervals.share(20, 20) == "100% (84 to 100)"
    assert (intervals.interval(0, 0), intervals.share(0, 0)) == ((0, 1), "")


def test_of_a_film_that_begins_half_way_out_one_repetition_less_is_true(tools: Callable[[str], Any]) -> None:
    situations = tools("situations")
    (cut,) = situations.filmed("calf-raise", "begins half-way out", 1, 3)
    (whole,) = situations.filmed("calf-raise", "nothing special", 1, 3)
    assert (cut.true, whole.true) == (3, 4)
    assert cut.frames[0].t_s == pytest.approx(0, abs=0.2)
    assert "turns round" in situations.situations("squat")
    assert "two pulses at the top" not in situations.situations("side-plank")


def test_what_the_coach_makes_of_it_stands_in_the_tables(tools: Callable[[str], Any]) -> None:
    odd, others = tools("odd"), tools("others")
    (result,) = odd.judged(("calf-raise", "camera knocked", 1, 3))
    assert (result.true, result.counted) == (4, 4)
    seen = others.watched(("straight-leg-raise", "calf-raise"))
    assert (seen.counted, seen.alike) == (0, False)
    assert others.watched(("kettlebell-knee-extension", "seated-knee-extension")).alike
    page = odd.section([result], [seen], 3)
    assert "| camera knocked | 1 | 100% (21 to 100) | 100% (21 to 100) | 0 | 0 | 0 |" in page
    assert "Of 1 pairs that differ, 1 count nothing" in page
