#!/usr/bin/env bash
# A marker seen to half a millimetre becomes one that was never seen when c3d writes the file.
# Guess: the residual is kept, or rounded up to what the file can hold.
# Seen: residuals are whole units of the scale, which is 1 by default: 0.4 and 0.5 mm become 0, which by the format
#   means interpolated; 0.6 becomes 1.
# Why it matters to a runner's diary: the better the cameras, the more of the trial looks filled in, and a lab throws
#   it out.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check c3d==0.6.0 numpy==2.4.6
venv/bin/python - <<'PY'
import sys
import warnings
from importlib.metadata import version

import c3d
import numpy as np

warnings.simplefilter("ignore")  # that there is no analog data
given = (0.4, 0.5, 0.6, 1.4)
writer = c3d.Writer(point_rate=100.0)
writer.add_frames([(np.array([[10, 5, 1000, r, 1]] * 2, np.float32), np.array([[]])) for r in given])
writer.set_point_labels(["RKNE", "RANK"])
with open("run.c3d", "wb") as file:
    writer.write(file)
with open("run.c3d", "rb") as file:
    back = [float(points[0, 3]) for _, points, _ in c3d.Reader(file).read_frames()]
seen = dict(zip(given, back, strict=True))
was = {0.4: 0.0, 0.5: 0.0, 0.6: 1.0, 1.4: 1.0}

for name in "c3d numpy".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
