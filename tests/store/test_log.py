from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, update

from patella.store import sqlite, tables
from patella.store.entry import Entry, ErasedError, StoreError
from patella.store.log import Log
from patella.store.sqlite_file import SqliteFile
from store.conftest import in_a_file
from store.diary import FIRST_DAY, entry, people

CANARY = "canary-7f3a91"


def day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)


def numbers(entries: list[Entry]) -> list[int]:
    return [int(entry.id.split()[1]) for entry in entries]


def test_what_is_appended_is_read_again_by_another_process_in_the_order_of_writing(tmp_path: Path) -> None:
    written = [entry(3, reps=12), entry(1, "pain.noted", nprs=2.5, when="before"), entry(2)]
    with Log.open(tmp_path) as log:
        log.append(written[:1])
        log.append(written[1:])
    with Log.open(tmp_path) as log:
        assert log.entries() == written


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=people)
def test_whatever_a_person_writes_comes_back_as_it_was(log: Log, written: list[Entry]) -> None:
    log.refill(written, replace=True)
    read = log.entries()
    assert [(e.id, e.session_id, e.kind, e.day) for e in read] == [(e.id, e.session_id, e.kind, e.day) for e in written]
    assert [e.at.isoformat() for e in read] == [e.at.isoformat() for e in written]
    assert [_as_a_page_would_read(e.body) for e in read] == [_as_a_page_would_read(e.body) for e in written]


def _as_a_page_would_read(value: object) -> object:
    """Two halves of a surrogate pair side by side are one character."""
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    if isinstance(value, list):
        return [_as_a_page_would_read(inner) for inner in value]
    if isinstance(value, dict):
        return {_as_a_page_would_read(key): _as_a_page_would_read(inner) for key, inner in value.items()}
    return value


def test_the_same_entry_said_again_is_one_entry(log: Log) -> None:
    log.append([entry(1, reps=12), entry(1, reps=12)])
    log.append([entry(1, reps=12), entry(2)])
    assert numbers(log.entries()) == [1, 2]


@pytest.mark.parametrize(
    "changed",
    [
        {"body": {"reps": 11}},
        {"day": day(2)},
        {"kind": "pain.noted"},
        {"session_id": None},
        {"at": datetime.fromisoformat("2026-01-02T19:00:00+01:00")},
    ],
)
def test_an_id_that_is_there_with_other_content_is_refused_and_nothing_of_the_batch_is_written(
    log: Log, changed: dict[str, object]
) -> None:
    log.append([entry(1, reps=12)])
    with pytest.raises(StoreError, match=r"the entry id 1 is there already, with other content\.$"):
        log.append([entry(2), replace(entry(1, reps=12), **changed)])  # type: ignore[arg-type]
    assert log.entries() == [entry(1, reps=12)]


def test_one_batch_cannot_say_two_things_under_one_id(log: Log) -> None:
    with pytest.raises(StoreError, match="with other content"):
        log.append([entry(1, reps=12), entry(1, reps=11)])
    assert log.entries() == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"at": datetime(2026, 1, 1, 8)}, "at must be a date and time with its offset from UTC"),  # noqa: DTZ001
        ({"at": datetime(2026, 1, 1, 8, tzinfo=timezone(timedelta(microseconds=1)))}, "at must be a date and time"),
        ({"day": datetime.fromisoformat("2026-01-01T00:00:00+00:00")}, "day must be a date"),
        ({"id": ""}, "id must be 1 to 200 printable characters"),
        ({"kind": "set\ndone"}, "kind must be 1 to 200 printable characters"),
        ({"session_id": "x" * 201}, "session_id must be 1 to 200 printable characters"),
        ({"body": [1]}, "body must be a table"),
        ({"body": {"sets": [{"load_kg": float("nan")}]}}, r"body\.sets\[0\]\.load_kg must be a finite number"),
        ({"body": {"on": date(2026, 1, 1)}}, r"body\.on must be a JSON value"),
        ({"body": {1: "one"}}, "body must have text keys, not 1"),
        ({"body": {"a": {1: "one"}}}, r"body\.a must have text keys, not 1"),
    ],
)
def test_what_cannot_be_kept_as_it_is_is_refused_with_its_place(
    log: Log, wrong: dict[str, object], sentence: str
) -> None:
    with pytest.raises(StoreError, match=f"^Not saved: {sentence}"):
        log.append([entry(1), replace(entry(2), **wrong)])  # type: ignore[arg-type]
    assert log.entries() == []


