#!/usr/bin/env bash
# python-tcxparser divides the time of the first activity by the distance of the last.
# Guess: time, distance and pace belong to the same activity.
# Seen: a run of 600 s and 1800 m and a ride of 5400 m in one file: running, 600 s, 5400 m, a pace of 1:51 a
#   kilometre.
# Why it matters to a runner's diary: a world record in every brick session.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check python-tcxparser==2.4.0
venv/bin/python - <<'PY'
import datetime
import pathlib
import sys
from importlib.metadata import version

from tcxparser import TCXParser


def moment(second):
    return (datetime.datetime(2026, 3, 1, 8) + datetime.timedelta(seconds=second)).isoformat() + "Z"


def point(second, metres=None, place=True, pulse=140, more=""):
    north = f"<LatitudeDegrees>{50 + second / 40000}</LatitudeDegrees>"
    where = f"<Position>{north}<LongitudeDegrees>8</LongitudeDegrees></Position>" if place else ""
    far = "" if metres is None else f"<DistanceMeters>{metres}</DistanceMeters>"
    beat = f"<HeartRateBpm><Value>{pulse}</Value></HeartRateBpm>"
    height = "<AltitudeMeters>100</AltitudeMeters>"
    return f"<Trackpoint><Time>{moment(second)}</Time>{where}{height}{far}{beat}{more}</Trackpoint>"


def lap(second, seconds, metres, *tracks):
    said = f"<TotalTimeSeconds>{seconds}</TotalTimeSeconds><DistanceMeters>{metres}</DistanceMeters>"
    said += "<Calories>50</Calories><Intensity>Active</Intensity><TriggerMethod>Manual</TriggerMethod>"
    return (
        f'<Lap StartTime="{moment(second)}">{said}' + "".join(f"<Track>{''.join(t)}</Track>" for t in tracks) + "</Lap>"
    )


def activity(sport, second, *laps):
    return f'<Activity Sport="{sport}"><Id>{moment(second)}</Id>{"".join(laps)}</Activity>'


def write(*activities):
    space = "http://www.garmin.com/xmlschemas/"
    head = f'<TrainingCenterDatabase xmlns="{space}TrainingCenterDatabase/v2" xmlns:x="{space}ActivityExtension/v2">'
    path = pathlib.Path("run.tcx")
    path.write_text(f"{head}<Activities>{''.join(activities)}</Activities></TrainingCenterDatabase>")
    return str(path)


ran = lap(0, 600, 1800, [point(10 * n, 30 * n) for n in range(61)])
rode = lap(900, 600, 5400, [point(900 + 10 * n, 90 * n) for n in range(61)])
both = TCXParser(write(activity("Running", 0, ran), activity("Biking", 900, rode)))
seen = {"type": both.activity_type, "seconds": both.duration, "metres": both.distance, "pace": both.pace}
was = {"type": "running", "seconds": 600, "metres": 5400, "pace": "01:51"}

for name in "python-tcxparser".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
