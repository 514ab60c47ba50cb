"""How quickly Apple Health's export.xml of a gigabyte is read, as it is and in its archive: made here, then removed."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from figure import Figure

from patella.files.found_files import FoundFiles
from patella.files.lists import Lists

SIZE = 1_000_000_000
BAR_MB_S, BAR_MB = 60, 200
BEATS = 500  # between two workouts, times two
FIRST = datetime(2014, 9, 1, 6, tzinfo=UTC)
BEAT = (
    ' <Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" sourceVersion="10.1" device="&lt;&lt;'
    'HKDevice: 0x2811&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch&gt;" unit="count/min"'
    ' creationDate="{at}" startDate="{at}" endDate="{at}" value="{pulse}">\n'
    '  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="0"/>\n </Record>\n'
)
RUN = (
    ' <Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="50" durationUnit="min" startDate="{at}"'
    ' endDate="{end}">\n{laps}  <WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="10.02"'
    ' unit="km"/>\n  <WorkoutRoute><FileReference path="/workout-routes/route_{n}.gpx"/></WorkoutRoute>\n </Workout>\n'
)
LAP = '  <WorkoutEvent type="HKWorkoutEventTypeSegment" date="{at}" duration="8.5" durationUnit="min"/>\n'


def measure() -> list[Figure]:
    """Megabytes of XML in a second of processor, and the most memory, of a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        plain, packed = Path(folder) / "export.xml", Path(folder) / "export.zip"
        with plain.open("w", encoding="utf-8") as stream:
            stream.writelines(_written())
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.write(plain, "apple_health_export/export.xml")
        size_mb = plain.stat().st_size / 1e6
        return [f for name, file in (("as it is", plain), ("zipped", packed)) for f in _figures(name, file, size_mb)]


def _figures(name: str, file: Path, size_mb: float) -> list[Figure]:
    ran = subprocess.run([sys.executable, __file__, str(file)], capture_output=True, check=True, text=True)
    rows, took_s, memory_mb = json.loads(ran.stdout)
    speed = size_mb / took_s
    value = f"{speed:.0f} MB/s of processor, {rows} workouts"
    return [
        Figure(name=f"export.xml of 1 GB, {name}", value=value, bar=f"{BAR_MB_S} MB/s", reached=speed >= BAR_MB_S),
        Figure(name="its memory", value=f"{memory_mb:.0f} MB", bar=f"under {BAR_MB} MB", reached=memory_mb < BAR_MB),
    ]


def _read(file: Path) -> tuple[int, float, float]:
    lists, began = Lists(), time.process_time()
    with FoundFiles([(file, file.name)]) as sources:
        list(sources.looking())
        for found in sources.lists:
            lists.take(found)
    took_s = time.process_time() - began
    return len(lists.rows), took_s, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _written() -> Iterator[str]:
    yield '<?xml version="1.0"?>\n<!DOCTYPE HealthData [\n<!ELEMENT HealthData ANY>\n]>\n<HealthData>\n'
    size = n = 0
    while size < SIZE:
        begin = FIRST + timedelta(hours=n)
        beats = ((begin + timedelta(seconds=7 * i), 60 + (i * 7 + n) % 90) for i in range(BEATS))
        text = "".join(BEAT.format(at=_said(at), pulse=pulse) for at, pulse in beats)
        if n % 2:
            laps = LAP.format(at=_said(begin)) * 20
            text += RUN.format(at=_said(begin), end=_said(begin + timedelta(minutes=50)), laps=laps, n=n)
        size, n = size + len(text), n + 1
        yield text
    yield "</HealthData>\n"


def _said(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} +0200"


if __name__ == "__main__":
    print(json.dumps(_read(Path(sys.argv[1]))))
