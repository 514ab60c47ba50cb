#!/usr/bin/env bash
# What a watch did not measure comes out of fit-tool as a number: pulse 255, 65.5 m/s, 180 degrees east.
# Guess: a field that holds the format's value for 'nothing measured' reads as None, as in every other FIT library.
# Seen: fit-tool hands out the raw sentinel, scaled: heart_rate 255, cadence 255, speed 65.535 m/s, distance
#   42949672.95 m, latitude 179.99 degrees.
# Why it matters to a runner's diary: a strap that slips off gives a pulse of 255 instead of a gap, and one record
#   without a satellite sets the maximum speed to 236 km/h.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check fit-tool==0.9.16
venv/bin/python - <<'PY'
import struct
import sys
from importlib.metadata import version

from fit_tool import FitFile


def crc(data):
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)
    return struct.pack("<H", value)


def message(number, fields, row, local=0, developer=()):
    """A definition, then one data message; fields are (number, base type, struct code)."""
    head = bytes([0x40 | local | (0x20 if developer else 0), 0, 0]) + struct.pack("<HB", number, len(fields))
    layout = b"".join(bytes([f, struct.calcsize("<" + code), base]) for f, base, code in fields)
    layout += bytes([len(developer), *[b for d in developer for b in d]]) if developer else b""
    flat = [v for value in row for v in (value if isinstance(value, (list, tuple)) else [value])]
    return head + layout + bytes([local]) + struct.pack("<" + "".join(code for _, _, code in fields), *flat)


def fit(*messages):
    body = message(0, [(0, 0, "B"), (1, 0x84, "H"), (4, 0x86, "I")], [4, 1, 1_000_000_000]) + b"".join(messages)
    head = struct.pack("<BBHI4s", 14, 0x20, 2195, len(body), b".FIT")
    head += crc(head)
    return head + body + crc(head + body)


START = 1_000_000_000  # 8 September 2021, 01:46:40 UTC

fields = [(253, 0x86, "I"), (0, 0x85, "i"), (5, 0x86, "I"), (6, 0x84, "H"), (4, 0x02, "B"), (3, 0x02, "B")]
content = fit(message(20, fields, [START, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFF, 0xFF, 0xFF]))
records = [r.message for r in FitFile.from_bytes(content).records if not r.is_definition and r.message.name == "record"]
names = ("heart_rate", "cadence", "speed", "distance", "position_lat")
seen = {name: round(getattr(records[0], name), 2) for name in names}
was = {"heart_rate": 255, "cadence": 255, "speed": 65.53, "distance": 42949672.95, "position_lat": 180.0}

for name in "fit-tool".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
