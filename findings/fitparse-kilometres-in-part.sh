#!/usr/bin/env bash
# fitparse's standard units turn the distance of a record into kilometres, but not that of the lap or the session.
# Guess: StandardUnitsDataProcessor gives every distance in the same unit, as it does for every speed.
# Seen: record distance 10.0 km, session total_distance 10000.0 m, session avg_speed 10.8 km/h. fitdecode's processor
#   of the same name gives 10.0 km for both.
# Why it matters to a runner's diary: who divides the session's distance by a thousand once more, or not at all, logs
#   10 m or 10 000 km.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check \
  fitparse==1.2.0 fitdecode==0.11.0
venv/bin/python - <<'PY'
import io
import struct
import sys
from importlib.metadata import version

import fitdecode
import fitparse


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

content = fit(
    message(20, [(253, 0x86, "I"), (5, 0x86, "I")], [START, 1_000_000]),
    message(18, [(253, 0x86, "I"), (9, 0x86, "I"), (14, 0x84, "H")], [START, 1_000_000, 3000], local=1),
)
frames = fitdecode.FitReader(io.BytesIO(content), processor=fitdecode.StandardUnitsDataProcessor())
by_decode = {f.name: f for f in frames if isinstance(f, fitdecode.FitDataMessage)}
parsed = fitparse.FitFile(io.BytesIO(content), data_processor=fitparse.StandardUnitsDataProcessor()).get_messages()
by_parse = {m.name: m for m in parsed}
seen = {
    "fitparse, record": by_parse["record"].get_value("distance"),
    "fitparse, session": by_parse["session"].get_value("total_distance"),
    "fitparse, session's speed": by_parse["session"].get_value("avg_speed"),
    "fitdecode, session": by_decode["session"].get_value("total_distance"),
}
was = {
    "fitparse, record": 10.0,
    "fitparse, session": 10000.0,
    "fitparse, session's speed": 10.8,
    "fitdecode, session": 10.0,
}

for name in "fitparse fitdecode".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
