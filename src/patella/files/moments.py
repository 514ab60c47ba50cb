"""Days and times as the lists of platforms write them, in the language of the account."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

LONGEST, LEAST_LETTERS = 80, 4
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?!\d)(?![.:/]\d)")
_NUMBERS = re.compile(r"\d+")
_WORDS = re.compile(r"[^\W\d_]+")
_AFTERNOON = re.compile(r"\bp\.?\s?m\b|下午|午後|오후")
_MORNING = re.compile(r"\ba\.?\s?m\b|上午|午前|오전")
_YEAR_DIGITS, _NOON, _MONTHS = 4, 12, 12


@cache
def months() -> Mapping[str, int]:
    """The names of months and their short forms, in lower case and without points, in every language that is known."""
    table = tomllib.loads(files("patella.files").joinpath("months.toml").read_text("utf-8"))
    return {name: number for number in range(1, _MONTHS + 1) for name in table[str(number)]["names"]}


def read_listed_moment(text: str) -> datetime | None:
    """The moment that such a text says, taken to be in UTC; None where it cannot be read.

    A year stands first or last; of numbers alone the day stands ahead of the month, unless the year is first or it can
    only be the other way round.
    """
    plain = " ".join(text[:LONGEST].split()).casefold()
    times = list(_TIME.finditer(plain))
    if not times:
        return None
    clock = times[-1]
    day = _day(plain[: clock.start()] + " " + plain[clock.end() :])
    if day is None:
        return None
    hour = int(clock[1])
    if _AFTERNOON.search(plain):
        hour = hour % _NOON + _NOON
    elif _MORNING.search(plain):
        hour %= _NOON
    try:
        return datetime(*day, hour, int(clock[2]), int(clock[3] or 0), tzinfo=UTC)
    except ValueError:
        return None


def _month(word: str) -> int | None:
    """The month of a name, or of one cut short that can be no other."""
    if len(word) < LEAST_LETTERS or word in months():
        return months().get(word)
    meant = {number for name, number in months().items() if name.startswith(word)}
    return meant.pop() if len(meant) == 1 else None


def _day(text: str) -> tuple[int, int, int] | None:
    """The year, the month and the day."""
    numbers = _NUMBERS.findall(text)
    named = [month for word in _WORDS.findall(text) if (month := _month(word))]
    years = [n for n in numbers if len(n) == _YEAR_DIGITS]
    if len(years) != 1:
        return None
    others = [int(n) for n in numbers if len(n) < _YEAR_DIGITS]
    if len(set(named)) == 1 and len(others) == 1:
        return int(years[0]), named[0], others[0]
    if named or len(others) != 2:  # noqa: PLR2004 - a month and a day
        return None
    first, second = others
    month_first = numbers[0] == years[0] or second > _MONTHS
    return (int(years[0]), first, second) if month_first else (int(years[0]), second, first)
