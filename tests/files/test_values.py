"""What recordings leave out, write otherwise or get wrong, and the right values all the same."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest

from files.recordings import (
    FILE_ID,
    RECORD,
    SESSION,
    START,
    Outing,
    definition,
    fit_file,
    fit_seconds,
    gpx_of,
    gz,
    message,
    places,
    semicircles,
    tcx_of,
)
from patella.files.activity import Activity, steps_of
from patella.files.bad_file import BadFileError, EmptyError
from patella.files.recording import plain, read_recording

AT = fit_seconds(START)
HEAD = definition(0, 0, FILE_ID) + message(0, FILE_ID, (4, AT))
SAYS_RUNNING = definition(4, 12, ((0, 0x00),)) + message(4, ((0, 0x00),), (1,))
NO_METRES = 0xFFFFFFFF
Written = Callable[[Outing], bytes]


def only(content: bytes) -> Activity:
    (activity,) = read_recording(plain(content))
    return activity


def records(outing: Outing, *, metres: bool = True) -> bytes:
    body = definition(1, 20, RECORD)
    for moment, latitude, longitude, far in places(outing):
        said = round(far * 100) if metres else NO_METRES
        values = (fit_seconds(moment), semicircles(latitude), semicircles(longitude), said, outing.strides)
        body += message(1, RECORD, values)
    return body


def session(outing: Outing, *, sport: int = 1, metres: int = NO_METRES) -> bytes:
    at, ms = fit_seconds(outing.start), outing.seconds * 1000
    values = (at + outing.seconds, at, sport, 0, ms, ms, metres, 0xFF, 0xFFFF, 0x7FFFFFFF)
    return definition(2, 18, SESSION) + message(2, SESSION, values)


# --- FIT


@pytest.mark.parametrize("metres", [NO_METRES, 0])
def test_a_distance_that_is_missing_or_none_at_all_is_that_along_the_places(metres: int) -> None:
    outing = Outing()
    run = only(fit_file(HEAD + records(outing, metres=False) + session(outing, metres=metres)))

    assert run.distance_m == pytest.approx(5000, rel=0.001)


def test_a_leg_of_several_without_a_distance_has_that_of_its_own_time() -> None:
    ride, run = Outing(distance_m=20_000, seconds=3000), Outing(start=START + timedelta(seconds=3060))
    body = HEAD + records(ride) + records(run, metres=False) + session(ride, sport=2, metres=2_000_000) + session(run)
    told = read_recording(fit_file(body))

    assert [(a.sport, round(a.distance_m or 0, -1)) for a in told] == [("cycling", 20_000), ("running", 5000)]


def test_the_fraction_of_the_cadence_counts_in_each_session_of_a_file() -> None:
    fields = ((2, 0x86), (5, 0x00), (8, 0x86), (9, 0x86), (18, 0x02), (92, 0x02))
    body = HEAD + definition(2, 18, fields)
    for start in (AT, AT + 5000):
        body += message(2, fields, (start, 1, 1_800_000, 500_000, 86, 64))

    assert [a.cadence_spm for a in read_recording(fit_file(body))] == [173, 173]


def test_a_time_that_only_stands_in_the_head_of_a_record_is_told() -> None:
    fields = ((5, 0x86),)
    body = (
        HEAD
        + SAYS_RUNNING
        + definition(1, 20, RECORD)
        + message(1, RECORD, (AT, 0, 0, 0, 85))
        + definition(2, 20, fields)
    )
    for second in range(1, 201):
        low = (AT + second) & 0x1F
        body += bytes([0x80 | 2 << 5 | low]) + struct.pack("<I", second * 250)
    run = only(fit_file(body))

    assert (run.sport, run.distance_m, run.elapsed_s) == ("running", 500, 200)


def test_a_distance_that_is_packed_beside_the_speed_is_counted_over_its_rolling_over() -> None:
    fields = ((253, 0x86), (8, 0x0D))
    body = HEAD + SAYS_RUNNING + definition(1, 20, fields)
    for second in range(401):
        far = round(second * 2.5 * 16) % 4096
        body += bytes([1]) + struct.pack("<I", AT + second) + bytes([250, far << 4 & 0xF0, far >> 4])

    assert only(fit_file(body)).distance_m == pytest.approx(1000, abs=1)


def test_a_pause_of_the_timer_is_no_moving_where_the_watch_died_before_its_summary() -> None:
    fields = ((253, 0x86), (0, 0x00), (1, 0x00))
    stops = definition(3, 21, fields)
    for second, what in ((0, 0), (600, 4), (1500, 0)):
        stops += message(3, fields, (AT + second, 0, what))
    run = only(fit_file(HEAD + SAYS_RUNNING + stops + records(Outing())))

    assert (run.elapsed_s, run.moving_s) == (1800, 900)


@pytest.mark.parametrize("away", [(0.0135, 0.0), (0.0, 2.0), None])
def test_along_the_places_a_single_one_far_off_and_the_place_nought_are_left_out_and_said(
    away: tuple[float, float] | None,
) -> None:
    outing = Outing(points=300)
    content = fit_file(HEAD + records(outing, metres=False) + session(outing))
    (_, north, east, _) = list(places(outing))[120]
    there = (north + away[0], east + away[1]) if away else (0.0, 0.0)
    right, wrong = (struct.pack("<ii", semicircles(n), semicircles(e)) for n, e in ((north, outing.longitude), there))
    assert content.count(right) == 1
    run = only(content.replace(right, wrong))

    assert run.distance_m == pytest.approx(5000, rel=0.002)
    assert run.remarks == ("One place was left out: too far off to have been reached.",)


@pytest.mark.parametrize(("slow", "quick", "mean", "steps"), [(84, 166, 100, 100), (96, 104, 98, 196)])
def test_whether_steps_or_strides_were_written_is_told_by_the_quickest_records(
    slow: int, quick: int, mean: int, steps: int
) -> None:
    fields = ((2, 0x86), (5, 0x00), (8, 0x86), (18, 0x02), (19, 0x02))
    body = HEAD + definition(2, 18, fields) + message(2, fields, (AT, 1, 1_800_000, mean, quick))
    for cadence in (slow, slow, slow, quick):
        body += records(Outing(points=20, strides=cadence))

    assert only(fit_file(body)).cadence_spm == steps


# --- GPX and TCX


def test_a_name_and_a_sport_that_stand_below_the_points_are_read_and_those_of_a_point_are_not() -> None:
    said = b"<name>Morning</name><type>running</type>"
    content = gpx_of(Outing())
    assert content.count(said) == 1
    below = content.replace(said, b"").replace(b"</trkseg>", b"</trkseg>" + said)
    of_a_point = content.replace(said, b"").replace(b"</trkpt></trkseg>", said + b"</trkpt></trkseg>")

    assert [(a.sport, a.name) for a in map(only, (below, of_a_point))] == [("running", "Morning"), ("unknown", None)]


def test_who_did_not_move_has_no_distance_and_what_holds_nothing_is_no_activity() -> None:
    standing = only(re.sub(rb'lat="[^"]*"', b'lat="52.0"', gpx_of(Outing())))
    begun = tcx_of(Outing(distance_m=0, seconds=0, points=2))

    assert (standing.distance_m, standing.moving_s, standing.elapsed_s) == (None, None, 1800)
    for content in (begun, fit_file(HEAD + session(Outing(seconds=0)))):
        with pytest.raises(EmptyError, match="neither a way nor a time"):
            only(content)


@pytest.mark.parametrize("written", [gpx_of, tcx_of])
@pytest.mark.parametrize("ahead", [b"          ", b"\xef\xbb\xbf\r\n ", b"\n"])
def test_blanks_ahead_of_the_first_sign_are_passed_over(written: Written, ahead: bytes) -> None:
    content = written(Outing())

    assert only(ahead + content) == only(gz(ahead + content)) == only(content)


@pytest.mark.parametrize("written", [gpx_of, tcx_of])
def test_of_a_file_that_breaks_off_what_is_whole_is_kept_and_said(written: Written) -> None:
    content = written(Outing(points=101))
    half = only(content[: content.index(b"06:45:") - 40])

    assert half.distance_m == pytest.approx(2450, abs=60)
    assert half.remarks == ("It breaks off in the middle; what is whole of it is kept.",)
    with pytest.raises(BadFileError, match="not whole"):
        read_recording(content[: content.index(b"2026")])


def moved(content: bytes, number: int, latitude: str, longitude: str = "5.0") -> bytes:
    """The same with one of its points elsewhere."""
    found = list(re.finditer(rb'lat="[\d.]+" lon="[\d.]+"', content))[number]
    return content[: found.start()] + f'lat="{latitude}" lon="{longitude}"'.encode() + content[found.end() :]


@pytest.mark.parametrize("number", [0, 5, 30, 58])
def test_a_point_that_nobody_can_have_been_at_is_left_out_and_said(number: int) -> None:
    content = gpx_of(Outing(points=60))
    for place in (("0.0000000", "0.0000000"), ("52.2", "5.1")):
        run = only(moved(content, number, *place))
        assert run.distance_m == pytest.approx(5000, abs=90)
        assert run.remarks == ("One place was left out: too far off to have been reached.",)


def test_a_leap_to_where_it_went_on_is_no_way() -> None:
    first = gpx_of(Outing(points=60))
    for number in range(5):
        first = moved(first, number, f"57.000{number}")

    assert only(first).distance_m == pytest.approx(5000 - 5 * 5000 / 59, abs=60)


@pytest.mark.parametrize("metres", [10_000, 60_000])
def test_who_is_quick_is_no_spike(metres: int) -> None:
    ride = only(gpx_of(Outing(distance_m=metres, seconds=3600, points=721), kind="cycling"))

    assert ride.distance_m == pytest.approx(metres, rel=0.001)
    assert ride.remarks == ()


def test_decimal_commas_are_read_as_points_are() -> None:
    content = gpx_of(Outing())
    comma = re.sub(rb'"(\d+)\.(\d+)"', rb'"\1,\2"', content.split(b"<trk>")[1])

    assert only(content.split(b"<trk>")[0] + b"<trk>" + comma).distance_m == pytest.approx(5000, abs=5)


def test_points_that_count_in_kilometres_are_known_by_the_places_they_passed() -> None:
    content = tcx_of(Outing())
    in_km = re.sub(rb"<DistanceMeters>([\d.]+)<", lambda m: b"<DistanceMeters>%.4f<" % (float(m[1]) / 1000), content)

    assert only(in_km).distance_m == pytest.approx(5000, rel=0.01)


def test_a_leg_that_counts_on_from_the_one_before_is_as_long_as_itself() -> None:
    content = re.sub(
        rb"<DistanceMeters>([\d.]+)<", lambda m: b"<DistanceMeters>%.1f<" % (float(m[1]) + 40_000), tcx_of(Outing())
    )
    leg = content.replace(b"<DistanceMeters>45000.0<", b"<Calories>1<", 1).replace(
        b"</DistanceMeters><Track>", b"</Calories><Track>"
    )

    assert only(leg).distance_m == pytest.approx(5000, abs=1)


def test_an_offset_in_the_file_says_its_day() -> None:
    content = gpx_of(Outing()).replace(b":00Z", b":00+09:00")

    assert only(content).offset == timedelta(hours=9)
    assert only(gpx_of(Outing())).offset is None


# --- steps and strides


def cadenced(values: Iterable[int]) -> bytes:
    turned = iter(values)
    return re.sub(rb"<gpxtpx:cad>\d+", lambda _: b"<gpxtpx:cad>%d" % next(turned), gpx_of(Outing()))


@pytest.mark.parametrize(
    ("values", "steps"),
    [
        ([164] * 20 + [95] * 40, 118.0),  # steps: no stride is as quick as that
        ([82] * 20 + [48] * 40, 118.7),
        ([86] * 60, 172.0),
        ([172] * 60, 172.0),
        ([118] * 60, 118.0),
        ([100] * 60, 200.0),
    ],
)
def test_steps_and_strides_are_told_apart_by_how_quick_the_quickest_are(values: list[int], steps: float) -> None:
    assert only(cadenced(values)).cadence_spm == pytest.approx(steps, abs=0.4)


def test_without_points_the_mean_alone_decides() -> None:
    assert (steps_of(86, "running"), steps_of(118, "running"), steps_of(90, "unknown")) == (172, 118, 180)
    assert steps_of(90, "cycling") is None


def test_samsungs_number_of_a_sport_is_read() -> None:
    numbered = gpx_of(Outing(), kind=None).replace(
        b"<trkseg>", b"<exerciseinfo><exercisetype>1002</exercisetype></exerciseinfo><trkseg>"
    )

    assert only(numbered).sport == "running"
