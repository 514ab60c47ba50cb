"""Recordings of real watches, where there are some: PATELLA_RUNS names a folder with a `fit_summary.tsv` in it."""

from __future__ import annotations

import csv
import os
import random
import time
from contextlib import suppress
from pathlib import Path

import pytest

from patella.files.bad_file import BadFileError
from patella.files.recording import plain, read_recording

RUNS = Path(os.environ.get("PATELLA_RUNS", ""))
SUMMARY = RUNS / "fit_summary.tsv"
CUTS, FLIPS, MOST_S = 60, 40, 2.0

pytestmark = pytest.mark.skipif(
    not os.environ.get("PATELLA_RUNS") or not SUMMARY.is_file(), reason="PATELLA_RUNS names no folder of recordings"
)


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(SUMMARY.read_text("utf-8").splitlines(), delimiter="\t"))


def test_every_run_is_as_long_as_another_reader_says() -> None:
    wrong, looked_at = [], 0
    for row in rows():
        parts = zip(row["sport(s)"].split("+"), row["dist_m"].split("+"), row["timer_s"].split("+"), strict=False)
        expected = [(float(d), float(t)) for s, d, t in parts if s == "running" and d and t]
        try:
            read = read_recording((RUNS / row["file"]).read_bytes())
        except BadFileError as error:
            if expected and "what time" not in str(error):
                wrong.append(f"{row['file']}: {error}")
            continue
        found = [(a.distance_m or 0.0, a.moving_s or 0.0) for a in read if a.sport == "running"]
        looked_at += len(expected)
        for one, other in zip(expected, found, strict=False):
            if one != pytest.approx(other, abs=1):
                wrong.append(f"{row['file']}: {one} {other}")
        if len(found) < len(expected):
            wrong.append(f"{row['file']}: {len(expected)} runs, {len(found)} read")
    assert wrong == []
    assert looked_at > 15


def test_the_same_race_in_two_formats_is_as_long() -> None:
    fit, tcx = (
        read_recording((RUNS / "goldencheetah" / f"10kUNLP2014-Garmin15.{e}").read_bytes())[0] for e in ("fit", "tcx")
    )
    assert fit.start == tcx.start
    assert fit.distance_m == pytest.approx(tcx.distance_m, rel=0.001)


@pytest.mark.parametrize("ending", ["fit", "gpx", "tcx"])
def test_cut_off_or_with_flipped_bits_they_give_activities_or_a_sentence(ending: str) -> None:
    chance = random.Random(11)  # noqa: S311 - the same every time
    files = sorted(RUNS.glob(f"*/*.{ending}"), key=lambda f: f.stat().st_size)[:20]
    for file in chance.sample(files, min(5, len(files))):
        content = file.read_bytes()
        for number in range(CUTS + FLIPS):
            changed = bytearray(content)
            if number < CUTS:
                del changed[chance.randrange(len(content)) :]
            else:
                changed[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            begun = time.process_time()
            with suppress(BadFileError):
                assert read_recording(plain(bytes(changed)))
            assert time.process_time() - begun < MOST_S
