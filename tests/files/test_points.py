"""Points in the usual writing are read by a pattern, all others by the parser: both say the same."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from files.recordings import START, Outing, gpx_of, tcx_of
from patella.files.activity import Activity
from patella.files.bad_file import BadFileError
from patella.files.points import Point, Points, columns_of
from patella.files.recording import read_recording
from patella.files.texts import few_numbers, numbers, read_number
from patella.files.track import Track

OUTING = Outing(points=400, seconds=2400, distance_m=6000)
WRITTEN = {"trkpt": gpx_of(OUTING), "Trackpoint": tcx_of(OUTING)}
INDENTED = """<?xml version="1.0" encoding="UTF-8"?>
<gpx creator="StravaGPX" version="1.1" xmlns="http://www.topografix.com/GPX/1/1">
 <trk><name>Ümläut</name><type>running</type><trkseg>
%s </trkseg></trk></gpx>"""
POINT = """  <trkpt lat="%.6f" lon="5.1">
   <ele>12.5</ele>
   <time>%s</time>
   <extensions>
    <power>200</power>
    <gpxtpx:TrackPointExtension>
     <gpxtpx:atemp>20</gpxtpx:atemp>
     <gpxtpx:hr>140</gpxtpx:hr>
     <gpxtpx:cad>85</gpxtpx:cad>
    </gpxtpx:TrackPointExtension>
   </extensions>
  </trkpt>
