#!/usr/bin/env bash
# tcxreader makes one activity of a run and a ride in one file, and calls all of it cycling.
# Guess: a file with two activities gives two, or the first, or an error.
# Seen: one exercise of type Biking with the distance of both.
# Why it matters to a runner's diary: the run of a brick session is gone from the running diary, or the ride is on the
#   knee's account.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check tcxreader==0.4.11
venv/bin/python - <<'PY'
import datetime
import pathlib
import sys
from importlib.metadata import version

from tcxreader.tcxreader import TCXReader


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
both = TCXReader().read(write(activity("Running", 0, ran), activity("Biking", 900, rode)))
seen = {"type": both.activity_type, "metres": both.distance, "seconds": both.duration}
was = {"type": "Biking", "metres": 7200.0, "seconds": 1500.0}

for name in "tcxreader".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
