#!/usr/bin/env bash
# With one unanswered morning ruptures finds a change every fifth day until the end.
# Guess: NaN is refused, or makes one gap.
# Seen: for a step with one NaN at it Pelt answers 15, 20, 25, 30 and the end, without an error or a warning.
# Why it matters to a runner's diary: a calm month is cut into weeks of changes that never were.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check \
  ruptures==1.1.10 numpy==2.4.6 scipy==1.17.1
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

import numpy as np
import ruptures


def changes(pain):
    return [int(place) for place in ruptures.Pelt(model="l2").fit(np.array(pain, float)).predict(pen=1)]


calm = [2.0] * 34
seen = {"a calm month": changes(calm), "with one morning missing": changes([*calm[:13], np.nan, *calm[14:]])}
was = {"a calm month": [34], "with one morning missing": [15, 20, 25, 30, 34]}

for name in "ruptures numpy scipy".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
