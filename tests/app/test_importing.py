from __future__ import annotations

import json
import os
import resource
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from files.recordings import START, Outing, fit_of, gpx_of, gz, tcx_of, zip_of
from patella.app.history.amend import undo_entry
from patella.app.patella import Patella
from patella.app.running import reading, recording, workers
from patella.app.running.imported import Imported, Upload
from patella.app.running.importing import import_files, importing
from patella.app.running.runs import add_run, runs_between, sports_between
from patella.app.running.shoes import shoes_of
from patella.app.running.worn import answer_shoes
from patella.files.library import own_library
from patella.files.recording import read_recording
from patella.store.entry import ErasedError
from patella.store.log import Log
from patella.store.originals import Originals

NOW = datetime(2026, 5, 10, 9, 30, tzinfo=UTC)
HEAD = (
    "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Aktivitätsbeschreibung,Verstrichene Zeit,Distanz,"
    "Max. Herzfrequenz,Relative Leistung,Pendeln,Hinweis,Aktivitätsausrüstung,Dateiname,Gewicht,Rad,Zeit,Bewegungszeit,"
    "Distanz"
)
LINES = (
    '1,"03.05.2026, 06:30:00",Morgenlauf,Lauf,,1800,"5,00",,,false,,Blaue,activities/1.fit.gz,,,1800,1790,5000.0',
    '2,"04.05.2026, 06:30:00",Ausfahrt,Radfahrt,,3600,"25,00",,,false,,Rad,activities/2.gpx,,,3600,3600,25000.0',
    '3,"05.05.2026, 18:00:00",Laufband,Lauf,,1800,"4,00",,,false,,Blaue,,,,1800,1750,4000.0',
    '4,"irgendwann",Kaputt,Lauf,,1800,"4,00",,,false,,,,,,1800,1750,4000.0',
)
RIDE = Outing(start=START + timedelta(days=1), distance_m=25_000, seconds=3600)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Patella]:
    with Log.open(tmp_path / "diary") as log:
        yield Patella(log=log, library=own_library(), now=lambda: NOW, new_id=lambda: str(uuid4()))


def take(app: Patella, folder: Path, **files: bytes) -> Imported:
    folder.mkdir(exist_ok=True)
    paths = []
    for name, content in files.items():
        place = folder / name.replace("_", ".")
        place.write_bytes(content)
        paths.append(place)
    return import_files(app, paths, home=UTC)


def strava() -> bytes:
    return zip_of(
        {
            "export/activities.csv": "\n".join([HEAD, *LINES]).encode(),
            "export/shoes.csv": b"Name,Marke,Modell,Sport\nBlaue,A,B,Lauf\n,C,D,Lauf\n",
            "export/activities/1.fit.gz": gz(fit_of(Outing())),
            "export/activities/2.gpx": gpx_of(RIDE, kind=None),
            "export/media/photo.jpg": b"jpg",
            "export/activities/5.fit.gz": gz(b"nonsense"),
        }
    )


def counts(imported: Imported) -> tuple[int, int, int, int]:
    return imported.runs, imported.other, imported.duplicates, len(imported.failed)


def test_the_same_run_in_three_formats_is_one_run(app: Patella, tmp_path: Path) -> None:
    done = take(app, tmp_path / "in", a_fit=fit_of(Outing()), b_gpx=gpx_of(Outing()), c_tcx=tcx_of(Outing()))

    assert counts(done) == (1, 0, 2, 0)


def test_what_came_in_is_told_day_by_day_with_the_entry_it_became(app: Patella, tmp_path: Path) -> None:
    later = Outing(start=START + timedelta(days=3), distance_m=8000, seconds=2700)
    imported = take(
        app, tmp_path / "in", a_fit=fit_of(Outing()), b_fit=fit_of(later), c_gpx=gpx_of(RIDE, kind="cycling")
    )
    assert [(b.day, b.sport) for b in imported.brought] == [
        (later.start.date(), "running"),
        (RIDE.start.date(), "cycling"),
        (START.date(), "running"),
    ]
    assert {b.id for b in imported.brought if b.sport == "running"} == {r.id for r in runs_between(app, None, None)}


