#!/usr/bin/env bash
# In fhirpathpy a day after noon is eleven o'clock, without a zone.
# Guess: adding a day to a moment keeps its clock and its offset.
# Seen: @2026-03-28T12:00:00+01:00 + 1 day is 2026-03-29T11:00:00: moved to UTC, with the offset dropped.
# Why it matters to a runner's diary: 'pain on the day after the run' is asked for an hour or more beside it, and on
#   another day for evening runs in the east.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check fhirpathpy==2.2.4
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

from fhirpathpy import evaluate

seen = {
    moment: evaluate({}, f"@{moment} + 1 day")[0]
    for moment in ("2026-03-28T12:00:00+01:00", "2026-03-28T05:00:00+09:00")
}
was = {"2026-03-28T12:00:00+01:00": "2026-03-29T11:00:00", "2026-03-28T05:00:00+09:00": "2026-03-28T20:00:00"}

for name in "fhirpathpy".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
