"""A film through Patella and through a plain loop over MediaPipe 0.10.21, side by side in one run.

MediaPipe lives in an environment of its own, build/mediapipe, made here when it is missing; PATELLA_MEDIAPIPE may name
the Python of another one. The film is the first of 720 lines in the clips folder (PATELLA_CLIPS).
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import venv
from pathlib import Path

from clips import film_of
from figure import Figure

HOUSE = Path(__file__).parents[1]
ORACLE = "mediapipe==0.10.21"
BAR = 1.5
MODEL = "full"
_ROUNDS = 3
_LINES_PX, _LEAST_S = 720, 9.0


def measure() -> list[Figure]:
    """How many times quicker than the film, and than the plain loop; the best of several rounds, taken in turns."""
    film = film_of(_LINES_PX, _LEAST_S)
    if film is None:
        return [Figure(name="film analysis", value="no film of 720 lines in the clips folder to measure with")]
    path, length_s = film
    python = _mediapipe()
    ours, theirs = list[float](), list[float]()
    for _ in range(_ROUNDS):
        ours.append(_seconds([sys.executable, str(Path(__file__).with_name("our_loop.py")), str(path), MODEL]))
        if python is not None:
            theirs.append(_seconds([str(python), str(Path(__file__).with_name("plain_loop.py")), str(path)]))
    speed = length_s / min(ours)
    name = f"film analysis, {MODEL} model, 720 lines, {os.cpu_count()} cores"
    value = f"{speed:.2f} times the film's own speed ({length_s:.1f} s of film in {min(ours):.1f} s)"
    figures = [Figure(name=name, value=value, bar=f"at least {BAR}", reached=speed >= BAR)]
    if not theirs:
        return [*figures, Figure(name="against a plain loop", value=f"{ORACLE} could not be installed here")]
    value = f"ours {min(ours):.1f} s, the loop {min(theirs):.1f} s, {min(theirs) / min(ours):.2f} times as quick"
    bar = "never slower"
    return [
        *figures,
        Figure(name=f"against a plain loop over {ORACLE}", value=value, bar=bar, reached=min(ours) <= min(theirs)),
    ]


def _seconds(command: list[str]) -> float:
    """Seconds that the work itself took, as the loop says: loading and importing are not the film."""
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


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
