"""Hours at the computer from ActivityWatch, asked on this machine alone and only when the person wants it.

Its watcher `aw-watcher-afk` notes from when to when keyboard or mouse were used. The address is always this machine's
own; no proxy is used and no redirect followed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta, tzinfo
from http.client import HTTPConnection, HTTPException
from urllib.parse import quote, urlencode

from patella.files.bad_file import BadFileError

HOST, PORT = "127.0.0.1", 5600
PATIENCE_S = 5.0
LARGEST_BYTES = 40_000_000
KIND, AT_IT = "afkstatus", "not-afk"
LONGEST_S = 86_400.0
YEARS = range(2000, 2100)


def hours_at_desk(since: date, before: date, zone: tzinfo | None, *, port: int = PORT) -> dict[date, float]:
    """Hours at the computer by local day, from `since` to ahead of `before`; days without any are left out.

    `zone`: the person's, None for this machine's. Raises BadFileError when ActivityWatch does not answer, or watches no
    keyboard.
    """
    start, end = (_midnight(d, zone) for d in (since, before))
    seconds: dict[date, float] = {}
    for bucket in _buckets(port):
        asked = urlencode({"start": start.isoformat(), "end": end.isoformat(), "limit": -1})
        for begun, lasted in _spells(_ask(f"/api/0/buckets/{quote(bucket, safe='')}/events?{asked}", port)):
            for day, part in _by_day(max(begun, start), min(begun + timedelta(seconds=lasted), end), zone):
                seconds[day] = seconds.get(day, 0.0) + part
    return {day: round(s / 3600, 2) for day, s in sorted(seconds.items())}


def _midnight(day: date, zone: tzinfo | None) -> datetime:
    moment = datetime.combine(day, time())
    return moment.astimezone() if zone is None else moment.replace(tzinfo=zone)


def _buckets(port: int) -> list[str]:
    said = _ask("/api/0/buckets/", port)
    found = said.items() if isinstance(said, Mapping) else ()
    names = [str(name) for name, about in found if isinstance(about, Mapping) and about.get("type") == KIND]
    if not names:
        raise BadFileError("ActivityWatch is here, but aw-watcher-afk has not noted anything yet.")
    return names


def _ask(path: str, port: int) -> object:
    connection = HTTPConnection(HOST, port, timeout=PATIENCE_S)
    try:
        connection.request("GET", path, headers={"Accept": "application/json"})
        response = connection.getresponse()
        content = response.read(LARGEST_BYTES + 1)
        if response.status != 200 or len(content) > LARGEST_BYTES:  # noqa: PLR2004 - HTTP's word for well
            raise BadFileError("ActivityWatch gave an answer that cannot be used.")
        return json.loads(content)
    except (OSError, HTTPException):
        raise BadFileError("ActivityWatch does not answer on this machine; is it running?") from None
    except (ValueError, RecursionError) as error:
        if isinstance(error, BadFileError):
            raise
        raise BadFileError("ActivityWatch gave an answer that cannot be used.") from None
    finally:
        connection.close()


def _spells(events: object) -> Iterator[tuple[datetime, float]]:
    """From when and for how many seconds somebody was there."""
    for event in events if isinstance(events, list) else []:
        if not isinstance(event, Mapping) or not isinstance(event.get("data"), Mapping):
            continue
        lasted = event.get("duration")
        if event["data"].get("status") != AT_IT or not isinstance(lasted, int | float):
            continue
        with suppress(ValueError, TypeError, LookupError):
            begun = datetime.fromisoformat(event["timestamp"])
            if begun.tzinfo is not None and begun.year in YEARS and 0 < lasted <= LONGEST_S:
                yield begun, float(lasted)


def _by_day(begun: datetime, ended: datetime, zone: tzinfo | None) -> Iterator[tuple[date, float]]:
    """The seconds of each local day between two moments."""
    while begun < ended:
        local = begun.astimezone(zone)
        midnight = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        until = min(ended, midnight)
        yield local.date(), (until - begun).total_seconds()
        begun = until
