"""A film through Patella, through a plain loop over MediaPipe 0.10.21 and through an older build, in turns in one run.

MediaPipe lives in an environment of its own, build/mediapipe, made here when it is missing; PATELLA_MEDIAPIPE may name
the Python of another one. The film is the first of 720 lines in the clips folder (PATELLA_CLIPS). The older build is
that of November 23, by its commit, where the history is at hand.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clips import film_of
from figure import Figure
from older import OLDER, older_sources

HOUSE = Path(__file__).parents[1]
ORACLE = "mediapipe==0.10.21"
BAR, TIMES_LOOP, TIMES_OLDER = 1.5, 3.0, 2.0
_ROUNDS = 3
_LINES_PX, _LEAST_S = 720, 9.0
_OURS, _LOOP = Path(__file__).with_name("our_loop.py"), Path(__file__).with_name("plain_loop.py")


@dataclass(frozen=True, slots=True)
class Run:
    """What a loop says: seconds by the clock and of processor, without loading; and its most memory, if told."""

    took_s: float
    worked_s: float
    memory_mb: float = 0.0


def measure() -> list[Figure]:
    """How many times quicker than the film, the plain loop and the older build; the best of several rounds in turns."""
    film = film_of(_LINES_PX, _LEAST_S)
    if film is None:
        return [Figure(name="film analysis", value="no film of 720 lines in the clips folder to measure with")]
    path, length_s = film
    python = _mediapipe()
    with tempfile.TemporaryDirectory() as folder:
        older = older_sources(Path(folder))
        loops = {model: [sys.executable, str(_OURS), str(path), model] for model in ("full", "heavy")}
        if python is not None:
            loops["plain"] = [str(python), str(_LOOP), str(path)]
        runs = {name: list[Run]() for name in (*loops, *(f"older {m}" for m in loops if older and m != "plain"))}
        for _ in range(_ROUNDS):
            for name, done in runs.items():
                done.append(_run(loops[name.split()[-1]], older if name.startswith("older") else None))
    ours = _best(runs["full"])
    speed = length_s / ours.took_s
    name = f"film analysis, full model, 720 lines, {os.cpu_count()} cores"
    value = f"{speed:.2f} times the film's own speed ({length_s:.1f} s of film in {ours.took_s:.1f} s)"
    figures = [Figure(name=name, value=value, bar=f"at least {BAR}", reached=speed >= BAR)]
    if "plain" in runs:
        figures.append(_times(f"full, against a plain loop over {ORACLE}", ours, _best(runs["plain"]), TIMES_LOOP))
    else:
        figures.append(Figure(name="against a plain loop", value=f"{ORACLE} could not be installed here"))
    for model in ("full", "heavy"):
        if older:
            against, mine = _best(runs[f"older {model}"]), _best(runs[model])
            figures.append(_times(f"{model}, against the build {OLDER}", mine, against, TIMES_OLDER))
            figures.append(_memory(f"{model}, its most memory", mine, against))
    return figures


def _times(name: str, ours: Run, theirs: Run, least: float) -> Figure:
    times, work = theirs.took_s / ours.took_s, theirs.worked_s / ours.worked_s
    value = (
        f"{times:.2f} times as quick (ours {ours.took_s:.1f} s, the other {theirs.took_s:.1f} s), by the processor "
        f"{work:.2f} times ({ours.worked_s:.1f} and {theirs.worked_s:.1f} s)"
    )
    return Figure(name=name, value=value, bar=f"at least {least} times", reached=times >= least)


def _memory(name: str, ours: Run, theirs: Run) -> Figure:
    value = f"{ours.memory_mb:.0f} MB, the older build's {theirs.memory_mb:.0f} MB"
    return Figure(name=name, value=value, bar="not above it", reached=ours.memory_mb <= theirs.memory_mb)


def _best(runs: Sequence[Run]) -> Run:
    """The least of each: what others on the machine take away is not ours; but the most memory."""
    return Run(min(r.took_s for r in runs), min(r.worked_s for r in runs), max(r.memory_mb for r in runs))


def _run(command: list[str], sources: Path | None) -> Run:
    """One loop, with the sources of another build if there are any."""
    where = {"PYTHONPATH": str(sources)} if sources else {}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **where})
    return Run(*map(float, done.stdout.split()[1:]))


def _mediapipe() -> Path | None:
    """The Python of an environment with MediaPipe; None where it cannot be had."""
    if named := os.environ.get("PATELLA_MEDIAPIPE"):
        return Path(named)
    folder = HOUSE / "build" / "mediapipe"
    python = folder / "bin" / "python"
    if (folder / "ready").exists():
        return python
    began = time.monotonic()
    print(f"Making an environment with {ORACLE}: a minute or two, once.", file=sys.stderr)
    venv.create(folder, with_pip=True)
    done = subprocess.run([str(python), "-m", "pip", "install", "--quiet", ORACLE], check=False)
    if done.returncode:
        return None
    (folder / "ready").touch()
    print(f"Made in {time.monotonic() - began:.0f} s.", file=sys.stderr)
    return python
