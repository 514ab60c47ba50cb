"""How long an archive of two thousand activities takes: made here, as Strava packs them, one point a second.

Beside it, in turns, the build of November 23 (by its commit, where the history is at hand), and a plain loop over
libraries, in an environment of its own: build/readers, made here when it is missing.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Self
from uuid import uuid4

from figure import Figure
from older import OLDER, older_sources
from readers import VERSIONS

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from files.recordings import START, Outing, fit_of, gpx_of, tcx_of

HOUSE = Path(__file__).parents[1]
COUNT, SECONDS = 2000, 2700
TIMES_OLDER, TIMES_LOOP, BAR_MB = 2.5, 15.0, 150.0
LOOPED = 40  # files that the plain loop and ours read
LIBRARIES = {".fit": "garmin-fit-sdk", ".gpx": "gpxpy", ".tcx": "tcxreader"}
_HEAD = "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Activity Gear,Filename"


def measure() -> list[Figure]:
    """Seconds from the archive to the diary, the most memory of it, and how many times as quick as others."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "export.zip"
        _make(archive)
        older = older_sources(Path(folder) / "older")
        found = _import(archive, None)
        before = _import(archive, older) if older else None
        found = min(found, _import(archive, None), key=lambda ran: ran["took"])
        loop = _loop(Path(folder))
    value = f"{found['took']:.0f} s ({found['work']:.0f} s of processor in three processes)"
    figures = [Figure(name=f"archive of {COUNT} activities", value=value)]
    if before:
        times = before["took"] / found["took"]
        value = (
            f"{times:.1f} times as quick ({before['took']:.0f} s, {before['work']:.0f} s of processor, in the same run)"
        )
        bar = f"at least {TIMES_OLDER}"
        figures.append(Figure(name=f"against the build {OLDER}", value=value, bar=bar, reached=times >= TIMES_OLDER))
    memory = found["memory_mb"]
    value, bar = f"{memory:.0f} MB in all processes together", f"under {BAR_MB:.0f} MB"
    return [*figures, Figure(name="its memory", value=value, bar=bar, reached=memory < BAR_MB), loop]


def _import(archive: Path, source: Path | None) -> dict[str, float]:
    """Import it in a process of its own, by this build or the one in a folder."""
    env = {**os.environ, **({"PYTHONPATH": str(source)} if source else {})}
    ran = subprocess.run([sys.executable, __file__, str(archive)], capture_output=True, text=True, check=True, env=env)
    told: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    if told["runs"] != COUNT:
        raise RuntimeError(f"Of {COUNT} runs {told['runs']} arrived.")
    return told


def _imported(archive: Path) -> dict[str, float]:
    from patella.app.patella import Patella
    from patella.files.library import own_library
    from patella.store.log import Log

    try:
        from patella.app.running.importing import import_files
    except ImportError:  # where it lay in November
        from patella.app.importing import import_files
    with tempfile.TemporaryDirectory() as folder, Log.open(Path(folder)) as log:
        here = Patella(log=log, library=own_library(), now=lambda: datetime.now(UTC), new_id=lambda: str(uuid4()))
        began = time.monotonic()
        with _Memory() as memory:
            found = import_files(here, [archive])
        took = time.monotonic() - began
    return {"runs": found.runs, "took": took, "work": sum(os.times()[:4]), "memory_mb": memory.most_mb}


class _Memory:
    """The most memory that this process and those it began have at one time, looked at ten times a second.

    What the system itself says of a process that has ended is too much: it counts the memory of whoever began it.
    """

    def __init__(self) -> None:
        self.most_mb = 0.0
        self._over = Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.1):
            threads = Path("/proc/self/task").glob("*/children")
            others = [number for thread in threads for number in thread.read_text().split()]
            self.most_mb = max(self.most_mb, sum(map(_resident_mb, ("self", *others))))


def _resident_mb(process: str) -> float:
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:  # it has just ended
        return 0.0
    said = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")]
    return int(said[0]) / 1000 if said else 0.0


def _loop(folder: Path) -> Figure:
    """The same files by a plain loop over libraries and by our readers, each in a process of its own."""
    name = "against a plain loop over " + ", ".join(LIBRARIES.values())
    python = _libraries()
    if python is None:
        return Figure(name=name, value="they could not be installed here")
    files: dict[str, list[str]] = {}
    for n in range(LOOPED):
        packed, content = _packed(n, _outing(n))
        file = folder / packed.removesuffix(".gz")
        file.write_bytes(gzip.decompress(content) if packed.endswith(".gz") else content)
        files.setdefault(file.suffix, []).append(str(file))
    ours = sum(_seconds(sys.executable, "ours", files[ending]) for ending in LIBRARIES)
    theirs = sum(_seconds(str(python), library, files[ending]) for ending, library in LIBRARIES.items())
    value = f"{theirs / ours:.0f} times as quick ({LOOPED} files: {ours:.2f} s of processor, the loop {theirs:.1f} s)"
    return Figure(name=name, value=value, bar=f"at least {TIMES_LOOP:.0f}", reached=theirs >= TIMES_LOOP * ours)


def _seconds(python: str, reader: str, files: list[str]) -> float:
    worker = Path(__file__).with_name("reading.py")
    ran = subprocess.run([python, worker, reader], input=json.dumps(files), capture_output=True, text=True, check=True)
    return sum(json.loads(ran.stdout)["took"].values())


def _libraries() -> Path | None:
    """The Python of an environment with the libraries; None where they cannot be had."""
    folder = HOUSE / "build" / "readers"
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        venv.create(folder, with_pip=True)
        wanted = [v for v in VERSIONS if v.split("==")[0] in LIBRARIES.values()]
        if subprocess.run([str(python), "-m", "pip", "install", "--quiet", *wanted], check=False).returncode:
            return None
        (folder / "ready").touch()
    return python


def _make(archive: Path) -> None:
    """Of twenty activities nine are FIT and four TCX, both gzipped, and seven GPX."""
    rows = [_HEAD]
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for n in range(COUNT):
            run = _outing(n)
            name, content = _packed(n, run)
            packed.writestr(f"activities/{name}", content)
            said = f'{n},"{run.start:%b %d, %Y, %H:%M:%S}",Run {n},Run,{SECONDS},{run.distance_m / 1000}'
            rows.append(f"{said},Blue,activities/{name}")
        packed.writestr("activities.csv", "\n".join(rows))


def _outing(number: int) -> Outing:
    start, metres = START - timedelta(days=number, minutes=number % 50), 5000 + number * 37 % 9000
    return Outing(start=start, distance_m=metres, seconds=SECONDS, points=SECONDS, strides=80 + number % 9)


def _packed(number: int, run: Outing) -> tuple[str, bytes]:
    if number % 20 < 9:  # noqa: PLR2004 - nine of twenty
        return f"{number}.fit.gz", gzip.compress(fit_of(run), 1)
    if number % 20 < 16:  # noqa: PLR2004 - seven more
        return f"{number}.gpx", gpx_of(run)
    return f"{number}.tcx.gz", gzip.compress(tcx_of(run), 1)


if __name__ == "__main__":
    print(json.dumps(_imported(Path(sys.argv[1]))))
