"""What nobody calls a run is none until a person says so, and then all that follows from it follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from files.recordings import Outing, fit_of, gpx_of, zip_of
from patella.app.history.refused import NotThereError, OtherContentError, TrainingError
from patella.app.patella import Patella
from patella.app.running.imported import Imported
from patella.app.running.importing import import_files
from patella.app.running.runs import add_run, runs_between, sports_between
from patella.app.running.shoes import add_shoe, shoes_of
from patella.app.running.sports import Unnamed, answer_unnamed, change_sport, maybe_runs, name_all
from patella.care.units import METRIC
from patella.files.library import own_library
from patella.store.log import Log

NOW = datetime(2026, 5, 10, 9, 30, tzinfo=UTC)
HEAD = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Commute,"
    "Activity Gear,Filename"
)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Patella]:
    with Log.open(tmp_path / "diary") as log:
        yield Patella(log=log, library=own_library(), now=lambda: NOW, new_id=lambda: str(uuid4()))


def take(app: Patella, folder: Path, **files: bytes) -> Imported:
    folder.mkdir()
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    return import_files(app, [folder], home=UTC)


def outing(days_ago: int, metres: int = 5000, seconds: int = 1800) -> Outing:
    return Outing(start=NOW - timedelta(days=days_ago), distance_m=metres, seconds=seconds)


def untyped(app: Patella, folder: Path, *outings: Outing) -> Imported:
    return take(app, folder, **{f"a{n}_gpx": gpx_of(o, kind=None) for n, o in enumerate(outings)})


def asked(app: Patella) -> tuple[Unnamed, ...]:
    return answer_unnamed(app, METRIC)


def runs(app: Patella) -> list[float | None]:
    return [r.distance_m for r in runs_between(app, None, None)]


def test_activities_without_a_sport_are_no_runs_and_asked_for_once_for_all_of_a_kind(
    app: Patella, tmp_path: Path
) -> None:
    done = untyped(app, tmp_path / "in", outing(1), outing(2), outing(3, 15_000, 3600), outing(4, 40_000, 3600))
    kinds = asked(app)

    assert (done.runs, done.other, runs(app)) == (0, 4, [])
    assert [(k.count, k.asks) for k in kinds] == [
        (1, "One activity without a sport, faster than 4:10 a km. Was it a run?"),
        (2, "2 activities without a sport, between 4:10 a km and 8:20 a km. Were they runs?"),
    ]
    assert (kinds[1].first, kinds[1].last) == (date(2026, 5, 8), date(2026, 5, 9))
    assert name_all(app, kinds[1].key, "running") == 2
    assert runs(app) == pytest.approx([5000, 5000], abs=5)
    assert [k.count for k in asked(app)] == [1]
    assert name_all(app, kinds[1].key, "running") == 0


def test_what_cannot_be_a_run_is_not_asked_for_and_slow_ones_are(app: Patella, tmp_path: Path) -> None:
    untyped(app, tmp_path / "in", outing(1, 60_000, 3600), outing(2, 3000, 3000))

    assert [k.asks for k in asked(app)] == ["One activity without a sport, slower than 8:20 a km. Was it a run?"]


def test_a_strange_word_is_asked_for_once_and_remembered(app: Patella, tmp_path: Path) -> None:
    take(app, tmp_path / "in", a_gpx=gpx_of(outing(1), kind="Waldlauf"), b_gpx=gpx_of(outing(2), kind="waldlauf"))
    (kind,) = asked(app)

    assert (kind.asks, kind.said) == ("2 activities called “Waldlauf” by the file. Were they runs?", "Waldlauf")
    name_all(app, kind.key, "running")
    later = take(app, tmp_path / "later", c_gpx=gpx_of(outing(3), kind="Waldlauf"))
    assert (later.runs, asked(app)) == (1, ())


def test_an_answer_does_not_come_in_a_second_time_with_the_same_file(app: Patella, tmp_path: Path) -> None:
    untyped(app, tmp_path / "in", outing(1))
    name_all(app, asked(app)[0].key, "cycling")
    again = import_files(app, [tmp_path / "in"], home=UTC)

    assert (again.runs, again.other, again.duplicates) == (0, 0, 1)
    assert [s.sport for s in sports_between(app, None, None)] == ["cycling"]


def test_a_list_says_what_its_files_do_not_and_no_ride_is_a_run_with_its_bike_as_a_shoe(
    app: Patella, tmp_path: Path
) -> None:
    rows = (
        '1,"May 9, 2026, 9:30:00 AM",Out,Sortie à vélo,,1800,5.00,false,Bike,activities/1.gpx',
        '2,"May 8, 2026, 9:30:00 AM",Out,Rodeln,,1800,5.00,false,Sledge,activities/2.gpx',
    )
    files = {f"activities/{n}.gpx": gpx_of(outing(n), kind=None) for n in (1, 2)}
    done = take(app, tmp_path / "in", x_zip=zip_of({"activities.csv": "\n".join([HEAD, *rows]).encode(), **files}))

    assert (done.runs, done.other, shoes_of(app)) == (0, 2, ())
    assert [s.sport for s in sports_between(app, None, None)] == ["unknown", "cycling"]
    (kind,) = asked(app)
    name_all(app, kind.key, "running")
    assert [(s.name, s.id) for s in shoes_of(app)] == [("Sledge", runs_between(app, None, None)[0].shoe)]


def test_the_sport_of_an_activity_is_changed_afterwards_with_its_shoe_and_back(app: Patella, tmp_path: Path) -> None:
    take(app, tmp_path / "in", a_fit=fit_of(outing(1)))
    shoe = add_shoe(app, {"name": "Blue"})
    (run,) = runs_between(app, None, None)
    ride = change_sport(app, run.id, "cycling")
    assert (ride.sport, runs(app), ride.name) == ("cycling", [], run.name)
    new_id = str(uuid4())
    for _ in range(2):
        again = change_sport(app, ride.id, "Running", shoe=shoe.id, entry_id=new_id)
    assert (again.sport, again.shoe, again.start, again.distance_m) == ("running", shoe.id, run.start, 5000)
    assert len(runs(app)) == 1


def test_a_change_of_what_is_not_there_or_to_nothing_is_refused(app: Patella) -> None:
    run = add_run(app, {"distance_m": 5000}, day=date(2026, 5, 1))
    with pytest.raises(NotThereError):
        change_sport(app, str(uuid4()), "cycling")
    with pytest.raises(OtherContentError):
        change_sport(app, run.id, "cycling", entry_id=run.id)
    for wrong in ("", " ", "unknown", "x" * 100):
        with pytest.raises(TrainingError, match="A sport is one of running"):
            change_sport(app, run.id, wrong)
    with pytest.raises(NotThereError):
        change_sport(app, run.id, "running", shoe="none")


def test_what_may_have_been_a_run_is_neither_load_nor_rest(app: Patella, tmp_path: Path) -> None:
    untyped(app, tmp_path / "in", outing(1), outing(2, 60_000, 3600))

    assert [r.day for r in maybe_runs(app, date(2026, 4, 1))] == [date(2026, 5, 9)]
    assert maybe_runs(app, date(2026, 5, 10)) == []


def test_a_line_of_a_list_without_a_file_is_named_too_and_stays(app: Patella, tmp_path: Path) -> None:
    row = '1,"May 9, 2026, 9:30:00 AM",Out,Rodeln,,1800,5.00,false,,'
    take(app, tmp_path / "in", x_zip=zip_of({"activities.csv": f"{HEAD}\n{row}\n".encode()}))
    name_all(app, asked(app)[0].key, "running")
    again = import_files(app, [tmp_path / "in"], home=UTC)

    assert (runs(app), again.runs, again.other, again.duplicates) == ([5000], 0, 0, 1)
    ride = change_sport(app, runs_between(app, None, None)[0].id, "cycling")
    assert (runs(app), [s.id for s in sports_between(app, None, None)]) == ([], [ride.id])
