"""Huawei Health's `motion path detail data.json`: every activity with its whole track in one text, and some slips.

The tracks are most of it, hundreds of megabytes after some years, and nothing of them is needed: the texts they stand
in are emptied while the file comes by the piece. Keys that are numbers without quotation marks are mended.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from patella.files.activity import Activity
from patella.files.bad_file import BadFileError
from patella.files.garmin import LATEST_S, number_of
from patella.files.row import Row
from patella.files.sport import sport_named, strange_word, surface_named, word_of

NAME = "motion path detail data"
MARKS = (b"HW_EXT_TRACK", b'"motionPathData"', b'"sportType"')
LARGEST_BYTES = 24_000_000  # without the tracks
MOST_ACTIVITIES, MOST_PARTS = 50_000, 300_000
MOST_BARE = 200_000  # keys that are mended, each of which takes its time; with more it is damaged
_TRACK = re.compile(rb'"attribute"\s{0,8}:\s{0,8}"')
_TEXT = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)
_BARE_KEY = re.compile(rb"([{,]\s{0,8})(\d{1,9}(?:\.\d{1,9})?)(\s{0,8}:)")
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")
_OVERLAP = len('"attribute":"') + 16


def is_huawei(head: bytes, name: str) -> bool:
    """Whether a file of this (lower case) name that begins so is Huawei's."""
    return name.startswith(NAME) or (head.lstrip()[:1] in (b"[", b"{") and any(mark in head for mark in MARKS))


def read_huawei(pieces: Iterable[bytes]) -> Iterator[Row]:
    """Its activities. Raises BadFileError."""
    content = bytearray()
    for part in _without_tracks(pieces):
        content += part
        if len(content) > LARGEST_BYTES:
            raise BadFileError(f"It is larger than {LARGEST_BYTES // 1_000_000} MB without its tracks; it is damaged.")
    if content.count(b"[") + content.count(b"{") > MOST_PARTS:
        raise BadFileError("It is of too many small parts: that is no list of activities.")
    try:
        said = json.loads(_BARE_KEY.sub(rb'\1"\2"\3', content, count=MOST_BARE))
    except (ValueError, RecursionError):
        raise BadFileError("It is JSON, but damaged.") from None
    for number, one in enumerate(_activities(said)):
        if number >= MOST_ACTIVITIES:
            raise BadFileError(f"It has more than {MOST_ACTIVITIES} activities.")
        yield _row(one)


def _without_tracks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """What there is beside the tracks, whose texts are left empty."""
    rest, within = b"", False
    for piece in pieces:
        rest, at = rest + piece, 0
        while True:
            if within:
                text = _TEXT.match(rest, at)
                at = text.end() if text else at
                if not rest.startswith(b'"', at):
                    break  # it goes on in the next piece, perhaps after half of an escape
                within = False
            found = _TRACK.search(rest, at)
            end = found.end() if found else max(at, len(rest) - _OVERLAP)
            yield rest[at:end]
            at, within = end, bool(found)
            if found is None:
                break
        rest = rest[at:]
    yield rest


def _activities(said: object) -> Iterator[Mapping[str, object]]:
    """Each of them, as the list has them since 2020, or by the day as before, or under a key of their own."""
    if isinstance(said, dict) and "sportType" in said:
        yield said
    elif isinstance(said, dict):
        for part in said.values():
            yield from _activities(part) if isinstance(part, list) else ()
    elif isinstance(said, list):
        for one in said:
            yield from _activities(one) if isinstance(one, dict) else ()


def _row(said: Mapping[str, object]) -> Row:
    begun, ended = (number_of(said, key, 1000) for key in ("startTime", "endTime"))
    word = word_of("huawei", str(said.get("sportType")))
    key = f"huawei {str(said.get('startTime'))[:20]} {word[:40]}"
    if begun is None or begun >= LATEST_S:
        return Row(at=key, key=key, activity=None)
    moving_s = number_of(said, "totalTime", 1000)
    activity = Activity(
        start=datetime.fromtimestamp(begun, UTC),
        offset=_offset(str(said.get("timeZone"))),
        sport=sport_named(word),
        source="json",
        distance_m=number_of(said, "totalDistance", 1) or None,
        moving_s=moving_s,
        elapsed_s=ended - begun if ended and ended > begun else moving_s,
        surface=surface_named(word),
        said=strange_word(word),
    )
    return Row(at=key, key=key, activity=activity)


def _offset(text: str) -> timedelta | None:
    found = _OFFSET.fullmatch(text.strip())
    if found is None:
        return None
    apart = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return (-apart if found[1] == "-" else apart) or None
