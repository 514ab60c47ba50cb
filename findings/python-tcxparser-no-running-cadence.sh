#!/usr/bin/env bash
# python-tcxparser knows the cadence of rides, never that of runs.
# Guess: cadence_max finds RunCadence, where running watches write it.
# Seen: a run with 85 strides a minute in every point has no cadence at all; the same number written as a bicycle's is
#   found.
# Why it matters to a runner's diary: steps a minute are what a runner with a sore kneecap is asked to change.
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


inside = "<Extensions><x:TPX><x:RunCadence>85</x:RunCadence></x:TPX></Extensions>"
seen = {}
for name, more in (("RunCadence", inside), ("Cadence", "<Cadence>85</Cadence>")):
    points = [point(10 * n, 30 * n, more=more) for n in range(61)]
    run = TCXParser(write(activity("Running", 0, lap(0, 600, 1800, points))))
    seen[name] = run.cadence_max
was = {"RunCadence": None, "Cadence": 85}

for name in "python-tcxparser".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
