"""A folder of eight films, against the same films one after the other, in turns in one run.

The films are the eight first of the clips folder that are long enough (PATELLA_CLIPS). Each way is `patella analyze` as
somebody types it, start and loading included; how busy the cores were is their processor time by the clock.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clips import films_of
from figure import Figure

FILMS, LEAST_S = 8, 5.0
TIMES, BUSY = 1.25, 0.90
_ROUNDS = 2
_ANALYZE = [str(Path(sys.executable).with_name("patella")), "analyze", "--exercise", "squat", "--model", "full"]


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds by the clock, and of processor in all processes together."""

    clock_s: float
    worked_s: float

    @property
    def busy(self) -> float:
        """The share of all cores that was at work."""
        return self.worked_s / (self.clock_s * (os.cpu_count() or 1))


def measure() -> list[Figure]:
    """How many times as quick the folder is, and how busy the cores were; the best of several rounds in turns."""
    films = films_of(LEAST_S)[:FILMS]
    if len(films) < FILMS:
        return [Figure(name="a folder of eight films", value="there are not eight films to measure with")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for film in films:
            (folder / film.name).symlink_to(film)
        rounds = [(_timed([[f] for f in films]), _timed([[folder]])) for _ in range(_ROUNDS)]
    apart, together = (min(way, key=lambda took: took.clock_s) for way in zip(*rounds, strict=True))
    times = apart.clock_s / together.clock_s
    value = (
        f"{times:.2f} times as quick as one after the other ({together.clock_s:.1f} s, {apart.clock_s:.1f} s), "
        f"by the processor {apart.worked_s / together.worked_s:.2f} times"
    )
    busy = f"{together.busy:.0%}, one after the other {apart.busy:.0%}"
    return [
        Figure(name="a folder of eight films", value=value, bar=f"at least {TIMES} times", reached=times >= TIMES),
        Figure(name="cores at work", value=busy, bar=f"at least {BUSY:.0%}", reached=together.busy >= BUSY),
    ]


def _timed(calls: Sequence[Sequence[Path]]) -> Took:
    """All these calls, one after the other."""
    began, before = time.monotonic(), _worked_s()
    for films in calls:
        subprocess.run([*_ANALYZE, *map(str, films)], capture_output=True, check=True)
    return Took(time.monotonic() - began, _worked_s() - before)


def _worked_s() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime
