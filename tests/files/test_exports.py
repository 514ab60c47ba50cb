"""The exports of platforms, each in its own shape: what their lists say, and what they say of recordings."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patella.files.activity import Activity
from patella.files.apple import read_apple
from patella.files.bad_file import BadFileError, EmptyError
from patella.files.huawei import read_huawei
from patella.files.lists import Lists, rows_in
from patella.files.moments import read_listed_moment
from patella.files.pairs import Pair, read_gear
from patella.files.row import Row, usable
from patella.files.source import OTHER, PHOTOS, PLANS, Found

MS = int(datetime(2026, 5, 3, 6, 30, tzinfo=UTC).timestamp() * 1000)
TOLD = (datetime(2026, 5, 3, 6, 30, tzinfo=UTC), "running", 10_000.0, 3000.0)


def found(name: str, content: bytes) -> Found:
    return Found(name=name, read=lambda: content, pieces=lambda: iter([content]))


def rows(name: str, said: object) -> list[Row]:
    content = said if isinstance(said, bytes) else said.encode() if isinstance(said, str) else json.dumps(said).encode()
    return list(rows_in(found(name, content)))


def only(name: str, said: object) -> Activity:
    (row,) = rows(name, said)
    assert row.activity is not None
    return row.activity


def told(one: Activity) -> tuple[datetime, str, float | None, float | None]:
    return one.start, one.sport, one.distance_m, one.moving_s


WORKOUT = (
    '<Workout workoutActivityType="HKWorkoutActivityType{kind}" duration="50" durationUnit="min"'
    ' startDate="2026-05-03 08:30:00 +0200" endDate="2026-05-03 09:20:00 +0200">'
    '<MetadataEntry key="HKIndoorWorkout" value="1"/><WorkoutStatistics'
    ' type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="{far}" unit="{unit}"/>{route}</Workout>'
)
ROUTE = '<WorkoutRoute><FileReference path="/workout-routes/route_1.gpx"/></WorkoutRoute>'


def apple(*workouts: str) -> bytes:
    head = '<?xml version="1.0"?><!DOCTYPE HealthData [<!ELEMENT HealthData (Record*)>]><HealthData locale="en">'
    records = '<Record type="HKQuantityTypeIdentifierHeartRate" value="60"/>' * 40
    return (head + records + records.join(workouts) + records + "</HealthData>").encode()


EXPORTS: dict[str, object] = {
    "Sport-sessions/2026.json": {
        "start_time": MS, "end_time": MS + 3_000_000, "start_time_timezone_offset": 7_200_000, "distance": 10_000,
        "duration": 3_000_000, "sport_type_id": "1", "id": "a",
    },
    "Activities/2026.json": {
        "id": "x", "type": "run", "start_epoch_ms": MS, "end_epoch_ms": MS + 3_000_000, "active_duration_ms": 3_000_000,
        "summaries": [{"metric": "distance", "summary": "total", "value": 10.0}],
    },
    "training-session-1.json": {
        "exercises": [{"startTime": "2026-05-03T08:30:00.000", "timezoneOffset": 120, "sport": "RUNNING",
                       "distance": 10_000, "duration": "PT50M", "samples": {}}],
    },
    "exercise-0.json": [
        {"logId": 1, "activityName": "Run", "startTime": "05/03/26 06:30:00", "duration": 3_000_000, "distance": 10.0,
         "distanceUnit": "Kilometer"}
    ],
    "log.json": {
        "DeviceLog": {"Header": {"ActivityType": 3, "DateTime": "2026-05-03T08:30:00.000+02:00", "Distance": 10_000,
                                 "Duration": 3000}}
    },
    "SPORT_1.csv": "type,startTime,sportTime(s),distance(m)\n1,2026-05-03 06:30:00+0000,3000,10000.0\n",
    "cardioActivities.csv": (
        "Activity Id,Date,Type,Route Name,Distance (km),Duration,GPX File\n"
        "a,2026-05-03 06:30:00,Running,,10.00,50:00,\n"
    ),
    "Activities.csv": (
        "Aktivitätstyp,Datum,Favorit,Titel,Distanz,Kalorien,Zeit\n"
        'Laufen,2026-05-03 06:30:00,false,"Runde","10,00","650","00:50:00"\n'
    ),
    "com.samsung.shealth.exercise.1.csv": (
        "com.samsung.shealth.exercise,1,2\ncom.samsung.health.exercise.start_time,com.samsung.health.exercise.exercise_type,"
        "com.samsung.health.exercise.distance,com.samsung.health.exercise.duration,com.samsung.health.exercise.time_offset\n"
        "2026-05-03 06:30:00.000,1002,10000.0,3000000,UTC+0200\n"
    ),
    "2026-05-03T08_30_00+02_00_RUNNING.json": {
        "fitnessActivity": "running", "startTime": "2026-05-03T08:30:00+02:00", "endTime": "2026-05-03T06:30:00Z",
        "duration": "3000s", "aggregate": [{"metricName": "com.google.calories.expended", "floatValue": 700.0},
                                           {"metricName": "com.google.distance.delta", "floatValue": 10_000.0}],
    },
    "UserExercises_2026-05-01.csv": (
        "exercise_id,exercise_start,exercise_end,utc_offset,activity_name,log_type,tracker_total_distance_mm\n"
        "9,2026-05-03T06:30:00Z,2026-05-03T07:20:00Z,+02:00,Outdoor Run,TRACKER,10000000\n"
    ),
    "motion path detail data.json": [
        {"attribute": 'HW_EXT_TRACK_DETAIL@istp=lbs;k=0;lat=52.5;\n"quoted" \\', "sportType": 4, "startTime": MS,
         "endTime": MS + 3_100_000, "totalTime": 3_000_000, "totalDistance": 10_000, "timeZone": "+0200"}
    ],
    "export.xml": apple(WORKOUT.format(kind="Running", far="10", unit="km", route=ROUTE)),
    "activities.csv": (
        "ID,Date,Name,Type,Description,Elapsed,Distance,Heart,Gear,Filename,Weight,Bike,Elapsed,Moving,Distance\n"
        '7,"May 3, 2026, 6:30:00 AM","Home, ""again""",Run,,3100,10.00,,Blue,activities/7.gpx,,,3100,3000,10000\n'
    ),
    "x_summarizedActivities.json": [
        {"summarizedActivitiesExport": [{"activityId": 1, "activityType": "running", "beginTimestamp": MS,
                                         "duration": 3_000_000.0, "distance": 1_000_000.0}]}
    ],
}  # fmt: skip
EACH = pytest.mark.parametrize("name", sorted(EXPORTS))


