"""Hours at the desk from a real small HTTP server that answers as ActivityWatch does."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, timedelta, timezone

import pytest

from files.watcher import Watcher, spell, watching
from patella.files.activitywatch import hours_at_desk
from patella.files.bad_file import BadFileError

FIRST, AFTER = date(2026, 10, 30), date(2026, 11, 2)
BUCKET = "aw-watcher-afk_here"


def hours(watcher: Watcher, zone: timezone = UTC) -> dict[str, float]:
    with watching(watcher):
        found = asyncio.run(hours_at_desk(FIRST, AFTER, zone, port=watcher.port))
    return {day.isoformat(): h for day, h in found.items()}


def test_only_the_time_at_the_keyboard_counts_and_only_its_bucket_is_asked() -> None:
    spells = [
        spell("2026-10-31T08:00:00+00:00", 2),
        spell("2026-10-31T10:00:00+00:00", 1, "afk"),
        spell("2026-10-31T11:00:00+00:00", 0.5),
    ]
    watcher = Watcher(events={BUCKET: spells, "aw-watcher-window_here": [spell("2026-10-31T12:00:00+00:00", 9)]})
    assert hours(watcher) == {"2026-10-31": 2.5}
    assert [path.split("?")[0] for path in watcher.asked] == [
        "/api/0/buckets/",
        "/api/0/buckets/aw-watcher-afk_here/events",
    ]


def test_a_spell_over_midnight_is_shared_between_the_days_of_the_persons_own_zone() -> None:
    events = {BUCKET: [spell("2026-10-31T22:00:00+00:00", 3)]}
    assert hours(Watcher(events=events)) == {"2026-10-31": 2.0, "2026-11-01": 1.0}
    east = timezone(timedelta(hours=1))
    assert hours(Watcher(events=events), east) == {"2026-10-31": 1.0, "2026-11-01": 2.0}


def test_what_lies_outside_the_days_that_are_asked_for_is_cut_off() -> None:
    spells = [spell("2026-10-29T23:00:00+00:00", 2), spell("2026-11-01T23:30:00+00:00", 4)]
    assert hours(Watcher(events={BUCKET: spells})) == {"2026-10-30": 1.0, "2026-11-01": 0.5}


def test_days_without_a_word_are_left_out_and_not_zero() -> None:
    assert hours(Watcher(events={BUCKET: []})) == {}


@pytest.mark.parametrize(
    "strange",
    [
        "text",
        {"timestamp": "2026-10-31T08:00:00+00:00", "duration": 3600, "data": None},
        {"timestamp": "2026-10-31T08:00:00", "duration": 3600, "data": {"status": "not-afk"}},
        {"timestamp": 5, "duration": 3600, "data": {"status": "not-afk"}},
        {"timestamp": "2026-10-31T08:00:00+00:00", "duration": "long", "data": {"status": "not-afk"}},
        spell("2026-10-31T08:00:00+00:00", -1),
        spell("2026-10-31T08:00:00+00:00", 25),
        {"data": {"status": "not-afk"}, "duration": 5},
        spell("9999-12-31T23:00:00+00:00", 5),
    ],
)
def test_a_strange_event_is_stepped_over(strange: object) -> None:
    assert hours(Watcher(events={BUCKET: [strange, spell("2026-10-31T12:00:00+00:00", 1)]})) == {"2026-10-31": 1.0}


@pytest.mark.parametrize(
    ("watcher", "why"),
    [
        (Watcher(buckets={}), "aw-watcher-afk has not noted anything"),
        (Watcher(buckets=["what"]), "aw-watcher-afk has not noted anything"),
        (Watcher(whole=b"<html>"), "cannot be used"),
        (Watcher(whole=b"[" * 100_000), "cannot be used"),
        (Watcher(whole=b"{}", status=500), "cannot be used"),
        (Watcher(whole=b"{}", status=302), "cannot be used"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(watcher: Watcher, why: str) -> None:
    with pytest.raises(BadFileError, match=why):
        hours(watcher)


def test_nobody_there_is_one_sentence() -> None:
    with watching(Watcher()) as watcher:
        port = watcher.port
    with pytest.raises(BadFileError, match="is it running"):
        asyncio.run(hours_at_desk(FIRST, AFTER, UTC, port=port))
