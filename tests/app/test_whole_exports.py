"""Exports as people have them on their disk: packed anew, unpacked, mixed, beside what was typed in here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from files.recordings import FILE_ID, START, Outing, fit_of, fit_seconds, gpx_of, gz, message, zip_of
from patella.app.patella import Patella
from patella.app.running.imported import Imported
from patella.app.running.importing import import_files
from patella.app.running.runs import add_run, runs_between, sports_between
from patella.app.running.shoes import shoes_of
from patella.files.library import own_library
from patella.store.log import Log

NOW = datetime(2026, 5, 10, 9, 30, tzinfo=UTC)
HEAD = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Activity Gear,"
    "Filename"
)
FILED = f"{HEAD}\n" + '1,"May 3, 2026, 6:30:00 AM","Run, ""fast""",Run,,1800,5.00,Blue,activities/1.fit.gz\n'
TYPED = '2,"May 5, 2026, 6:30:00 AM",Typed in,Run,,1800,4.00,Blue,\n'
LIST, RECORDED = (FILED + TYPED).encode(), gz(fit_of(Outing()))
DAY = timedelta(days=1)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Patella]:
    with Log.open(tmp_path / "diary") as log:
        yield Patella(log=log, library=own_library(), now=lambda: NOW, new_id=lambda: str(uuid4()))


def take(app: Patella, folder: Path, files: dict[str, bytes]) -> Imported:
    """Everything below a folder."""
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return import_files(app, [folder], home=UTC)


def kilometres(app: Patella) -> dict[str, list[float]]:
    """By sport, in the order of their days."""
    found: dict[str, list[float]] = {}
    for one in (*runs_between(app, None, None), *sports_between(app, None, None)):
        found.setdefault(one.sport, []).append((one.distance_m or 0) / 1000)
    return found


WAYS: dict[str, dict[str, bytes]] = {
    "as it came": {"e.zip": zip_of({"activities.csv": LIST, "activities/1.fit.gz": RECORDED})},
    "packed by Windows": {"e.zip": zip_of({"e\\activities.csv": LIST, "e\\activities\\1.fit.gz": RECORDED})},
    "packed by a Mac": {
        "e.zip": zip_of(
            {
                "e/activities.csv": LIST,
                "__MACOSX/e/._activities.csv": b"\0\5\x16\7",
                "e/.DS_Store": b"\0",
                "e/activities/1.fit.gz": RECORDED,
                "__MACOSX/e/activities/._1.fit.gz": b"\0\5\x16\7",
            }
        )
    },
    "unpacked, its recordings too": {"e/activities.csv": LIST, "e/activities/1.fit": fit_of(Outing())},
    "an archive in an archive": {
        "all.zip": zip_of({"a.zip": zip_of({"activities.csv": LIST}), "b.zip": zip_of({"1.fit.gz": RECORDED})})
    },
}


@pytest.mark.parametrize("way", sorted(WAYS))
def test_an_export_is_the_same_however_it_was_packed(app: Patella, tmp_path: Path, way: str) -> None:
    done = take(app, tmp_path / "in", WAYS[way])

    assert (kilometres(app), done.failed, done.duplicates) == ({"running": [5, 4]}, (), 0)
    assert [r.name for r in runs_between(app, None, None)] == ['Run, "fast"', "Typed in"]
    assert [s.name for s in shoes_of(app)] == ["Blue"]


def test_what_the_list_names_holds_for_recordings_that_do_not_say_it(app: Patella, tmp_path: Path) -> None:
    sports = ("E-Bike Ride", "Mountain Bike Ride", "Inline Skate", "Nordic Ski", "Rowing")
    lines, files = [HEAD], {}
    for n, sport in enumerate(sports):
        lines.append(f'{n},"May {n + 1}, 2026, 6:30:00 AM",Out,{sport},,3600,15.00,Thing,activities/{n}.gpx')
        outing = Outing(start=START + (n - 2) * DAY, distance_m=15_000, seconds=3600)
        files[f"activities/{n}.gpx"] = gpx_of(outing, kind=None)
    take(app, tmp_path / "in", {"activities.csv": "\n".join(lines).encode(), **files})

    assert kilometres(app) == {
        "cycling": [15, 15], "skating": [15], "cross-country skiing": [15], "rowing": [15],
    }  # fmt: skip
    assert list(shoes_of(app)) == []


