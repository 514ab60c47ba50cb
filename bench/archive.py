"""How long an archive of two thousand activities takes: made here, as Strava packs them, one point a second."""

from __future__ import annotations

import gzip
import resource
import sys
import tempfile
import time
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from figure import Figure

from patella.app.patella import Patella
from patella.app.running.importing import import_files
from patella.files.library import own_library
from patella.store.log import Log

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from files.recordings import START, Outing, fit_of, gpx_of, tcx_of

COUNT, SECONDS = 2000, 2700
BAR_S, BAR_MB = 60.0, 500.0
_HEAD = "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Activity Gear,Filename"


def measure() -> list[Figure]:
    """Seconds from the archive to the diary, and the most memory of it."""
    with tempfile.TemporaryDirectory() as folder, Log.open(Path(folder)) as log:
        archive = Path(folder) / "export.zip"
        _make(archive)
        here = Patella(log=log, library=own_library(), now=lambda: datetime.now(UTC), new_id=lambda: str(uuid4()))
        began, worked = time.monotonic(), time.process_time()
        found = import_files(here, [archive])
        took, work = time.monotonic() - began, time.process_time() - worked
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    if found.runs != COUNT:
        raise RuntimeError(f"Of {COUNT} runs {found.runs} arrived.")
    value = f"{took:.0f} s ({work:.0f} s of processor)"
    return [
        Figure(name=f"archive of {COUNT} activities", value=value, bar=f"under {BAR_S:.0f} s", reached=took < BAR_S),
        Figure(
            name="its memory", value=f"{memory_mb:.0f} MB", bar=f"under {BAR_MB:.0f} MB", reached=memory_mb < BAR_MB
        ),
    ]


def _make(archive: Path) -> None:
    """Of twenty activities nine are FIT and four TCX, both gzipped, and seven GPX."""
    rows = [_HEAD]
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for n in range(COUNT):
            start = START - timedelta(days=n, minutes=n % 50)
            metres = 5000 + n * 37 % 9000
            run = Outing(start=start, distance_m=metres, seconds=SECONDS, points=SECONDS, strides=80 + n % 9)
            name, content = _packed(n, run)
            packed.writestr(f"activities/{name}", content)
            rows.append(
                f'{n},"{start:%b %d, %Y, %H:%M:%S}",Run {n},Run,{SECONDS},{metres / 1000},Blue,activities/{name}'
            )
        packed.writestr("activities.csv", "\n".join(rows))


def _packed(number: int, run: Outing) -> tuple[str, bytes]:
    if number % 20 < 9:  # noqa: PLR2004 - nine of twenty
        return f"{number}.fit.gz", gzip.compress(fit_of(run), 1)
    if number % 20 < 16:  # noqa: PLR2004 - seven more
        return f"{number}.gpx", gpx_of(run)
    return f"{number}.tcx.gz", gzip.compress(tcx_of(run), 1)
