#!/usr/bin/env bash
# icalendar reads an event of 24 hours and writes one of a day, which is another length when the clocks change.
# Guess: PT24H stays PT24H: the format keeps hours, which are exact, apart from days, which follow the local clock.
# Seen: read and written again, DURATION:PT24H is DURATION:P1D, and over the night of the change its end is 23 hours
#   after its start.
# Why it matters to a runner's diary: a reminder 'a day after the long run' and one '24 hours after' are the same in
#   this library, an hour off in some calendars.
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


def calendar(*lines):
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//a//b//EN", "BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z")
    return "".join(line + "\r\n" for line in (*head, *lines, "END:VEVENT", "END:VCALENDAR"))


text = calendar("DTSTART;TZID=Europe/Berlin:20260328T120000", "DURATION:PT24H", "SUMMARY:Knee")
read = icalendar.Calendar.from_ical(text)
event = read.walk("VEVENT")[0]
utc = datetime.UTC
seen = {
    "written": next(line for line in read.to_ical().decode().split("\r\n") if line.startswith("DURATION")),
    "hours from start to end": (event.end.astimezone(utc) - event.start.astimezone(utc)).total_seconds() / 3600,
}
was = {"written": "DURATION:P1D", "hours from start to end": 23.0}

for name in "icalendar tzdata".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