def test_the_same_import_twice_adds_nothing(app: Patella, tmp_path: Path) -> None:
    place = tmp_path / "export.zip"
    place.write_bytes(strava())
    first, again = (import_files(app, [place], home=UTC) for _ in range(2))

    assert counts(first) == (2, 1, 0, 2)
    assert counts(again) == (0, 0, 3, 2)


def test_an_archive_of_strava_in_another_language_says_sport_name_and_shoe(app: Patella, tmp_path: Path) -> None:
    place = tmp_path / "in" / "export.zip"
    place.parent.mkdir()
    place.write_bytes(strava())
    done = import_files(app, [place], home=UTC)
    runs = runs_between(app, None, None)
    shoes = {s.name: s.id for s in shoes_of(app)}

    assert [(r.name, r.distance_m, r.source) for r in runs] == [("Morgenlauf", 5000, "fit"), ("Laufband", 4000, "csv")]
    assert [r.sport for r in sports_between(app, None, None)] == ["cycling"]
    assert set(shoes) == {"Blaue", "C D"}
    assert {r.shoe for r in runs} == {shoes["Blaue"]}
    assert [(f.file.rpartition("/")[2], f.why) for f in done.failed] == [
        ("5.fit.gz", "It is none of FIT, GPX and TCX."),
        ("line 5", "It has no file, and its day is written in a way that is not known here."),
    ]


def test_a_garmin_archive_is_read_from_its_inner_archives_and_its_summaries(app: Patella, tmp_path: Path) -> None:
    at = int((START + timedelta(days=2)).timestamp() * 1000)
    summary = (
        f'[{{"summarizedActivitiesExport": [{{"activityId": 7, "activityType": "running", "beginTimestamp": {at},'
        f' "startTimeLocal": {at + 7_200_000}, "duration": 1800000.0, "distance": 600000.0}}]}}]'
    )
    settings = fit_of(Outing())[:12] + fit_of(Outing())[12:].replace(b"\x00\x04", b"\x00\x02", 1)
    inner = zip_of({"1.fit": fit_of(Outing()), "2.fit": settings[:60]})
    content = zip_of(
        {
            "DI_CONNECT/Uploaded/Part1.zip": inner,
            "DI_CONNECT/Fitness/x_0_summarizedActivities.json": summary.encode(),
        }
    )
    done = take(app, tmp_path / "in", garmin_zip=content)

    assert done.runs == 2
    assert [(r.distance_m, r.start and r.start.hour) for r in runs_between(app, None, None)] == [(5000, 8), (6000, 8)]


def test_the_shoes_of_a_garmin_archive_come_with_the_kilometres_of_the_runs_that_name_them(
    app: Patella, tmp_path: Path
) -> None:
    at = int(START.timestamp() * 1000)
    summary = [{"activityId": n, "activityType": "running", "beginTimestamp": at - n * 86_400_000,
                "duration": 1800000.0, "distance": 600000.0} for n in range(3)]  # fmt: skip
    gear = {
        "gearDTOS": [{"gearPk": 5, "displayName": "Blue", "gearTypeName": "Shoes", "dateBegin": "2026-01-01T00:00"}],
        "gearActivityDTOs": {"5": [{"activityId": 0}, {"activityId": 2}]},
    }
    content = zip_of(
        {
            "DI-Connect-Fitness/x_gear.json": json.dumps([gear]).encode(),
            "DI-Connect-Fitness/x_summarizedActivities.json": json.dumps(
                [{"summarizedActivitiesExport": summary}]
            ).encode(),
            "UploadedFiles/1.fit": fit_of(Outing(distance_m=6000)),
        }
    )
    assert take(app, tmp_path / "in", garmin_zip=content).runs == 3
    (shoe,) = answer_shoes(app)

    assert (shoe.name, shoe.metres, shoe.runs, shoe.since) == ("Blue", 12_000, 2, date(2026, 1, 1))


def test_a_folder_is_searched_and_what_is_not_meant_is_left(app: Patella, tmp_path: Path) -> None:
    folder = tmp_path / "watch"
    (folder / "2026").mkdir(parents=True)
    (folder / "2026" / "a.fit").write_bytes(fit_of(Outing()))
    (folder / "letter.txt").write_text("hello")
    (folder / ".hidden.fit").write_bytes(b"x")

    assert counts(import_files(app, [folder], home=UTC)) == (1, 0, 0, 0)


