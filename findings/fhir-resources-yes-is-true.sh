#!/usr/bin/env bash
# fhir.resources makes true of the word 'yes', and five of '5', where FHIR allows no words.
# Guess: a text in valueBoolean or valueInteger is refused, since JSON has its own true and 5.
# Seen: 'yes', 'off' and '5' are converted without a word.
# Why it matters to a runner's diary: an answer that was put into the wrong field, such as free text, becomes a clear
#   yes in a screening for warning signs.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check fhir.resources==8.3.0
venv/bin/python - <<'PY'
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
for field, word in (("valueBoolean", "yes"), ("valueBoolean", "off"), ("valueInteger", "5")):
    made = Observation.model_validate({k: v for k, v in said.items() if k != "valueQuantity"} | {field: word})
    seen[f"{field} of {word!r}"] = getattr(made, field)
was = {"valueBoolean of 'yes'": True, "valueBoolean of 'off'": False, "valueInteger of '5'": 5}

for name in "fhir.resources".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
