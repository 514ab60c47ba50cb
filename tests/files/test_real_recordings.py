"""Recordings of real watches, where there are some: PATELLA_RUNS names a folder with a `fit_summary.tsv` in it.

Trial S2 with PATELLA_HOSTILE=10000, for so many spoilt files of each format.
"""

from __future__ import annotations

import csv
import os
import random
import resource
import time
from contextlib import suppress
from pathlib import Path

import pytest

from patella.files.bad_file import BadFileError
from patella.files.recording import plain, read_recording

RUNS = Path(os.environ.get("PATELLA_RUNS", ""))
SUMMARY = RUNS / "fit_summary.tsv"
HOSTILE, FROM = int(os.environ.get("PATELLA_HOSTILE", "500")), 5
MOST_S, MOST_KB = 2.0, 256_000

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
def test_cut_off_or_spoilt_they_give_activities_or_a_sentence(ending: str) -> None:
    chance = random.Random(11)  # noqa: S311 - the same every time
    files = sorted(RUNS.glob(f"*/*.{ending}"), key=lambda f: f.stat().st_size)[:20]
    chosen = chance.sample(files, min(FROM, len(files)))
    slowest = 0.0
    for file in chosen:
        content = file.read_bytes()
        for number in range(HOSTILE // len(chosen)):
            changed = spoilt(content, number, chance)
            begun = time.process_time()
            with suppress(BadFileError):
                assert read_recording(plain(changed))
            slowest = max(slowest, time.process_time() - begun)
    memory_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"S2 {ending}: {HOSTILE} files, slowest {slowest:.2f} s, memory {memory_kb / 1000:.0f} MB")  # noqa: T201 - a figure of a trial
    assert slowest < MOST_S
    assert memory_kb < MOST_KB


def spoilt(content: bytes, number: int, chance: random.Random) -> bytes:
    """A file cut short, with bits turned over, or with garbage in it."""
    at = chance.randrange(len(content))
    if number % 3 == 0:
        return content[:at]
    if number % 3 == 1:
        return content[:at] + chance.randbytes(chance.randrange(200)) + content[at + chance.randrange(50) :]
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 3, 20))):
        changed[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return bytes(changed)
