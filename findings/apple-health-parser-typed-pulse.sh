#!/usr/bin/env bash
# apple-health-parser takes whatever note stands first beside a pulse for 'sitting' or 'moving', or drops the pulse.
# Guess: the motion context is looked up by its key.
# Seen: a pulse that was typed in (HKWasUserEntered 1) is 'Sedentary'; one whose first note is 5 is dropped; the
#   third, with the right note first, is 'Active'.
# Why it matters to a runner's diary: a resting pulse is made of values that have nothing to do with rest, and others
#   are missing but for a line in the log.
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


def note(key, value):
    return f'<MetadataEntry key="{key}" value="{value}"/>'


pulse, moving = "HKQuantityTypeIdentifierHeartRate", note("HKMetadataKeyHeartRateMotionContext", 2)
at = "2026-03-01 08:00:00 +0100"
write(
    record(pulse, 60, at, at, more=note("HKWasUserEntered", 1)),
    record(pulse, 172, at, at, more=note("HKMetadataKeySyncVersion", 5) + moving),
    record(pulse, 150, at, at, more=moving),
)
read = Parser("export.zip", output_dir="out", overwrite=True).get_flag_records(pulse).records
seen = {"pulses": list(zip(read["value"].tolist(), read["motion_context"].tolist(), strict=True))}
was = {"pulses": [(60, "Sedentary"), (150, "Active")]}

for name in "apple-health-parser".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