def test_a_file_that_is_not_there_is_named(app: Patella, tmp_path: Path) -> None:
    done = import_files(app, [tmp_path / "gone.fit"])

    assert [(f.file, f.why) for f in done.failed] == [("gone.fit", "There is no such file.")]


def test_an_upload_goes_by_its_own_name(app: Patella, tmp_path: Path) -> None:
    place = tmp_path / "spooled"
    place.write_bytes(b"nothing")

    assert import_files(app, [Upload(path=place, name="evening.fit")]).failed[0].file == "evening.fit"


def test_what_was_taken_back_stays_so_when_it_is_imported_again(app: Patella, tmp_path: Path) -> None:
    take(app, tmp_path / "in", a_fit=fit_of(Outing()))
    undo_entry(app, runs_between(app, None, None)[0].id, str(uuid4()))
    again = take(app, tmp_path / "in", b_gpx=gpx_of(Outing()))

    assert counts(again) == (0, 0, 1, 0)
    assert runs_between(app, None, None) == []


def test_a_run_that_was_typed_in_is_not_imported_a_second_time(app: Patella, tmp_path: Path) -> None:
    add_run(app, {"distance_m": 5050}, day=START.date())

    assert counts(take(app, tmp_path / "in", a_fit=fit_of(Outing()))) == (0, 0, 1, 0)


def test_a_run_that_lies_ahead_is_refused(app: Patella, tmp_path: Path) -> None:
    done = take(app, tmp_path / "in", a_fit=fit_of(Outing(start=NOW + timedelta(days=3))))

    assert "lies ahead" in done.failed[0].why


def test_originals_are_kept_privately_byte_for_byte_and_go_with_an_erase(app: Patella, tmp_path: Path) -> None:
    packed = gz(fit_of(Outing()))
    take(app, tmp_path / "in", a_fit_gz=packed)
    originals = Originals(app.log.path.parent)
    (kept,) = originals.files()

    assert kept.read_bytes() == packed
    assert kept.stat().st_mode & 0o077 == 0
    assert kept.parent.stat().st_mode & 0o077 == 0
    app.log.erase()
    assert not originals.folder.exists()


def test_stopped_in_the_middle_what_was_read_is_kept_and_the_next_time_goes_on(app: Patella, tmp_path: Path) -> None:
    folder = tmp_path / "watch"
    folder.mkdir()
    for day in range(6):
        (folder / f"{day}.fit").write_bytes(fit_of(Outing(start=START + timedelta(days=day))))

    def stop(done: int, total: int, name: str) -> None:
        if done == 3:
            raise KeyboardInterrupt(f"{total} {name}")

    with pytest.raises(KeyboardInterrupt):
        import_files(app, [folder], progress=stop, home=UTC)
    assert len(runs_between(app, None, None)) == 3
    assert counts(import_files(app, [folder], home=UTC)) == (3, 0, 3, 0)


def test_an_import_that_is_erased_from_elsewhere_stops_and_leaves_nothing(app: Patella, tmp_path: Path) -> None:
    files = tmp_path / "in"
    files.mkdir()
    for n in range(3):
        (files / f"{n}.gpx").write_bytes(gpx_of(Outing(start=START + timedelta(days=n))))
    app.write("note", {})

    def erase_after_the_second(done: int, _of: int, _name: str) -> None:
        if done == 2:
            with Log.open(app.log.path.parent) as other:
                other.erase()

    with pytest.raises(ErasedError):
        import_files(app, [files], home=UTC, progress=erase_after_the_second)
    assert not app.log.entries()
    assert not list(Originals(app.log.path.parent).files())


def test_what_one_file_does_to_a_reader_is_its_own_affair(app: Patella, tmp_path: Path) -> None:
    """A number of four hundred digits, a name that is no text, a pipe nobody writes to."""
    files = tmp_path / "in"
    files.mkdir()
    huge = '[{"summarizedActivitiesExport": [{"activityId": 1, "beginTimestamp": 1777780800000, "distance": 1%s}]}]'
    (files / "x_summarizedActivities.json").write_text(huge % ("0" * 400))
    (files / os.fsdecode(b"caf\xe9.gpx")).write_bytes(b"nonsense")
    (files / "good.gpx").write_bytes(gpx_of(Outing()))
    os.mkfifo(files / "pipe.fit")
    done = import_files(app, [files], home=UTC)
    assert done.runs == 1
    assert {f.file.rsplit("/")[-1] for f in done.failed} >= {"caf?.gpx", "pipe.fit"}
    json.dumps([f.why for f in done.failed]).encode()
    assert [b.distance_m for b in done.brought if b.distance_m and b.distance_m > 1e6] == []


