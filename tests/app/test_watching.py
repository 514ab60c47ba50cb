"""A watched folder into the diary."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from files.recordings import START, Outing, fit_of, gpx_of
from patella.app.patella import Patella
from patella.app.running.imported import Imported
from patella.app.running.runs import runs_between
from patella.app.running.watching import Watching
from patella.files.library import own_library
from patella.files.watched import WatchedFolder
from patella.store.entry import BusyError
from patella.store.log import Log

NOW = datetime(2026, 5, 10, 9, 30, tzinfo=UTC)
LIST = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Description,Elapsed Time,Distance,Gear,Filename,W,B,E,M,D\n"
    '1,"May 3, 2026, 6:30:00 AM",Dawn,Run,,1800,5.00,Blue,activities/a.fit,,,1800,1790,5200.0\n'
)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Patella]:
    with Log.open(tmp_path / "diary") as log:
        yield Patella(log=log, library=own_library(), now=lambda: NOW, new_id=lambda: str(uuid4()))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    place = tmp_path / "watch"
    (place / "activities").mkdir(parents=True)
    return place


def come(watching: Watching, now_s: float) -> list[tuple[tuple[str, ...], tuple[int, int, int]]]:
    return [(c.files, (c.imported.runs, c.imported.duplicates, len(c.imported.failed))) for c in watching.look(now_s)]


def test_each_file_is_named_with_what_came_of_it_and_none_is_touched(app: Patella, place: Path) -> None:
    (place / "a.fit").write_bytes(fit_of(Outing()))
    (place / "b.gpx").write_bytes(gpx_of(Outing()))
    (place / "c.fit").write_bytes(b"nonsense")
    (place / "photo.jpg").write_bytes(b"jpg")
    before = {f: (f.read_bytes(), f.stat().st_mtime_ns) for f in place.rglob("*") if f.is_file()}
    watching = Watching(app, WatchedFolder(place))
    assert come(watching, 0) == []

    assert come(watching, 10) == [
        (("a.fit",), (1, 0, 0)),
        (("b.gpx",), (0, 1, 0)),
        (("c.fit",), (0, 0, 1)),
        (("photo.jpg",), (0, 0, 0)),
    ]
    assert come(watching, 20) == []
    assert before == {f: (f.read_bytes(), f.stat().st_mtime_ns) for f in place.rglob("*") if f.is_file()}


def test_a_list_is_read_together_with_the_recordings_it_speaks_of(app: Patella, place: Path) -> None:
    (place / "activities.csv").write_text(LIST)
    (place / "activities" / "a.fit").write_bytes(fit_of(Outing()))
    watching = Watching(app, WatchedFolder(place))
    come(watching, 0)

    assert come(watching, 10) == [(("activities.csv", "activities/a.fit"), (1, 0, 0))]
    assert [(r.name, r.distance_m) for r in runs_between(app, None, None)] == [("Dawn", 5200)]


def test_another_watching_finds_what_the_first_took_in_known(app: Patella, place: Path) -> None:
    for n in range(2):
        (place / f"{n}.fit").write_bytes(fit_of(Outing(start=START + timedelta(days=n))))
    for runs, known in ((1, 0), (0, 1)):
        watching = Watching(app, WatchedFolder(place))
        come(watching, 0)
        assert [came[1] for came in come(watching, 10)] == [(runs, known, 0)] * 2


def test_a_folder_that_is_gone_is_waited_for(app: Patella, place: Path, tmp_path: Path) -> None:
    watching = Watching(app, WatchedFolder(place))
    place.rename(tmp_path / "away")
    assert (come(watching, 0), watching.is_there) == ([], False)
    (tmp_path / "away").rename(place)
    (place / "a.fit").write_bytes(fit_of(Outing()))
    assert (come(watching, 10), watching.is_there) == ([], True)

    assert come(watching, 20) == [(("a.fit",), (1, 0, 0))]


def test_what_waits_for_another_program_comes_with_a_later_look(
    app: Patella, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "a.fit").write_bytes(fit_of(Outing()))
    watching = Watching(app, WatchedFolder(place))
    come(watching, 0)

    def busy(*_: object, **__: object) -> Imported:
        raise BusyError("Another program is writing.")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("patella.app.running.watching.import_files", busy)
        assert come(watching, 10) == []
    assert come(watching, 20) == [(("a.fit",), (1, 0, 0))]
