#!/usr/bin/env bash
# fitparse and fitdecode date the pulses that a strap stored from zero on, not from the strap's own clock.
# Guess: the twelve-bit times of stored pulses go on from the full time that the message before them gives.
# Seen: after a message at 10.0 s, garmin-fit-sdk dates the stored pulses 10 to 24.5 s, fitparse 2 to 16.5 s, eight
#   seconds early and before the first; fitdecode makes moments of the same wrong seconds.
# Why it matters to a runner's diary: a strap worn under water or apart from the watch sends its pulses afterwards;
#   they are laid beside the wrong part of the run.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check \
  fitparse==1.2.0 fitdecode==0.11.0 garmin-fit-sdk==21.218.0
venv/bin/python - <<'PY'
import io
import struct
import sys
from importlib.metadata import version

import fitdecode
import fitparse
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

first = message(132, [(253, 0x86, "I"), (0, 0x84, "H"), (9, 0x86, "I"), (6, 0x02, "B")], [START, 0, 1024 * 10, 100])
stored = message(132, [(6, 0x02, "8B"), (10, 0x0D, "12B")], [list(range(101, 109)), [0, 8, 32] * 4], local=1)
content = fit(first, stored)
parsed = list(fitparse.FitFile(io.BytesIO(content)).get_messages("hr"))[1]
frames = list(fitdecode.FitReader(io.BytesIO(content)))
decoded = [f for f in frames if isinstance(f, fitdecode.FitDataMessage) and f.name == "hr"][1]
found, _ = Decoder(Stream.from_byte_array(bytearray(content))).read(merge_heart_rates=False)
seen = {
    "fitparse": [f.value for f in parsed.fields if f.name == "event_timestamp"],
    "fitdecode, the first": decoded.get_value("event_timestamp").isoformat(),
    "garmin-fit-sdk": [float(t) for t in found["hr_mesgs"][1]["event_timestamp"]],
}
was = {
    "fitparse": [2.0, 4.5, 6.0, 8.5, 10.0, 12.5, 14.0, 16.5],
    "fitdecode, the first": "2021-09-08T01:46:42+00:00",
    "garmin-fit-sdk": [10.0, 12.5, 14.0, 16.5, 18.0, 20.5, 22.0, 24.5],
}

for name in "fitparse fitdecode garmin-fit-sdk".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