"""


def strava(points: int = 200) -> str:
    """As Strava writes it."""
    moments = (START + timedelta(seconds=5 * n) for n in range(points))
    return INDENTED % "".join(POINT % (52 + n * 0.0001, f"{m:%Y-%m-%dT%H:%M:%SZ}") for n, m in enumerate(moments))


def by_the_parser(content: bytes, name: str) -> tuple[Activity, ...]:
    """The same file in a writing that the pattern does not know."""
    odd = content.replace(f"<{name}".encode(), f"<{name} patella='no'".encode())
    assert Points(odd, name).rest == odd
    return read_recording(odd)


@pytest.mark.parametrize("name", WRITTEN)
def test_the_pattern_and_the_parser_say_the_same(name: str) -> None:
    content = WRITTEN[name]
    assert len(Points(content, name).rest) < len(content) / 20
    assert read_recording(content) == by_the_parser(content, name)


def test_what_strava_writes_is_taken_out_whole_and_says_the_same() -> None:
    content = strava().encode()
    assert b"<time>" not in Points(content, "trkpt").rest
    (run,) = read_recording(content)
    assert (run.cadence_spm, run.name, run.ascent_m) == (170, "Ümläut", 0)
    assert read_recording(content) == by_the_parser(content, "trkpt")


def test_points_of_both_writings_in_one_file_keep_their_order() -> None:
    odd = strava().replace("<ele>12.5</ele>", "<ele >12.5</ele>", 40).encode()
    assert b"<time>" in Points(odd, "trkpt").rest
    assert read_recording(odd) == read_recording(strava().encode())


def test_points_in_a_comment_are_not_there() -> None:
    whole, half = strava(), strava(100)
    hidden = half.replace("</trkseg>", f"<!--{POINT % (52.9, '2026-05-03T09:00:00Z')}--></trkseg>")
    assert read_recording(hidden.encode()) == read_recording(half.encode())
    assert read_recording(hidden.encode()) != read_recording(whole.encode())


def test_an_error_behind_the_points_names_its_line() -> None:
    torn = strava().replace("</trk></gpx>", "\n</gpx>")
    with pytest.raises(BadFileError, match=f"line {torn.count(chr(10)) + 1}, mismatched"):
        read_recording(torn.encode())


@pytest.mark.parametrize("forged", ['<patella-points run="0"/>', '<x:patella-points run="7"/>', "<patella-points/>"])
def test_a_place_holder_that_the_file_brought_along_stands_for_nothing(forged: str) -> None:
    content = strava().replace("<trkseg>", f"<trkseg>{forged}")
    (run,) = read_recording(content.encode())
    assert replace(run) == read_recording(strava().encode())[0]


def test_a_long_row_of_points_that_never_ends_takes_no_longer_than_its_length() -> None:
    content = (strava(3).split("</trkseg>")[0] + '<trkpt lat="1" lon="2"><extensions><a>' * 100_000).encode()
    with pytest.raises(BadFileError):
        read_recording(content)


WRITTEN_POINTS = st.tuples(
    st.sampled_from([None, "2026-05-03T06:30:00Z", "nonsense", "2026-05-03T23:59:59+02:00"])
    | st.integers(0, 400).map(lambda s: f"{START + timedelta(seconds=s):%Y-%m-%dT%H:%M:%SZ}"),
    st.sampled_from([None, "0", "52.0", "52,0001", "52.5", "nan", "-0.0"])
    | st.integers(0, 30).map("52.000{:02}".format),
    st.sampled_from([None, "0", "5.1", "-179.99", "179.99", "", "5.10001"]),
    st.sampled_from([None, "12", "20.5", "inf", "3,5"]),
    st.sampled_from([None, "10", "2000.5", "x"]),
    st.sampled_from([None, "0", "80", "84.5", "170"]),
)


@settings(max_examples=60)
@given(points=st.lists(WRITTEN_POINTS, max_size=40), cuts=st.sets(st.integers(1, 39)))
def test_a_track_is_the_same_however_many_points_come_at_once(points: list[Point], cuts: set[int]) -> None:
    """One by one, all together, or in any pieces."""
    one_by_one, in_pieces = Track(), Track()
    for point in points:
        one_by_one.take(columns_of([point]))
    for begin, end in pairwise(sorted({0, *(c for c in cuts if c < len(points)), len(points)})):
        in_pieces.take(columns_of(points[begin:end]))
    one_by_one.end()
    in_pieces.end()
    for name in ("distance_m", "moving_s", "ascent_m", "furthest_m", "nearest_m", "elapsed_s", "cadence"):
        assert getattr(one_by_one, name) == pytest.approx(getattr(in_pieces, name)), name
    for name in ("first", "begin", "offset", "left_out", "quickest", "has_height"):
        assert getattr(one_by_one, name) == getattr(in_pieces, name), name


def test_points_that_change_their_writing_are_all_read() -> None:
    """A strap that comes and goes: what is quick for one writing leaves nothing out of another."""
    plain = strava(6000)
    without, parts = "     <gpxtpx:hr>140</gpxtpx:hr>\n", plain.split("  <trkpt")
    some = "  <trkpt".join(p.replace(without, "") if n // 700 % 2 else p for n, p in enumerate(parts))
    assert Points(some.encode(), "trkpt").rest.count(b"<time>") == 0
    assert read_recording(some.encode()) == read_recording(plain.encode())


@pytest.mark.parametrize("content", [*WRITTEN.values(), *(c[: len(c) // 2] for c in WRITTEN.values())])
def test_what_was_read_is_let_go_at_once_and_waits_for_no_sweep(content: bytes) -> None:
    read_recording(content)
    gc.collect()
    gc.disable()
    try:
        read_recording(content)
        assert gc.collect() == 0
    finally:
        gc.enable()


WRITINGS = (
    st.floats(-1e6, 1e6).map(repr)
    | st.integers(-999, 999).map(str)
    | st.text('0123456789.,-+e[]{}:tru nla"', max_size=7)
)


@given(st.lists(st.none() | WRITINGS, max_size=9))
def test_numbers_that_are_read_at_once_are_those_that_are_read_one_by_one(texts: list[str | None]) -> None:
    one_by_one = [None if text is None else read_number(text) for text in texts]

    assert numbers(texts) == few_numbers(texts) == one_by_one
