"""Many people's diaries on one server: apart, in order, and there after whatever stops."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event, insert, text, update

from patella.store import postgresql as shared
from patella.store.entry import BusyError, ErasedError, NewerError, StoreError
from patella.store.export import export_json, restore
from patella.store.log import Log
from patella.store.postgresql import SharedStore
from patella.store.tables import HEAD, alembic_version
from postgresql import Server
from store.diary import entry


def export_of(log: Log, file: Path) -> bytes:
    export_json(log, file, replace=True)
    return file.read_bytes()


def test_the_same_entry_in_two_diaries_is_two_and_neither_is_seen_from_the_other(store: SharedStore) -> None:
    anna, ben = store.log_of(1), store.log_of(2)
    anna.append([entry(1, reps=8)])
    ben.append([entry(1, reps=12), entry(2)])
    assert [e.body for e in anna.entries()] == [{"reps": 8}]
    assert anna.entry("id 2") is None
    assert ben.entry("id 1") == entry(1, reps=12)


def test_what_one_person_erases_restores_or_remembers_leaves_the_other_as_it_was(
    store: SharedStore, tmp_path: Path
) -> None:
    anna, ben = store.log_of(1), store.log_of(2)
    for log in (anna, ben):
        log.append([entry(n, "toy.done") for n in range(5)])
        log.remembered.keep("course", entry(3).day, {"of": log.owner()})
    before, file = export_of(ben, tmp_path / "ben.json"), tmp_path / "anna.json"
    export_of(anna, file)
    anna.remembered.forget_others("nobody's rules")
    anna.erase()
    assert anna.entries() == []
    assert ben.remembered.memo("course", no_later_than=entry(4).day) == (entry(3).day, {"of": ben.owner()})
    restore(anna, file)
    assert export_of(ben, tmp_path / "ben.json") == before
    assert anna.owner() != ben.owner()


def test_a_diary_goes_from_a_file_to_a_server_and_back_byte_for_byte(store: SharedStore, tmp_path: Path) -> None:
    with Log.open(tmp_path / "own") as own, Log.open(tmp_path / "back") as back:
        own.append([entry(n, "toy.done", note="\ud83d half and \0", n=n / 3) for n in range(600)])
        leaves = export_of(own, tmp_path / "leaves.json")
        restore(store.log_of(9), tmp_path / "leaves.json")
        comes = export_of(store.log_of(9), tmp_path / "comes.json")
        restore(back, tmp_path / "comes.json")
        assert leaves == comes == export_of(back, tmp_path / "back.json")


def test_what_two_write_at_once_for_one_person_is_numbered_in_the_order_it_can_be_read(store: SharedStore) -> None:
    reader, seen, over = store.log_of(1), [0], threading.Event()

    def read() -> None:
        while not over.is_set():
            found = len(reader.entries()), reader.mark()
            seen.append(found[0])
            kept = reader.entries(last=found[0])  # nothing comes in behind what was read once
            assert len(kept) == found[0]

    with ThreadPoolExecutor(5) as pool:
        reading = pool.submit(read)
        writing = [pool.submit(store.log_of(1).append, [entry(turn)]) for turn in range(60)]
        for one in writing:
            one.result()
        over.set()
        reading.result()
    assert seen == sorted(seen)
    assert len(reader.entries()) == 60


def test_whoever_writes_keeps_others_of_the_same_diary_waiting_and_nobody_else(store: SharedStore) -> None:
    anna, ben = store.log_of(1, waits_s=0.05), store.log_of(2, waits_s=0.05)
    with anna.rewriting():
        assert not anna.is_free()
        assert ben.is_free()
        ben.append([entry(1)])
        with pytest.raises(BusyError, match="written from elsewhere"):
            anna.append([entry(1)])
    anna.append([entry(1)])


def test_every_statement_about_a_diary_names_its_person(store: SharedStore, tmp_path: Path) -> None:
    said: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *told: said.append(str(told[2])))
    log = store.log_of(3)
    log.append([entry(n, "toy.done") for n in range(3)])
    log.append([entry(1, "toy.done")])
    log.remembered.keep("course", entry(3).day, {})
    log.remembered.keep("week", entry(3).day, {}, since=entry(1).day)
    log.remembered.spans("w")
    log.entry("id 1")
    log.unsound(["toy.done"])
    log.first_day(["toy.done"], since=entry(0).day, before=entry(9).day)
    export_of(log, tmp_path / "one.json")
    restore(log, tmp_path / "one.json", replace=True)
    log.erase()
    about = [s for s in said if any(f" {table}" in s for table in ("entry", "memo", "span"))]
    assert len(about) > 20
    assert [s for s in about if "person_id" not in s] == []


def test_a_server_that_is_killed_loses_nothing_it_acknowledged_and_is_found_again(
    store: SharedStore, postgresql: Server
) -> None:
    log, acknowledged = store.log_of(1), 0
    for turn in range(3):
        for number in range(turn * 20, turn * 20 + 20):
            log.append([entry(number)])
            acknowledged += 1
        postgresql.kill()
        with pytest.raises(StoreError, match="cannot be reached just now"):
            log.append([entry(999)])
        postgresql.start()
        assert [e.id for e in log.entries()] == [f"id {n}" for n in range(acknowledged)]
    assert log.check() == ["The database does not wait for its disk: a power cut loses what was saved."]


def test_servers_that_start_at_once_make_the_tables_once(postgresql: Server, tmp_path: Path) -> None:
    address = postgresql.fresh()
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(lambda _: SharedStore.open(address, tmp_path), range(4)))
    stores[0].log_of(1).append([entry(1)])
    assert stores[3].log_of(1).entries() == [entry(1)]
    for store in stores:
        store.close()


def test_a_newer_database_and_a_strangers_are_refused_with_a_sentence(store: SharedStore) -> None:
    with store.engine.begin() as connection:
        connection.execute(update(alembic_version).values(version=f"{int(HEAD) + 1:04}"))
    with pytest.raises(NewerError, match=r"^The database was written by a newer Patella"):
        store.prepare()
    with store.engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    with pytest.raises(StoreError, match="of another program"):
        store.prepare()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("sqlite:///diary.db", "no address of a PostgreSQL database"),
        ("postgresql://localhost", "no address of a PostgreSQL database"),
        ("somewhere", "no address of a PostgreSQL database"),
        ("postgresql://nobody@127.0.0.1:9/none", "cannot be reached just now"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused_with_a_sentence_that_tells_no_password(
    address: str, sentence: str, tmp_path: Path
) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError, match=sentence) as refused:
        SharedStore.open(address.replace("@", ":secret@"), tmp_path)
    assert "secret" not in str(refused.value)


def test_an_account_has_one_person_whoever_makes_it_first(store: SharedStore) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: store.log_of(5).append([entry(n)]), range(12)))
    with store.engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM person")) == 1
        with pytest.raises(StoreError), shared.told():
            connection.execute(insert(shared.diary).values(account_id=6, person_id=store.log_of(5).owner()))


def test_an_entry_that_was_written_is_refused_with_other_content_and_taken_again_with_the_same(
    store: SharedStore,
) -> None:
    log = store.log_of(1)
    log.append([entry(1)])
    log.append([entry(1)])
    with pytest.raises(StoreError, match="is there already, with other content"):
        log.append([replace(entry(1), body={"reps": 1})])
    assert len(log.entries()) == 1


def test_nothing_is_begun_for_an_account_that_is_gone(store: SharedStore) -> None:
    gone = set[int]()
    guarded = SharedStore(store.engine, store.folder, may_begin=lambda _, account_id: account_id not in gone)
    log = guarded.log_of(3)
    log.append([entry(1)])
    gone.add(3)
    log.append([entry(2)])  # it is still there: who erases it comes next
    log.erase()
    for _ in range(2):
        with pytest.raises(ErasedError, match="closed"):
            log.append([entry(3)])
    with pytest.raises(ErasedError, match="closed"):
        log.refill([entry(4)], replace=True)
    assert (log.owner(), log.entries()) == (None, [])