def test_a_body_nested_beyond_reason_is_refused(log: Log) -> None:
    value: object = 1
    for _ in range(40):
        value = {"a": value}
    with pytest.raises(StoreError, match="nested deeper than 32 levels"):
        log.append([entry(1, a=value)])


def test_entries_are_found_by_kind_session_and_day(log: Log) -> None:
    log.append([entry(number, ["set.done", "pain.noted", "session.begun"][number % 3]) for number in range(30)])
    assert numbers(log.entries(kinds=["pain.noted"])) == list(range(1, 30, 3))
    assert numbers(log.entries(kinds={"pain.noted", "session.begun"}, since=day(20))) == [20, 22, 23, 25, 26, 28, 29]
    assert numbers(log.entries(since=day(3), before=day(5))) == [3, 4]
    assert numbers(log.entries(session_id="session 7")) == [7]
    assert numbers(log.entries(last=3)) == [27, 28, 29]
    assert numbers(log.entries(kinds=["pain.noted"], before=day(20), last=2)) == [16, 19]
    assert log.entries(kinds=[]) == log.entries(last=0) == log.entries(session_id="none") == []
    found = log.entry("id 7")
    assert found is not None
    assert found == log.entries(session_id="session 7")[0]
    assert log.entry("id 30") is None


@pytest.mark.parametrize("odd", ["", "\0", "a\0b", "\ud800", "x" * 300])
def test_what_can_be_no_name_is_nobodys(log: Log, odd: str) -> None:
    log.append([entry(1)])
    assert log.entry(odd) is None
    assert log.entries(session_id=odd) == []


def test_the_first_day_of_a_kind_and_what_belongs_to_no_session_are_found(log: Log) -> None:
    log.append([entry(4), replace(entry(2), session_id=None), entry(3), entry(1, "pain.noted", nprs=2)])
    assert log.first_day(("set.done",)) == day(2)
    assert log.first_day(("set.done",), since=day(3)) == day(3)
    assert log.first_day(("set.done",), since=day(3), before=day(3)) is None
    assert log.first_day(("run.added",)) is None
    assert numbers(log.entries(kinds=("set.done",), loose=True)) == [2]


def test_the_first_day_is_looked_up_once_while_nothing_is_written_by_anybody(tmp_path: Path) -> None:
    said: list[str] = []
    with Log.open(tmp_path) as log, Log.open(tmp_path) as other:
        log.append([entry(4)])
        database = cast("SqliteFile", log.database)
        event.listen(database.engine, "before_cursor_execute", lambda *told: said.append(str(told[2])))
        with log.looking() as look:
            assert [look.first_day(("set.done",)) for _ in range(3)] == [day(4)] * 3
            assert [look.first_day(("run.added",)) for _ in range(3)] == [None] * 3
        assert sum("min(entry.day)" in s for s in said) == 2
        other.append([entry(2)])
        assert log.first_day(("set.done",)) == day(2)
        log.erase()
        assert log.first_day(("set.done",)) is None


