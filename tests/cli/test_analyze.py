from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("av", reason="films need patella[video]")
pytest.importorskip("ai_edge_litert", reason="films need patella[video]")

import av

from filming import figure, moving_square, steady, write_film
from patella.motion.pose import PoseFrame

Patella = Callable[..., Any]
RATE = 8.0


@pytest.fixture(scope="module")
def squats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film_of("squat", tmp_path_factory.mktemp("films"))


def film_of(exercise: str, folder: Path) -> Path:
    """The project's own figure, doing an exercise twice."""
    return write_film(folder / f"{exercise}.mp4", figure(exercise, cycles=2, rate=RATE), steady(RATE))


def test_a_film_of_the_own_figure_is_counted_drawn_and_measured(patella: Patella, squats: Path, tmp_path: Path) -> None:
    angles, drawn = tmp_path / "angles.csv", tmp_path / "drawn.mp4"
    said = patella(
        "analyze", squats, "--exercise", "squat", "--model", "lite", "--json", "--angles", angles, "--annotated", drawn
    )
    assert (said.code, said.err) == (0, "")
    found = said.json
    assert (found["exercise"], found["side"], found["view"], found["notes"]) == ("squat", "both", "side", [])
    assert found["seen_fraction"] > 0.9
    assert len(found["reps"]) == 2
    assert found["duration_s"] == pytest.approx(15, abs=0.2)
    for rep in found["reps"]:
        assert rep["start_s"] < rep["peak_s"] < rep["end_s"]
        assert 30 < rep["range_deg"] < 90
        assert {"up_s", "down_s", "faults"} <= set(rep)
    rows = list(csv.DictReader(angles.read_text(encoding="utf-8").splitlines()))
    assert list(rows[0])[:3] == ["t_s", "knee_flexion_left_deg", "knee_flexion_right_deg"]
    assert len(rows) == 120
    bent = [float(r["knee_flexion_right_deg"]) for r in rows if r["knee_flexion_right_deg"]]
    assert max(bent) - min(bent) > 30
    with av.open(str(drawn)) as film:
        frames = [f.time for f in film.decode(video=0)]
    assert len(frames) == 120
    assert frames[-1] == pytest.approx(119 / RATE, abs=0.05)
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["angles.csv", "drawn.mp4"]


def test_a_knee_extension_is_counted_on_the_leg_that_works(patella: Patella, tmp_path: Path) -> None:
    film = film_of("terminal-knee-extension", tmp_path)
    said = patella("analyze", film, "--exercise", "terminal-knee-extension", "--model", "lite")
    assert said.code == 0
    assert "Terminal knee extension" in said.text
    assert ", right leg" in said.text
    assert "2 reps, 2 of them clean" in said.text


def test_the_command_explains_itself_with_an_example(patella: Patella) -> None:
    said = patella("analyze", "--help")
    assert said.code == 0
    assert "Example: patella analyze" in said.text


def test_a_film_of_nobody_says_what_stood_in_the_way(patella: Patella, tmp_path: Path) -> None:
    film = write_film(tmp_path / "wall.mp4", moving_square(20), steady())
    said = patella("analyze", film, "--exercise", "squat", "--model", "lite")
    assert said.code == 0
    assert "Nothing was counted." in said.text
    assert "Nobody there yet." in said.text
    assert "patella show squat" in said.text


def test_what_is_no_film_is_a_sentence_with_its_name(patella: Patella, tmp_path: Path) -> None:
    file = tmp_path / "notes.mp4"
    file.write_text("not a film")
    said = patella("analyze", file, "--exercise", "squat", "--json")
    assert (said.code, said.out) == (1, "")
    unwrapped = "".join(said.complaint.split())
    assert "notes.mp4:Itisnotafilm,oritisbroken." in unwrapped


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--exercise", "squart"), "Did you mean squat"),
        (("--exercise", "squat", "--side", "middle"), "middle"),
        (("--exercise", "squat", "--model", "huge"), "huge"),
        ((), "--exercise"),
    ],
)
def test_bad_input_is_refused(patella: Patella, squats: Path, arguments: tuple[str, ...], complaint: str) -> None:
    said = patella("analyze", squats, *arguments)
    assert said.code == 2
    assert complaint in said.complaint


def test_a_file_that_is_there_already_stays(patella: Patella, squats: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.csv"
    kept.write_text("mine")
    said = patella("analyze", squats, "--exercise", "squat", "--angles", kept)
    assert said.code == 1
    assert "is there already" in said.complaint
    assert kept.read_text() == "mine"


@pytest.mark.parametrize("missing", ["av", "ai_edge_litert.interpreter"])
def test_without_the_extra_it_says_how_to_get_it(
    patella: Patella, squats: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    for name in [n for n in sys.modules if n.startswith("patella.files.") and ("film" in n or "pose" in n)]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    said = patella("analyze", squats, "--exercise", "squat")
    assert said.code == 1
    assert said.complaint == "To read films, Patella needs one more part: pip install 'patella[video]'."


def test_when_it_is_stopped_nothing_half_written_stays(
    patella: Patella, squats: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import patella.app.film as verb

    took = verb._Watching.take

    def stopped(watching: verb._Watching, frame: PoseFrame) -> None:
        if frame.t_s > 1:
            raise KeyboardInterrupt
        took(watching, frame)

    monkeypatch.setattr(verb._Watching, "take", stopped)
    out = tmp_path / "out"
    out.mkdir()
    said = patella(
        "analyze", squats, "--exercise", "squat", "--model", "lite",
        "--angles", out / "a.csv", "--annotated", out / "a.mp4",
    )  # fmt: skip
    assert (said.code, said.complaint) == (130, "Stopped. Nothing was written.")
    assert list(out.iterdir()) == []


def test_a_body_that_lies_is_watched_by_the_heavy_model() -> None:
    from patella.app.film import model_for
    from patella.files.library import own_library

    exercises = own_library().exercises
    assert (model_for(exercises["strap-stretch"]), model_for(exercises["squat"])) == ("heavy", "full")
