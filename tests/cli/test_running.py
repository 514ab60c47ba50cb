from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from files.recordings import Outing, fit_of, gz, zip_of

Patella = Callable[..., Any]


@pytest.mark.parametrize("name", ["import", "run", "shoe", "sat", "knee", "score"])
def test_every_command_explains_itself_with_an_example(patella: Patella, name: str) -> None:
    said = patella(name, "--help")
    assert said.code == 0
    assert f"Example: patella {name}" in said.text


def test_an_import_answers_in_json(patella: Patella, tmp_path: Path) -> None:
    (tmp_path / "a.fit.gz").write_bytes(gz(fit_of(Outing())))
    (tmp_path / "b.zip").write_bytes(zip_of({"x.fit": fit_of(Outing()), "y.gpx": b"<gpx>"}))
    said = patella("import", tmp_path / "a.fit.gz", tmp_path / "b.zip", "--json").json

    assert (said["runs"], said["other"], said["duplicates"]) == (1, 0, 1)
    assert [set(f) for f in said["failed"]] == [{"file", "why"}]
    assert said["failed"][0]["file"] == "b.zip/y.gpx"


def test_an_import_of_nothing_usable_is_trouble_and_says_why(patella: Patella, tmp_path: Path) -> None:
    said = patella("import", tmp_path / "gone.fit")

    assert said.code == 1
    assert "There is no such file." in said.text


def test_a_run_a_shoe_and_sitting_are_noted_and_shown(patella: Patella) -> None:
    assert "8 mm" in patella("shoe", "Blue ones", "--drop", "8", "--usual").text
    assert "5.2 km, 31 min" in patella("run", "5.2", "--minutes", "31", "--shoe", "blue ONES").text
    assert "5 km in 1 run" in patella("shoe").text
    assert "7.5 h sat" in patella("sat", "7.5").text
    assert patella("run", "--json").json["running"]["ground"] == "restart"


def test_pain_at_any_moment_says_what_it_means(patella: Patella) -> None:
    said = patella("knee", "6", "--doing", "run", "--where", "below", "--knee", "right")
    assert "6 of 10, red." in said.text
    assert "tendon" in said.text


def test_today_says_how_far_to_run_and_why(screened: Patella) -> None:
    assert "Running" not in screened("today").text
    three_days_ago = datetime.now().astimezone().date() - timedelta(days=3)
    screened("run", "6", "--date", three_days_ago)
    said = screened("today")
    assert "Running" in said.text
    assert "6.6 km" in said.text
    assert screened("today", "--json").json["running"]["cap_m"] == 6600


@pytest.mark.parametrize(
    "words",
    [
        ("knee", "11"),
        ("knee", "3", "--where", "elbow"),
        ("run", "5", "--surface", "moon"),
        ("run", "5", "--shoe", "nobody's"),
        ("shoe", "--drop", "8"),
        ("sat", "25"),
        ("score", "akps"),
        ("score", "akps", "101"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(patella: Patella, words: tuple[str, ...]) -> None:
    said = patella(*words)
    assert said.code == 2
    assert said.complaint.endswith(".")
    assert "Traceback" not in said.err
