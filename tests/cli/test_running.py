from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from files.recordings import Outing, fit_of, gpx_of, gz, zip_of

Patella = Callable[..., Any]


@pytest.mark.parametrize("name", ["import", "run", "shoe", "sport", "sat", "knee", "score"])
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


def test_an_import_that_is_told_nothing_says_what_to_name(patella: Patella) -> None:
    said = patella("import")

    assert said.code == 2
    assert "patella import --watch DIR" in said.complaint


@pytest.mark.parametrize(("folder", "why"), [("gone", "is not a folder"), (".", "holds your diary")])
def test_a_folder_that_cannot_be_watched_is_refused_at_once(
    patella: Patella, tmp_path: Path, folder: str, why: str
) -> None:
    said = patella("import", "--watch", tmp_path / folder)

    assert said.code == 2
    assert why in said.complaint


def test_a_run_a_shoe_and_sitting_are_noted_and_shown(patella: Patella) -> None:
    assert "8 mm" in patella("shoe", "Blue ones", "--drop", "8", "--usual").text
    assert "5.2 km, 31 min" in patella("run", "5.2", "--minutes", "31", "--shoe", "blue ONES").text
    assert "5.2 km in 1 run" in patella("shoe").text
    assert "7.5 h sat" in patella("sat", "7.5").text


def test_how_far_to_run_is_for_who_may_exercise(patella: Patella, answers: Path) -> None:
    patella("run", "5.2")
    before = patella("run", "--json").json
    assert before["running"] is None
    assert "questions first" in before["no_run_text"]
    patella("screen", "--answers", answers)
    after = patella("run", "--json").json
    assert after["running"]["ground"] == "beginning"
    assert after["no_run_text"] is None


def test_a_run_is_noted_with_how_the_knee_was(screened: Patella) -> None:
    said = screened("run", "5", "--pain", "4", "--race")
    assert "Slower, shorter" in said.text
    now = screened("run", "--json").json
    assert (now["running"]["ground"], now["runs"][0]["race"]) == ("sore", True)
    assert screened("run", "5", "--pain", "11").code == 2


def test_who_comes_back_is_led_by_stages(screened: Patella) -> None:
    assert "There is no way back to walk" in screened("run", "--timer").complaint
    assert "The way back to running, 1 of 12" in screened("run", "--back").text
    assert screened("run", "--timer", "--json").json["comeback"]["stage"] == "walk-run-1"
    assert "Hardly begun" in screened("run", "--timer", "--speed", "60").text
    assert "The way back to running" in screened("today").text
    assert "one stage back" in screened("run", "--not-well").text
    assert "There is no way back to walk" in screened("run", "--leave").text


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
    assert "6 km, is the line for now" in said.text
    assert screened("today", "--json").json["running"]["cap_m"] == 6000


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


def test_units_are_chosen_told_and_typed(patella: Patella) -> None:
    shown = patella("settings", "--weight", "lb", "--height", "cm").text
    assert "weights: pounds (--weight)" in shown
    assert "distances: miles (--distance)" in shown
    assert "heights: centimetres (--height)" in shown
    assert "about 10 cm." in patella("show", "lateral-step-down").text
    patella("settings", "--height", "ft")
    assert "about 4 inches." in patella("show", "lateral-step-down").text
    assert "3.1 mi, 31 min" in patella("run", "3.1", "--minutes", "31").text
    assert "3.1 mi" in patella("run", "5km").text
    assert patella("run", "3mi", "--json").json["distance_m"] == 4828
    assert "5 km" in patella("settings", "--distance", "km").text + patella("run").text


def test_a_distance_that_is_none_is_refused_and_nothing_is_kept(patella: Patella) -> None:
    said = patella("run", "far")
    assert "A distance is a number, such as 5.2, 5km or 3mi, not 'far'." in said.err
    assert "distance is in km or mi, not in 'yards'." in patella("settings", "--distance", "yards").err
    assert patella("run", "--json").json["runs"] == []


def test_what_no_file_says_is_asked_for_and_put_right_by_its_id(patella: Patella, tmp_path: Path) -> None:
    (tmp_path / "a.gpx").write_bytes(gpx_of(Outing(), kind=None))
    said = patella("import", tmp_path / "a.gpx").text
    assert "0 new runs, 1 of other sports." in said
    assert "Was it a run? Until you say, they count as no run." in said
    shown = patella("sport", "--json").json
    assert [k["count"] for k in shown["unnamed"]] == [1]
    assert patella("sport", shown["latest"][0]["id"][:8], "running").text.strip() == "Running: noted."
    assert patella("sport", "--json").json["unnamed"] == []
    assert patella("sport", "zzz", "running").code == 2
    assert patella("sport", "zzz").code == 2