@in_a_file
def test_five_years_answer_in_a_few_milliseconds(log: Log) -> None:
    kinds = ["set.done", "set.done", "pain.noted", "step.reached", "session.finished"]
    many = [
        replace(entry(number), kind=kinds[number % 5], day=day(number * 1826 // 60_000)) for number in range(60_000)
    ]
    log.append([*many, replace(entry(60_000), kind="profile.set", day=day(1))])
    questions: list[Callable[[], list[Entry]]] = [
        lambda: log.entries(kinds=["pain.noted", "session.finished"], since=day(1826 - 60)),
        lambda: log.entries(kinds=["profile.set"], last=1),
        lambda: log.entries(kinds=["set.done"], last=1),
        lambda: log.entries(session_id="session 41"),
        lambda: log.entries(last=10),
    ]
    for ask, expected in zip(questions, (789, 1, 1, 1, 10), strict=True):
        assert len(ask()) == expected
        # On a quiet machine the first takes six milliseconds and the others one; the bound leaves room for a busy one.
        assert min(_seconds(ask) for _ in range(5)) < 0.04


def _seconds(ask: Callable[[], object]) -> float:
    begun = time.perf_counter()
    ask()
    return time.perf_counter() - begun


@settings(max_examples=30)
@given(steps=st.lists(st.sampled_from(["here", "there", "erased"]), max_size=8))
def test_what_is_asked_again_is_as_it_is_now_whoever_wrote_or_erased_meanwhile(steps: list[str]) -> None:
    with TemporaryDirectory() as folder, Log.open(Path(folder)) as here, Log.open(Path(folder)) as there:
        written: list[str] = []
        for number, step in enumerate(steps):
            if step == "erased":
                there.erase()
                written = []
            else:
                (here if step == "here" else there).append([entry(number, "toy.done")])
                written.append(f"id {number}")
            for log in (here, there):
                assert [e.id for e in log.entries(sound=True)] == written
                log.entries(sound=True).clear()  # whoever has the answer may do with it what they like
                assert [e.id for e in log.entries(sound=True)] == written
                assert [e.id for e in log.entries(sound=True, kinds=["toy.done"], since=FIRST_DAY)] == written
            assert [e.id for e in here.entries(sound=True, last=1)] == written[-1:]


def test_a_memo_holds_from_its_day_on_until_a_newer_one(log: Log) -> None:
    log.append([entry(0)])
    log.remembered.keep("progress", day(5), {"level": 2})
    log.remembered.keep("progress", day(9), {"level": 3})
    log.remembered.keep("load", day(7), [1.5, None])
    assert log.remembered.memo("progress", no_later_than=day(4)) is None
    assert log.remembered.memo("progress", no_later_than=day(5)) == log.remembered.memo(
        "progress", no_later_than=day(8)
    )
    assert log.remembered.memo("progress", no_later_than=day(8)) == (day(5), {"level": 2})
    assert log.remembered.memo("progress", no_later_than=day(99)) == (day(9), {"level": 3})
    log.remembered.keep("progress", day(9), {"level": 4})
    assert log.remembered.memo("progress", no_later_than=day(9)) == (day(9), {"level": 4})


def test_an_entry_about_an_earlier_day_makes_every_memo_behind_it_forgotten(log: Log) -> None:
    log.append([entry(0)])
    for number in (5, 6, 7):
        log.remembered.keep("progress", day(number), number)
    log.append([entry(20), entry(5)])
    assert log.remembered.memo("progress", no_later_than=day(99)) == (day(5), 5)
    log.remembered.keep("progress", day(6), 6)
    log.append([entry(5), entry(0)])  # said again: nothing new, nothing forgotten
    assert log.remembered.memo("progress", no_later_than=day(99)) == (day(6), 6)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 12)), max_size=25))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_memo_that_is_found_always_counts_every_entry_before_its_day(log: Log, steps: list[tuple[bool, int]]) -> None:
    log.refill([], replace=True)
    for number, (appends, about) in enumerate(steps):
        if appends:
            log.append([replace(entry(number), day=day(about))])
        else:
            log.remembered.keep("count", day(about), len(log.entries(before=day(about))))
        found = log.remembered.memo("count", no_later_than=day(12))
        assert found is None or found[1] == len(log.entries(before=found[0]))


def test_a_memo_made_from_what_another_process_has_changed_since_is_not_kept(log: Log) -> None:
    log.append([entry(0)])
    mark = log.mark()
    log.append([entry(9)])
    log.remembered.keep("progress", day(9), "without the ninth day", mark=mark)
    assert log.remembered.memo("progress", no_later_than=day(9)) == (day(9), "without the ninth day")
    log.append([entry(3)])
    log.remembered.keep("progress", day(8), "but day three is new", mark=mark)
    assert log.remembered.memo("progress", no_later_than=day(99)) is None


