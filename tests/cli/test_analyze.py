from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("av", reason="films need patella[video]")
pytest.importorskip("ai_edge_litert", reason="films need patella[video]")

import av

from filming import figure, moving_square, steady, write_film
from motion.striding import Leg, Runner, filmed
from patella.motion.pose import PoseFrame

Patella = Callable[..., Any]
RATE = 8.0


@pytest.fixture(scope="module")
def squats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film_of("squat", tmp_path_factory.mktemp("films"))


@pytest.fixture(scope="module")
def extensions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film_of("terminal-knee-extension", tmp_path_factory.mktemp("films"))


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


def test_a_knee_extension_is_counted_on_the_leg_that_works(patella: Patella, extensions: Path) -> None:
    said = patella("analyze", extensions, "--exercise", "terminal-knee-extension", "--model", "lite")
    assert said.code == 0
    assert "Terminal knee extension" in said.text
    assert ", right leg" in said.text
    assert "2 reps, 2 of them clean" in said.text
    assert re.search(r"Straighten \d\.\d s \(asked: 2\), bend \d\.\d s \(asked: 2\)\.", said.text)
    assert "too fast" not in said.text.replace("far too fast", "")


def test_the_leg_that_was_named_is_believed_even_where_it_looks_like_the_other(
    patella: Patella, extensions: Path
) -> None:
    asked = ("--exercise", "terminal-knee-extension", "--model", "lite", "--side")
    told = patella("analyze", extensions, *asked, "left", "--json").json
    assert (told["side"], [r["side"] for r in told["reps"]], told["remarks"]) == ("left", ["left"] * 2, ["other-leg"])
    told = patella("analyze", extensions, *asked, "right", "--json").json
    assert (told["side"], len(told["reps"]), told["remarks"]) == ("right", 2, [])


def test_a_side_that_was_named_for_both_legs_is_left_out_and_said(patella: Patella, squats: Path) -> None:
    said = patella("analyze", squats, "--exercise", "squat", "--model", "lite", "--side", "left")
    assert "2 reps" in said.text
    assert "Both legs work in this exercise" in said.text


def test_a_film_in_which_nobody_runs_says_so_and_gives_no_number(patella: Patella, squats: Path) -> None:
    said = patella("analyze", squats, "--running", "--model", "lite")
    assert said.code == 0
    assert "Nothing was told of your running." in said.text
    assert "I can't make out any running in this film." in said.text
    told = patella("analyze", squats, "--running", "--model", "lite", "--json").json
    assert (told["cadence_spm"], told["left"]["contact_share"], told["untold"]["cadence_spm"]) == (
        None,
        None,
        "not-running",
    )


