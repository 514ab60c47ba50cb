#!/usr/bin/env bash
# Three corrected trend tests of pymannkendall find no trend in a score that rises by one point every week.
# Guess: a straight line upwards is the clearest trend there is, for any of the tests.
# Seen: hamed_rao and yue_wang say 'no trend' with p = nan, trend-free pre-whitening says 'no trend' with p = 1; the
#   plain test says increasing.
# Why it matters to a runner's diary: of two knees the one that gets worse without a break is the one that the careful
#   test calls calm.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check \
  pymannkendall==1.4.3 numpy==2.4.6 scipy==1.17.1
venv/bin/python - <<'PY'
import sys
import warnings
from importlib.metadata import version

import numpy as np
import pymannkendall

warnings.simplefilter("ignore")
score = np.arange(11.0)
tests = {
    "plain": pymannkendall.original_test,
    "Hamed and Rao": pymannkendall.hamed_rao_modification_test,
    "Yue and Wang": pymannkendall.yue_wang_modification_test,
    "trend-free pre-whitening": pymannkendall.trend_free_pre_whitening_modification_test,
}
found = {name: test(score) for name, test in tests.items()}
seen = {name: (answer.trend, str(round(float(answer.p), 3))) for name, answer in found.items()}
was = {
    "plain": ("increasing", "0.0"),
    "Hamed and Rao": ("no trend", "nan"),
    "Yue and Wang": ("no trend", "nan"),
    "trend-free pre-whitening": ("no trend", "1.0"),
}

for name in "pymannkendall numpy scipy".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
