#!/usr/bin/env bash
# gpxpy's duration of a run has its pause in it or not, depending on whether the app began a new segment.
# Guess: get_duration is from the first point to the last, as get_time_bounds is.
# Seen: 30 minutes with 10 minutes at a bench last 1800 s as one segment, and 1200 s as two; the time bounds are 1800
#   s in both.
# Why it matters to a runner's diary: the same run from two apps differs by the pause, and so do its pace and the
#   minutes on the knee.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check gpxpy==1.6.2
venv/bin/python - <<'PY'
import datetime
import sys
from importlib.metadata import version

import gpxpy


def track(*segments):
    """Segments of points, each a place along a meridian in metres, a height in metres and a second."""
    begin = datetime.datetime(2026, 3, 1, 8, tzinfo=datetime.UTC)
    text = '<gpx version="1.1" creator="made here" xmlns="http://www.topografix.com/GPX/1/1"><trk>'
    for points in segments:
        text += "<trkseg>"
        for metres, height, second in points:
            time = (begin + datetime.timedelta(seconds=second)).isoformat().replace("+00:00", "Z")
            text += f'<trkpt lat="{50 + metres / 111_195}" lon="8"><ele>{height}</ele><time>{time}</time></trkpt>'
        text += "</trkseg>"
    return gpxpy.parse(text + "</trk></gpx>")


before = [(3 * n, 100, n) for n in range(601)]
after = [(1800 + 3 * n, 100, 1200 + n) for n in range(601)]
seen = {}
for name, run in (("one segment", track(before + after)), ("two segments", track(before, after))):
    bounds = run.get_time_bounds()
    seen[name] = (run.get_duration(), (bounds.end_time - bounds.start_time).total_seconds())
was = {"one segment": (1800.0, 1800.0), "two segments": (1200.0, 1800.0)}

for name in "gpxpy".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
