#!/usr/bin/env bash
# Where a marker is lost, the c3d writer repeats the place where it was seen last.
# Guess: a lost marker (residual -1) is written with the coordinates that were given for it, or with zeros.
# Seen: given 0, 0, 0 and -1 for two frames, the file has the coordinates of the frame before them, marked -1; ezc3d
#   shows NaN there.
# Why it matters to a runner's diary: programs that do not look at the residual see a knee that stands still in the
#   middle of a stride.
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

warnings.simplefilter("ignore")  # that there is no analog data
writer = c3d.Writer(point_rate=100.0)
frames = []
for n in range(5):
    knee = (0, 0, 0, -1, -1) if n in (2, 3) else (10 * n, 5, 1000, 1, 1)
    frames.append((np.array([knee, (0, 5, 100, 1, 1)], np.float32), np.array([[]])))
writer.add_frames(frames)
writer.set_point_labels(["RKNE", "RANK"])
with open("gap.c3d", "wb") as file:
    writer.write(file)
with open("gap.c3d", "rb") as file:
    by_c3d = [points[0, [0, 3]].tolist() for _, points, _ in c3d.Reader(file).read_frames()]
by_ezc3d = ezc3d.c3d("gap.c3d")["data"]["points"][0, 0]
seen = {
    "x and residual by c3d": by_c3d,
    "lost by ezc3d": np.isnan(by_ezc3d).tolist(),
}
was = {
    "x and residual by c3d": [[0.0, 1.0], [10.0, 1.0], [10.0, -1.0], [10.0, -1.0], [40.0, 1.0]],
    "lost by ezc3d": [False, False, True, True, False],
}

for name in "c3d ezc3d numpy".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
