#!/usr/bin/env bash
# In healthkit-to-sqlite's tables the highest of the pulses 98, 142 and 105 is 98, and the lowest 105.
# Guess: values with a unit are numbers, so MAX finds the highest.
# Seen: every value is stored as text and compared letter by letter; AVG, which converts, is right.
# Why it matters to a runner's diary: a page that shows the highest pulse or the longest run of a year is wrong
#   exactly when a digit is gained.
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


pulse = "HKQuantityTypeIdentifierHeartRate"
moments = [f"2026-03-01 08:0{n}:00 +0100" for n in range(3)]
write(*(record(pulse, value, at, at) for value, at in zip((98, 142, 105), moments, strict=True)))
subprocess.run(["venv/bin/healthkit-to-sqlite", "export.zip", "health.db", "--silent"], check=True)
asked = "SELECT max(value), min(value), avg(value), typeof(value) FROM rHeartRate"
highest, lowest, mean, kind = sqlite3.connect("health.db").execute(asked).fetchone()
seen = {"highest": highest, "lowest": lowest, "mean": mean, "stored as": kind}
was = {"highest": "98", "lowest": "105", "mean": 115.0, "stored as": "text"}

for name in "healthkit-to-sqlite sqlite-utils".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
