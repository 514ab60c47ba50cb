#!/usr/bin/env bash
# c3d reads no frame at all from a file with exactly as many as the header can say.
# Guess: 65535 frames are read like 65534.
# Seen: 65534 frames are read; of 65535 none is, with a warning but no error, since the last number plus one is zero
#   in sixteen bits.
# Why it matters to a runner's diary: a recording that was cut to the longest that fits is an empty one to the next
#   program.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check \
  c3d==0.6.0 ezc3d==1.7.2 numpy==2.4.6
venv/bin/python - <<'PY'
import sys
import warnings
from importlib.metadata import version

import c3d
import ezc3d
import numpy as np

warnings.simplefilter("ignore")
seen = {}
for frames in (65_534, 65_535):
    made = ezc3d.c3d()
    made["parameters"]["POINT"]["RATE"]["value"] = [100]
    made["parameters"]["POINT"]["LABELS"]["value"] = ("RKNE",)
    made["data"]["points"] = np.ones((4, 1, frames))
    made.write("long.c3d")
    with open("long.c3d", "rb") as file:
        seen[f"frames of {frames}"] = sum(1 for _ in c3d.Reader(file).read_frames())
was = {"frames of 65534": 65_534, "frames of 65535": 0}

for name in "c3d ezc3d numpy".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
