#!/usr/bin/env bash
# In fhirpathpy 60 minutes are an hour, but 5 km are not 5000 m.
# Guess: units of length are converted like those of time, or the comparison is empty, as the standard has it for what
#   cannot be compared.
# Seen: 5 'km' = 5000 'm' is false; 60 'min' = 1 'h' is true.
# Why it matters to a runner's diary: a query for weeks with the same distance finds none as soon as one watch writes
#   metres.
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

seen = {said: evaluate({}, said) for said in ("5 'km' = 5000 'm'", "60 'min' = 1 'h'")}
was = {"5 'km' = 5000 'm'": [False], "60 'min' = 1 'h'": [True]}

for name in "fhirpathpy".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
