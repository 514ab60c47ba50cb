#!/usr/bin/env bash
# One lost marker in one frame, and pyomeca's low-pass filter gives nothing for the whole trial.
# Guess: the gap stays a gap, and the rest is filtered.
# Seen: all 500 values are NaN after low_pass, without an error.
# Why it matters to a runner's diary: a knee angle of a whole film is empty because of one blurred frame.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
# Only what is used here of what it needs: the rest is large.
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check \
  numpy==2.4.6 scipy==1.17.1 pandas==3.1.1 xarray==2026.9.0 matplotlib==3.11.2 ezc3d==1.7.2
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check --no-deps pyomeca==2026.0.2
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

import numpy as np
import pyomeca  # noqa: F401
import xarray

time = np.arange(500) / 100
knee = 20 + 10 * np.sin(2 * np.pi * time)
knee[200] = np.nan
by_pyomeca = xarray.DataArray(knee, dims="time", coords={"time": time}).meca.low_pass(order=2, cutoff=6, freq=100)
seen = {"frames": len(knee), "lost before": 1, "lost after": int(np.isnan(by_pyomeca).sum())}
was = {"frames": 500, "lost before": 1, "lost after": 500}

for name in "pyomeca".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
