"""A diary that was saved on another device is brought in: by a real log, in real files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from patella.store.entry import StoreError
from patella.store.export import export_json, restore
from patella.store.joining import Merged
from patella.store.log import Log
from patella.store.merging import merge, merging
from patella.store.order import Row, first_said, in_order, place_of
from patella.store.originals import Originals, name_of
from patella.store.rows import row_of
from patella.store.whole import export_whole, merge_whole
from store.apart import Apart, diaries_apart
from store.conftest import complaints, in_a_file
from store.diary import entry

DAYS = timedelta(days=1)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Log]:
    with Log.open(tmp_path / "other") as opened:
        yield opened


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[Log], Path]:
    def save(log: Log) -> Path:
        file = tmp_path / f"{log.folder.name}.json"
        export_json(log, file, replace=True)
        return file

    return save


def ids(log: Log) -> list[str]:
    return [e.id for e in log.entries()]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(apart=diaries_apart())
def test_merged_both_ways_both_exports_are_the_same_bytes_and_stay_so(
    log: Log, other: Log, saved: Callable[[Log], Path], apart: Apart
) -> None:
    for one, entries in ((log, apart.one), (other, apart.other)):
        one.erase()
        one.append(entries)
    mine, theirs = saved(log).read_bytes(), saved(other)
    came = merge(log, theirs)
    assert came.entries == len({e.id for e in apart.other} - {e.id for e in apart.one})
    assert came.here_only == len({e.id for e in apart.one} - {e.id for e in apart.other})
    as_it_was = saved(log)
    as_it_was.write_bytes(mine)  # as it was saved, ahead of the merge
    merge(other, as_it_was)
    assert saved(log).read_bytes() == saved(other).read_bytes()
    said: dict[str, Row] = {}
    for row in map(row_of, (*apart.one, *apart.other)):
        name = str(row["id"])
        said[name] = first_said(said[name], row) if name in said else row
    assert ids(log) == in_order(map(place_of, said.values()))
    before = log.mark()
    assert merge(log, saved(other)) == Merged()
    assert log.mark() == before
    assert complaints(log) == []


def test_it_says_what_came_and_what_the_other_device_has_not(
    log: Log, other: Log, saved: Callable[[Log], Path]
) -> None:
    log.append([entry(1, "a.kind"), entry(2, "a.kind")])
    other.append([entry(1, "a.kind"), entry(3, "a.kind"), replace(entry(3, "a.kind"), id="id 3b"), entry(4, "a.kind")])
    came = merge(log, saved(other))
    assert came == Merged(entries=3, days=2, here_only=1)
    assert came.text.startswith("3 entries from 2 days were new. 1 entry of this diary is not in that file: save")
    assert merge(other, saved(log)).text == "1 entry from 1 day was new."
    assert merge(log, saved(other)).text == "Nothing in it was new: all of it is here already."


def test_an_empty_diary_takes_in_a_whole_one(log: Log, other: Log, saved: Callable[[Log], Path]) -> None:
    other.append([entry(1, "a.kind"), entry(2, "a.kind")])
    assert merge(log, saved(other)).entries == 2
    assert log.owner() is not None
    assert saved(log).read_bytes() == saved(other).read_bytes()
    assert merge(log, saved(log)) == Merged()


def test_what_is_written_after_a_merge_comes_last_and_no_number_is_given_twice(
    log: Log, other: Log, saved: Callable[[Log], Path]
) -> None:
    log.append([entry(2, "a.kind"), entry(4, "a.kind")])
    other.append([entry(1, "a.kind")])
    merge(log, saved(other))
    assert ids(log) == ["id 1", "id 2", "id 4"]
    mark = log.mark()
    log.append([entry(3, "a.kind")])
    assert ids(log) == ["id 1", "id 2", "id 4", "id 3"]
    assert log.mark() > mark
    mark = log.mark()
    log.erase()
    log.append([entry(5, "a.kind")])
    assert log.mark() > mark


def test_whoever_was_writing_meanwhile_goes_on_writing(log: Log, other: Log, saved: Callable[[Log], Path]) -> None:
    log.append([entry(2, "a.kind")])
    owner = log.owner()
    other.append([entry(1, "a.kind")])
    merge(log, saved(other))
    log.append([entry(3, "a.kind")], of=owner)
    assert ids(log) == ["id 1", "id 2", "id 3"]


def test_the_same_file_of_a_watch_imported_on_both_is_one_entry_and_the_first_word_holds(
    log: Log, other: Log, saved: Callable[[Log], Path]
) -> None:
    early = entry(1, "run.added", sport="running", source="fit", name="early")
    late = replace(early, at=early.at + timedelta(hours=1), body={**early.body, "name": "late"})
    log.append([entry(0, "a.kind"), late, entry(2, "a.kind")])
    other.append([early])
    theirs, mine = saved(other), saved(log)
    assert merge(log, theirs).entries == 0
    assert merge(other, mine).entries == 2
    assert [e.body["name"] for e in log.entries(kinds=["run.added"])] == ["early"]
    assert saved(log).read_bytes() == saved(other).read_bytes()


def test_what_was_worked_out_of_days_that_changed_is_forgotten_and_nothing_else(
    log: Log, other: Log, saved: Callable[[Log], Path]
) -> None:
    log.append([entry(n, "a.kind") for n in (1, 5, 9)])
    first = entry(0).day
    for name, since, day in (("early", first, first + 3 * DAYS), ("late", first + 8 * DAYS, first + 10 * DAYS)):
        log.remembered.keep(name, day, name, since=since)
    log.remembered.keep("sum", first + 3 * DAYS, "early")
    log.remembered.keep("sum", first + 10 * DAYS, "late")
    other.append([entry(6, "a.kind")])
    merge(log, saved(other))
    assert (log.remembered.span("early"), log.remembered.span("late")) == ("early", None)
    assert log.remembered.memo("sum", no_later_than=first + 20 * DAYS) == (first + 3 * DAYS, "early")


@in_a_file
def test_what_was_said_in_ignorance_of_the_clock_is_read_the_same_by_all_who_have_it_open(
    log: Log, other: Log, saved: Callable[[Log], Path]
) -> None:
    said = [replace(entry(n, "pain.noted", nprs=n, when="morning"), session_id=None) for n in range(5)]
    log.append(said[::2])
    with Log.open(log.path.parent) as elsewhere:
        assert len(elsewhere.entries(sound=True)) == 3
        other.append(said[1::2])
        merge(log, saved(other))
        assert [e.body["nprs"] for e in elsewhere.entries(sound=True)] == [0, 1, 2, 3, 4]


BROKEN: dict[str, Callable[[str], str]] = {
    "torn": lambda text: text[: len(text) // 2],
    "newer": lambda text: text.replace('"version":1', '"version":2'),
    "other": lambda text: text.replace("patella-diary", "knee-diary"),
    "twice": lambda text: text.replace("id 3", "id 1"),
    "wrong": lambda text: text.replace('"kind":"a.kind"', '"kind":"pain.noted"'),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_file_that_could_not_be_restored_changes_nothing_and_says_why(
    log: Log, other: Log, saved: Callable[[Log], Path], broken: str
) -> None:
    log.append([entry(2, "a.kind")])
    before = saved(log).read_bytes()
    other.append([entry(1, "a.kind"), entry(3, "a.kind")])
    file = saved(other)
    file.write_text(BROKEN[broken](file.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(StoreError, match=r"other\.json.*\.$"):
        merge(log, file)
    assert saved(log).read_bytes() == before


def test_a_merge_that_is_broken_off_in_the_middle_leaves_all_as_it_was(
    log: Log, other: Log, saved: Callable[[Log], Path]
) -> None:
    log.append([replace(entry(n, "a.kind"), id=f"here {n}") for n in range(1, 600, 2)])
    other.append([replace(entry(n, "a.kind"), id=f"there {n}") for n in range(0, 600, 2)])
    before, file = saved(log).read_bytes(), saved(other)
    steps = len(list(merging(log, file)))
    assert steps > 6
    with Log.open(log.path.parent.with_name("third")) as third:
        restore(third, write(log.path.parent.with_suffix(".before"), before))
        for stop in range(1, steps - 1):
            work = merging(third, file)
            for _ in range(stop):
                next(work)
            work.close()  # type: ignore[attr-defined]
            assert len(third.entries()) == 300
        assert saved(third).read_bytes() == before
        merge(third, file)
        assert saved(third).read_bytes() == saved(log).read_bytes()


def write(file: Path, content: bytes) -> Path:
    file.write_bytes(content)
    return file


def test_kinds_and_keys_of_a_newer_version_come_along_as_they_are(
    log: Log, other: Log, saved: Callable[[Log], Path]
) -> None:
    log.append([entry(1, "a.kind")])
    strange = {"glow": [1, {"deep": None}], "of": 7}
    other.append([entry(0, "of.tomorrow", **strange), entry(2, "pain.noted", nprs=2, when="morning", hue="blue")])
    merge(log, saved(other))
    assert [e.body for e in log.entries()] == [strange, {}, {"nprs": 2, "when": "morning", "hue": "blue"}]


def test_originals_come_along_in_an_archive_and_those_here_stay(log: Log, other: Log, tmp_path: Path) -> None:
    for one, content in ((log, b"here"), (other, b"there")):
        one.append([replace(entry(1, "a.kind"), id=content.decode(), at=datetime(2026, 5, 3, tzinfo=UTC))])
        originals = Originals(one.path.parent)
        originals.keep(name_of(content), "fit", content, packed=False)
        originals.settle()
    both = [tmp_path / "log.zip", tmp_path / "other.zip"]
    export_whole(log, both[0])
    export_whole(other, both[1])
    assert merge_whole(log, both[1]) == Merged(entries=1, days=1, here_only=1)
    assert merge_whole(other, both[0]).entries == 1
    assert {f.read_bytes() for f in Originals(log.path.parent).files()} == {b"here", b"there"}
    export_whole(log, both[0], replace=True)
    export_whole(other, both[1], replace=True)
    assert both[0].read_bytes() == both[1].read_bytes()


def test_after_an_erase_the_other_device_still_has_what_it_was_given(
    log: Log, other: Log, saved: Callable[[Log], Path]
) -> None:
    """An erase leaves no trace, so none that could tell the other device to forget."""
    log.append([entry(1, "a.kind")])
    merge(other, saved(log))
    log.erase()
    assert other.entries()[0].day == date(2026, 1, 2)
    assert merge(log, saved(other)).entries == 1
