from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("av", reason="films need patella[video]")
pytest.importorskip("ai_edge_litert", reason="films need patella[video]")

from dying import look
from filming import figure, moving_square, steady, write_film
from patella.app.film import many
from patella.app.film.many import Looked, Wanted, films_in, look_at_films
from patella.files.film_mark import film_mark

Patella = Callable[..., Any]
RATE = 8.0
ASKED = ("--exercise", "squat", "--model", "lite")
WAIT_S = 90


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two films of squats, one below the other, one of nobody, one that is none, and what is not for us."""
    top = tmp_path_factory.mktemp("films")
    (top / "below").mkdir()
    write_film(top / "two.mp4", figure("squat", cycles=2, rate=RATE), steady(RATE))
    write_film(top / "below" / "three.MOV", figure("squat", cycles=3, rate=RATE), steady(RATE))
    write_film(top / "wall.mp4", moving_square(20), steady())
    (top / "broken.mov").write_text("not a film")
    (top / "notes.txt").write_text("not for us")
    (top / "._two.mp4").write_text("what a Mac leaves beside it")
    return top


def test_a_folder_is_one_table_with_every_failure_named_and_goes_on_where_it_stopped(
    patella: Patella, folder: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "answers.jsonl"
    said = patella("analyze", folder, *ASKED, "--into", kept)
    assert said.code == 1
    assert "3 of 4 films looked at." in said.text
    assert re.search(r"below/three\.MOV both 3 \d 0 0 s \d+% two\.mp4 both 2 \d 0 0 s \d+% wall\.mp4 both 0", said.text)
    assert "wall.mp4: Nothing was counted. I can't see you yet." in said.text
    assert "1 film could not be looked at: - broken.mov: It is not a film, or it is broken." in said.text
    assert "notes" not in said.text
    lines = kept.read_bytes().splitlines(keepends=True)
    assert len(lines) == 3
    kept.write_bytes(b"".join(lines[:2]) + lines[2][:40])  # as if it was killed while it wrote
    again = patella("analyze", folder, *ASKED, "--into", kept)
    assert "3 of 4 films looked at, 2 of them from before." in again.text
    told = patella("analyze", folder, *ASKED, "--into", kept, "--json")
    assert (told.code, told.err) == (1, "")
    found = {Path(f["film"]).name: f for f in told.json["films"]}
    assert len(found["three.MOV"]["reps"]) == 3
    assert found["broken.mov"]["error"] == "It is not a film, or it is broken."
    assert sorted(found["two.mp4"]) == sorted(["film", *patella("analyze", folder / "two.mp4", *ASKED, "--json").json])


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="asks the system for processes")
def test_killed_in_the_middle_it_leaves_no_process_and_goes_on_from_there(patella: Patella, tmp_path: Path) -> None:
    kept = tmp_path / "answers.jsonl"
    films = tmp_path / "films"
    films.mkdir()
    for n in range(6):
        write_film(films / f"{n}.mp4", moving_square(60 + n), steady())
    command = [sys.executable, "-m", "patella.cli", "analyze", str(films), *ASKED, "--into", str(kept)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    until(lambda: kept.is_file() and kept.read_bytes().count(b"\n") > 0)
    workers = children(running.pid)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert workers
    until(lambda: not any(Path(f"/proc/{pid}/exe").exists() for pid in workers))
    done = kept.read_bytes().count(b"\n")
    said = patella("analyze", films, *ASKED, "--into", kept)
    assert said.code == 0
    assert f"6 films looked at, {done} of them from before." in said.text


def children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def until(so: Callable[[], bool]) -> None:
    ends_s = time.monotonic() + WAIT_S
    while not so():
        assert time.monotonic() < ends_s
        time.sleep(0.05)


def test_a_film_that_ends_its_process_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "look_at_one", look)
    films = [tmp_path / f"{name}.mp4" for name in ("one", "deadly", "two")]
    found = {looked.film.stem: looked for looked in look_at_films(films, Wanted(exercise="squat", side="left"))}
    assert {name: looked.answer for name, looked in found.items()} == {
        "one": {"side": "left"}, "two": {"side": "left"}, "deadly": None,
    }  # fmt: skip
    assert found["deadly"].error == many.STOPPED


def test_the_largest_film_is_begun_first(tmp_path: Path) -> None:
    films = [tmp_path / f"{name}.mp4" for name in ("gone", "short", "long", "middle")]
    for film, length in zip(films[1:], (10, 3000, 200), strict=True):
        film.write_bytes(bytes(length))

    def engine(handed: Sequence[Path], _: Wanted) -> Iterator[Looked]:
        return (Looked(film=film, answer={}) for film in handed)

    begun = [looked.film.stem for looked in look_at_films(films, Wanted(exercise="squat"), None, engine)]
    assert begun == ["long", "middle", "short", "gone"]


def test_stopped_by_hand_it_says_how_to_go_on(patella: Patella, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(films: list[Path], *_: object) -> Iterator[Looked]:
        yield Looked(film=films[0], error="no")
        raise KeyboardInterrupt

    monkeypatch.setattr("patella.terminal.film_many.look_at_films", stopped)
    said = patella("analyze", folder, *ASKED)
    assert (said.code, said.out) == (130, "")
    assert said.complaint == (
        "Stopped after 1 of 4 films. With --into FILE the answers are kept as they come, and the same command goes on "
        "from there."
    )


def test_a_film_is_named_once_and_folders_are_looked_through(folder: Path) -> None:
    two = folder / "two.mp4"
    assert [f.name for f in films_in([two, folder])] == ["two.mp4", "three.MOV", "broken.mov", "wall.mp4"]


def test_what_cannot_go_together_is_said_at_once(patella: Patella, folder: Path, tmp_path: Path) -> None:
    assert "one film at a time" in patella("analyze", folder, *ASKED, "--keep").complaint
    empty = tmp_path / "empty"
    empty.mkdir()
    assert patella("analyze", empty, *ASKED).complaint == "There is no film in that folder."
    unseen = patella("analyze", folder, "--exercise", "hop")
    assert (unseen.code, unseen.out) == (2, "")
    mine = tmp_path / "diary.txt"
    mine.write_text("monday\ntuesday\n")
    refused = patella("analyze", folder, *ASKED, "--into", mine)
    assert refused.code == 1
    assert "holds something else" in refused.complaint
    assert mine.read_text() == "monday\ntuesday\n"
    nowhere = patella("analyze", folder, *ASKED, "--into", tmp_path / "not there" / "answers.jsonl")
    assert nowhere.code == 1
    assert "cannot be written" in nowhere.complaint
    assert nowhere.out == ""


def test_of_running_the_table_tells_steps_and_what_is_open(patella: Patella, folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "answers.jsonl"
    side = {"contact_share": 0.36, "knee_contact_deg": 15.2, "knee_midstance_deg": 41.0, "foot_contact_deg": None}
    answer = {
        "duration_s": 10.0, "strides": 13, "near": "left", "off_deg": 4.0, "cadence_spm": 168.4, "trunk_lean_deg": 5.1,
        "left": side, "right": side, "untold": {"left.foot_contact_deg": "unseen"}, "remarks": ["damaged"],
    }  # fmt: skip
    film = folder / "wall.mp4"
    asked = {"exercise": None, "side": None, "model": None}
    kept.write_text(json.dumps({"film": "x", "mark": film_mark(film), "asked": asked, "answer": answer}) + "\n")
    said = patella("analyze", film, "--running", "--into", kept)
    assert said.code == 0
    assert "1 film looked at, 1 of them from before." in said.text
    assert "wall.mp4 168 36/36 15/15 41/41 -/- 5" in said.text
    assert "wall.mp4: What is left open was not seen well enough." in said.text
    assert "wall.mp4: Parts of the film are damaged" in said.text
