"""The names of months: written by a tool from the CLDR, and dates of every language read by them."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from functools import cache
from types import ModuleType

import pytest
from babel import Locale, localedata
from babel.dates import format_date, format_time

from patella.files.moments import read_listed_moment
from tooling import load_tool

FORMS = ("medium", "long")
DAYS = [datetime(2026, month, 13, hour, 7, 9, tzinfo=UTC) for month in range(1, 13) for hour in (6, 18)]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    return load_tool("months")


@cache
def read_in(language: str) -> Counter[str]:
    """How many dates of a language are read right, wrong or not at all."""
    locale = Locale.parse(language)
    found: Counter[str] = Counter()
    for day in DAYS:
        for form in FORMS:
            clock, date = format_time(day, "medium", locale=locale), format_date(day, form, locale=locale)
            read = read_listed_moment(f"{date} {clock}")
            found["right" if read == day else "unknown" if read is None else "wrong"] += 1
    return found


def test_the_table_is_what_the_tool_writes(tool: ModuleType) -> None:
    assert tool.OUT.read_text("utf-8") == tool.table()


def test_every_date_of_a_language_that_platforms_write_is_read(tool: ModuleType) -> None:
    right = Counter(right=2 * len(DAYS))

    assert [name for name in tool.PLATFORMS if read_in(name) != right] == []


def test_of_the_dates_of_all_languages_few_are_not_read_and_next_to_none_is_read_as_another() -> None:
    languages = {Locale.parse(name).language for name in localedata.locale_identifiers()}
    found = sum(map(read_in, sorted(languages)), Counter[str]())

    assert found["right"] > 0.95 * found.total()
    assert found["wrong"] < 0.01 * found.total()
