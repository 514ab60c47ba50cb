"""The backup that deploy/ sets up, by its own commands: whole while people train, and one goes back to it (R8)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from patella.store.log import Log
from patella.store.originals import Originals, name_of
from patella.store.postgresql import SharedStore
from postgresql import Server, program
from store.diary import entry

DEPLOY = Path(__file__).parents[2] / "deploy"
BACKUPS = int(os.environ.get("PATELLA_BACKUPS", "3"))
PEOPLE = (1, 2, 3, 4)
STATE = "/var/lib/patella"


def commands(unit: str) -> list[str]:
    """What systemd would run, one after another."""
    said = (DEPLOY / unit).read_text("utf-8")
    return [line.replace("%%", "%") for line in re.findall(r"^ExecStart=(.*)$", said, re.MULTILINE)]


def back_up(database: str, state: Path) -> Path:
    """Run the unit's commands on a folder of the test's own; the folder of backups."""
    kept = Path(f"{state}-backup")
    for folder in (state, kept):  # systemd makes them
        folder.mkdir(exist_ok=True)
    for command in commands("patella-backup.service"):
        said = ["/bin/sh", "-c", command.replace(STATE, str(state))]
        subprocess.run(said, check=True, env={**os.environ, "PATELLA_DATABASE": database})
    return kept


@pytest.fixture
def tools(postgresql: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """A server whose own tools are found."""
    dump = program("pg_dump")
    if dump is None or shutil.which("tar") is None:
        pytest.skip("pg_dump or tar is not installed")
    monkeypatch.setenv("PATH", f"{Path(dump).parent}{os.pathsep}{os.environ['PATH']}")
    return postgresql


def restored(tools: Server, dump: Path, folder: Path) -> SharedStore:
    """The database of a backup, as one that was never another's."""
    database = tools.fresh()
    subprocess.run(["pg_restore", f"--dbname={database}", "--exit-on-error", str(dump)], check=True)
    return SharedStore.open(database, folder)


def write_on(log: Log, stop: threading.Event, acknowledged: list[str]) -> None:
    while not stop.is_set():
        said = entry(len(acknowledged), "toy.done", reps=len(acknowledged))
        log.append([said])
        acknowledged.append(said.id)


def test_each_backup_has_everything_that_was_acknowledged_before_it_began(tools: Server, tmp_path: Path) -> None:
    database, stop = tools.fresh(), threading.Event()
    store = SharedStore.open(database, tmp_path / "patella/people")
    said: dict[int, list[str]] = {person: [] for person in PEOPLE}
    with ThreadPoolExecutor(len(PEOPLE)) as pool:
        writers = [pool.submit(write_on, store.log_of(p), stop, said[p]) for p in PEOPLE]
        try:
            for number in range(BACKUPS):
                before = {person: list(ids) for person, ids in said.items()}
                dump = max(back_up(database, tmp_path / "patella").glob("*.dump"))
                back = restored(tools, dump, tmp_path / f"back {number}")
                for person, ids in before.items():
                    found = [e.id for e in back.log_of(person).entries()]
                    assert found[: len(ids)] == ids
                    assert len(found) == len(set(found))
                back.log_of(1).append([entry(999_999)])  # goes on where it was
                assert back.log_of(1).entries()[-1] == entry(999_999)
                back.close()
        finally:
            stop.set()
    assert [w.exception() for w in writers] == [None] * len(PEOPLE)
    assert all(said.values())
    store.close()


def test_what_was_imported_comes_back_with_the_diaries(tools: Server, tmp_path: Path) -> None:
    database, state = tools.fresh(), tmp_path / "patella"
    store = SharedStore.open(database, state / "people")
    back_up(database, state)  # while nobody has imported anything
    originals, content = Originals(store.log_of(1).folder), b"<gpx/>"
    originals.keep(name_of(content), "gpx", content, packed=False)
    originals.settle()
    backups = back_up(database, state)
    shutil.rmtree(state)
    state.mkdir()
    (packed,) = backups.glob("*.tar.gz")
    subprocess.run(["tar", "--extract", "--gzip", f"--directory={state}", f"--file={packed}"], check=True)
    (kept,) = Originals(store.log_of(1).folder).files()
    assert kept.read_bytes() == content
    store.close()


@pytest.mark.parametrize("unit", sorted(p.name for p in DEPLOY.glob("patella*.*")))
def test_the_units_are_what_systemd_understands(unit: str, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    for file in DEPLOY.glob("patella*.*"):
        text = file.read_text("utf-8").replace("/opt/patella/bin/patella", "/bin/true")
        (tmp_path / file.name).write_text(text, "utf-8")
    found = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / unit)], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stderr) == (0, "")
