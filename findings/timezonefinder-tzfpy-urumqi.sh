#!/usr/bin/env bash
# A run in Urumqi is two hours earlier in timezonefinder than in tzfpy.
# Guess: two libraries on the same map of zones give the same zone for a place on land.
# Seen: where two zones lie over one another, timezonefinder gives Asia/Urumqi (+06:00), tzfpy Asia/Shanghai (+08:00);
#   tzfpy's get_tzs names both.
# Why it matters to a runner's diary: a run after ten in the evening is on different days, and so is the morning after
#   it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check \
  timezonefinder==9.0.0 tzfpy==2.1.1 tzdata==2026.6
venv/bin/python - <<'PY'
import datetime
import sys
import zoneinfo
from importlib.metadata import version

import tzfpy
from timezonefinder import TimezoneFinder

latitude, longitude = 43.82, 87.62
one, other = TimezoneFinder().timezone_at(lat=latitude, lng=longitude), tzfpy.get_tz(longitude, latitude)
noon = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
hours = [noon.astimezone(zoneinfo.ZoneInfo(name)).hour for name in (one, other)]
seen = {"timezonefinder": one, "tzfpy": other, "noon in UTC is at": hours}
was = {"timezonefinder": "Asia/Urumqi", "tzfpy": "Asia/Shanghai", "noon in UTC is at": [18, 20]}

for name in "timezonefinder tzfpy tzdata".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
