#!/usr/bin/env bash
# A watch that does not know the time gives runs of 31 December 1989 in Garmin's library, a plain number in fitdecode.
# Guess: a timestamp below the format's limit for dates (it counts from power-on) is returned as seconds, or refused.
# Seen: garmin-fit-sdk makes a date of it, 1989-12-31 01:00 in UTC, without an error; fitdecode returns 3600.
# Why it matters to a runner's diary: a run recorded before the watch had found its satellites is sorted to the front
#   of the diary, a generation before the runner.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check \
  garmin-fit-sdk==21.218.0 fitdecode==0.11.0
venv/bin/python - <<'PY'
import io
import struct
import sys
from importlib.metadata import version

import fitdecode
from garmin_fit_sdk import Decoder, Stream


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

content = fit(message(20, [(253, 0x86, "I"), (3, 0x02, "B")], [3600, 120]))
found, errors = Decoder(Stream.from_byte_array(bytearray(content))).read()
frames = list(fitdecode.FitReader(io.BytesIO(content)))
records = [f for f in frames if isinstance(f, fitdecode.FitDataMessage) and f.name == "record"]
seen = {
    "garmin-fit-sdk": found["record_mesgs"][0]["timestamp"].isoformat(),
    "errors": errors,
    "fitdecode": records[0].get_value("timestamp"),
}
was = {"garmin-fit-sdk": "1989-12-31T01:00:00+00:00", "errors": [], "fitdecode": 3600}

for name in "garmin-fit-sdk fitdecode".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
