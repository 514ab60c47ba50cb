"""The watched folder of the settings: chosen, looked at beside the answers, said when it is gone, ended by erasing."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from files.recordings import START, Outing, gpx_of
from patella.files import watched as at_rest
from patella.store.watched_place import FILE
from patella.web import watched
from web.visit import Plain, Visit, visiting

PATIENCE_S = 20.0


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_rest, "REST_S", 0.0)
    monkeypatch.setattr(watched, "EVERY_S", 0.05)


def wait_for(answer: Callable[[], Plain], holds: Callable[[Plain], bool]) -> Plain:
    until = time.monotonic() + PATIENCE_S
    while not holds(said := answer()):
        assert time.monotonic() < until, said
        time.sleep(0.05)
    return said


def test_what_is_put_into_the_folder_comes_in_while_the_page_is_used(visit: Visit, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    with visit.client:
        assert visit.get("/api/watched") == {"folder": None, "is_there": False, "sentence": None, "came": []}
        put(visit, drop)
        (drop / "run.gpx").write_bytes(gpx_of(Outing()))
        (drop / "odd.fit").write_bytes(b"nonsense")
        said = wait_for(lambda: visit.get("/api/watched"), lambda s: len(s["came"]) == 2)
        came = {c["files"][0]: c["result"] for c in said["came"]}
        assert (came["run.gpx"]["runs"], came["odd.fit"]["failed"][0]["why"]) == (1, "It is none of FIT, GPX and TCX.")
        assert sorted(f.name for f in drop.iterdir()) == ["odd.fit", "run.gpx"]


def test_a_folder_that_is_gone_is_said_and_waited_for(visit: Visit, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    with visit.client:
        put(visit, drop)
        drop.rename(tmp_path / "away")
        wait_for(lambda: visit.get("/api/watched"), lambda s: not s["is_there"])
        (tmp_path / "away" / "run.gpx").write_bytes(gpx_of(Outing()))
        (tmp_path / "away").rename(drop)
        assert wait_for(lambda: visit.get("/api/watched"), lambda s: len(s["came"]) == 1)["is_there"]


def test_it_is_watched_again_after_a_restart_and_counts_nothing_twice(visit: Visit, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    with visit.client:
        put(visit, drop)
        (drop / "run.gpx").write_bytes(gpx_of(Outing()))
        wait_for(lambda: visit.get("/api/watched"), lambda s: len(s["came"]) == 1)
    later = Outing(start=START + timedelta(days=1))
    with visiting(visit.patella.log.folder) as again, again.client:
        assert again.get("/api/watched")["folder"] == str(drop)
        (drop / "later.gpx").write_bytes(gpx_of(later))
        came = wait_for(lambda: again.get("/api/watched"), lambda s: len(s["came"]) == 1)["came"]
        assert (came[0]["files"], came[0]["result"]["runs"]) == (["later.gpx"], 1)


def test_no_folder_is_watched_that_is_none_or_holds_the_diary(visit: Visit, tmp_path: Path) -> None:
    for wrong in ("/nowhere/at/all", "relative", "", str(tmp_path / "a" / ("x" * 300))):
        assert visit.refused("PUT", "/api/watched", {"folder": wrong})[0] == 422
    status, code, _ = visit.refused("PUT", "/api/watched", {"folder": str(tmp_path)})
    assert (status, code) == (422, "holds-diary")


def test_to_stop_or_to_erase_ends_it(visit: Visit, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    with visit.client:
        put(visit, drop)
        assert visit.client.delete("/api/watched").json()["folder"] is None
        put(visit, drop)
        visit.post("/api/erase", {"confirm": "ERASE"})
        assert not (visit.patella.log.folder / FILE).exists()
        (drop / "run.gpx").write_bytes(gpx_of(Outing()))
        time.sleep(0.3)
        assert not visit.patella.log.entries()


def put(visit: Visit, folder: Path) -> None:
    answer = visit.client.put("/api/watched", json={"folder": str(folder)})
    assert (answer.status_code, answer.json()["folder"]) == (200, str(folder)), answer.text
