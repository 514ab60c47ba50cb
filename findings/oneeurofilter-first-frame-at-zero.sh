#!/usr/bin/env bash
# The One Euro filter does not believe a first frame at 0 s, and takes the second to follow at its nominal rate.
# Guess: a film that begins at 0 s is smoothed like one that begins at 1 s.
# Seen: a step from 0 to 10 a second later gives 1.7 where the film begins at 0 s, and 8.6 where it begins at 1 s:
#   zero counts as 'no time'.
# Why it matters to a runner's diary: the first repetition of every film lags behind, in films that skip frames most
#   of all.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check OneEuroFilter==0.2.1
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

from OneEuroFilter import OneEuroFilter

seen = {}
for begin in (0.0, 1.0):
    smooth = OneEuroFilter(30)
    seen[f"begins at {begin:g} s"] = [round(smooth(value, begin + n), 1) for n, value in enumerate((0, 10))]
was = {"begins at 0 s": [0, 1.7], "begins at 1 s": [0, 8.6]}

for name in "OneEuroFilter".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
