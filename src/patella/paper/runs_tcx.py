"""Runs as a TCX file, which training diaries and platforms read: each as an activity with its sum, without a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from html import escape

from patella.app.running.runs import LoggedRun

NOON = time(12)
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">\n<Activities>\n'
)
_FOOT = "</Activities>\n</TrainingCenterDatabase>\n"


def runs_tcx(runs: Sequence[LoggedRun]) -> tuple[str, int]:
    """The file, and how many runs are in it: those of which both distance and time are known.

    A run whose hour is not known begins at noon of its day, by this machine's clock. What a watch recorded is not in
    here: its own file is kept as it came, and goes along in the ZIP of an export.
    """
    told: dict[datetime, str] = {}
    for run in runs:
        took_s = run.moving_s or run.elapsed_s
        if run.distance_m is None or not took_s:
            continue
        start = (run.start or datetime.combine(run.day, NOON).astimezone()).astimezone(UTC)
        while start in told:  # programmes know an activity by when it began
            start += timedelta(seconds=took_s)
        told[start] = _activity(run, start, took_s, run.distance_m)
    return _HEAD + "".join(told.values()) + _FOOT, len(told)


def _activity(run: LoggedRun, start: datetime, took_s: float, distance_m: float) -> str:
    begun, end = _moment(start), _moment(start + timedelta(seconds=took_s))
    notes = f"<Notes>{escape(_plain(run.name), quote=False)}</Notes>" if run.name else ""
    return (
        f'<Activity Sport="Running"><Id>{begun}</Id><Lap StartTime="{begun}">'
        f"<TotalTimeSeconds>{took_s:.1f}</TotalTimeSeconds><DistanceMeters>{distance_m:.1f}</DistanceMeters>"
        "<Calories>0</Calories><Intensity>Active</Intensity><TriggerMethod>Manual</TriggerMethod><Track>"
        f"<Trackpoint><Time>{begun}</Time><DistanceMeters>0.0</DistanceMeters></Trackpoint>"
        f"<Trackpoint><Time>{end}</Time><DistanceMeters>{distance_m:.1f}</DistanceMeters></Trackpoint>"
        f"</Track></Lap>{notes}</Activity>\n"
    )


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _plain(text: str) -> str:
    """What XML may hold of a name."""
    return "".join(c if c.isprintable() else " " for c in text).encode("utf-8", "replace").decode()
