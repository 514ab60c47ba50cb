"""A library folder whose camera definitions do not do what its exercises promise is refused, file by file."""

import shutil
from pathlib import Path

import pytest

from patella.files.library import (
    LibraryError,
    own_experiment,
    own_folder,
    own_library,
    read_experiment,
    read_sayings,
    read_spec,
)
from patella.files.library_check import check_folder

BAND = "exercises/terminal-knee-extension"
SQUEEZE = "exercises/medicine-ball-squeeze"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy to break."""
    copy = tmp_path / "library"
    shutil.copytree(str(own_folder()), copy)
    return copy


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (f"{BAND}/camera.toml", 'view = "side"', 'view = "front"', "is front, but exercise.toml says side."),
        (f"{SQUEEZE}/camera.toml", 'role = "posture"', 'role = "hold"', "is hold, but exercise.toml says posture."),
        (f"{BAND}/camera.toml", 'fault = "heel_rise"', 'fault = "heel_flies"', "can say heel_flies, and en.md has no"),
        (f"{BAND}/camera.toml", "least = 16", "least = 0", "must be a number from 0.01"),
        (f"{SQUEEZE}/experiment.toml", 'view = "front"', 'view = "side"', "is side, but camera.toml says front."),
        (f"{SQUEEZE}/experiment.toml", 'role = "hold"', 'role = "posture"', "must be reps or hold"),
        (f"{SQUEEZE}/experiment.toml", "for_s = 2", "for_s = 0", "must be a number from 0.5"),
        ("sights.toml", "[places.side-lying]", "[places.side-floating]", "an exercise is seen from there"),
        ("sights.toml", "[codes.ready]", "[codes.steady]", "one entry for each sight, and no other: ready, steady"),
    ],
)
def test_what_does_not_agree_is_refused(folder: Path, file: str, old: str, new: str, said: str) -> None:
    place = folder / file
    text = place.read_text(encoding="utf-8")
    assert old in text
    place.write_text(text.replace(old, new, 1), encoding="utf-8")
    problems = [p for p in check_folder(folder) if p.file == file]
    assert any(said in p.sentence for p in problems), problems


def test_an_experiment_says_only_what_has_words(folder: Path) -> None:
    place = folder / SQUEEZE / "experiment.toml"
    text = place.read_text(encoding="utf-8").replace('fault = "trunk_lean"', 'fault = "ball_flies"', 1)
    place.write_text(text, encoding="utf-8")
    assert any("can say ball_flies, and en.md has no such cue" in p.sentence for p in check_folder(folder))


@pytest.mark.parametrize("exercise", [e for e in own_library().exercises if read_experiment(e)])
def test_an_experiment_tells_what_it_cannot_see(exercise: str) -> None:
    experiment = read_experiment(exercise)
    assert experiment is not None
    assert "never" in experiment.says
    assert len(experiment.says.split()) <= 45


def test_most_exercises_need_no_experiment() -> None:
    assert own_experiment("terminal-knee-extension") is None
    assert own_experiment("juggling") is None


def test_what_is_missing_is_said_with_its_file(folder: Path) -> None:
    (folder / BAND / "camera.toml").unlink()
    (folder / "sights.toml").unlink()
    assert {p.file for p in check_folder(folder)} == {f"{BAND}/camera.toml", "sights.toml"}
    with pytest.raises(LibraryError, match=r"camera\.toml: is missing"):
        read_spec("terminal-knee-extension", folder)
    with pytest.raises(LibraryError, match=r"sights\.toml: is missing"):
        read_sayings(folder)


def test_the_words_that_come_with_patella_are_short_enough_to_be_heard() -> None:
    for saying in read_sayings().codes.values():
        assert len(saying.title) <= 25
        assert len(saying.say.split()) <= 14