def test_an_empty_log_remembers_nothing(log: Log) -> None:
    log.remembered.keep("progress", day(1), 1)
    assert log.remembered.memo("progress", no_later_than=day(1)) is None
    assert log.mark() == 0


def test_erase_leaves_no_byte_of_the_person_and_a_log_to_go_on_with(tmp_path: Path) -> None:
    with Log.open(tmp_path) as log:
        log.append([entry(number, note=f"{CANARY} {'x' * 3000}") for number in range(200)])
        log.append([replace(entry(300), id=CANARY), replace(entry(301), session_id=CANARY, kind=CANARY)])
        log.remembered.keep("progress", day(999), CANARY)
        assert CANARY.encode() in _bytes_of(tmp_path)
        before = log.mark()
        log.erase()
        assert log.path.stat().st_size < 100_000, "the room of what was erased is given back"
        assert CANARY.encode() not in _bytes_of(tmp_path)
        assert log.entries() == []
        assert log.remembered.memo("progress", no_later_than=day(9999)) is None
        assert log.check() == []
        log.append([entry(1)])
        assert log.mark() > before
    assert CANARY.encode() not in _bytes_of(tmp_path)
    with sqlite3.connect(tmp_path / "patella.db") as connection:
        assert connection.execute("select count(*) from person").fetchone() == (1,)
    connection.close()


def test_erase_says_when_another_reader_keeps_the_old_pages_alive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_S", 0.1)
    with Log.open(tmp_path) as log:
        log.append([entry(1, note=CANARY)])
        reader = sqlite3.connect(tmp_path / "patella.db", isolation_level=None)
        reader.execute("begin")
        reader.execute("select * from entry").fetchall()
        with pytest.raises(
            StoreError, match=r"entries are gone, but another program still holds old pages.*erase again"
        ):
            log.erase()
        assert log.entries() == []
        reader.close()
        log.erase()
        assert CANARY.encode() not in _bytes_of(tmp_path)


def _bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


@in_a_file
def test_a_backup_is_a_whole_diary_of_its_own(log: Log, tmp_path: Path) -> None:
    log.append([entry(number) for number in range(50)])
    target = tmp_path / "copy" / "patella.db"
    target.parent.mkdir()
    log.backup(target)
    log.append([entry(50)])
    assert target.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in target.parent.iterdir()] == ["patella.db"]
    with Log.open(target.parent) as copy:
        assert copy.check() == []
        assert numbers(copy.entries()) == list(range(50))


@in_a_file
def test_a_backup_does_not_touch_what_is_there_unless_told(log: Log, tmp_path: Path) -> None:
    target = tmp_path / "kept"
    target.write_text("precious")
    with pytest.raises(StoreError, match="is there already"):
        log.backup(target)
    assert target.read_text() == "precious"
    log.backup(target, replace=True)
    assert target.read_bytes().startswith(b"SQLite format 3")
    with pytest.raises(StoreError, match="nowhere does not exist"):
        log.backup(tmp_path / "nowhere" / "copy")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["diary", "kept"]


def test_the_diary_is_for_its_owner_alone_and_is_one_file_when_closed(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "diary"
    with Log.open(folder) as log:
        log.append([entry(1)])
        assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
        assert len(list(folder.iterdir())) == 3
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in folder.iterdir()] == ["patella.db"]


@in_a_file
def test_each_acknowledged_entry_is_synced_to_the_disk_and_erased_pages_are_overwritten(log: Log) -> None:
    with log._transaction() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout", "temp_store")
        }
    assert asked == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 5000,
        "temp_store": 2,
    }


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "patella.db"
    file.write_text("Dear diary, " * 500)
    with pytest.raises(StoreError, match=r"patella\.db is not a database, so it is not a Patella diary\.$"):
        Log.open(tmp_path)
    assert file.read_text() == "Dear diary, " * 500


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "patella.db") as connection:
        connection.execute("create table recipes (name text)")
    connection.close()
    with pytest.raises(StoreError, match="of another program"):
        Log.open(tmp_path)


