"""An exercise of repetitions says both ways of its movement, for the beat that leads them."""

from __future__ import annotations

import tomllib

import pytest

from patella.care.exercise import parse_exercise
from patella.files.library import own_folder
from patella.motion.definition import DefinitionError


@pytest.mark.parametrize("word", ["out", "back"])
def test_repetitions_without_a_word_for_each_way_are_refused(word: str) -> None:
    folder = own_folder() / "exercises" / "squat"
    values = tomllib.loads((folder / "exercise.toml").read_text(encoding="utf-8"))
    lines = (folder / "en.md").read_text(encoding="utf-8").splitlines()
    words = "\n".join(line for line in lines if not line.startswith(f"- {word}:"))
    with pytest.raises(DefinitionError, match=f"a line for {word} under Cues"):
        parse_exercise(values, words)
