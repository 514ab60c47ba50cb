#!/usr/bin/env bash
# After one frame without a knee the One Euro filter finds no knee any more.
# Guess: NaN is passed on and the next frame is smoothed again.
# Seen: every value after a NaN is NaN, for good.
# Why it matters to a runner's diary: one frame behind a chair, and the rest of the session is not counted.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check OneEuroFilter==0.2.1
venv/bin/python - <<'PY'
import math
import sys
from importlib.metadata import version

from OneEuroFilter import OneEuroFilter

smooth = OneEuroFilter(30)
angles = [60, 60, math.nan] + [60] * 300
out = [smooth(value, 1 + n / 30) for n, value in enumerate(angles)]
seen = {"frames": len(out), "lost": sum(map(math.isnan, angles)), "lost afterwards": sum(map(math.isnan, out))}
was = {"frames": 303, "lost": 1, "lost afterwards": 301}

for name in "OneEuroFilter".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
