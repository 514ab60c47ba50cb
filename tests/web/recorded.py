"""Small recordings of runs, as a watch would write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

METRES_A_DEGREE = 111_195


def gpx(start: datetime, km: float, *, minutes: float = 30, sport: str = "running") -> bytes:
    """A run straight to the north, a point every tenth of the way."""
    points = []
    for n in range(11):
        at = (start + timedelta(minutes=minutes * n / 10)).astimezone(UTC)
        lat = 48 + km * 1000 / METRES_A_DEGREE * n / 10
        points.append(f'<trkpt lat="{lat:.6f}" lon="2.0"><time>{at:%Y-%m-%dT%H:%M:%SZ}</time></trkpt>')
    head = '<gpx version="1.1" creator="watch" xmlns="http://www.topografix.com/GPX/1/1"><trk>'
    return f"{head}<type>{sport}</type><trkseg>{''.join(points)}</trkseg></trk></gpx>".encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """An archive of these files."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return memory.getvalue()