@EACH
def test_a_run_in_the_export_of_each_platform_says_when_what_how_far_and_how_long(name: str) -> None:
    assert told(only(name, EXPORTS[name])) == TOLD


@EACH
def test_cut_or_spoilt_an_export_gives_activities_or_a_sentence(name: str) -> None:
    said, chance = EXPORTS[name], random.Random(3)  # noqa: S311 - the same every time
    content = said if isinstance(said, bytes) else said.encode() if isinstance(said, str) else json.dumps(said).encode()
    for at in range(0, len(content), max(1, len(content) // 150)):
        spoilt = bytearray(content)
        spoilt[at] ^= 1 << chance.randrange(8)
        for changed in (content[:at], bytes(spoilt)):
            with suppress(BadFileError):
                assert all(r.key for r in rows(name, changed))


PLACES = st.integers(0, 5000)


@EACH
@settings(max_examples=60)
@given(
    flips=st.lists(st.tuples(PLACES, st.integers(0, 7)), max_size=12),
    cut=st.none() | PLACES,
    at=PLACES,
    brought=st.binary(max_size=40)
    | st.sampled_from([b'"', b"[" * 40, b"{" * 40, b"\0", b"9" * 40, b"-", b"\n", b",,"]),
)
def test_whatever_is_flipped_cut_and_brought_into_an_export_gives_activities_or_a_sentence(
    name: str, flips: list[tuple[int, int]], cut: int | None, at: int, brought: bytes
) -> None:
    said = EXPORTS[name]
    content = bytearray(
        said if isinstance(said, bytes) else (said if isinstance(said, str) else json.dumps(said)).encode()
    )
    for place, bit in flips:
        content[place % len(content)] ^= 1 << bit
    content[at % len(content) : at % len(content)] = brought
    with suppress(BadFileError):
        for row in rows(name, bytes(content[:cut])):
            assert row.key
            with suppress(BadFileError):
                assert usable(row).start


def test_each_workout_of_apple_is_what_it_was_with_its_route_and_its_unit() -> None:
    kinds = (
        "Cycling",
        "Running",
        "Walking",
        "SkatingSports",
        "WheelchairRunPace",
        "TraditionalStrengthTraining",
        "Other",
    )
    listed = rows("export.xml", apple(*(WORKOUT.format(kind=k, far="5", unit="mi", route=ROUTE) for k in kinds)))

    assert [r.activity.sport for r in listed if r.activity] == [
        "cycling", "running", "walking", "skating", "wheelchair", "strength training", "unknown",
    ]  # fmt: skip
    assert {r.file for r in listed} == {"/workout-routes/route_1.gpx"}
    first = listed[1].activity
    assert first is not None
    assert (first.distance_m, first.surface, first.offset) == (8046.72, "treadmill", timedelta(hours=2))
    for unit, metres in (("yd", 914.4), ("m", 1000), ("ft", 304.8), ("furlong", None)):
        said = apple(WORKOUT.format(kind="Swimming", far="1000", unit=unit, route=""))
        assert only("export.xml", said).distance_m == metres


@pytest.mark.parametrize("size", [1, 7, 100, 4096])
def test_a_life_of_heartbeats_is_read_by_the_piece_wherever_it_is_parted(size: int) -> None:
    content = apple(
        *(WORKOUT.format(kind="Running", far=str(n), unit="km", route="") for n in (5, 6)), '<Workout a="b"/>'
    )
    pieces = (content[at : at + size] for at in range(0, len(content), size))

    assert [r.activity.distance_m if r.activity else None for r in read_apple(pieces)] == [5000, 6000, None]


@pytest.mark.parametrize("size", [1, 7, 100, 4096])
def test_the_tracks_of_huawei_are_passed_over_wherever_they_are_parted_and_its_bare_keys_are_read(size: int) -> None:
    said = EXPORTS["motion path detail data.json"]
    assert isinstance(said, list)
    by_day = [{"recordDay": 20260503, "motionPathData": [{**said[0], "partTimeMap": {"KEY": 300.5}}]}, *said]
    content = json.dumps(by_day).replace('"KEY"', "1.0").encode()
    listed = read_huawei(content[at : at + size] for at in range(0, len(content), size))

    assert [told(r.activity) for r in listed if r.activity] == [TOLD] * 2


def test_a_workout_of_apple_begins_in_any_manner_and_a_name_may_hold_signs_of_a_tag() -> None:
    one = WORKOUT.format(kind="Running", far="10", unit="km", route="")
    odd = one.replace("<Workout ", '<Workout\n sourceName="Fast /> and > slow"\t')
    alone = one[: one.index(">")] + ' totalDistance="10" totalDistanceUnit="km"/>'

    listed = rows("export.xml", apple(odd, alone, one))
    assert [told(r.activity) for r in listed if r.activity] == [TOLD] * 3


def test_the_tables_of_vendors_are_read_in_any_order_of_their_columns_and_with_decimal_commas() -> None:
    zepp = "startTime;distance(m);type;sportTime(s)\n2026-05-03 06:30:00+0000;10000,0;1;3000\n"
    runkeeper = 'Date,Type,Activity Id,GPX File,Duration,Distance (km)\n2026-05-03 06:30:00,Running,a,,50:00,"10,00"\n'

    assert [told(only(n, t)) for n, t in (("SPORT_1.csv", zepp), ("b.csv", runkeeper))] == [TOLD] * 2


def test_what_is_no_running_on_the_platform_is_none_here_and_what_is_not_known_is_asked_for() -> None:
    session = EXPORTS["Sport-sessions/2026.json"]
    assert isinstance(session, dict)
    assert only("a.json", {**session, "sport_type_id": "3"}).sport == "cycling"
    assert only("a.json", {**session, "sport_type_id": "14"}).surface == "treadmill"
    strange = only("a.json", {**session, "sport_type_id": "77"})
    assert (strange.sport, strange.said) == ("unknown", "adidas 77")


def test_a_long_session_of_polar_is_read_without_its_samples() -> None:
    said = EXPORTS["training-session-1.json"]
    content = json.dumps(said).replace('"samples": {}', '"samples": {"heartRate": [' + "1," * 3_000_000 + "1]}")

    assert told(only("training-session-1.json", content)) == TOLD


def test_other_json_and_a_list_without_files_are_refused_with_a_sentence() -> None:
    others: Sequence[tuple[str, object]] = [
        ("a.json", {"sleep": 1}),
        ("a.json", [{"sport": "RUNNING"}]),
        ("a.json", b"{"),
        ("activities.csv", "a,b\n1,2\n"),
        ("b.csv", ""),
    ]
    for name, said in others:
        with pytest.raises(BadFileError):
            rows(name, said)


# --- Strava, in the language of the account and the manner of its year

HEAD = (
    "ID,Date,Name,Type,Description,Elapsed,Distance,Heart,Effort,Commute,Note,Gear,{head},Weight,Bike,Elapsed,Moving,"
    "Distance"
)


@pytest.mark.parametrize(
    ("head", "day", "word"),
    [
        ("Nom du fichier", "3 mai 2026 à 06:30:00", "Course à pied"),
        ("Bestandsnaam", "3 mei 2026 06:30:00", "Hardloopsessie"),
        ("Nome do arquivo", "3 de mai. de 2026 06:30:00", "Corrida"),
        ("Dateiname", "03.05.2026, 06:30:00", "Lauf"),
        ("Filename", "May 3, 2026, 6:30:00 AM", "Run"),
        ("Filename", "3 May 2026, 06:30:00", "Run"),
        ("Имя файла", "3 мая 2026 г., 06:30:00", "Забег"),  # noqa: RUF001 - Russian
        ("Nombre de archivo", "3 may 2026, 6:30:00", "Carrera"),
        ("Nome del file", "3 mag 2026, 06:30:00", "Corsa"),
        ("ファイル名", "2026/05/03 6:30:00", "ラン"),
        ("文件名", "2026年5月3日 06:30:00", "跑步"),
        ("파일 이름", "2026. 5. 3. 오전 6:30:00", "달리기"),
        ("Filnamn", "3 maj 2026 06:30:00", "Löpning"),
        ("Tiedostonimi", "3. toukok. 2026 klo 6.30.00", "Juoksu"),
        ("Název souboru", "3. 5. 2026 6:30:00", "Běh"),
        ("Nazwa pliku", "3 maj 2026, 06:30:00", "Bieg"),
    ],
)
def test_a_run_that_was_typed_in_is_read_in_every_language(head: str, day: str, word: str) -> None:
    line = f'7,"{day}",Home,{word},,3000,"10,00",,,false,,Shoe,,,,3000.0,3000.0,10000.0'

    assert told(only("activities.csv", f"{HEAD.format(head=head)}\n{line}\n")) == TOLD


@pytest.mark.parametrize(
    "text", ["", "noon", "2026-05-03", "32.05.2026, 06:30", "03.13.2026x, 06:30:00 25", "mai juin 3 2026 06:30", "6:30"]
)
def test_a_day_that_cannot_be_read_is_not_known(text: str) -> None:
    assert read_listed_moment(text) is None


def test_afternoons_are_told_from_mornings() -> None:
    for text, hour in (
        ("Sep 3, 2026, 4:00:00 PM", 16),
        ("Sep 3, 2026, 12:00:00 AM", 0),
        ("2026. 9. 3. 오후 4:00:00", 16),
    ):
        moment = read_listed_moment(text)
        assert moment is not None
        assert moment.hour == hour


def test_the_list_of_spring_2019_is_in_metres_and_that_of_its_summer_in_kilometres() -> None:
    line = '1,"2026-05-03 06:30:00",Typed,Run,,3000,{far},false,Shoe,'
    spring = "id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n" + line.format(far="10000.0")
    summer = spring.replace("id,date", "Activity ID,Activity Date").replace("10000.0", "10.00")

    assert [only("activities.csv", s).distance_m for s in (spring, summer)] == [10_000, 10_000]


def test_a_list_that_was_saved_by_a_spreadsheet_and_a_name_like_a_file_are_no_trouble() -> None:
    line = '7;"03.05.2026, 06:30:00";activities/1.gpx über;Lauf;;3000;10,00;;;false;;Schuh;;;;3000;3000;10000\n'
    saved = (HEAD.format(head="Dateiname").replace(",", ";") + "\n" + line * 3).encode("cp1252")

    assert [told(r.activity) for r in rows("activities.csv", saved) if r.activity] == [TOLD] * 3


def test_a_list_that_a_spreadsheet_saved_with_tabs_in_two_bytes_a_sign_is_read() -> None:
    line = "7\t03.05.2026, 06:30:00\tLäufe\tLauf\t\t3000\t10,00\t\t\tfalse\t\tSchuh\t\t\t\t3000\t3000\t10000\n"
    saved = (HEAD.format(head="Dateiname").replace(",", "\t") + "\n" + line).encode("utf-16")

    assert told(only("activities.csv", saved)) == TOLD


@pytest.mark.parametrize(
    ("far", "metres"),
    [("10.00", 10_000), ("10,01", 10_010), ("1.024,50", 1_024_500), ("1,500", 1500), ("1.500", 1500), ("750", 750),
     ("0.00", None), ("--", None)],
)  # fmt: skip
def test_garmins_list_has_kilometres_with_two_decimals_and_metres_without(far: str, metres: float | None) -> None:
    line = f'Laufen,2026-05-03 06:30:00,false,"Runde","{far}","650","00:50:00"\n'

    assert only("Activities.csv", f"Typ,Datum,Favorit,Titel,Distanz,Kalorien,Zeit\n{line}").distance_m == metres


def test_a_list_with_nothing_in_it_is_told_of() -> None:
    head = HEAD.format(head="Filename")
    for name, said in (("activities.csv", head), ("exercise-0.json", "[]"), ("export.xml", apple().decode())):
        with pytest.raises(EmptyError, match="none in it"):
            Lists().take(found(name, said.encode()))


def test_what_a_list_names_as_a_lost_file_has_none() -> None:
    line = '7,"May 3, 2026, 6:30:00 AM",Lost,Run,,3000,10.00,,,false,,Shoe,#error#,,,3000.0,3000.0,10000.0\n'
    (row,) = rows("activities.csv", HEAD.format(head="Filename") + "\n" + line)

    assert (row.file, row.gear) == (None, "Shoe")


# --- which is which


def test_a_recording_is_found_in_a_list_by_its_name_or_by_when_it_began() -> None:
    lists = Lists()
    lists.take(found("x_summarizedActivities.json", json.dumps(EXPORTS["x_summarizedActivities.json"]).encode()))
    start = datetime(2026, 5, 3, 6, 31, tzinfo=UTC)

    assert lists.at(Activity(start=start, sport="running", source="fit")) is lists.rows[0]
    assert lists.at(Activity(start=start, sport="unknown", source="fit")) is lists.rows[0]
    assert lists.at(Activity(start=start, sport="cycling", source="fit")) is None
    assert lists.at(Activity(start=start + timedelta(minutes=5), sport="running", source="fit")) is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("export/media/a.JPG", PHOTOS),
        ("export/routes/1.gpx", PLANS),
        ("GARMIN/Courses/a.fit", PLANS),
        ("export/profile.csv", OTHER),
        ("sleep-2026.json", OTHER),
        ("export/export_cda.xml", OTHER),
        ("export/activities/1.fit.gz", None),
        ("export/activities.csv", None),
        ("a/Sport-sessions/1.json", None),
        ("Fit/Alle sessies/2026-09-03T08_00_00+02_00_RUNNING.json", None),
        ("data/Motion path detail data & description/motion path detail data.json", None),
        ("Health Fitness Data_GoogleData/UserExercises_2026-09-01.csv", None),
    ],
)
def test_every_file_is_of_some_kind_by_its_name(name: str, kind: str | None) -> None:
    assert found(name, b"").none == kind


