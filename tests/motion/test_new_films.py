"""Landmarks of the films of tools/films: six people in hard rooms. What the coach counted right there stays right."""

import json

import pytest

from motion.recording import FOLDER, Recording, read
from patella.files.library import read_spec
from patella.motion.analysis import Analysis
from patella.motion.coach import analyse
from patella.motion.pose import Side
from patella.motion.spec import Role

FILMS = FOLDER / "films"
NAMES = sorted(p.name.removesuffix(".landmarks") for p in FILMS.glob("*.landmarks"))
WRONG: dict[str, str] = json.loads((FILMS / "wrong.json").read_text(encoding="utf-8"))
HOLD_OFF_S, AROUND_S = 0.5, 0.7


def role(name: str) -> Role:
    return read_spec(name.partition("_")[0]).role


def film(name: str) -> Recording:
    return read(f"films/{name}")


def analysis(recording: Recording) -> Analysis:
    told = recording.truth["working_side"]
    spec = read_spec(recording.truth["exercise"])
    return analyse(spec, recording.frames, None if told == "both" else Side(told))


RIGHT = [n for n in NAMES if n not in WRONG]


def test_the_films_show_six_people_in_many_rooms() -> None:
    told = [film(n).truth for n in NAMES]
    assert len(told) >= 24
    assert len({t["body"] for t in told}) == 6
    assert len({t["scene"] for t in told}) >= 7


def test_all_landmarks_together_are_small() -> None:
    assert sum(p.stat().st_size for p in FILMS.iterdir()) < 1_500_000


def test_what_is_listed_as_wrong_is_a_film_that_is_kept() -> None:
    assert set(WRONG) <= set(NAMES)
    assert all(WRONG.values())


@pytest.mark.parametrize("name", [n for n in RIGHT if role(n) is Role.REPS])
def test_repetitions_that_were_counted_right_are_still_counted_each_in_its_time(name: str) -> None:
    recording = film(name)
    found = analysis(recording).reps
    full = [r for r in recording.truth["reps"] if "shallow" not in r["faults"]]
    every = recording.truth["reps"]
    assert len(found) in {len(full), len(every)}
    for rep, real in zip(found, every if len(found) == len(every) else full, strict=True):
        assert real["start_s"] - AROUND_S <= rep.peak_s <= real["end_s"] + AROUND_S


@pytest.mark.parametrize("name", [n for n in RIGHT if role(n) is Role.HOLD])
def test_holds_that_were_timed_right_are_still_timed_to_half_a_second(name: str) -> None:
    recording = film(name)
    for hold, true in zip(analysis(recording).holds, recording.truth["holds"], strict=True):
        assert hold.seconds == pytest.approx(true["end_s"] - true["start_s"], abs=HOLD_OFF_S)
