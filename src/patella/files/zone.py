"""Which clock is kept at a place: that of the nearest town of the tz database, or of home where that is about as near.

The database's own list of towns comes with `tzdata`. It knows no borders; docs/files.md says how often that is wrong.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from math import acos, cos, radians, sin
from zoneinfo import ZoneInfo

NEAR = 5.0  # times as far as the nearest town: as far as home's clock is believed to reach
OFFICIAL = {"Asia/Urumqi": "Asia/Shanghai"}  # two clocks in one town; the first is what watches and phones show
PARTS = 10  # of a degree, within which places are one
_PLACE = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?([+-])(\d{3})(\d\d)(\d\d)?")

Place = tuple[float, float]  # degrees north and east
_Vector = tuple[float, float, float]


def offset_at(moment: datetime, place: Place, home: timedelta) -> timedelta:
    """The offset from UTC of the clock at a place (degrees north and east) at a moment; `home`: that of home then."""
    near = (_offset(moment, name) for name in _near(round(place[0] * PARTS), round(place[1] * PARTS)))
    nearest = next(near)
    return home if nearest == home or home in near else nearest


def _offset(moment: datetime, zone: str) -> timedelta:
    return moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()


@lru_cache(maxsize=2_000)
def _near(north: int, east: int) -> tuple[str, ...]:
    """The zones of the towns that are about as near as the nearest, which is first."""
    here = _vector(north / PARTS, east / PARTS)
    far = sorted((acos(max(-1.0, min(1.0, sum(a * b for a, b in zip(here, town, strict=True))))), i, zone)
                 for i, (town, zone) in enumerate(_towns()))  # fmt: skip
    return tuple(dict.fromkeys(zone for distance, _, zone in far if distance <= NEAR * far[0][0]))


@cache
def _towns() -> tuple[tuple[_Vector, str], ...]:
    found: list[tuple[_Vector, str]] = []
    for line in files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8").splitlines():
        said = line.split("\t")
        place = None if line.startswith("#") or len(said) < 3 else _PLACE.fullmatch(said[1])  # noqa: PLR2004 - its columns
        if place:
            town, zone = _vector(_degrees(*place.group(1, 2, 3, 4)), _degrees(*place.group(5, 6, 7, 8))), said[2]
            found += [(town, name) for name in (OFFICIAL.get(zone, zone), zone)]
    return tuple(found)


def _degrees(sign: str, whole: str, minutes: str, seconds: str | None) -> float:
    return int(f"{sign}1") * (int(whole) + int(minutes) / 60 + int(seconds or 0) / 3600)


def _vector(north: float, east: float) -> _Vector:
    up, along = radians(north), radians(east)
    return cos(up) * cos(along), cos(up) * sin(along), sin(up)
