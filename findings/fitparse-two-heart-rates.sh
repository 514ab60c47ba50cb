#!/usr/bin/env bash
# With an app's field called heart_rate, fitparse's get_value and get_values give two different pulses for one moment.
# Guess: both ways to ask for heart_rate give the watch's own value, or the app's, but the same.
# Seen: get_value gives the watch's 120, get_values the app's 155; fitfast keeps only the app's.
# Why it matters to a runner's diary: an app that writes its own idea of the pulse under the native name replaces that
#   of the watch, depending on which call a reader happens to use.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check \
  fitparse==1.2.0 fitfast==0.1.0
venv/bin/python - <<'PY'
import io
import struct
import sys
from importlib.metadata import version

import fitfast
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

described = message(207, [(3, 0x02, "B"), (4, 0x86, "I")], [0, 1])
described += message(
    206,
    [(0, 2, "B"), (1, 2, "B"), (2, 2, "B"), (3, 7, "11s"), (8, 7, "4s")],
    [0, 0, 0x02, b"heart_rate", b"bpm"],
    local=1,
)

record = message(20, [(253, 0x86, "I"), (3, 0x02, "B")], [START, 120], local=2, developer=[(0, 1, 0)]) + bytes([155])
content = fit(described, record)
found = next(iter(fitparse.FitFile(io.BytesIO(content)).get_messages("record")))
seen = {
    "fitparse get_value": found.get_value("heart_rate"),
    "fitparse get_values": found.get_values()["heart_rate"],
    "fitfast records": fitfast.records(content)["heart_rate"].tolist(),
}
was = {"fitparse get_value": 120, "fitparse get_values": 155, "fitfast records": [155.0]}

for name in "fitparse fitfast".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
