"""Small recordings as watches write them, made here: FIT by its own rules, GPX and TCX as text."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
START = datetime(2026, 5, 3, 6, 30, tzinfo=UTC)
SIZES = {
    0x00: ("B", 1),
    0x0D: ("3s", 3),
    0x02: ("B", 1),
    0x84: ("H", 2),
    0x85: ("i", 4),
    0x86: ("I", 4),
    0x8C: ("I", 4),
}
METRES_A_DEGREE = 111_195


@dataclass(frozen=True, kw_only=True)
class Outing:
    """What a recording is to say."""

    start: datetime = START
    distance_m: float = 5000.0
    seconds: int = 1800
    sport: int = 1
    sub_sport: int = 0
    strides: int = 84
    points: int = 60
    latitude: float = 52.0
    longitude: float = 5.0
    name: str = "Morning"


def fit_seconds(moment: datetime) -> int:
    return int((moment - EPOCH).total_seconds())


def definition(local: int, number: int, fields: Sequence[tuple[int, int]], *, order: str = "<") -> bytes:
    head = struct.pack(f"{order}BBHB", 0, int(order == ">"), number, len(fields))
    return bytes([0x40 | local]) + head + b"".join(bytes([f, SIZES[t][1], t]) for f, t in fields)


def message(local: int, fields: Sequence[tuple[int, int]], values: Sequence[int], *, order: str = "<") -> bytes:
    codes = "".join(SIZES[t][0] for _, t in fields)
    return bytes([local]) + struct.pack(order + codes, *values)


def fit_file(body: bytes) -> bytes:
    head = struct.pack("<BBHI4s", 12, 0x10, 2100, len(body), b".FIT")
    return head + body + b"\0\0"


FILE_ID = ((0, 0x00), (4, 0x86))
RECORD = ((253, 0x86), (0, 0x85), (1, 0x85), (5, 0x86), (4, 0x02))
SESSION = (
    (253, 0x86),
    (2, 0x86),
    (5, 0x00),
    (6, 0x00),
    (7, 0x86),
    (8, 0x86),
    (9, 0x86),
    (18, 0x02),
    (22, 0x84),
    (4, 0x85),
)
ACTIVITY = ((253, 0x86), (5, 0x86))


def semicircles(degrees: float) -> int:
    return round(degrees * 2**31 / 180)


def fit_of(outing: Outing, *, session: bool = True, offset_h: float | None = None, order: str = "<") -> bytes:
    """A FIT file of one outing; without `session` as if the watch had died."""
    at = fit_seconds(outing.start)
    body = definition(0, 0, FILE_ID, order=order) + message(0, FILE_ID, (4, at), order=order)
    body += definition(1, 20, RECORD, order=order)
    for moment, latitude, longitude, metres in places(outing):
        values = (fit_seconds(moment), semicircles(latitude), semicircles(longitude), round(metres * 100))
        body += message(1, RECORD, (*values, outing.strides), order=order)
    if session:
        end, ms = at + outing.seconds, outing.seconds * 1000
        whole = (end, at, outing.sport, outing.sub_sport, ms, ms, round(outing.distance_m * 100), outing.strides, 40)
        body += definition(2, 18, SESSION, order=order)
        body += message(2, SESSION, (*whole, semicircles(outing.longitude)), order=order)
    if offset_h is not None:
        body += definition(3, 34, ACTIVITY, order=order)
        body += message(3, ACTIVITY, (at, at + round(offset_h * 3600)), order=order)
    return fit_file(body)


def places(outing: Outing) -> Iterable[tuple[datetime, float, float, float]]:
    """Time, latitude, longitude and metres so far, due north and evenly."""
    for n in range(outing.points):
        share = n / (outing.points - 1)
        metres = share * outing.distance_m
        moment = outing.start + timedelta(seconds=round(share * outing.seconds))
        yield moment, outing.latitude + metres / METRES_A_DEGREE, outing.longitude, metres


def gpx_of(outing: Outing, *, kind: str | None = "running", times: bool = True) -> bytes:
    points = "".join(
        f'<trkpt lat="{latitude:.7f}" lon="{longitude:.7f}"><ele>12.0</ele>'
        + (f"<time>{moment:%Y-%m-%dT%H:%M:%SZ}</time>" if times else "")
        + f"<extensions><gpxtpx:TrackPointExtension><gpxtpx:cad>{outing.strides}</gpxtpx:cad>"
        + "</gpxtpx:TrackPointExtension></extensions></trkpt>"
        for moment, latitude, longitude, _ in places(outing)
    )
    said = f"<type>{kind}</type>" if kind else ""
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"'
        ' xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">'
        f"<trk><name>{outing.name}</name>{said}<trkseg>{points}</trkseg></trk></gpx>"
    )
    return text.encode()


def tcx_of(outing: Outing, *, sport: str = "Running") -> bytes:
    points = "".join(
        f"<Trackpoint><Time>{moment:%Y-%m-%dT%H:%M:%SZ}</Time><Position><LatitudeDegrees>{latitude:.7f}"
        f"</LatitudeDegrees><LongitudeDegrees>{longitude:.7f}</LongitudeDegrees></Position>"
        f"<DistanceMeters>{metres:.1f}</DistanceMeters><Extensions><ns3:TPX><ns3:RunCadence>{outing.strides}"
        "</ns3:RunCadence></ns3:TPX></Extensions></Trackpoint>"
        for moment, latitude, longitude, metres in places(outing)
    )
    start = f"{outing.start:%Y-%m-%dT%H:%M:%SZ}"
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><TrainingCenterDatabase'
        ' xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"'
        ' xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2"><Activities>'
        f'<Activity Sport="{sport}"><Id>{start}</Id><Lap StartTime="{start}">'
        f"<TotalTimeSeconds>{outing.seconds}</TotalTimeSeconds><DistanceMeters>{outing.distance_m}</DistanceMeters>"
        f"<Track>{points}</Track></Lap></Activity></Activities></TrainingCenterDatabase>"
    )
    return text.encode()


def zip_of(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def gz(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)
