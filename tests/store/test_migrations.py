from __future__ import annotations

import random
import re
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_mock_engine
from sqlalchemy.engine.interfaces import Dialect

from crash.writers import KILLED, Writers
from patella.store import migrations
from patella.store.entry import StoreError
from patella.store.log import Log
from patella.store.tables import HEAD, metadata

# One for every schema that was ever released, with rows in every table, as `sqlite3 patella.db .dump` writes it.
SNAPSHOTS = sorted((Path(__file__).parent / "schema").glob("*.sql"))


def _from_snapshot(snapshot: Path, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / "patella.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(snapshot.read_text(encoding="utf-8"))
    return file


def _schema(file: Path) -> set[tuple[str, str, str]]:
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("select type, name, coalesce(sql, '') from sqlite_master").fetchall()
    return {(kind, name, re.sub(r"\s+", " ", sql)) for kind, name, sql in rows}


def _rows(file: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(file)) as connection:
        tables = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
        return {table: connection.execute(f"select * from {table}").fetchall() for table in tables}  # noqa: S608


def test_there_is_a_snapshot_of_every_schema_and_the_last_is_the_present_one() -> None:
    steps = ScriptDirectory.from_config(migrations.configuration())
    assert steps.get_heads() == [HEAD]
    assert [snapshot.stem for snapshot in SNAPSHOTS] == sorted(step.revision for step in steps.walk_revisions())


@pytest.mark.parametrize("snapshot", SNAPSHOTS, ids=lambda snapshot: snapshot.stem)
def test_a_diary_of_any_older_version_becomes_one_of_this_version_with_all_it_held(
    snapshot: Path, tmp_path: Path
) -> None:
    migrated = _from_snapshot(snapshot, tmp_path / "old")
    before = _rows(migrated)
    with Log.open(tmp_path / "old") as log:
        assert log.check() == []
        assert len(log.entries()) == len(before["entry"]) > 1
    after = _rows(migrated)
    assert after.pop("alembic_version") == [(HEAD,)]
    del before["alembic_version"]
    assert {table: after[table] for table in before} == before
    with Log.open(tmp_path / "new") as fresh:
        assert _schema(migrated) == _schema(fresh.path)


def test_fifty_kills_during_a_migration_leave_the_old_schema_or_the_new_never_one_between(tmp_path: Path) -> None:
    rng = random.Random(11)  # noqa: S311 - the same kills every time
    old, new = tmp_path / "old", tmp_path / "new"
    before = _rows(_from_snapshot(SNAPSHOTS[0], old))
    _from_snapshot(SNAPSHOTS[0], new)
    Log.open(new).close()
    allowed = {"0001": _schema(old / "patella.db"), HEAD: _schema(new / "patella.db")}
    met: set[str] = set()
    with Writers() as writers:
        late_s = 0.06  # as long as a migration takes, about: found out on the way, on any machine
        for turn in range(50):
            folder = tmp_path / str(turn)
            shutil.copytree(old, folder)
            writers.begin("open_and_wait", folder=str(folder))
            time.sleep(rng.uniform(0, late_s))
            writers.kill()
            finished = any(word == "ack" for word, _ in writers.rest())
            assert writers.status == KILLED
            after = _rows(folder / "patella.db")
            version = str(after["alembic_version"][0][0])
            assert _schema(folder / "patella.db") == allowed[version]
            assert after["entry"] == before["entry"]
            assert version == HEAD or not finished
            met.add(version)
            late_s *= 0.8 if version == HEAD else 1.25
            with Log.open(folder) as log:
                assert log.check() == []
                assert len(log.entries()) == len(before["entry"])
    assert met == {"0001", HEAD}, "the kills came all too early or all too late"


def test_a_migration_that_leaves_rows_of_nobody_is_refused_and_the_diary_is_as_it_was(tmp_path: Path) -> None:
    file = _from_snapshot(SNAPSHOTS[0], tmp_path)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("update entry set person_id = 99 where seq = 2")
        connection.commit()
    before = _schema(file), _rows(file)
    with pytest.raises(
        StoreError, match=r"could not be brought up to date: rows belong to nobody\. It is as it was\.$"
    ):
        Log.open(tmp_path)
    assert (_schema(file), _rows(file)) == before


def test_the_tables_are_nothing_that_postgresql_would_not_take() -> None:
    from sqlalchemy.dialects import postgresql

    said: list[str] = []
    engine = create_mock_engine("sqlite://", lambda statement, *_: said.append(str(statement.compile(dialect=dialect))))
    dialect: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    metadata.create_all(engine, checkfirst=False)
    assert len(said) == len(metadata.tables) + 5
    assert any("seq BIGSERIAL NOT NULL" in statement for statement in said)
