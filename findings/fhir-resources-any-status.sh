#!/usr/bin/env bash
# fhir.resources takes any word for a status: an observation may be 'finished'.
# Guess: required codes are checked, as required fields and unknown fields are.
# Seen: status 'finished' and comparator 'about' pass in R4B and R5; a missing status is refused.
# Why it matters to a runner's diary: a green test suite says nothing about codes, and the physio's system refuses the
#   whole bundle.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check \
  fhir.resources==8.3.0 pydantic==2.14.4
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

from fhir.resources.observation import Observation as R5
from fhir.resources.R4B.observation import Observation as R4B
from pydantic import ValidationError

said = {
    "resourceType": "Observation",
    "status": "final",
    "code": {"text": "Knee pain in the morning"},
    "valueQuantity": {"value": 5, "unit": "{score}"},
}


def verdict(model, **other):
    try:
        model.model_validate({k: v for k, v in {**said, **other}.items() if v is not None})
    except ValidationError:
        return "refused"
    return "taken"


seen = {}
for name, model in (("R4B", R4B), ("R5", R5)):
    seen[f"{name}, status finished"] = verdict(model, status="finished")
    seen[f"{name}, comparator about"] = verdict(model, valueQuantity={"value": 5, "comparator": "about"})
    seen[f"{name}, no status"] = verdict(model, status=None)
was = dict(zip(seen, ["taken", "taken", "refused"] * 2, strict=True))

for name in "fhir.resources pydantic".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
