#!/usr/bin/env bash
# Vega-Lite's filter 'pain below 3' keeps the mornings on which nobody answered.
# Guess: an unknown value is not below three, as it takes no part in a mean or a sum.
# Seen: null passes {field, lt: 3}, {field, range: [0, 3]} and 'datum.pain <= 0'; a mean leaves it out.
# Why it matters to a runner's diary: unanswered mornings count as good ones, the one thing a pain diary must never
#   do.
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


rows = [{"day": "Mon", "pain": 1}, {"day": "Tue", "pain": None}, {"day": "Wed", "pain": 5}]
seen = {}
for test in ({"field": "pain", "lt": 3}, {"field": "pain", "range": [0, 3]}, "datum.pain <= 0"):
    made = spec(rows, "bar", {"x": DAY, "y": {"aggregate": "count"}}, transform=[{"filter": test}])
    seen[str(test)] = [label.split(";")[0] for label in drawn(made, "day")]
made = spec(rows, "bar", {"y": {"aggregate": "mean", **PAIN}})
seen["mean"] = drawn(made, "Mean of pain")
was = {
    "{'field': 'pain', 'lt': 3}": ["day: Mon", "day: Tue"],
    "{'field': 'pain', 'range': [0, 3]}": ["day: Mon", "day: Tue"],
    "datum.pain <= 0": ["day: Tue"],
    "mean": ["Mean of pain: 3"],
}

for name in "vl-convert-python".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
