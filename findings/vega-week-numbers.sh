#!/usr/bin/env bash
# Week 9 of Vega-Lite is week 10 of everybody's calendar in 2026, and begins on Sunday.
# Guess: the week of a year is the one of ISO 8601, which begins on Monday.
# Seen: Sunday 1 March 2026 to Saturday 7 March are W09; by ISO 8601 that Sunday ends week 9 and the rest is week 10.
#   1 January 2026 is in week 52 of 2025, by ISO 8601 in week 1 of 2026.
# Why it matters to a runner's diary: the long run on Sunday counts for the week after, so the steady weeks of a plan
#   look like jumps.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check \
  vl-convert-python==1.9.0.post1
TZ=UTC venv/bin/python - <<'PY'
import datetime
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


days = [datetime.date(2026, 3, 1), datetime.date(2026, 3, 2), datetime.date(2026, 1, 1)]
seen = {}
for day in days:
    form = {"field": "day", "type": "ordinal", "timeUnit": "yearweek"}
    rows = [{"day": f"{day}T12:00:00"}]
    made = vl_convert.vegalite_to_svg(spec(rows, "bar", {"x": form, "y": {"aggregate": "count"}}))
    shown = re.search(r"\d{4} W\d\d", made)[0]
    seen[str(day)] = (shown, day.strftime("%G W%V"))
was = {
    "2026-03-01": ("2026 W09", "2026 W09"),
    "2026-03-02": ("2026 W09", "2026 W10"),
    "2026-01-01": ("2025 W52", "2026 W01"),
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
