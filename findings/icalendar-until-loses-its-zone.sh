#!/usr/bin/env bash
# icalendar writes the end of a repetition without its zone, although it was given one.
# Guess: with a start in a zone, UNTIL is written in UTC with a Z, as the format demands.
# Seen: UNTIL=20260305T090000 for nine o'clock in Berlin, which is 08:00Z; no zone, no Z.
# Why it matters to a runner's diary: calendars differ in what they make of it, so the last reminder of a block of
#   exercises is there for one person and missing for another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check \
  icalendar==7.3.0 tzdata==2026.6
venv/bin/python - <<'PY'
import datetime
import sys
import zoneinfo
from importlib.metadata import version

import icalendar

berlin = zoneinfo.ZoneInfo("Europe/Berlin")
event = icalendar.Event()
event.add("dtstart", datetime.datetime(2026, 3, 1, 9, tzinfo=berlin))
event.add("rrule", {"freq": "daily", "until": datetime.datetime(2026, 3, 5, 9, tzinfo=berlin)})
lines = event.to_ical().decode().split("\r\n")
seen = {"start": lines[1], "rule": lines[2]}
was = {"start": "DTSTART;TZID=Europe/Berlin:20260301T090000", "rule": "RRULE:FREQ=DAILY;UNTIL=20260305T090000"}

for name in "icalendar tzdata".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
