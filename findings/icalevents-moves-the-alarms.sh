#!/usr/bin/env bash
# Where icalevents is imported, icalendar rings the alarm of nine o'clock seven minutes late.
# Guess: an import leaves another library as it was.
# Seen: icalevents switches icalendar to pytz for the whole process; an alarm 15 minutes before a local 9:00 in Berlin
#   is then at 8:52, by the sun of 1893, instead of 8:45.
# Why it matters to a runner's diary: every reminder in local time is off by minutes, in a program that only reads
#   somebody else's calendar elsewhere.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check \
  icalevents==0.3.1 icalendar==7.3.0 pytz==2026.6 tzdata==2026.6
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

import icalendar
from icalendar.alarms import Alarms


def calendar(*lines):
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//a//b//EN", "BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z")
    return "".join(line + "\r\n" for line in (*head, *lines, "END:VEVENT", "END:VCALENDAR"))


def bell():
    lines = ("DTSTART:20260328T090000", "DURATION:PT5M", "SUMMARY:Knee")
    alarm = ("BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15M", "DESCRIPTION:Knee", "END:VALARM")
    alarms = Alarms(icalendar.Calendar.from_ical(calendar(*lines, *alarm)).walk("VEVENT")[0])
    alarms.set_local_timezone("Europe/Berlin")
    return alarms.times[0].trigger.isoformat()


seen = {"before the import": bell()}
import icalevents.icalevents  # noqa: E402, F401

seen["after the import"] = bell()
was = {"before the import": "2026-03-28T08:45:00+01:00", "after the import": "2026-03-28T08:52:00+01:00"}

for name in "icalevents icalendar pytz tzdata".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
