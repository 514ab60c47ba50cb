#!/usr/bin/env bash
# Runs of newer phones have no distance in healthkit-to-sqlite, only those of older ones.
# Guess: the distance is found where newer phones write it, in a statistic inside the workout.
# Seen: the workout is there with its minutes, the statistic of 10.02 km nowhere in the tables.
# Why it matters to a runner's diary: the day of the phone's update looks like the day the runner stopped.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check \
  healthkit-to-sqlite==1.0.1 sqlite-utils==4.2.1
venv/bin/python - <<'PY'
import pathlib
import sqlite3
import subprocess
import sys
import zipfile
from importlib.metadata import version


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


inside = (
    '<WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" startDate="2026-03-01 08:00:00 +0100"'
    ' endDate="2026-03-01 08:50:00 +0100" sum="10.02" unit="km"/>'
)
begin, end = "2026-03-01 08:00:00 +0100", "2026-03-01 08:50:00 +0100"

older = ' totalDistance="8.5" totalDistanceUnit="km"'
write(
    workout(begin, end, 50, inside=inside), workout("2020-03-01 08:00:00 +0100", "2020-03-01 08:45:00 +0100", 45, older)
)
subprocess.run(["venv/bin/healthkit-to-sqlite", "export.zip", "health.db", "--silent"], check=True)
found = sqlite3.connect("health.db")
rows = found.execute("SELECT duration, totalDistance FROM workouts ORDER BY startDate").fetchall()
dump = "\n".join(found.iterdump())
seen = {"minutes and kilometres": rows, "10.02 is anywhere": "10.02" in dump}
was = {"minutes and kilometres": [("45", "8.5"), ("50", None)], "10.02 is anywhere": False}

for name in "healthkit-to-sqlite sqlite-utils".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