def test_a_reader_that_breaks_ends_with_its_file(app: Patella, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever nobody has foreseen: a fault of a reader's own costs one file, not the import."""
    seen = []

    def break_once(content: bytes) -> object:
        seen.append(content)
        if len(seen) == 1:
            raise RecursionError
        return read_recording(content)

    monkeypatch.setattr(recording, "read_recording", break_once)
    later = Outing(start=START + timedelta(days=1))
    done = take(app, tmp_path / "in", a_gpx=gpx_of(Outing()), b_gpx=gpx_of(later))
    assert (done.runs, [f.why for f in done.failed]) == (1, ["It could not be read (RecursionError); the rest was."])


def test_archives_within_an_archive_need_few_open_files(app: Patella, tmp_path: Path) -> None:
    inner = {f"part{n}.zip": zip_of({"a.gpx": gpx_of(Outing(start=START - timedelta(days=n)))}) for n in range(60)}
    file = tmp_path / "all.zip"
    file.write_bytes(zip_of(inner))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (len(list(Path("/proc/self/fd").iterdir())) + 24, hard))
    try:
        done = import_files(app, [file], home=UTC)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert (done.runs + done.other, done.failed) == (60, ())


# --- one activity is one


def phone(start: datetime, metres: float, seconds: int = 1800) -> bytes:
    return gpx_of(Outing(start=start, distance_m=metres, seconds=seconds, strides=0), kind="running")


def test_a_run_from_watch_and_phone_that_overlap_in_time_is_one_and_the_watch_stays(
    app: Patella, tmp_path: Path
) -> None:
    later = phone(START + timedelta(seconds=300), 5400)
    done = take(app, tmp_path / "in", a_gpx=later, b_fit=fit_of(Outing()))

    assert counts(done) == (1, 0, 1, 0)
    assert [r.source for r in runs_between(app, None, None)] == ["fit"]


def test_two_different_ones_of_a_day_stay_two_and_none_is_swallowed_across_sports(app: Patella, tmp_path: Path) -> None:
    evening = Outing(start=START + timedelta(hours=11))
    indoors = Outing(distance_m=0, sport=10)
    done = take(
        app,
        tmp_path / "in",
        a_fit=fit_of(Outing()),
        b_fit=fit_of(evening),
        c_fit=fit_of(indoors),
        d_gpx=gpx_of(Outing(strides=80), kind="cycling"),
    )

    assert counts(done) == (2, 2, 0, 0)


def test_a_list_that_knows_only_the_clock_on_the_wrist_is_the_run_of_the_file_wherever_that_was(
    app: Patella, tmp_path: Path
) -> None:
    watch = fit_of(Outing(latitude=35.68, longitude=139.76), offset_h=9)
    listed = (
        b"Activity Type,Date,Favorite,Title,Distance,Calories,Time\n"
        b'Running,2026-05-03 15:30:00,false,"Tokyo","5.00","300","00:30:00"\n'
        b'Running,2026-05-03 20:30:00,false,"Another","5.00","300","00:30:00"\n'
    )

    imported = take(app, tmp_path / "in", watch_fit=watch, Activities_csv=listed)

    assert counts(imported) == (2, 0, 1, 0)
    starts = {r.start.isoformat() for r in runs_between(app, None, None) if r.start}
    assert starts == {"2026-05-03T15:30:00+09:00", "2026-05-03T20:30:00+00:00"}


def test_of_a_list_that_breaks_off_what_is_whole_is_taken_and_it_is_said(app: Patella, tmp_path: Path) -> None:
    workout = (
        '<Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="30" durationUnit="min"'
        ' totalDistance="5" totalDistanceUnit="km" startDate="2026-05-0{day} 08:30:00 +0200"'
        ' endDate="2026-05-0{day} 09:00:00 +0200"/>'
    )
    whole = "<HealthData>" + "".join(workout.format(day=day) for day in (1, 2, 3)) + "</HealthData>\n"
    cut = zip_of({"apple_health_export/export.xml": whole[: whole.rindex("startDate")].encode()})

    imported = take(app, tmp_path / "in", export_zip=cut)
    assert counts(imported) == (2, 0, 0, 1)
    assert imported.failed[0].why == (
        "It breaks off in the middle; the workouts that are whole were taken. Export it once more."
    )
    assert counts(take(app, tmp_path / "again", export_xml=whole.encode())) == (1, 0, 2, 0)


