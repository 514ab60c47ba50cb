"""The manners in which programmes write the very same run, and what of a file is no part of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from files.recordings import FILE_ID, START, Outing, definition, fit_file, fit_of, fit_seconds, gpx_of, message, tcx_of
from patella.files.activity import Activity
from patella.files.bad_file import BadFileError
from patella.files.recording import plain, read_recording

RUN = Outing(points=61)
GPX, TCX, FIT = gpx_of(RUN), tcx_of(RUN), fit_of(RUN)
TIME = re.compile(rb"<time>(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)Z</time>")
WAYPOINT = b'<wpt lat="47.0" lon="8.0"><time>2020-01-01T00:00:00Z</time><name>Hut</name></wpt>'


def only(content: bytes) -> Activity:
    (activity,) = read_recording(plain(content))
    return activity


def told(activity: Activity) -> tuple[datetime, str, float | None, float | None]:
    """What has to be the same, to ten metres."""
    far = activity.distance_m
    return activity.start, activity.sport, None if far is None else round(far, -1), activity.moving_s


def every(nth: int, change: bytes, content: bytes) -> bytes:
    """Another time in every so manieth point."""
    count = 0

    def changed(found: re.Match[bytes]) -> bytes:
        nonlocal count
        count += 1
        return found.expand(change) if count % nth == 0 else found[0]

    return TIME.sub(changed, content)


def reencoded(content: bytes, encoding: str, name: str = "Frühlauf") -> bytes:
    text = content.decode().replace("UTF-8", encoding).replace("<name>Morning", f"<name>{name}")
    return text.encode(encoding)


def prefixed(content: bytes) -> bytes:
    """Every element of TCX under a prefix, as libraries write that know of no default."""
    named = re.sub(rb"<(/?)(?!/|ns3:|\?)", rb"<\1t:", content)
    return named.replace(b"xmlns=", b"xmlns:t=")


SAME: dict[str, bytes] = {
    "in UTF-16": reencoded(GPX, "UTF-16"),
    "in Latin-1": reencoded(GPX, "ISO-8859-1"),
    "a blank between day and time": every(1, rb"<time>\1 \2Z</time>", GPX),
    "times without a zone": every(1, rb"<time>\1T\2</time>", GPX),
    "millionths of a second": every(1, rb"<time>\1T\2.000000Z</time>", GPX),
    "thousandths here and there": every(7, rb"<time>\1T\2.000Z</time>", GPX),
    "an offset of its own": every(1, rb"<time>\1T\2+00:00</time>", GPX),
    "some points without a time": every(5, rb"", GPX),
    "no namespace": re.sub(rb' xmlns="[^"]*"', b"", GPX),
    "places of a map ahead of the track": GPX.replace(b"<trk>", WAYPOINT * 3 + b"<trk>"),
    "Strava's number of the sport": GPX.replace(b"<type>running", b"<type>9"),
    "every element of TCX with a prefix": prefixed(TCX),
    "a first point with nothing but its time": TCX.replace(
        b"<Track>", b"<Track><Trackpoint><Time>2026-05-03T06:30:00Z</Time></Trackpoint>"
    ),
    "no distance of the lap": TCX.replace(b"<DistanceMeters>5000.0</DistanceMeters><Track>", b"<Track>", 1),
    "a distance of nought throughout": re.sub(rb"<DistanceMeters>[\d.]+<", b"<DistanceMeters>0<", TCX),
    "no places, as indoors": re.sub(rb"<Position>.*?</Position>", b"", TCX),
    "no points at all": re.sub(rb"<Track>.*</Track>", b"", TCX),
    "something behind the end of FIT": FIT + bytes(range(200)),
}


@pytest.mark.parametrize("manner", sorted(SAME))
def test_the_same_run_in_another_manner_is_the_same(manner: str) -> None:
    assert told(only(SAME[manner])) == (START, "running", 5000, 1800)


def test_a_name_is_read_in_the_characters_of_its_file() -> None:
    assert {only(reencoded(GPX, e)).name for e in ("UTF-8", "UTF-16", "ISO-8859-1")} == {"Frühlauf"}


def test_steps_of_a_lap_are_steps_and_strides_twice_as_many() -> None:
    for said, steps in ((87, 174), (174, 174)):
        assert only(tcx_of(Outing(strides=said))).cadence_spm == steps


@pytest.mark.parametrize("year", [2001, 2007])
def test_a_day_of_long_ago_is_kept_as_it_is_said(year: int) -> None:
    assert only(gpx_of(Outing(start=START.replace(year=year)))).start.year == year


@pytest.mark.parametrize("inside", [b"<name>A&nbsp;B</name>", b"<name>A & B</name>"])
def test_what_no_parser_may_read_is_refused_with_its_line(inside: bytes) -> None:
    with pytest.raises(BadFileError, match=r"not whole: line 1, "):
        read_recording(GPX.replace(b"<name>Morning</name>", inside))


# --- parts of a file: tracks, segments, breaks


def segments(*parts: Outing, apart: bytes = b"</trkseg><trkseg>") -> bytes:
    """One track in several parts."""
    inner = [re.sub(rb"^.*<trkseg>|</trkseg>.*$", b"", gpx_of(part), flags=re.DOTALL) for part in parts]
    return GPX[: GPX.index(b"<trkseg>") + 8] + apart.join(inner) + b"</trkseg></trk></gpx>"


HALF = Outing(distance_m=2500, seconds=900, points=31)
LATER = Outing(start=START + timedelta(seconds=1500), distance_m=2500, seconds=900, points=31, latitude=52.0224829)


def test_two_tracks_of_a_file_are_two_runs() -> None:
    evening = gpx_of(Outing(start=START + timedelta(hours=10), distance_m=6000))
    both = GPX.replace(b"</gpx>", evening[evening.index(b"<trk>") :])

    assert [round(a.distance_m or 0, -1) for a in read_recording(both)] == [5000, 6000]


@pytest.mark.parametrize("apart", [b"</trkseg><trkseg>", b""])
def test_a_pause_is_no_moving_whether_a_segment_ends_there_or_not(apart: bytes) -> None:
    run = only(segments(HALF, LATER, apart=apart))

    assert told(run) == (START, "running", 5000, 1800)
    assert run.elapsed_s == 2400


def test_a_drive_between_two_segments_is_no_way() -> None:
    far_off = Outing(start=LATER.start, distance_m=2500, seconds=900, points=31, latitude=52.3)

    assert told(only(segments(HALF, far_off))) == (START, "running", 5000, 1800)


def test_segments_in_the_wrong_order_are_one_run_from_its_earliest_moment() -> None:
    assert told(only(segments(LATER, HALF))) == (START, "running", 5000, 1800)


# --- FIT: sessions

SESSION = ((2, 0x86), (5, 0x00), (7, 0x86), (8, 0x86), (9, 0x86), (18, 0x02))
HEAD = definition(0, 0, FILE_ID) + message(0, FILE_ID, (4, fit_seconds(START)))


def sessions(*said: tuple[int, int, int, int]) -> bytes:
    """A file of summaries alone: seconds after the start, sport, seconds and metres."""
    body = HEAD + definition(2, 18, SESSION)
    for after, sport, seconds, metres in said:
        at = fit_seconds(START) + after
        body += message(2, SESSION, (at, sport, seconds * 1000, seconds * 1000, metres * 100, 84))
    return fit_file(body)


def test_what_was_typed_into_a_watch_has_no_records_and_is_a_run() -> None:
    assert told(only(sessions((0, 1, 2700, 8000)))) == (START, "running", 8000, 2700)


def test_a_triathlon_is_its_legs_without_the_changes_between_them() -> None:
    legs = sessions((0, 5, 1800, 1500), (1800, 3, 180, 100), (1980, 2, 4000, 40_000), (6100, 1, 2900, 9900))

    assert [(a.sport, a.distance_m) for a in read_recording(legs)] == [
        ("swimming", 1500), ("cycling", 40_000), ("running", 9900),
    ]  # fmt: skip


def test_two_runs_of_one_file_are_two() -> None:
    found = read_recording(sessions((0, 1, 1500, 4000), (1600, 1, 1400, 4000)))

    assert [told(a) for a in found] == [
        (START, "running", 4000, 1500),
        (START + timedelta(seconds=1600), "running", 4000, 1400),
    ]


def test_a_run_of_more_than_a_day_is_one() -> None:
    run = only(sessions((0, 1, 97_200, 160_000)))

    assert (run.distance_m, run.moving_s, run.cadence_spm) == (160_000, 97_200, 168)


def test_a_run_that_was_gone_on_with_an_hour_later_is_one() -> None:
    fields = ((253, 0x86), (0, 0x00), (1, 0x00))
    at = fit_seconds(START)
    timer = definition(3, 21, fields)
    for second, what in ((0, 0), (900, 4), (4500, 0), (5400, 4)):
        timer += message(3, fields, (at + second, 0, what))
    whole = message(2, SESSION, (at, 1, 5_400_000, 1_800_000, 500_000, 84))
    run = only(fit_file(HEAD + timer + definition(2, 18, SESSION) + whole))

    assert (told(run), run.elapsed_s) == ((START, "running", 5000, 1800), 5400)


def test_a_session_of_no_sport_is_what_the_watch_said_beside_it() -> None:
    sport = definition(4, 12, ((0, 0x00),)) + message(4, ((0, 0x00),), (1,))
    body = sessions((0, 0, 1800, 5000))[12:-2]

    assert only(fit_file(body)).sport == "unknown"
    assert only(fit_file(body[: len(HEAD)] + sport + body[len(HEAD) :])).sport == "running"


@pytest.mark.parametrize("write", [fit_of, gpx_of])
def test_whose_clock_was_never_set_is_refused(write: Callable[[Outing], bytes]) -> None:
    with pytest.raises(BadFileError, match=r"clock|time"):
        read_recording(write(Outing(start=datetime(1989, 12, 31, 1, tzinfo=UTC))))