def test_a_list_of_a_whole_life_is_never_whole_in_memory() -> None:
    def whole() -> bytes:
        raise AssertionError

    content = json.dumps(EXPORTS["x_summarizedActivities.json"]).encode()
    blanks = b" " * 100_000
    pieces = [content[:1], *[blanks] * 600, content[1:]]  # sixty megabytes, where one file may have 48
    (row,) = rows_in(Found(name="x_summarizedActivities.json", read=whole, pieces=lambda: iter(pieces)))

    assert row.activity is not None
    assert told(row.activity) == TOLD


def test_a_triathlon_of_garmin_is_its_legs_or_itself_where_there_are_none() -> None:
    def said(number: int, kind: str, **more: object) -> dict[str, object]:
        return {"activityId": number, "activityType": kind, "beginTimestamp": MS, "distance": 100_000.0, **more}

    whole, alone = said(1, "multi_sport"), said(9, "multi_sport")
    listed = [whole, said(2, "lap_swimming", parentId=1), said(3, "running", parentId=1), alone]
    found = rows("x_summarizedActivities.json", [{"summarizedActivitiesExport": listed}])

    assert [(r.key, r.activity and r.activity.sport) for r in found] == [
        ("garmin 2", "swimming"),
        ("garmin 3", "running"),
        ("garmin 9", "multisport"),
    ]


