#!/usr/bin/env bash
# What apple-health does not know is 0: the distance of a new phone's run, and every sleep phase.
# Guess: a run whose distance is not in the old attribute has None, and a sleep phase that the library does not know
#   is an error or its own name.
# Seen: 10.02 km in a statistic read as 0.0, and the phases Core, Deep and REM all as 0.0, which is the library's
#   number for 'in bed'.
# Why it matters to a runner's diary: a mean of runs with zeros in it, and nights in which nobody slept; bad sleep is
#   then held against the knee.
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


inside = (
    '<WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" startDate="2026-03-01 08:00:00 +0100"'
    ' endDate="2026-03-01 08:50:00 +0100" sum="10.02" unit="km"/>'
)
begin, end = "2026-03-01 08:00:00 +0100", "2026-03-01 08:50:00 +0100"

nights = [
    record("HKCategoryTypeIdentifierSleepAnalysis", f"HKCategoryValueSleepAnalysis{phase}", begin, end, "")
    for phase in ("InBed", "AsleepCore", "AsleepDeep", "AsleepREM", "Awake")
]
# Two workouts, since a single one is another matter: it is not read at all.
write("<Me/>", workout(begin, end, 50, inside=inside), workout(begin, end, 50, inside=inside), *nights)
read = HealthData.read("export.xml", include_me=False)
seen = {"kilometres": read.workouts[0].distance, "sleep": [float(r.value) for r in read.records]}
was = {"kilometres": 0.0, "sleep": [0.0, 0.0, 0.0, 0.0, 2.0]}

for name in "apple-health xmltodict".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
