"""Recordings of a real pose model's landmarks: counts stay exact and angles stay what they were."""

import json
import math
from pathlib import Path

import pytest

from motion.recording import FOLDER, Recording, names, read
from patella.files.library import read_spec
from patella.motion.analysis import Analysis
from patella.motion.angles import Measure, facing, measured
from patella.motion.coach import analyse
from patella.motion.pose import Side
from patella.motion.spec import Role, View

STORED = FOLDER / "stored.json"
EVERY = 5  # frames: enough to see a change
LARGEST_DEG, RMS_DEG = 2.5, 0.5


def test_every_recording_is_small() -> None:
    assert len(names()) >= 7
    for name in names():
        assert (FOLDER / f"{name}.landmarks").stat().st_size < 60_000


@pytest.mark.parametrize("name", names())
def test_a_recording_reads_as_a_film_in_order(name: str) -> None:
    recording = read(name)
    times = [f.t_s for f in recording.frames]
    assert times == sorted(set(times))
    assert len(recording.knees_deg) == len(times)
    assert sum(bool(f.image) for f in recording.frames) > 0.9 * len(times)


def analysis(recording: Recording) -> Analysis:
    told = recording.truth["working_side"]
    spec = read_spec(recording.truth["exercise"])
    return analyse(spec, recording.frames, None if told == "both" else Side(told))


@pytest.mark.parametrize("name", [n for n in names() if read_spec(read(n).truth["exercise"]).role is Role.REPS])
def test_every_repetition_of_a_recording_is_counted_and_nothing_else(name: str) -> None:
    recording = read(name)
    found = analysis(recording)
    true = [r for r in recording.truth["reps"] if "shallow" not in r["faults"]]
    assert len(found.reps) == len(true)
    for rep, real in zip(found.reps, true, strict=True):
        assert real["start_s"] - 0.7 <= rep.peak_s <= real["end_s"] + 0.7
        assert set(rep.faults) == set(real["faults"])


@pytest.mark.parametrize("name", [n for n in names() if read_spec(read(n).truth["exercise"]).role is Role.HOLD])
def test_every_hold_of_a_recording_is_timed_to_half_a_second(name: str) -> None:
    recording = read(name)
    for hold, true in zip(analysis(recording).holds, recording.truth["holds"], strict=True):
        assert hold.seconds == pytest.approx(true["end_s"] - true["start_s"], abs=0.5)


def angles(name: str) -> list[list[int | None]]:
    """Both knees as the core measures them, tenths of a degree."""
    recording = read(name)
    frames = [f for f in recording.frames if f.image]
    sense = sum(facing(f.image, f.width_px / f.height_px) for f in frames)
    found = []
    for f in frames[::EVERY]:
        both = [
            measured(Measure.KNEE_FLEXION, f.image, f.width_px / f.height_px, side, math.copysign(1.0, sense))
            for side in (0, 1)
        ]
        found.append([None if v is None else round(10 * v) for v in both])
    return found


SIDEWAYS = [n for n in names() if read_spec(read(n).truth["exercise"]).view is View.SIDE]


@pytest.mark.parametrize("name", SIDEWAYS)
def test_knee_angles_are_what_they_were(name: str) -> None:
    stored = json.loads(STORED.read_text())[name]
    now = angles(name)
    assert [[v is None for v in row] for row in now] == [[v is None for v in row] for row in stored]
    off = [(a - b) / 10 for n, s in zip(now, stored, strict=True) for a, b in zip(n, s, strict=True) if a is not None]
    assert max(map(abs, off)) <= LARGEST_DEG
    assert math.sqrt(sum(o * o for o in off) / len(off)) <= RMS_DEG


def main(out: Path) -> None:
    """Store the angles as they are now."""
    out.write_text(json.dumps({name: angles(name) for name in SIDEWAYS}, separators=(",", ":")))


if __name__ == "__main__":
    main(STORED)
