#!/usr/bin/env bash
# fhir.resources drops the last zero of a measurement, and digits of a long one.
# Guess: decimals keep their precision from JSON to JSON, as the standard requires: 5.10 says more than 5.1.
# Seen: 5.10 becomes 5.1, and 1234567890.123456789 becomes 1234567890.1234567.
# Why it matters to a runner's diary: a length of stride measured to the centimetre is handed on as one to the
#   decimetre.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check fhir.resources==8.3.0
venv/bin/python - <<'PY'
import json
import sys
from importlib.metadata import version

from fhir.resources.observation import Observation

said = {
    "resourceType": "Observation",
    "status": "final",
    "code": {"text": "Knee pain in the morning"},
    "valueQuantity": {"value": 5, "unit": "{score}"},
}

seen = {}
for number in ("5.10", "1234567890.123456789"):
    text = json.dumps(said).replace('"value": 5', f'"value": {number}')
    made = Observation.model_validate_json(text).model_dump_json()
    seen[number] = made.split('"value":')[1].split(",")[0]
was = {"5.10": "5.1", "1234567890.123456789": "1234567890.1234567"}

for name in "fhir.resources".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
