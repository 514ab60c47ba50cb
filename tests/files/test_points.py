"""Points in the usual writing are read by a pattern, all others by the parser: both say the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from files.recordings import START, Outing, gpx_of, tcx_of
from patella.files.activity import Activity
from patella.files.bad_file import BadFileError
from patella.files.points import Points
from patella.files.recording import read_recording

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
