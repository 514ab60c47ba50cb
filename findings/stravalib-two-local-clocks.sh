#!/usr/bin/env bash
# stravalib's local start of one run is in UTC in the list of runs and without a zone in the run itself.
# Guess: start_date_local means the same in both models.
# Seen: Strava writes the local clock with a Z; SummaryActivity believes the Z, DetailedActivity drops it.
# Why it matters to a runner's diary: the list and the run cannot be compared, and a list that is converted to local
#   time once more moves evening runs to the next day.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check stravalib==2.6.0
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

from stravalib.model import DetailedActivity, SummaryActivity

said = {
    "id": 1,
    "sport_type": "Run",
    "start_date": "2026-03-01T20:30:00Z",
    "start_date_local": "2026-03-01T22:30:00Z",
    "timezone": "(GMT+02:00) Europe/Helsinki",
}
seen = {
    model.__name__: str(model.model_validate(said).start_date_local) for model in (SummaryActivity, DetailedActivity)
}
was = {"SummaryActivity": "2026-03-01 22:30:00+00:00", "DetailedActivity": "2026-03-01 22:30:00"}

for name in "stravalib".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
