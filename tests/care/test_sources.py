"""Every source is known, and cited by something."""

from __future__ import annotations

from dataclasses import replace

import pytest

from care.stories import a_history, a_plan, day
from patella.care.library import citations, unknown_sources, unused_sources
from patella.files.library import own_library

LIBRARY = own_library()
CITED = tuple(citations(LIBRARY))


def test_citations_name_the_file_and_the_key_they_stand_in() -> None:
    where = {(c.file, c.key) for c in CITED}
    assert {
        ("exercises/squat/exercise.toml", "sources"),
        ("reasons.toml", "chosen_hip"),
        ("scores.toml", "uwri"),
    } <= where
    assert not any(c.source == "exercise" for c in CITED)


def test_a_source_that_nothing_cites_is_named() -> None:
    used = {s: source for s, source in LIBRARY.sources.items() if s in {c.source for c in CITED}}
    assert list(unused_sources(replace(LIBRARY, sources=used), CITED)) == []
    more = replace(LIBRARY, sources={**used, "nobody-1999": used["hart-2022"]})
    (problem,) = unused_sources(more, CITED)
    assert str(problem) == "sources.toml: nobody-1999: is cited by nothing: cite it, or take it out."


def test_a_source_that_is_cited_and_not_there_is_named_where_it_is_cited() -> None:
    without = replace(LIBRARY, sources={s: v for s, v in LIBRARY.sources.items() if s != "nelson-2020"})
    (problem,) = unknown_sources(without, CITED)
    assert (problem.file, problem.key) == ("scores.toml", "uwri")


@pytest.mark.parametrize(
    ("exercise", "reason", "source"),
    [
        ("terminal-knee-extension", "chosen_knee", "collins-2018"),
        ("medicine-ball-squeeze", "chosen_squeeze", "routine"),
    ],
)
def test_the_squeeze_is_not_chosen_for_what_research_says_of_knee_exercise(
    exercise: str, reason: str, source: str
) -> None:
    item = next(i for i in a_plan(day(10), a_history()).items if i.exercise.id == exercise)
    given = next(r for r in item.because if r.about == "exercise")
    assert (given.key, given.source) == (reason, source)
