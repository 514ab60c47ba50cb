from __future__ import annotations

import os
from pathlib import Path

import pytest

from patella.store.keys import Keys
from patella.store.log import Log
from patella.store.originals import Originals
from patella.store.private import open_to_others

pytestmark = pytest.mark.skipif(os.name != "posix", reason="elsewhere the permissions of a file are other things")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder as it may have been left, open to everybody, with all that a diary has."""
    folder = tmp_path / "diary"
    with Log.open(folder):
        Originals(folder).keep("ab" * 32, "gpx", b"<gpx/>", packed=False)
        Keys(folder).let_in()
    for path in (folder, *folder.iterdir()):
        path.chmod(0o777 if path.is_dir() else 0o666)
    return folder


def modes(folder: Path) -> set[int]:
    return {path.stat().st_mode & 0o077 for path in (folder, *folder.iterdir())}


def test_an_old_folder_that_is_open_to_others_is_closed(old: Path) -> None:
    with Log.open(old):
        assert modes(old) == {0}
        assert list(open_to_others(old)) == []
    assert modes(old) == {0}


def test_a_folder_that_holds_other_things_too_is_left_as_it_is_and_the_diary_in_it_is_closed(old: Path) -> None:
    (old / "holiday.jpg").write_bytes(b"")
    (old / "holiday.jpg").chmod(0o644)
    old.chmod(0o755)
    with Log.open(old):
        assert old.stat().st_mode & 0o777 == 0o755
        assert (old / "holiday.jpg").stat().st_mode & 0o777 == 0o644
        assert {(old / name).stat().st_mode & 0o077 for name in ("patella.db", "originals", "keys")} == {0}
        assert list(open_to_others(old)) == []


def test_a_folder_in_which_others_may_write_is_said(old: Path) -> None:
    (old / "holiday.jpg").write_bytes(b"")
    with Log.open(old):
        (said,) = open_to_others(old)
    assert f"chmod go-w {old}" in said
    old.chmod(0o1777)  # as /tmp: others may not remove what is not theirs
    assert list(open_to_others(old)) == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give a file to somebody else")
def test_what_belongs_to_somebody_else_is_not_touched_but_said(old: Path) -> None:
    os.chown(old / "keys", 65534, 65534)
    with Log.open(old):
        assert (old / "keys").stat().st_mode & 0o777 == 0o777
        (said,) = open_to_others(old)
    assert str(old / "keys") in said


def test_a_folder_that_is_not_there_is_open_to_nobody(tmp_path: Path) -> None:
    assert list(open_to_others(tmp_path / "nowhere")) == []
