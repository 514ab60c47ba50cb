#!/usr/bin/env bash
# For a run on a treadmill tcxreader has no start, no time and no pulse.
# Guess: a point without a place still has its time and its pulse.
# Seen: every point without a position is dropped unless only_gps=False is asked for; start_time None, duration 0,
#   hr_avg None, while the distance is there.
# Why it matters to a runner's diary: the winter's runs all have a duration of nothing and no day.
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


path = write(activity("Running", 0, lap(0, 600, 1800, [point(10 * n, 30 * n, place=False) for n in range(61)])))
run, asked = TCXReader().read(path), TCXReader().read(path, only_gps=False)
seen = {
    "as it comes": (run.start_time, run.duration, run.hr_avg, run.distance),
    "only_gps=False": (asked.start_time.isoformat(), asked.duration, asked.hr_avg, asked.distance),
}
was = {"as it comes": (None, 0, None, 1800.0), "only_gps=False": ("2026-03-01T08:00:00", 600.0, 140.0, 1800.0)}

for name in "tcxreader".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
