"""What one reader makes of recordings: run by readers.py, in an environment where that reader is installed.

Reads a list of files as JSON, and writes what it found as JSON: of each file its sessions, as a list of start (seconds
since 1970), metres and seconds of moving, or a sentence of what went wrong; then seconds of processor, and megabytes.
"""

from __future__ import annotations

import contextlib
import io
import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

EARTH_M = 6_371_000
NAMESPACE = "{http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2}"
Session = list[float | None]
Read = Callable[[str], list[Session]]


def _at(moment: datetime | float | None) -> float | None:
    if moment is None or isinstance(moment, int | float):
        return moment
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _ours() -> Read:
    import patella.files.gpx
    import patella.files.tcx  # noqa: F401 - fetched ahead of the clock, as the others are
    from patella.files.recording import plain, read_recording

    def read(file: str) -> list[Session]:
        found = read_recording(plain(Path(file).read_bytes()))
        return [[_at(a.start), a.distance_m, a.moving_s] for a in found]

    return read


def _garmin_fit_sdk() -> Read:
    from garmin_fit_sdk import Decoder, Stream

    def read(file: str) -> list[Session]:
        said, errors = Decoder(Stream.from_file(file)).read()
        found = said.get("session_mesgs", [])
        if errors and not found:
            raise ValueError(str(errors[0]))
        keys = ("total_distance", "total_timer_time")
        return [[_at(s.get("start_time")), *(s.get(k) for k in keys)] for s in found]

    return read


def _fitdecode() -> Read:
    import fitdecode

    def read(file: str) -> list[Session]:
        found = []
        with fitdecode.FitReader(file) as frames:
            for frame in frames:
                if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name == "session":
                    start, far, took = (
                        frame.get_value(k, fallback=None) for k in ("start_time", "total_distance", "total_timer_time")
                    )
                    found.append([_at(start), far, took])
        return found

    return read


def _fitparse() -> Read:
    import fitparse

    def read(file: str) -> list[Session]:
        whole = fitparse.FitFile(file)
        whole.parse()
        return [
            [_at(m.get_value("start_time")), m.get_value("total_distance"), m.get_value("total_timer_time")]
            for m in whole.get_messages("session")
        ]

    return read


def _fitfast() -> Read:
    import fitfast

    def read(file: str) -> list[Session]:
        found = fitfast.parse(file).get("session", [])
        return [[_at(s.get("start_time")), s.get("total_distance"), s.get("total_timer_time")] for s in found]

    return read


def _fit_tool() -> Read:
    from fit_tool.fit_file import FitFile
    from fit_tool.profile.messages.session_message import SessionMessage

    def read(file: str) -> list[Session]:
        said = [r.message for r in FitFile.from_file(file).records if isinstance(r.message, SessionMessage)]
        return [[(s.start_time or 0) / 1000, s.total_distance, s.total_timer_time] for s in said]

    return read


def _gpxpy() -> Read:
    import gpxpy

    def read(file: str) -> list[Session]:
        with Path(file).open("rb") as stream:
            whole = gpxpy.parse(stream)
        start = whole.get_time_bounds().start_time
        return [[_at(start), whole.length_2d(), whole.get_moving_data().moving_time]] if start else []

    return read


def _tcxreader() -> Read:
    from tcxreader.tcxreader import TCXReader

    def read(file: str) -> list[Session]:
        found = TCXReader().read(file, only_gps=False)
        return [[_at(found.start_time), found.distance, found.duration]]

    return read


def _lxml() -> Read:
    from lxml import etree

    def of_tcx(whole: etree._Element) -> list[Session]:
        found: list[Session] = []
        for activity in whole.iter(NAMESPACE + "Activity"):
            laps = activity.findall(NAMESPACE + "Lap")
            start = datetime.fromisoformat(activity.findtext(NAMESPACE + "Id", "").strip())
            sums = [
                sum(float(lap.findtext(NAMESPACE + k, "0")) for lap in laps)
                for k in ("DistanceMeters", "TotalTimeSeconds")
            ]
            found.append([_at(start), *sums])
        return found

    def of_gpx(whole: etree._Element) -> list[Session]:
        far, last, first = 0.0, None, None
        for point in whole.iter("{*}trkpt"):
            here = radians(float(point.get("lat"))), radians(float(point.get("lon")))
            first = first or point.findtext("{*}time")
            far += 0.0 if last is None else _apart_m(last, here)
            last = here
        return [[_at(datetime.fromisoformat(first.strip())), far, None]] if first else []

    def read(file: str) -> list[Session]:
        whole = etree.parse(file, etree.XMLParser(resolve_entities=False)).getroot()
        return of_tcx(whole) if file.endswith(".tcx") else of_gpx(whole)

    return read


def _apart_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    up, along = (other[0] - one[0]) / 2, (other[1] - one[1]) / 2
    return 2 * EARTH_M * asin(sqrt(sin(up) ** 2 + cos(one[0]) * cos(other[0]) * sin(along) ** 2))


READERS: dict[str, Callable[[], Read]] = {
    "ours": _ours,
    "garmin-fit-sdk": _garmin_fit_sdk,
    "fitdecode": _fitdecode,
    "fitparse": _fitparse,
    "fitfast": _fitfast,
    "fit-tool": _fit_tool,
    "gpxpy": _gpxpy,
    "tcxreader": _tcxreader,
    "lxml": _lxml,
}


def main(name: str) -> None:
    """Read all of them."""
    read, found, took = READERS[name](), {}, {}
    for file in json.load(sys.stdin):
        began = time.process_time()
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                found[file] = read(file)
        except Exception as error:  # noqa: BLE001 - whatever it does with a file is what is looked at
            found[file] = f"{type(error).__name__}: {error}"[:160]
        took[file] = time.process_time() - began
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    json.dump({"found": found, "took": took, "memory_mb": memory_mb}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
