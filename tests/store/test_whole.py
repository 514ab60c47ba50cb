from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from patella.store.entry import Entry, StoreError
from patella.store.log import Log
from patella.store.originals import Originals, name_of
from patella.store.whole import export_whole, restore_whole

CONTENT = b"what a watch wrote"


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Log]:
    run = Entry(
        id="a",
        session_id=None,
        kind="run.added",
        day=date(2026, 5, 3),
        at=datetime(2026, 5, 3, tzinfo=UTC),
        body={"sport": "running", "source": "hand"},
    )
    with Log.open(tmp_path / "one") as log:
        log.append([run])
        originals = Originals(log.path.parent)
        originals.keep(name_of(CONTENT), "fit", CONTENT, packed=False)
        originals.keep(name_of(b"x"), "gpx", b"\x1f\x8bpacked", packed=True)
        originals.settle()
        yield log


def test_everything_comes_back_byte_for_byte(full: Log, tmp_path: Path) -> None:
    first, second = tmp_path / "all.zip", tmp_path / "again.zip"
    assert export_whole(full, first) == 1
    with Log.open(tmp_path / "two") as other:
        assert restore_whole(other, first) == 1
        assert [f.read_bytes() for f in Originals(other.path.parent).files()].count(CONTENT) == 1
        export_whole(other, second)
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_mode & 0o077 == 0


def test_nothing_is_left_lying_about(full: Log, tmp_path: Path) -> None:
    export_whole(full, tmp_path / "all.zip")
    assert {f.name for f in full.path.parent.iterdir() if not f.name.startswith("patella.db")} == {"originals"}


@pytest.mark.parametrize("name", ["../evil", "originals/../../evil.fit", "letter.txt"])
def test_an_archive_with_anything_else_in_it_is_refused(full: Log, tmp_path: Path, name: str) -> None:
    place = tmp_path / "all.zip"
    export_whole(full, place)
    with zipfile.ZipFile(place, "a") as archive:
        archive.writestr(name, b"x")
    with Log.open(tmp_path / "two") as other, pytest.raises(StoreError, match="nothing else"):
        restore_whole(other, place)


def test_a_torn_archive_is_refused(full: Log, tmp_path: Path) -> None:
    place = tmp_path / "all.zip"
    export_whole(full, place)
    place.write_bytes(place.read_bytes()[:-30])
    with Log.open(tmp_path / "two") as other, pytest.raises(StoreError, match="only a part"):
        restore_whole(other, place)