def test_running_is_told_in_a_table_with_how_far_off_it_is(
    patella: Patella, squats: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner = Runner(left=Leg(foot_deg=2), right=Leg(foot_deg=25))
    reading = import_module("patella.files.film_pose")
    monkeypatch.setattr(reading, "poses", lambda *_: ((None, frame) for frame in filmed(runner)))
    said = patella("analyze", squats, "--running")
    assert said.code == 0
    assert "Running: 13 strides in 10 s, seen from your right" in said.text
    assert re.search(r"steps a minute 170 1 ", said.text)
    assert re.search(r"foot on the ground, of a stride 3\d% 3\d% 8% ", said.text)
    assert re.search(r"Left and right look different: .*toes up as the foot lands\.", said.text)
    assert "film yourself from your left as well" in said.text
    told = patella("analyze", squats, "--running", "--json").json
    assert (told["near"], told["untold"], told["remarks"]) == ("right", {}, [])
    assert told["cadence_spm"] == pytest.approx(170, abs=1)


def test_the_command_explains_itself_with_an_example(patella: Patella) -> None:
    said = patella("analyze", "--help")
    assert said.code == 0
    assert "Example: patella analyze" in said.text


def test_a_film_of_nobody_says_what_stood_in_the_way(patella: Patella, tmp_path: Path) -> None:
    film = write_film(tmp_path / "wall.mp4", moving_square(20), steady())
    said = patella("analyze", film, "--exercise", "squat", "--model", "lite")
    assert said.code == 0
    assert "Nothing was counted." in said.text
    assert "I can't see you yet." in said.text
    assert "patella show squat" in said.text


def test_what_is_no_film_is_a_sentence_with_its_name(patella: Patella, tmp_path: Path) -> None:
    file = tmp_path / "notes.mp4"
    file.write_text("not a film")
    said = patella("analyze", file, "--exercise", "squat", "--json")
    assert (said.code, said.out) == (1, "")
    unwrapped = "".join(said.complaint.split())
    assert "notes.mp4:Itisnotafilm,oritisbroken." in unwrapped


def kept(patella: Patella, film: Path, *more: object) -> Any:  # noqa: ANN401 - whatever was answered
    return patella("analyze", film, "--exercise", "squat", "--model", "lite", "--keep", *more)


def test_a_film_is_kept_once_shown_in_the_diary_and_taken_out_again(patella: Patella, squats: Path) -> None:
    said = kept(patella, squats, "--on", "2026-11-20", "--date", "2026-11-22", "--pain", "2", "--after", "1")
    assert said.code == 0
    assert "Kept: 1 set, Friday 20 November 2026." in said.text
    [day] = patella("history", "--json", "--date", "2026-11-22").json["days"]
    [session] = day["sessions"]
    assert (day["date"], session["scope"], session["finished"], session["after"]) == ("2026-11-20", "film", True, 1)
    assert [(i["exercise"], [s["reps"] for s in i["sets"]], i["peak"]) for i in session["items"]] == [("squat", [2], 2)]
    assert "from a film" in patella("history", "--date", "2026-11-22").text
    again = kept(patella, squats, "--date", "2026-11-22")
    assert (again.code, again.out) == (2, "")
    assert again.complaint == "This film is in the diary already, on Friday 20 November 2026."
    for _ in range(2):
        assert patella("history", "--undo", "--yes", "--date", "2026-11-22").code == 0
    undone = patella("history", "--undo", "--yes", "--date", "2026-11-22")
    assert "the sets of a film" in undone.text
    assert patella("history", "--json", "--date", "2026-11-22").json["days"] == []


def test_a_film_without_a_word_of_pain_leaves_it_open(patella: Patella, squats: Path) -> None:
    said = kept(patella, squats, "--json")
    assert said.code == 0
    assert len(said.json["kept"]["session"]) == 36
    shown = patella("history", "--json", "--session", said.json["kept"]["session"]).json
    [session] = shown["days"][0]["sessions"]
    assert (session["items"][0]["peak"], session["after"], session["colour"]) == (None, None, None)


def test_the_pain_is_asked_where_somebody_is_there(
    patella: Patella, squats: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("patella.terminal.film_keeping.is_somebody_there", lambda: True)
    said = patella("analyze", squats, "--exercise", "squat", "--model", "lite", "--keep", typed="4\n\n")
    assert "What was the worst pain during it?" in said.text
    [session] = patella("history", "--json").json["days"][0]["sessions"]
    assert (session["items"][0]["peak"], session["after"]) == (4, None)


def test_a_film_of_nobody_leaves_nothing_to_keep(patella: Patella, tmp_path: Path) -> None:
    film = write_film(tmp_path / "wall.mp4", moving_square(20), steady())
    said = kept(patella, film)
    assert said.code == 1
    assert "Nothing was counted." in said.text
    assert "So there is nothing to keep." in said.text
    assert patella("history", "--json").json["days"] == []


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--on", "yesterday"), "--on takes a day such as"),
        (("--on", "2999-01-01"), "still to come"),
        (("--pain", "11"), "0"),
        (("--after", "-1"), "0"),
    ],
)
def test_what_cannot_be_kept_is_said_before_anybody_waits(
    patella: Patella, squats: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    said = kept(patella, squats, *arguments)
    assert (said.code, said.out) == (2, "")
    assert complaint in said.complaint


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--exercise", "squart"), "Did you mean squat"),
        (("--exercise", "squat", "--side", "middle"), "middle"),
        (("--exercise", "squat", "--model", "huge"), "huge"),
        ((), "--exercise"),
        (("--running", "--exercise", "squat"), "nothing of an exercise"),
        (("--running", "--keep"), "nothing of an exercise"),
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
    assert said.complaint == (
        "To read films, Patella needs its video part. In the folder it was installed from: pip install '.[video]'"
    )


def test_when_it_is_stopped_nothing_half_written_stays(
    patella: Patella, squats: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import patella.app.film.film as verb

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
    from patella.app.film.film import model_for
    from patella.files.library import own_library

    exercises = own_library().exercises
    assert (model_for(exercises["strap-stretch"]), model_for(exercises["squat"])) == ("heavy", "full")
