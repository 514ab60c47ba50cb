#!/usr/bin/env bash
# A scale that is still weighing weighs 655.34 kg in Garmin's library, 'calculating' in fitdecode.
# Guess: the profile names the value 'calculating', so the maker's library says so, as it does for other named values.
# Seen: garmin-fit-sdk scales it like any weight to 655.34 kg; fitdecode returns the word.
# Why it matters to a runner's diary: a body weight of 655 kg goes into watts per kilogram and into the load on a
#   knee.
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

content = fit(message(30, [(253, 0x86, "I"), (0, 0x84, "H")], [START, 0xFFFE]))
found, _ = Decoder(Stream.from_byte_array(bytearray(content))).read()
frames = list(fitdecode.FitReader(io.BytesIO(content)))
weighed = [f for f in frames if isinstance(f, fitdecode.FitDataMessage) and f.name == "weight_scale"]
seen = {"garmin-fit-sdk": found["weight_scale_mesgs"][0]["weight"], "fitdecode": weighed[0].get_value("weight")}
was = {"garmin-fit-sdk": 655.34, "fitdecode": "calculating"}

for name in "garmin-fit-sdk fitdecode".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
