"""Hours at the computer from ActivityWatch, asked on this machine alone and only when the person wants it.

Its watcher `aw-watcher-afk` notes from when to when keyboard or mouse were used. The address is always this machine's
own; no proxy is used and no redirect followed. Whoever serves pages meanwhile goes on answering.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta, tzinfo
from urllib.parse import quote, urlencode

import h11

from patella.files.bad_file import BadFileError

HOST, PORT = "127.0.0.1", 5600
PATIENCE_S = 5.0  # for everything that is asked
LARGEST_BYTES = 16_000_000
AT_ONCE = 500
KIND, AT_IT = "afkstatus", "not-afk"
LONGEST_S = 86_400.0
YEARS = range(2000, 2100)


async def hours_at_desk(since: date, before: date, zone: tzinfo | None, *, port: int = PORT) -> dict[date, float]:
    """Hours at the computer by local day, from `since` to ahead of `before`; days without any are left out.

    `zone`: the person's, None for this machine's. Raises BadFileError when ActivityWatch does not answer, or watches no
    keyboard.
    """
    start, end = (_midnight(d, zone) for d in (since, before))
    seconds: dict[date, float] = {}
    try:
        async with asyncio.timeout(PATIENCE_S):
            for bucket in await _buckets(port):
                asked = urlencode({"start": start.isoformat(), "end": end.isoformat(), "limit": -1})
                events = await _ask(f"/api/0/buckets/{quote(bucket, safe='')}/events?{asked}", port)
                for number, (begun, lasted) in enumerate(_spells(events)):
                    for day, part in _by_day(max(begun, start), min(begun + timedelta(seconds=lasted), end), zone):
                        seconds[day] = seconds.get(day, 0.0) + part
                    if number % AT_ONCE == 0:
                        await asyncio.sleep(0)
    except (OSError, h11.ProtocolError):
        raise BadFileError("ActivityWatch does not answer on this machine; is it running?") from None
    return {day: round(s / 3600, 2) for day, s in sorted(seconds.items())}


def _midnight(day: date, zone: tzinfo | None) -> datetime:
    moment = datetime.combine(day, time())
    return moment.astimezone() if zone is None else moment.replace(tzinfo=zone)


async def _buckets(port: int) -> list[str]:
    said = await _ask("/api/0/buckets/", port)
    found = said.items() if isinstance(said, Mapping) else ()
    names = [str(name) for name, about in found if isinstance(about, Mapping) and about.get("type") == KIND]
    if not names:
        raise BadFileError("ActivityWatch is here, but aw-watcher-afk has not noted anything yet.")
    return names


async def _ask(path: str, port: int) -> object:
    status, content = await _fetch(path, port)
    try:
        if status == 200:  # noqa: PLR2004 - HTTP's word for well
            return json.loads(content)
    except (ValueError, RecursionError):
        pass
    raise BadFileError("ActivityWatch gave an answer that cannot be used.")


async def _fetch(path: str, port: int) -> tuple[int, bytes]:
    """The status and what came with it. Raises OSError, h11.ProtocolError, and BadFileError where it is too much."""
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        line = h11.Connection(our_role=h11.CLIENT)
        headers = {"Host": f"{HOST}:{port}", "Accept": "application/json", "Connection": "close"}
        request = h11.Request(method="GET", target=path, headers=list(headers.items()))
        writer.write(b"".join(line.send(event) or b"" for event in (request, h11.EndOfMessage())))
        return await _heard(line, reader)
    finally:
        writer.close()


async def _heard(line: h11.Connection, reader: asyncio.StreamReader) -> tuple[int, bytes]:
    status, content = 0, bytearray()
    while True:
        event = line.next_event()
        if event is h11.NEED_DATA:
            line.receive_data(await reader.read(65_536))
        elif isinstance(event, h11.Response):
            status = event.status_code
        elif isinstance(event, h11.Data):
            content += event.data
            if len(content) > LARGEST_BYTES:
                raise BadFileError("ActivityWatch gave an answer that cannot be used.")
        elif isinstance(event, h11.EndOfMessage | h11.ConnectionClosed):
            return status, bytes(content)


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
