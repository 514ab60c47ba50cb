"""Any activity file, by what it is and not by what it is called: FIT, GPX or TCX, each also gzipped."""

from __future__ import annotations

from patella.files.activity import Activity
from patella.files.bad_file import BadFileError, EmptyError
from patella.files.fit import is_fit, read_fit
from patella.files.packed import check_size, is_gzip, unpack

ENDINGS = (".fit", ".gpx", ".tcx", ".fit.gz", ".gpx.gz", ".tcx.gz")
LOOKED_AT = 4096
MARKS = ("fit", "gpx", "tcx")


def read_recording(content: bytes) -> tuple[Activity, ...]:
    """Every activity in the (unpacked) content of a file. Raises BadFileError with a sentence.

    One that was stopped as soon as it was begun, with neither a way nor a time, is none.
    """
    found = tuple(a for a in _read(content) if a.distance_m or a.moving_s or a.elapsed_s)
    if not found:
        raise EmptyError("It holds neither a way nor a time: it was stopped as soon as it was begun.")
    return found


def _read(content: bytes) -> tuple[Activity, ...]:
    if is_fit(content):
        return read_fit(content)
    what = _markup(content)
    if what == "gpx":
        from patella.files.gpx import read_gpx

        return read_gpx(content)
    if what == "tcx":
        from patella.files.tcx import read_tcx

        return read_tcx(content)
    raise BadFileError("It is none of FIT, GPX and TCX.") if content else BadFileError("It is empty.")


def plain(content: bytes) -> bytes:
    """The content itself, unpacked where it is gzipped. Raises BadFileError."""
    check_size(len(content), len(content))
    return unpack(content) if is_gzip(content) else content


def ending_of(content: bytes) -> str:
    """What a file of this (unpacked) content is called by its kind."""
    return "fit" if is_fit(content) else _markup(content) or "dat"


def _markup(content: bytes) -> str | None:
    """Which markup it is, by its first element. A file in UTF-16 says so by its byte order."""
    head = content[:LOOKED_AT].replace(b"\0", b"").lower()
    if b"<gpx" in head:
        return "gpx"
    if b"<trainingcenterdatabase" in head or b":trainingcenterdatabase" in head:
        return "tcx"
    return "gpx" if b":gpx" in head else None
