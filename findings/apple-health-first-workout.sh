#!/usr/bin/env bash
# apple-health cannot read an export with exactly one workout; with two it can.
# Guess: a list of one is a list.
# Seen: TypeError, since the XML reader beneath gives the only element itself instead of a list of it.
# Why it matters to a runner's diary: the diary of somebody who has just begun to run is the one that does not open.
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


run = workout("2026-03-01 08:00:00 +0100", "2026-03-01 08:50:00 +0100", 50)
seen = {}
for count in (1, 2):
    write(*[run] * count)
    try:
        seen[f"{count} in the file"] = len(HealthData.read("export.xml", include_me=False).workouts)
    except TypeError as error:
        seen[f"{count} in the file"] = type(error).__name__
was = {"1 in the file": "TypeError", "2 in the file": 2}

for name in "apple-health xmltodict".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