def test_two_short_ones_one_after_the_other_are_two(app: Patella, tmp_path: Path) -> None:
    first = Outing(distance_m=168, seconds=60)
    second = Outing(start=START + timedelta(seconds=61), distance_m=168, seconds=60)

    assert counts(take(app, tmp_path / "a", a_fit=fit_of(first), b_fit=fit_of(second))) == (2, 0, 0, 0)
    assert counts(take(app, tmp_path / "b", c_gpx=gpx_of(first), d_tcx=tcx_of(second))) == (0, 0, 2, 0)


def test_a_run_that_was_typed_in_is_one_recording_of_that_day_and_no_second(app: Patella, tmp_path: Path) -> None:
    add_run(app, {"distance_m": 5000, "moving_s": 1800}, day=START.date())
    evening = Outing(start=START + timedelta(hours=11))
    quicker = Outing(start=START + timedelta(hours=5), distance_m=5100, seconds=1500)
    done = take(app, tmp_path / "in", a_fit=fit_of(Outing()), b_fit=fit_of(evening), c_fit=fit_of(quicker))

    assert counts(done) == (2, 0, 1, 0)


def test_a_recording_without_a_sport_is_the_run_that_is_known_already(app: Patella, tmp_path: Path) -> None:
    done = take(app, tmp_path / "in", a_fit=fit_of(Outing()), b_gpx=gpx_of(Outing(), kind=None))

    assert counts(done) == (1, 0, 1, 0)


# --- what a list says holds, and every file is accounted for


def test_what_was_put_right_on_the_platform_holds_over_the_file(app: Patella, tmp_path: Path) -> None:
    at = int(START.timestamp() * 1000)
    said = {"activityId": 1, "name": "Corrected", "activityType": "treadmill_running", "beginTimestamp": at}
    summary = [{"summarizedActivitiesExport": [{**said, "duration": 1_800_000.0, "distance": 520_000.0}]}]
    content = zip_of({"a.fit": fit_of(Outing()), "x_summarizedActivities.json": json.dumps(summary).encode()})
    done = take(app, tmp_path / "in", garmin_zip=content)
    (run,) = runs_between(app, None, None)

    assert counts(done) == (1, 0, 0, 0)
    assert (run.distance_m, run.name, run.surface, run.source) == (5200, "Corrected", "treadmill", "fit")


def test_where_a_file_is_lost_or_cannot_be_used_the_values_of_its_line_are_taken_and_it_is_said(
    app: Patella, tmp_path: Path
) -> None:
    lines = [
        LINES[0],
        LINES[0].replace("1,", "9,", 1).replace("03.05.2026, 06", "01.05.2026, 06").replace("/1.fit", "/9.fit"),
    ]
    content = zip_of(
        {"activities.csv": "\n".join([HEAD, *lines]).encode(), "activities/9.fit.gz": b"broken", "media/a.jpg": b"jpg"}
    )
    done = take(app, tmp_path / "in", strava_zip=content)

    assert counts(done) == (2, 0, 0, 0)
    assert [b.remark for b in done.brought] == [
        "Its file could not be used (it is not there); these are the values of the list.",
        "Its file could not be used (It is none of FIT, GPX and TCX); these are the values of the list.",
    ]


def test_every_file_of_an_archive_is_read_or_counted_as_what_it_is_or_named(app: Patella, tmp_path: Path) -> None:
    content = zip_of(
        {
            "activities/1.fit": fit_of(Outing()),
            "activities/2.gpx": gpx_of(Outing(), times=False),
            "activities/3.gpx": b"<gpx>",
            "routes/1.gpx": gpx_of(Outing(start=START - timedelta(days=1))),
            "media/1.jpg": b"jpg",
            "media/2.mp4": b"mp4",
            "profile.csv": b"a,b",
            "map.kml": b"<kml/>",
            "deep.zip": zip_of({"deeper.zip": zip_of({"a.fit": fit_of(Outing())})}),
            "../evil.fit": fit_of(Outing()),
        }
    )
    done = take(app, tmp_path / "in", all_zip=content)
    passed = {p.kind: p.count for p in done.passed}

    assert passed == {
        "photos and films": 2,
        "plans: courses, routes, workouts": 2,
        "settings, measures and other documents": 1,
    }
    assert sorted(f.file.rpartition("/")[2] for f in done.failed) == ["3.gpx", "deeper.zip", "evil.fit", "map.kml"]
    assert done.files == done.runs + sum(passed.values()) + len(done.failed)


