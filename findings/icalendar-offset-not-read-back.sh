#!/usr/bin/env bash
# A time with a plain offset, written by icalendar, is read by icalendar as a time without one.
# Guess: 08:00+02:00 comes back as the same moment, in UTC if need be.
# Seen: it is written with the zone name UTC+02:00, which no part of the file explains, add_missing_timezones
#   included, and read back without any zone.
# Why it matters to a runner's diary: times of runs carry an offset and no name of a zone; exported and imported again
#   they are at eight wherever one is.
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
from importlib.metadata import version

import icalendar

made = icalendar.Calendar()
event = icalendar.Event()
event.add("dtstart", datetime.datetime(2026, 3, 1, 8, tzinfo=datetime.timezone(datetime.timedelta(hours=2))))
made.add_component(event)
made.add_missing_timezones()
written = made.to_ical()
back = icalendar.Calendar.from_ical(written).walk("VEVENT")[0].start
seen = {
    "written": next(line for line in written.decode().split("\r\n") if line.startswith("DTSTART")),
    "read back": back.isoformat(),
}
was = {"written": 'DTSTART;TZID="UTC+02:00":20260301T080000', "read back": "2026-03-01T08:00:00"}

for name in "icalendar tzdata".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
