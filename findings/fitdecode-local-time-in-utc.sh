#!/usr/bin/env bash
# fitdecode calls the runner's local clock UTC, so the start of the run moves by the offset when it is converted.
# Guess: local_timestamp comes as a time without a zone, or as one with the true offset.
# Seen: both times of the activity message are aware and in UTC: 01:46:40 and 03:46:40, two moments for one.
# Why it matters to a runner's diary: an evening run converted 'from UTC' to the runner's zone a second time lands on
#   the next day, and the morning's pain is held against the wrong run.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check fitdecode==0.11.0
venv/bin/python - <<'PY'
import io
import struct
import sys
from importlib.metadata import version

import fitdecode


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

content = fit(message(34, [(253, 0x86, "I"), (5, 0x86, "I")], [START, START + 7200]))
frames = list(fitdecode.FitReader(io.BytesIO(content)))
found = next(f for f in frames if isinstance(f, fitdecode.FitDataMessage) and f.name == "activity")
seen = {name: found.get_value(name).isoformat() for name in ("timestamp", "local_timestamp")}
was = {"timestamp": "2021-09-08T01:46:40+00:00", "local_timestamp": "2021-09-08T03:46:40+00:00"}

for name in "fitdecode".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
