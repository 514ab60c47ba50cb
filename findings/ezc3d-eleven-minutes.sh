#!/usr/bin/env bash
# ezc3d gives back the first 65535 frames of a longer recording that it wrote itself, without a word.
# Guess: all frames of the array come back, or writing fails.
# Seen: of 70000 frames 65535 are read again.
# Why it matters to a runner's diary: at 100 Hz that is eleven minutes: the end of a treadmill run, where the form
#   falls apart, is missing.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check ezc3d==1.7.2 numpy==2.4.6
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

import ezc3d
import numpy as np

made = ezc3d.c3d()
made["parameters"]["POINT"]["RATE"]["value"] = [100]
made["parameters"]["POINT"]["LABELS"]["value"] = ("RKNE",)
made["data"]["points"] = np.ones((4, 1, 70_000))
made.write("long.c3d")
seen = {"written": 70_000, "read": ezc3d.c3d("long.c3d")["data"]["points"].shape[2]}
was = {"written": 70_000, "read": 65_535}

for name in "ezc3d numpy".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
