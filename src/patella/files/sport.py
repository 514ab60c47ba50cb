"""What an activity was, from the word its file or list uses for it, in the languages that lists come in.

The words stand in `sports.toml`, vendors' numbers in `numbers.toml`. Nothing is guessed: a word that is not there gives
an unknown sport, and is asked for.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from patella.files.activity import RUNNING, UNKNOWN, plain_name

NOTHING = frozenset({"", "other", "unknown", "uncategorized", "generic", "default", "sport", "workout other"})
SURFACES: Mapping[str, tuple[str, str | None]] = {
    "trail running": (RUNNING, "trail"),
    "treadmill running": (RUNNING, "treadmill"),
    "track running": (RUNNING, "track"),
}
_BETWEEN = re.compile(r"[\s_./-]+")
_STEM = re.compile(r"\.(?:fit|gpx|tcx|kml|csv|json|gz)$")


class Sport(NamedTuple):
    """A sport in plain English, and what a run of that word is on."""

    name: str
    surface: str | None = None


@cache
def words() -> Mapping[str, Sport]:
    """Every known word, as `_key` writes it. Raises ValueError where one of them would name two sports."""
    found: dict[str, Sport] = {}
    table = tomllib.loads(files("patella.files").joinpath("sports.toml").read_text("utf-8"))
    for language, sports in table.items():
        for name, said in sports.items():
            sport = Sport(*SURFACES.get(name, (name, None)))
            for word in said if name != "seen" else ():
                if found.setdefault(_key(word), sport).name != sport.name:
                    raise ValueError(f"{word} ({language}) names two sports.")
    return found


@cache
def _numbers() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """What vendors' numbers stand for."""
    return tomllib.loads(files("patella.files").joinpath("numbers.toml").read_text("utf-8"))


def word_of(vendor: str, number: str) -> str:
    """The word for a vendor's number; where it is not known the number with the vendor's name, to be asked for."""
    told = _numbers()[vendor]
    return told["words"].get(number, f"{told['name']} {number}")


def sport_named(word: str | None) -> str:
    """The sport a word names; unknown where it says nothing, and where it is not known."""
    known = words().get(_key(word))
    return known.name if known else UNKNOWN


def surface_named(word: str | None) -> str | None:
    """The surface that the word for a run tells, such as that of a trail run."""
    known = words().get(_key(word))
    return known.surface if known else None


def strange_word(word: str | None) -> str | None:
    """The word itself, where it says something that is not known here: it is to be asked for."""
    key = _key(word)
    return None if key in NOTHING or key in words() else plain_name(word)


def sport_of_name(name: str) -> str:
    """What the last part of a file's own name says, as some exports write it (`2026-09-03_PT50M_Walking.tcx`)."""
    last = name.lower().removesuffix(".gz").rpartition("/")[2]
    stem = _STEM.sub("", last)
    word = stem.rpartition("_")[2]
    return UNKNOWN if word == stem or word.isdigit() else sport_named(word)


def _key(word: str | None) -> str:
    return " ".join(part for part in _BETWEEN.split((word or "").casefold()) if part)