GEAR = [
    {
        "gearDTOS": [
            {"gearPk": 7, "displayName": "Blue", "customMakeModel": "Brand A 1", "gearTypeName": "Shoes",
             "dateBegin": "2025-11-01T00:00:00.0", "dateEnd": None},
            {"gearPk": 8, "displayName": None, "customMakeModel": "Brand B 2 ", "gearTypeName": "Shoes",
             "dateBegin": MS, "dateEnd": "2020-01-01T00:00:00.0"},
            {"gearPk": 9, "customMakeModel": "Bike", "gearTypeName": "Bike"},
            {"gearPk": 10, "customMakeModel": "Vest", "gearTypeName": "Other"},
        ],
        "gearActivityDTOs": {
            "7": [{"activityId": 1, "gearPk": 7}, "nonsense"], "8": [{"activityId": 3}], "9": [{"activityId": 2}],
            "10": [{"activityId": 1}], "11": [{"activityId": 1}],
        },
    }
]  # fmt: skip


def test_shoes_and_who_wore_them_are_read_from_the_list_of_gear_of_garmin() -> None:
    gear = read_gear(json.dumps(GEAR).encode())

    assert gear.pairs == [
        Pair(name="Blue", since=date(2025, 11, 1)),
        Pair(name="Brand B 2", since=date(2026, 5, 3)),
    ]
    assert gear.worn == {"garmin 1": "Blue", "garmin 3": "Brand B 2"}


@given(at=st.integers(0, len(json.dumps(GEAR)) - 1), bit=st.integers(0, 7), cut=st.booleans())
def test_cut_or_spoilt_a_list_of_gear_gives_shoes_or_a_sentence(at: int, bit: int, cut: bool) -> None:  # noqa: FBT001
    content = bytearray(json.dumps(GEAR).encode())
    content[at] ^= 1 << bit
    with suppress(BadFileError):
        gear = read_gear(bytes(content[:at] if cut else content))
        assert set(gear.worn.values()) <= {p.name for p in gear.pairs}