def test_other_archives_and_what_holds_nothing_are_named_or_counted(app: Patella, tmp_path: Path) -> None:
    stopped = tcx_of(Outing(distance_m=0, seconds=0, points=2))
    content = zip_of({"a.7z": b"7z", "b/old.tar.gz": gz(b"tar"), "c.tcx": stopped, "d/exercise-0.json": b"[]"})
    imported = take(app, tmp_path / "in", export_zip=content)

    archive = "It is an archive of a kind that is not opened here. Unpack it, or pack it as zip."
    assert {(f.file.rpartition("/")[2], f.why) for f in imported.failed} == {("a.7z", archive), ("old.tar.gz", archive)}
    assert {p.kind: p.count for p in imported.passed} == {"recordings and lists with nothing in them": 2}
    assert imported.files == 4

    alone = take(app, tmp_path / "alone", **{"exercise-0_json": b"[]"})
    assert [f.why for f in alone.failed] == ["It is a list of activities, but there is none in it."]


def test_media_and_one_bad_entry_do_not_keep_an_archive_from_being_read(app: Patella, tmp_path: Path) -> None:
    content = zip_of({"film.mp4": b"\0" * 30_000_000, "bomb.gpx": b" " * 30_000_000, "run.fit": fit_of(Outing())})
    done = take(app, tmp_path / "in", x_zip=content)

    assert (done.runs, [f.file.rpartition("/")[2] for f in done.failed]) == (1, ["bomb.gpx"])


@pytest.fixture
def two_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MANY", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


@pytest.mark.usefixtures("two_processes")
def test_what_is_read_in_other_processes_comes_as_it_would_here(app: Patella, tmp_path: Path) -> None:
    """In the same order, what is wrong with one file said of that one, what is known already known."""
    files = {f"{n:02}_gpx": gpx_of(Outing(start=START - timedelta(days=n))) for n in range(12)}
    there = {**files, "05_gpx": b"<gpx", "07_gpx": files["06_gpx"], "09_gpx": gpx_of(Outing(), times=False)}
    done = take(app, tmp_path / "in", **there)
    assert (done.runs, done.duplicates, [f.file.rsplit("/")[-1] for f in done.failed]) == (9, 1, ["05.gpx"])
    assert [b.day for b in done.brought] == sorted((b.day for b in done.brought), reverse=True)
    again = import_files(app, [tmp_path / "in"], home=UTC)
    assert (again.runs, again.duplicates) == (0, 10)
    assert len(list(Originals(app.log.path.parent).files())) == 9


@pytest.mark.usefixtures("two_processes")
def test_a_process_that_dies_takes_one_file_with_it(
    app: Patella, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dying = "import patella.app.running.workers as w, os; was = w.recording.opened; "
    dying += "w.recording.opened = lambda c, k: os._exit(9) if b'DEADLY' in c else was(c, k); w.work()"
    monkeypatch.setattr(workers, "BEGIN", dying)
    files = {f"{n}_gpx": gpx_of(Outing(start=START + timedelta(days=n))) for n in range(5)}
    done = take(app, tmp_path / "in", **files, x_gpx=b"DEADLY")
    assert (done.runs, [f.why for f in done.failed]) == (5, [workers.SUDDEN])


@pytest.mark.usefixtures("two_processes")
def test_an_import_that_is_left_leaves_no_process_behind(app: Patella, tmp_path: Path) -> None:
    for n in range(20):
        (tmp_path / f"{n}.gpx").write_bytes(gpx_of(Outing(start=START + timedelta(days=n))))
    steps = importing(app, [tmp_path], home=UTC)
    while not (step := next(steps)).name:  # type: ignore[union-attr]
        pass
    assert step
    steps.close()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    assert app.log.entries()
