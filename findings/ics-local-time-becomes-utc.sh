#!/usr/bin/env bash
# ics turns 'nine o'clock wherever you are' into nine in Greenwich, also in the file that it writes.
# Guess: a time without a zone stays one, or is refused.
# Seen: DTSTART:20260323T090000 is read as 09:00+00:00 and written as 20260323T090000Z.
# Why it matters to a runner's diary: a reminder for the exercises after breakfast rings at four in the morning in New
#   York.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check ics==0.7.3
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

import ics


def calendar(*lines):
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//a//b//EN", "BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z")
    return "".join(line + "\r\n" for line in (*head, *lines, "END:VEVENT", "END:VCALENDAR"))


read = ics.Calendar(calendar("DTSTART:20260323T090000", "DURATION:PT5M", "SUMMARY:Knee"))
written = next(line for line in read.serialize().split("\n") if line.startswith("DTSTART")).strip()
seen = {"read": next(iter(read.events)).begin.isoformat(), "written": written}
was = {"read": "2026-03-23T09:00:00+00:00", "written": "DTSTART:20260323T090000Z"}

for name in "ics".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