def test_a_database_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    Log.open(tmp_path).close()
    with sqlite3.connect(tmp_path / "patella.db") as connection:
        connection.execute("update alembic_version set version_num = '0099'")
    connection.close()
    with pytest.raises(StoreError, match=r"written by a newer Patella \(schema 0099.*Update, then open it\.$"):
        Log.open(tmp_path)


def test_a_damaged_database_is_named_as_such(tmp_path: Path) -> None:
    with Log.open(tmp_path) as log:
        log.append([entry(number, note="x" * 200) for number in range(300)])
    file = tmp_path / "patella.db"
    content = bytearray(file.read_bytes())
    content[4096:] = bytes(4096) + bytes(reversed(content[8192:]))
    file.write_bytes(content)
    with pytest.raises(StoreError, match=r"is damaged\. Restore your latest backup or export\.$"):  # noqa: SIM117
        with Log.open(tmp_path) as log:
            log.entries()


def test_check_tells_what_is_wrong_with_pages_and_rows(tmp_path: Path) -> None:
    with Log.open(tmp_path) as log:
        log.append([entry(number, note="x" * 200) for number in range(300)])
        stranger = sqlite3.connect(tmp_path / "patella.db")
        stranger.execute("update entry set person_id = 77 where id = 'id 5'")
        stranger.commit()
        stranger.close()
        assert log.check() == [f"{log.path}: entry row 6 belongs to no person."]
    file = tmp_path / "patella.db"
    content = bytearray(file.read_bytes())
    content[-8192:] = bytes(8192)
    file.write_bytes(content)
    with Log.open(tmp_path) as log:
        assert log.check()


@pytest.mark.parametrize("damage", [{"body": "{"}, {"body": "[1]"}, {"at": "yesterday"}], ids=["half", "list", "time"])
def test_an_entry_that_cannot_be_read_is_called_damaged(log: Log, damage: dict[str, str]) -> None:
    log.append([entry(1)])
    with log._transaction(writes=True) as connection:
        connection.execute(update(tables.entry).values(damage))
    with pytest.raises(StoreError, match="is damaged: "):
        log.entries()


def test_a_lock_of_another_program_is_waited_for_and_then_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_S", 0.3)
    with Log.open(tmp_path) as log:
        other = sqlite3.connect(tmp_path / "patella.db", isolation_level=None)
        other.execute("begin immediate")
        begun = time.monotonic()
        with pytest.raises(StoreError, match=r"is in use by another program\. Close it, then try again\.$"):
            log.append([entry(1)])
        assert time.monotonic() - begun >= 0.3
        assert log.entries() == []  # reading goes on
        other.execute("commit")
        other.close()
        log.append([entry(1)])
        assert numbers(log.entries()) == [1]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"The folder .*file/diary cannot be used for the diary: Not a directory\.$"):
        Log.open(tmp_path / "file" / "diary")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_or_a_file_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(StoreError, match=r"cannot be used for the diary: Permission denied\.$"):
        Log.open(closed)


