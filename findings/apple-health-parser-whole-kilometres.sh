#!/usr/bin/env bash
# apple-health-parser's daily sums are whole numbers: 400 m are no run, 5.4 km are five.
# Guess: a sum of kilometres keeps its decimals.
# Seen: 5.4, 0.4 and 10.5 km become 5.0, 0.0 and 10.0.
# Why it matters to a runner's diary: walk-run beginnings of a few hundred metres vanish, and a week is off by
#   kilometres.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
# Only what is used here of what it needs: the rest is large.
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check \
  click==8.5.1 lxml==6.1.3 pandas==3.1.1 pydantic==2.14.4 pydantic-extra-types==2.11.1 pyyaml==6.0.4
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check \
  --no-deps apple-health-parser==2.0.5
venv/bin/python - <<'PY'
import pathlib
import sys
import zipfile
from importlib.metadata import version

from apple_health_parser.utils.parser import Parser
from apple_health_parser.utils.preprocessor import Preprocessor


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


far = "HKQuantityTypeIdentifierDistanceWalkingRunning"
days = [f"2026-03-0{n} 08:00:00 +0100" for n in (1, 2, 3)]
write(*(record(far, km, day, day, "km") for km, day in zip((5.4, 0.4, 10.5), days, strict=True)))
read = Parser("export.zip", output_dir="out", overwrite=True).get_flag_records(far)
sums = Preprocessor(data=read, year=2026, operation="sum").get_dataframe()
seen = {"kilometres a day": sums["value"].tolist()}
was = {"kilometres a day": [5.0, 0.0, 10.0]}

for name in "apple-health-parser".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
