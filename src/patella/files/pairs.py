"""Shoes as platforms list them: Strava's `shoes.csv`, and Garmin's `..._gear.json` that says what was worn when.

Neither says how far a pair has gone: that is the sum of the runs that name it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice

from patella.files.activity import FIRST_YEAR, LAST_YEAR, plain_name
from patella.files.bad_file import BadFileError
from patella.files.spreadsheet import rows_of

LARGEST_BYTES = 5_000_000
MOST_PARTS = 300_000
MOST_PAIRS = 500
SHOES = "shoes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A pair of shoes by its name, with the first and the last day of use; None where the list does not say."""

    name: str
    since: date | None = None
    until: date | None = None


@dataclass(slots=True)
class Gear:
    """Pairs of shoes, and the name of the one that was worn by the key of an activity's line (`row.py`)."""

    pairs: list[Pair] = field(default_factory=list)
    worn: dict[str, str] = field(default_factory=dict)


def read_shoes(content: bytes) -> Iterator[Pair]:
    """The pairs of Strava's `shoes.csv`; one without a name goes by its make and model. Raises BadFileError."""
    for row in islice(rows_of(content), 1, None):
        name = plain_name(row[0]) if row else None
        name = name or plain_name(" ".join(row[1:3]))
        if name:
            yield Pair(name=name)


def read_gear(content: bytes) -> Gear:
    """The shoes of Garmin's `..._gear.json`; bikes and what is carried are left. Raises BadFileError."""
    gear = Gear()
    for whole in _loaded(content):
        listed, worn = whole.get("gearDTOS"), whole.get("gearActivityDTOs")
        named: dict[str, str] = {}
        for one in listed if isinstance(listed, list) else ():
            pair = _pair(one) if isinstance(one, dict) else None
            if pair and len(gear.pairs) < MOST_PAIRS:
                gear.pairs.append(pair)
                named[str(one.get("gearPk"))] = pair.name
        for number, activities in worn.items() if isinstance(worn, dict) else ():
            for activity in activities if number in named and isinstance(activities, list) else ():
                if isinstance(activity, dict):
                    gear.worn[f"garmin {activity.get('activityId')}"] = named[number]
    return gear


def _loaded(content: bytes) -> list[Mapping[str, object]]:
    if len(content) > LARGEST_BYTES or content.count(b"[") + content.count(b"{") > MOST_PARTS:
        raise BadFileError("It is a list of gear that is too long to be one.")
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        raise BadFileError("It is a list of gear, but damaged.") from None
    found: list[Mapping[str, object]] = [
        one for one in (said if isinstance(said, list) else [said]) if isinstance(one, dict) and "gearDTOS" in one
    ]
    if not found:
        raise BadFileError("It is JSON, but no list of gear.")
    return found


def _pair(said: Mapping[str, object]) -> Pair | None:
    """A pair, by the name that its owner gave it, else by its make and model. None for a bike, a vest, a strap."""
    if str(said.get("gearTypeName") or "").casefold() != SHOES:
        return None
    names = (said.get(key) for key in ("displayName", "customMakeModel"))
    name = next((n for said_so in names if isinstance(said_so, str) and (n := plain_name(said_so))), None)
    since, until = _day(said.get("dateBegin")), _day(said.get("dateEnd"))
    if name is None:
        return None
    return Pair(name=name, since=since, until=until if not (since and until and until < since) else None)


def _day(said: object) -> date | None:
    """A day as text, or in milliseconds since 1970."""
    found: date | None = None
    with suppress(ValueError, OverflowError, OSError):
        if isinstance(said, str):
            found = date.fromisoformat(said[:10])
        elif isinstance(said, int | float) and not isinstance(said, bool):
            found = datetime.fromtimestamp(said / 1000, UTC).date()
    return found if found and FIRST_YEAR <= found.year < LAST_YEAR else None
