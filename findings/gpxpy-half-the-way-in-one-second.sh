#!/usr/bin/env bash
# Where two points share a second, gpxpy counts the way between them neither as moving nor as stopped.
# Guess: moving and stopped distance together are the length of the track.
# Seen: a track of 30 m with two points to each second has 15 m moving and 0 m stopped.
# Why it matters to a runner's diary: apps that round the time to seconds but record twice a second lose half of the
#   run.
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


run = track([(3 * n, 100, n // 2) for n in range(11)])
moved = run.get_moving_data(raw=True)
seen = {
    "length": round(run.length_2d(), 1),
    "moving": round(moved.moving_distance, 1),
    "stopped": round(moved.stopped_distance, 1),
}
was = {"length": 30.0, "moving": 15.0, "stopped": 0.0}

for name in "gpxpy".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
