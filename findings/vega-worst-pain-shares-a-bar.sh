#!/usr/bin/env bash
# A Vega-Lite histogram of pain from 0 to 10 puts 9 and 10 into one bar.
# Guess: eleven values in bins of width one give eleven bars.
# Seen: ten bars; the last holds 9 and 10 and is twice as high, where every value occurs once.
# Why it matters to a runner's diary: the worst days of all look more frequent than they were, and 10 is not to be
#   told from 9.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check \
  vl-convert-python==1.9.0.post1
venv/bin/python - <<'PY'
import re
import sys
from importlib.metadata import version

import vl_convert


def spec(rows, mark, encoding, **more):
    schema = "https://vega.github.io/schema/vega-lite/v6.json"
    return {"$schema": schema, "data": {"values": rows}, "mark": mark, "encoding": encoding, **more}


DAY = {"field": "day", "type": "ordinal"}
PAIN = {"field": "pain", "type": "quantitative"}


def drawn(made, about):
    """What the marks of a chart say of themselves."""
    return re.findall(rf'aria-label="({about}: [^"]*)"', vl_convert.vegalite_to_svg(made))


rows = [{"pain": n} for n in range(11)]
made = spec(rows, "bar", {"x": {**PAIN, "bin": True}, "y": {"aggregate": "count"}})
bars = drawn(made, r"pain \(binned\)")
seen = {"bars": len(bars), "last": bars[-1].replace("\u2013", "-")}
was = {"bars": 10, "last": "pain (binned): 9 - 10; Count of Records: 2"}

for name in "vl-convert-python".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
