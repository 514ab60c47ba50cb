"""A full disk, or one that may only be read: everything can be read and taken along, and what is not saved is said."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from patella.app.knee.sitting import note_sitting
from patella.app.session.training import note_loose_pain
from patella.care.pain import When
from patella.store.export import export_csv, export_json
from patella.store.log import Log
from patella.store.whole import export_whole
from web.visit import visiting

READ = (
    "/", "/api/today", "/api/health", "/api/questions", "/api/profile", "/api/diary", "/api/timeline",
    "/api/timeline/chart", "/api/insight", "/api/lesson", "/api/export.json", "/api/export.csv",
    "/api/report.json", "/api/report.csv", "/api/handout.pdf",
)  # fmt: skip
NOTE = {"nprs": 1, "when": "morning"}


@contextmanager
def only_read(diary: Path) -> Iterator[None]:
    """A folder that may only be read; for root, to whom nothing is forbidden, a medium that says so."""
    folder = diary.parent
    if os.geteuid() != 0:
        folder.chmod(0o500)
        diary.chmod(0o400)
        try:
            yield
        finally:
            folder.chmod(0o700)
            diary.chmod(0o600)
        return
    if not mounted("--bind", folder):
        pytest.skip("nothing can be mounted here")
    try:
        assert mounted("-o", "remount,ro,bind", folder)
        yield
    finally:
        subprocess.run([shutil.which("umount") or "umount", "--lazy", folder], check=True)


def mounted(*how: str | Path) -> bool:
    """Whether a folder could be laid over itself."""
    program = shutil.which("mount")
    return (
        program is not None
        and not subprocess.run([program, *how, how[-1]], capture_output=True, check=False).returncode
    )


@contextmanager
def no_room(_: Path) -> Iterator[None]:
    """A full disk: nothing of ours can be written any more, nowhere."""
    import signal

    usual, limits = signal.signal(signal.SIGXFSZ, signal.SIG_IGN), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, usual)


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    """A diary with something in it that nobody has open."""
    with visiting(tmp_path / "diary") as visit:
        visit.screen()
        note_loose_pain(visit.patella, 2, When.MORNING)
        note_sitting(visit.patella, 6.0)
        return visit.patella.log.path


@pytest.mark.skipif(os.name != "posix", reason="a disk is filled and closed as POSIX has it")
@pytest.mark.parametrize("trouble", [only_read, no_room])
def test_everything_can_be_read_and_exported_and_what_is_not_saved_is_said(
    diary: Path, trouble: Callable[[Path], AbstractContextManager[None]]
) -> None:
    with visiting(diary.parent) as visit:
        told = {path: visit.get(path) for path in ("/api/today", "/api/diary")}
        exported = visit.client.get("/api/export.json").content
    with trouble(diary), visiting(diary.parent) as visit:
        assert {path: visit.client.get(path).status_code for path in READ} == dict.fromkeys(READ, 200)
        assert {path: visit.get(path) for path in told} == told
        assert visit.client.get("/api/export.json").content == exported
        refused = visit.refused("POST", "/api/pain", {**NOTE, "id": str(uuid4())})
        assert refused[0] in (503, 507)
        assert refused[2].startswith("Not saved: ")
    with visiting(diary.parent) as visit:
        assert visit.client.get("/api/export.json").content == exported
        visit.post("/api/pain", {**NOTE, "id": str(uuid4())})


@pytest.mark.skipif(os.name != "posix", reason="a folder is closed as POSIX has it")
def test_every_export_can_be_written_to_another_place(diary: Path, tmp_path: Path) -> None:
    with only_read(diary), Log.open(diary.parent) as log:
        counts = [
            write(log, tmp_path / name)
            for write, name in ((export_json, "a.json"), (export_csv, "a.csv"), (export_whole, "a.zip"))
        ]
    assert set(counts) == {3}


@pytest.mark.skipif(os.name != "posix", reason="a disk is filled as POSIX has it")
def test_what_is_worked_out_while_nothing_can_be_written_is_worked_out_once(diary: Path) -> None:
    with no_room(diary), visiting(diary.parent) as visit:
        log, day = visit.patella.log, visit.patella.today
        log.remembered.keep("sum", day, 5, mark=log.mark())
        assert log.remembered.memo("sum", no_later_than=day) == (day, 5)
    with visiting(diary.parent) as visit:
        assert visit.patella.log.remembered.memo("sum", no_later_than=day) is None