def test_where_the_recording_says_nothing_the_list_does(app: Patella, tmp_path: Path) -> None:
    indoors = gz(fit_of(Outing(distance_m=0, latitude=0, longitude=0)))
    lines = (
        '3,"May 3, 2026, 6:30:00 AM",Treadmill,Run,,1800,6.00,,activities/3.fit.gz',
        '5,"May 4, 2026, 6:30:00 AM",Lost,Run,,1800,7.00,,#error#',
        '6,"May 5, 2026, 6:30:00 AM",No times,Run,,1800,5.00,,activities/6.gpx',
        '7,"May 6, 2026, 6:30:00 AM",Broken,Run,,3600,12.00,,activities/7.fit.gz',
    )
    files = {
        "activities.csv": "\n".join([HEAD, *lines]).encode(),
        "activities/3.fit.gz": indoors,
        "activities/6.gpx": gpx_of(Outing(), times=False),
        "activities/7.fit.gz": gz(b"broken"),
    }
    done = take(app, tmp_path / "in", files)

    assert (kilometres(app), done.failed) == ({"running": [6, 7, 5, 12]}, ())


def test_the_sessions_of_adidas_say_the_sport_of_its_tracks_and_bring_what_has_none(
    app: Patella, tmp_path: Path
) -> None:
    files = {}
    for n, (sport, metres) in enumerate((("1", 10_000), ("3", 16_000), ("14", 5000))):
        start = START + n * DAY
        at = int(start.timestamp() * 1000)
        said = {"start_time": at, "end_time": at + 3_600_000, "start_time_timezone_offset": 0, "id": f"s{n}"}
        more = {"distance": metres, "duration": 3_600_000, "sport_type_id": sport}
        files[f"Sport-sessions/s{n}.json"] = json.dumps({**said, **more}).encode()
        if sport != "14":
            outing = Outing(start=start, distance_m=metres, seconds=3600)
            files[f"Sport-sessions/GPS-data/s{n}.gpx"] = gpx_of(outing, kind=None)
    done = take(app, tmp_path / "in", {"adidas.zip": zip_of(files)})

    assert kilometres(app) == {"running": [10, 5], "cycling": [16]}
    assert done.failed == ()


def test_a_plan_on_the_drive_of_a_watch_is_counted_and_its_run_is_read(app: Patella, tmp_path: Path) -> None:
    said = message(0, FILE_ID, (4, fit_seconds(START)))
    course = fit_of(Outing(distance_m=42_195)).replace(said, message(0, FILE_ID, (6, fit_seconds(START))), 1)
    files = {"GARMIN/Activity/2026.fit": fit_of(Outing()), "GARMIN/Courses/m.fit": course, "GARMIN/m.fit": course}
    done = take(app, tmp_path / "watch", files)

    assert kilometres(app) == {"running": [5]}
    assert [(p.kind, p.count) for p in done.passed] == [("plans: courses, routes, workouts", 2)]


def test_a_run_that_was_typed_in_a_ride_as_far_and_an_evening_run_are_three(app: Patella, tmp_path: Path) -> None:
    add_run(app, {"distance_m": 5000, "moving_s": 1860}, day=START.date())
    evening = Outing(start=START + timedelta(hours=11), distance_m=5100, seconds=1600)
    ride = Outing(start=START + timedelta(hours=9), distance_m=5050, seconds=1000, sport=2)
    take(app, tmp_path / "in", {"evening.fit": fit_of(evening), "ride.fit": fit_of(ride)})

    assert kilometres(app) == {"running": [5, 5.1], "cycling": [5.05]}


def test_two_without_a_distance_of_two_sports_at_one_time_are_two(app: Patella, tmp_path: Path) -> None:
    strength, treadmill = (
        fit_of(Outing(start=START + timedelta(seconds=after), distance_m=0, sport=sport, latitude=0, longitude=0))
        for after, sport in ((0, 10), (60, 1))
    )
    done = take(app, tmp_path / "in", {"a.fit": strength, "b.fit": treadmill})

    assert (done.runs, done.other, done.duplicates) == (1, 1, 0)
