#!/usr/bin/env bash
# python-tcxparser has 0 m for a run whose laps say how far it was, when its points do not.
# Guess: the laps' distance, which the format requires of every lap, is used.
# Seen: distance 0 for a lap of 1800 m; only a point's distance is looked for.
# Why it matters to a runner's diary: a run on a treadmill, or one that was typed in, counts as nothing in the week.
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


run = TCXParser(write(activity("Running", 0, lap(0, 600, 1800, [point(10 * n, place=False) for n in range(61)]))))
seen = {"metres": run.distance, "seconds": run.duration, "pulse": run.hr_avg}
was = {"metres": 0, "seconds": 600, "pulse": 140}

for name in "python-tcxparser".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
