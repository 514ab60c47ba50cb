#!/usr/bin/env bash
# In pint a cadence of 90 rpm is 9.42 Hz.
# Guess: ninety turns a minute are one and a half a second.
# Seen: a turn is 2 pi radians and a radian is nothing, so 90 rpm are 9.42 Hz; 90 count/min are 1.5 Hz.
# Why it matters to a runner's diary: FIT gives cadence in rpm; converted to steps a second with a units library it is
#   six times too high.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check pint==0.25.3
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

import pint

units = pint.UnitRegistry()
seen = {said: round(units(said).to("Hz").magnitude, 2) for said in ("90 rpm", "90 count/min")}
was = {"90 rpm": 9.42, "90 count/min": 1.5}

for name in "pint".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
