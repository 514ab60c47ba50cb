from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from files.recordings import FILE_ID, START, Outing, fit_of, fit_seconds, gpx_of, gz, message, tcx_of
from patella.files.activity import Activity, local_start, steps_of
from patella.files.bad_file import BadFileError, PlanError
from patella.files.recording import plain, read_recording

FORMATS = pytest.mark.parametrize("written", [fit_of, gpx_of, tcx_of], ids=["fit", "gpx", "tcx"])
HOME = UTC
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


def test_the_local_day_is_that_of_the_place() -> None:
    late = datetime(2026, 5, 3, 22, 30, tzinfo=UTC)
    at_home = only(fit_of(Outing(start=late, longitude=5)))
    in_tokyo = only(fit_of(Outing(start=late, longitude=139.7)))
    by_the_watch = only(fit_of(Outing(start=late, longitude=5), offset_h=2))

    assert local_start(at_home, HOME).date().day == 3
    assert local_start(in_tokyo, HOME).date().day == 4
    assert local_start(by_the_watch, HOME) == late
    assert local_start(by_the_watch, HOME).date().day == 4


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
