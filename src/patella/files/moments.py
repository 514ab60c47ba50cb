"""Days and times as the lists of platforms write them, in the language of the account."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

TABLE = "months.toml"  # written by tools/months.py
LONGEST, LEAST_LETTERS, MOST_WORDS = 80, 4, 7
_TIME = re.compile(r"(\d{1,2})(?:[:.]| h )(\d{2})(?:(?:[:.]| min )(\d{2}))?(?!\d)(?![.:/]\d)")
_NUMBERS = re.compile(r"\d+")
_SILENT = ".'\u2019\u02bc\u02bb"  # points and apostrophes
_YEAR_DIGITS, _NOON, MONTHS = 4, 12, 12
_UNPARTED = ("下午", "午後", "오후"), ("上午", "午前", "오전")  # in scripts that leave no blank between words


@dataclass(frozen=True, slots=True)
class _Names:
    months: Mapping[str, int]
    ordered: Sequence[str]
    mornings: frozenset[str]
    afternoons: frozenset[str]


@cache
def _names() -> _Names:
    """What is said in any language that is known."""
    table = tomllib.loads(files("patella.files").joinpath(TABLE).read_text("utf-8"))
    listed = {key: frozenset(names.split("\n")) for key, names in table.items()}
    months = {name: number for number in range(1, MONTHS + 1) for name in listed[str(number)]}
    return _Names(months, sorted(months), listed["morning"], listed["afternoon"])


def phrases_in(text: str) -> list[list[str]]:
    """The words of a text that follow each other with nothing but blanks between, in lower case.

    Points and apostrophes in them are nothing; whatever else is no letter parts phrases.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return [words for part in "".join(map(_kept, plain)).split("\n") if (words := part.split())]


@cache
def _kept(sign: str) -> str:
    if sign.isalpha() or unicodedata.category(sign)[0] == "M":
        return sign
    return "" if sign in _SILENT else " " if sign.isspace() else "\n"


def read_listed_moment(text: str) -> datetime | None:
    """The moment that such a text says, taken to be in UTC; None where it cannot be read.

    A year stands first or last; of numbers alone the day stands ahead of the month, unless the year is first or it can
    only be the other way round.
    """
    plain = " ".join(text[:LONGEST].split())
    times = list(_TIME.finditer(plain))
    if not times:
        return None
    clock = times[-1]
    phrases = phrases_in(plain)
    names = {name for words in phrases for name in _joined(words)}
    day = _day(plain[: clock.start()] + " " + plain[clock.end() :], _months_in(phrases, names))
    if day is None:
        return None
    hour = int(clock[1])
    if names & _names().afternoons or any(word in plain for word in _UNPARTED[0]):
        hour = hour % _NOON + _NOON
    elif names & _names().mornings or any(word in plain for word in _UNPARTED[1]):
        hour %= _NOON
    try:
        return datetime(*day, hour, int(clock[2]), int(clock[3] or 0), tzinfo=UTC)
    except ValueError:
        return None


def _joined(words: Sequence[str]) -> Iterator[str]:
    """Each word, and a few that follow each other as one: some languages name a month in two."""
    for first in range(len(words)):
        for last in range(first + 1, min(first + MOST_WORDS, len(words)) + 1):
            yield "".join(words[first:last])


def _months_in(phrases: Sequence[Sequence[str]], names: set[str]) -> set[int]:
    """The months that are named, in full or cut short; of a name within a longer one nothing is said."""
    known = _names().months
    found = {name: known[name] for name in names & known.keys()}
    for word in (word for words in phrases for word in words if word not in found):
        if (month := _cut_short(word)) is not None:
            found[word] = month
    return {month for name, month in found.items() if not any(name in longer for longer in found if longer != name)}


def _cut_short(word: str) -> int | None:
    """The month of a name that was cut short, if it can be no other."""
    months, ordered = _names().months, _names().ordered
    meant: set[int] = set()
    for known in ordered[bisect_left(ordered, word) :] if len(word) >= LEAST_LETTERS else ():
        if not known.startswith(word):
            break
        meant.add(months[known])
    return meant.pop() if len(meant) == 1 else None


def _day(text: str, named: set[int]) -> tuple[int, int, int] | None:
    """The year, the month and the day."""
    numbers = _NUMBERS.findall(text)
    years = [n for n in numbers if len(n) == _YEAR_DIGITS]
    if len(years) != 1:
        return None
    others = [int(n) for n in numbers if len(n) < _YEAR_DIGITS]
    if len(named) == 1 and len(others) == 1:
        return int(years[0]), min(named), others[0]
    if named or len(others) != 2:  # noqa: PLR2004 - a month and a day
        return None
    first, second = others
    month_first = numbers[0] == years[0] or second > MONTHS
    return (int(years[0]), first, second) if month_first else (int(years[0]), second, first)
