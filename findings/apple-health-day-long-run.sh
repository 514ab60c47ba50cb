#!/usr/bin/env bash
# A run of 25 hours lasts one hour in apple-health.
# Guess: the seconds of a workout are all of them.
# Seen: Workout.seconds is 3600 for 25 hours: whole days are left out.
# Why it matters to a runner's diary: the one run of the year that the knee will remember is the one that is
#   shortened.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check \
  apple-health==2.0.0 xmltodict==0.13.0
venv/bin/python - <<'PY'
import pathlib
import sys
import zipfile
from importlib.metadata import version

from health import HealthData


def record(kind, value, begin, end, unit="count/min", more=""):
    return (
        f'<Record type="{kind}" sourceName="Watch" unit="{unit}" creationDate="{end}" startDate="{begin}"'
        f' endDate="{end}" value="{value}">{more}</Record>'
    )


def workout(begin, end, minutes, said="", inside=""):
    return (
        f'<Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="{minutes}" durationUnit="min"{said}'
        f' sourceName="Watch" creationDate="{end}" startDate="{begin}" endDate="{end}">{inside}</Workout>'
    )


def write(*parts):
    path = pathlib.Path("export.xml")
    path.write_text(f'<?xml version="1.0" encoding="UTF-8"?><HealthData locale="en_DE">{"".join(parts)}</HealthData>')
    with zipfile.ZipFile("export.zip", "w") as archive:
        archive.write(path, "apple_health_export/export.xml")


ultra = workout("2026-03-01 08:00:00 +0100", "2026-03-02 09:00:00 +0100", 1500)
short = workout("2026-03-03 08:00:00 +0100", "2026-03-03 08:50:00 +0100", 50)
write(ultra, short)
read = HealthData.read("export.xml", include_me=False)
seen = {"minutes": [w.duration for w in read.workouts], "seconds": [w.seconds for w in read.workouts]}
was = {"minutes": [1500.0, 50.0], "seconds": [3600, 3000]}

for name in "apple-health xmltodict".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
