from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from files.recordings import FILE_ID, START, Outing, fit_of, fit_seconds, gpx_of, gz, message, tcx_of
from patella.files.activity import Activity, local_start, steps_of
from patella.files.bad_file import BadFileError, PlanError
from patella.files.recording import plain, read_recording

FORMATS = pytest.mark.parametrize("written", [fit_of, gpx_of, tcx_of], ids=["fit", "gpx", "tcx"])
Written = Callable[[Outing], bytes]


def only(content: bytes) -> Activity:
    (activity,) = read_recording(plain(content))
    return activity


@FORMATS
def test_a_run_says_when_how_far_how_long_and_how_many_steps(written: Written) -> None:
    run = only(written(Outing()))

    assert run.sport == "running"
    assert run.start == START
    assert run.distance_m == pytest.approx(5000, rel=0.002)
    assert run.moving_s == pytest.approx(1800, abs=1)
    assert run.cadence_spm == 168  # watches write strides


@FORMATS
def test_the_same_gzipped_is_the_same(written: Written) -> None:
    content = written(Outing())

    assert only(gz(content)) == only(content)


@FORMATS
@settings(max_examples=20)
@given(
    metres=st.integers(500, 60_000),
    seconds=st.integers(600, 20_000),
    day=st.dates(date(2005, 1, 1), date(2035, 1, 1)),
)
def test_whatever_is_written_is_read_back(written: Written, metres: int, seconds: int, day: date) -> None:
    metres = min(metres, 10 * seconds)
    start = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    points = max(2, seconds // 30)
    run = only(written(Outing(start=start, distance_m=metres, seconds=seconds, points=points)))

    assert run.start == start
    assert run.distance_m == pytest.approx(metres, rel=0.01)
    assert run.elapsed_s == pytest.approx(seconds, abs=1)


def test_fit_of_either_byte_order_is_read() -> None:
    assert only(fit_of(Outing(), order=">")) == only(fit_of(Outing()))


def test_a_watch_that_died_still_tells_what_it_recorded() -> None:
    run = only(fit_of(Outing(), session=False))

    assert run.distance_m == 5000
    assert run.elapsed_s == 1800
    assert run.cadence_spm == 168


def test_files_in_a_chain_are_all_read() -> None:
    second = Outing(start=START + timedelta(days=1), distance_m=7000)
    runs = read_recording(fit_of(Outing()) + fit_of(second))

    assert [round(r.distance_m or 0) for r in runs] == [5000, 7000]


def test_a_trail_run_and_a_treadmill_say_their_surface() -> None:
    assert only(fit_of(Outing(sub_sport=3))).surface == "trail"
    assert only(fit_of(Outing(sub_sport=1))).surface == "treadmill"
    assert only(fit_of(Outing())).surface is None


def test_other_sports_are_kept_as_themselves() -> None:
    assert only(fit_of(Outing(sport=2))).sport == "cycling"
    assert only(fit_of(Outing(sport=37))).sport == "stand up paddleboarding"
    assert only(tcx_of(Outing(), sport="Biking")).sport == "cycling"
    assert only(tcx_of(Outing(), sport="Other")).sport == "unknown"


@pytest.mark.parametrize("metres", [2_000, 5_000, 7_500, 15_000])
def test_how_fast_it_was_never_makes_a_run_of_what_nobody_calls_one(metres: int) -> None:
    outing = Outing(distance_m=metres)

    assert only(gpx_of(outing, kind=None)).sport == "unknown"
    assert only(fit_of(outing, session=False)).sport == "unknown"


@pytest.mark.parametrize(("kind", "what"), [(6, "a course"), (5, "a workout")])
def test_a_planned_course_or_workout_is_refused_as_a_plan(kind: int, what: str) -> None:
    said = message(0, FILE_ID, (4, fit_seconds(START)))
    planned = fit_of(Outing()).replace(said, message(0, FILE_ID, (kind, fit_seconds(START))), 1)
    with pytest.raises(PlanError, match=f"It is {what}: a plan"):
        read_recording(planned)


def test_a_word_for_a_sport_that_is_not_known_is_kept_to_be_asked() -> None:
    strange = only(gpx_of(Outing(), kind="Waldlauf zu dritt"))

    assert (strange.sport, strange.said) == ("unknown", "Waldlauf zu dritt")
    assert only(gpx_of(Outing(), kind="Trail Run")).surface == "trail"


def test_steps_are_twice_the_strides_unless_steps_were_written() -> None:
    assert steps_of(84, "running") == 168
    assert steps_of(168, "running") == 168
    assert steps_of(84, "cycling") is None
    assert steps_of(5, "running") is None


BERLIN, SHANGHAI, DENVER = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Shanghai"), ZoneInfo("America/Denver")
LATE = datetime(2026, 5, 3, 22, 30, tzinfo=UTC)


def hour_at(latitude: float, longitude: float, home: tzinfo, *, start: datetime = LATE, offset_h: float = 0) -> str:
    outing = Outing(start=start, latitude=latitude, longitude=longitude)
    found = {f"{local_start(only(c), home):%d %H:%M}" for c in (fit_of(outing, offset_h=offset_h), gpx_of(outing))}
    assert len(found) == 1
    return found.pop()


@pytest.mark.parametrize(
    ("place", "home", "told"),
    [
        ((52.0, 5.0), UTC, "04 00:30"),  # a machine that keeps UTC does not make the Netherlands do so
        ((35.7, 139.7), BERLIN, "04 07:30"),
        ((42.9, -8.5), ZoneInfo("Europe/Madrid"), "04 00:30"),  # Santiago: Lisbon is nearer, and home's clock holds
        ((42.9, -8.5), BERLIN, "04 00:30"),
        ((51.5, -0.1), BERLIN, "03 23:30"),
        ((39.7, -105.0), BERLIN, "03 16:30"),  # summer time, which the sun does not know
        ((40.7, -74.0), DENVER, "03 18:30"),
        ((27.7, 85.3), BERLIN, "04 04:15"),
        ((43.8, 87.6), SHANGHAI, "04 06:30"),
        ((43.8, 87.6), BERLIN, "04 06:30"),
        ((43.8, 87.6), ZoneInfo("Asia/Urumqi"), "04 04:30"),
    ],
)
def test_the_hour_is_that_of_the_place_or_of_home_where_home_is_about_as_near(
    place: tuple[float, float], home: tzinfo, told: str
) -> None:
    assert hour_at(*place, home) == told


def test_a_clock_that_the_file_itself_says_holds_unless_it_says_utc_as_some_do_everywhere() -> None:
    by_the_watch = only(fit_of(Outing(start=LATE, longitude=139.7), offset_h=2))
    everywhere = only(fit_of(Outing(start=LATE, latitude=40.7, longitude=-74), offset_h=0))

    assert local_start(by_the_watch, BERLIN).isoformat() == "2026-05-04T00:30:00+02:00"
    assert local_start(everywhere, BERLIN).isoformat() == "2026-05-03T18:30:00-04:00"


@given(
    st.floats(-90, 90),
    st.floats(-180, 180),
    st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31)),  # noqa: DTZ001
)
def test_every_place_at_every_moment_has_a_clock_and_the_moment_stays(
    latitude: float, longitude: float, moment: datetime
) -> None:
    activity = Activity(start=moment.replace(tzinfo=UTC), sport="running", source="fit", place=(latitude, longitude))
    there = local_start(activity, BERLIN)

    assert there == activity.start
    assert timedelta(hours=-12) <= (there.utcoffset() or timedelta()) <= timedelta(hours=14)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "It is empty."),
        (b"GIF89a", "It is none of FIT, GPX and TCX."),
        (gpx_of(Outing(), times=False), "no track with times"),
        (fit_of(Outing(start=datetime(1990, 1, 2, tzinfo=UTC))), "did not know what time"),
        (fit_of(Outing(distance_m=3_000_000)), "it is damaged"),
        (fit_of(Outing(distance_m=40_000)), "faster than anybody runs"),
        (gpx_of(Outing(latitude=95)), "not on earth"),
        (gz(gpx_of(Outing()))[:-400], "cut short"),
        (gpx_of(Outing())[:400], "not whole"),
    ],
)
def test_what_cannot_be_used_says_why_in_a_sentence(content: bytes, why: str) -> None:
    with pytest.raises(BadFileError, match=why) as told:
        read_recording(plain(content))
    assert str(told.value).endswith(".")
