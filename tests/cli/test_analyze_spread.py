from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed", reason="other machines need patella[dask]")
pytest.importorskip("av", reason="films need patella[video]")
pytest.importorskip("ai_edge_litert", reason="films need patella[video]")

from dying import look
from filming import figure, moving_square, steady, write_film
from patella.app.film import many, spread
from patella.app.film.many import Wanted, look_at_films
from patella.app.film.spread import EngineError, spread_over

Patella = Callable[..., Any]
TESTS = Path(__file__).parents[1]
RATE = 8.0
ASKED = ("--exercise", "squat", "--model", "lite")
WAIT_S = 90


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler on this machine, which workers can be given and taken."""
    with _running("scheduler", "--port", "0", "--scheduler-file", str(tmp_path / "at.json")):
        until((tmp_path / "at.json").is_file)
        found = Cluster(json.loads((tmp_path / "at.json").read_text())["address"], tmp_path)
        try:
            yield found
        finally:
            for worker in found.workers:
                worker.terminate()
            for worker in found.workers:
                worker.wait()


class Cluster:
    """Where the scheduler answers, and the workers that it was given."""

    def __init__(self, address: str, place: Path) -> None:
        self.address, self.place = address, place
        self.workers: list[subprocess.Popen[bytes]] = []

    def add_worker(self, *options: str) -> None:
        """One process that does one thing at a time; it stays dead when it dies, unless told otherwise."""
        told = options or ("--no-nanny",)
        where = ("--local-directory", str(self.place), "--nthreads", "1")
        self.workers.append(_started("worker", self.address, *where, *told))


def _started(what: str, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *options, "--host", "127.0.0.1", "--no-dashboard"]
    paths = os.pathsep.join([str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])])
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": paths}, stdout=quiet, stderr=quiet)


@contextmanager
def _running(what: str, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    process = _started(what, *options)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def until(so: Callable[[], bool]) -> None:
    ends_s = time.monotonic() + WAIT_S
    while not so():
        assert time.monotonic() < ends_s
        time.sleep(0.05)


def lines(kept: Path) -> int:
    return kept.read_bytes().count(b"\n") if kept.is_file() else 0


@pytest.mark.slow
def test_a_worker_that_is_killed_in_the_middle_costs_nothing_and_what_is_killed_itself_goes_on(
    cluster: Cluster, patella: Patella, tmp_path: Path
) -> None:
    films = tmp_path / "films"
    films.mkdir()
    for cycles in (1, 2, 3):
        write_film(films / f"{cycles} squats.mp4", figure("squat", cycles=cycles, rate=RATE), steady(RATE))
    (films / "broken.mov").write_text("not a film")
    asked = ("analyze", str(films), *ASKED, "--dask", cluster.address, "--json", "--into")
    command = [sys.executable, "-m", "patella.cli", *asked]
    for _ in range(2):
        cluster.add_worker()

    kept = tmp_path / "answers.jsonl"
    whole = subprocess.Popen([*command, str(kept)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    until(lambda: lines(kept) > 0)
    cluster.workers[0].send_signal(signal.SIGKILL)
    assert lines(kept) < 3
    out, err = whole.communicate(timeout=WAIT_S)
    assert (whole.returncode, err) == (1, "")

    found = json.loads(out)["films"]
    assert found == patella("analyze", films, *ASKED, "--json").json["films"]
    assert [len(film["reps"]) for film in found if "reps" in film] == [1, 2, 3]
    assert [film["error"] for film in found if "error" in film] == ["It is not a film, or it is broken."]

    begun = tmp_path / "begun.jsonl"
    killed = subprocess.Popen([*command, str(begun)], stdout=subprocess.DEVNULL)
    until(lambda: lines(begun) > 0)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    done = lines(begun)
    assert patella(*asked, begun).json["films"] == found
    assert 0 < done < lines(begun) == 3


@pytest.mark.slow
def test_a_film_that_every_worker_dies_of_fails_alone(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spread, "look_there", look)
    for _ in range(2):
        cluster.add_worker("--nanny")
    films = [tmp_path / f"{name}.mp4" for name in ("one", "deadly", "two", "three")]
    engine = spread_over(cluster.address)
    found = {
        looked.film.stem: looked
        for looked in look_at_films(films, Wanted(exercise="squat", side="left"), engine=engine)
    }
    assert {name: looked.answer for name, looked in found.items()} == {
        "one": {"side": "left"}, "two": {"side": "left"}, "three": {"side": "left"}, "deadly": None,
    }  # fmt: skip
    assert found["deadly"].error == many.STOPPED


@pytest.mark.slow
def test_without_a_worker_or_when_the_last_one_goes_it_is_said_and_not_waited_for(
    cluster: Cluster, patella: Patella, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spread, "COMES_S", 0.5)
    for n in range(2):
        write_film(tmp_path / f"{n}.mp4", moving_square(200), steady())
    said = patella("analyze", tmp_path, *ASKED, "--dask", cluster.address)
    assert (said.code, said.out) == (1, "")
    assert f"The scheduler at {cluster.address} has no worker." in said.complaint

    monkeypatch.setattr(spread, "COMES_S", 20)
    cluster.add_worker()

    def dies(films: Sequence[Path], wanted: Wanted) -> Iterator[many.Looked]:
        answers = spread_over(cluster.address)(films, wanted)
        yield next(answers)
        cluster.workers[0].kill()
        monkeypatch.setattr(spread, "COMES_S", 1)
        yield from answers

    monkeypatch.setattr(spread, "look_there", look)
    slow = [tmp_path / f"{name}.mp4" for name in ("quick", "slow")]
    with pytest.raises(EngineError, match="No worker is left, with 1 films to go"):
        list(look_at_films(slow, Wanted(exercise="squat"), engine=dies))


def test_where_nobody_answers_it_is_said_with_what_is_kept(patella: Patella, tmp_path: Path) -> None:
    (tmp_path / "one.mp4").write_text("not looked at")
    said = patella("analyze", tmp_path, *ASKED, "--dask", "tcp://127.0.0.1:9")
    assert (said.code, said.out) == (1, "")
    assert said.complaint.startswith("No Dask scheduler answers at tcp://127.0.0.1:9.")
    assert "0 films of 1 done" in said.complaint


def test_a_worker_of_another_version_says_so() -> None:
    looked = spread.look_there(Path("a.mp4"), Wanted(exercise="squat"), "0.0.1")
    assert looked.answer is None
    assert looked.error is not None
    assert "0.0.1 asks" in looked.error