def test_the_driver_never_speaks_to_the_person(tmp_path: Path) -> None:
    (tmp_path / "patella.db").write_bytes(b"no database" * 999)
    with pytest.raises(StoreError) as caught:
        Log.open(tmp_path)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_opening_a_diary_loads_neither_the_migration_tool_nor_anything_slow() -> None:
    program = (
        "import sys, tempfile, pathlib; from patella.store.log import Log; "
        "Log.open(pathlib.Path(tempfile.mkdtemp())).close(); "
        "print([name for name in ('alembic', 'mako', 'sqlalchemy.orm') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("happens", ["moved", "removed", "replaced"])
def test_a_folder_that_is_gone_under_a_running_log_is_noticed_before_anything_is_called_saved(
    tmp_path: Path, happens: str
) -> None:
    folder = tmp_path / "diary"
    with Log.open(folder) as log:
        log.append([entry(1)])
        folder.rename(tmp_path / "elsewhere")
        if happens == "removed":
            shutil.rmtree(tmp_path / "elsewhere")
        if happens == "replaced":
            with Log.open(folder) as other:
                other.append([entry(7)])
        for act in (lambda: log.append([entry(2)]), log.entries, log.mark):
            with pytest.raises(StoreError, match="moved, removed or replaced"):
                act()
    if happens == "moved":
        (tmp_path / "elsewhere").rename(folder)
    if happens != "removed":
        with Log.open(folder) as log:
            assert numbers(log.entries()) == [7 if happens == "replaced" else 1]


def test_a_log_that_is_put_back_where_it_was_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "diary"
    with Log.open(folder) as log:
        folder.rename(tmp_path / "elsewhere")
        with pytest.raises(StoreError):
            log.append([entry(1)])
        (tmp_path / "elsewhere").rename(folder)
        log.append([entry(1)])
        assert numbers(log.entries()) == [1]


def test_a_file_that_is_removed_while_it_is_written_is_noticed_after_the_writing(tmp_path: Path) -> None:
    """The look before is not enough: what is committed into a file that is gone by then is not saved."""
    with Log.open(tmp_path / "diary") as log:
        log.append([entry(1)])
        event.listen(
            cast("SqliteFile", log.database).engine,
            "commit",
            lambda _: (tmp_path / "diary").rename(tmp_path / "elsewhere"),
        )
        with pytest.raises(StoreError, match="moved, removed or replaced"):
            log.append([entry(2)])


def test_whoever_writes_for_longer_is_stopped_by_an_erase(log: Log) -> None:
    log.append([entry(1)])
    owner = log.owner()
    log.append([entry(2)], of=owner)
    log.erase()
    log.append([entry(3)])
    with pytest.raises(ErasedError, match="erased meanwhile"):
        log.append([entry(4)], of=owner)
    assert numbers(log.entries()) == [3]


def test_erased_is_also_what_a_program_that_was_killed_left_beside_the_diary(log: Log) -> None:
    folder = log.path.parent
    (folder / ".patella-scratch-0a1b").mkdir()
    (folder / ".patella-scratch-0a1b" / "upload").write_text(CANARY)
    (folder / ".patella-0a1b.part").write_text(CANARY)
    log.erase()
    assert [f.name for f in folder.iterdir() if f.name.startswith(".patella")] == []


def test_what_comes_of_some_days_is_forgotten_with_one_of_them_and_with_no_other(log: Log) -> None:
    first = entry(1)
    log.append([first])
    day = first.day
    log.remembered.keep("some days", day + timedelta(days=8), 5, since=day + timedelta(days=1), mark=log.mark())
    for number, other in enumerate((day, day + timedelta(days=8)), 2):
        log.append([replace(entry(number), day=other)])
        assert log.remembered.span("some days") == 5
    late = log.mark()
    log.append([replace(entry(4), day=day + timedelta(days=7))])
    assert log.remembered.span("some days") is None
    log.remembered.keep("some days", day + timedelta(days=8), 6, since=day + timedelta(days=1), mark=late)
    assert log.remembered.span("some days") is None
    log.remembered.keep("some days", day + timedelta(days=8), 7, since=day + timedelta(days=1), mark=log.mark())
    assert log.remembered.spans("some") == {"some days": 7}
    log.erase()
    assert log.remembered.spans("") == {}


def test_a_look_answers_as_the_diary_does_and_what_is_remembered_in_it_stays(log: Log) -> None:
    log.append([entry(1), entry(2)])
    mark = log.mark()
    with log.looking() as look:
        assert look.entries() == log.entries()
        assert (look.owner(), look.mark(), look.kept()) == (log.owner(), mark, log.kept())
        look.remembered.keep("course", entry(3).day, {"sets": 2}, mark=mark)
        assert look.remembered.memo("course", no_later_than=entry(3).day) == (entry(3).day, {"sets": 2})
    assert log.remembered.memo("course", no_later_than=entry(3).day) == (entry(3).day, {"sets": 2})
    log.append([entry(3)])
    with log.looking() as look:
        assert look.entries() == log.entries()
        assert len(look.entries()) == 3
