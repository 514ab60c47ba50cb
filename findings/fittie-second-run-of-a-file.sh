#!/usr/bin/env bash
# fittie reads the first of two runs in one file and says nothing of the second.
# Guess: a file that is two FIT files one after the other, which the format provides for, gives both or an error.
# Seen: only the first day's record is there, and no error; fitdecode reads both.
# Why it matters to a runner's diary: watches that were read out late chain their files; half of the weekend's
#   kilometres are missing from the week.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check \
  fittie==0.10.0 fitdecode==0.11.0
venv/bin/python - <<'PY'
import io
import struct
import sys
from importlib.metadata import version

import fitdecode
import fittie


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


def one(start):
    return fit(message(20, [(253, 0x86, "I"), (3, 0x02, "B")], [start, 120]))


content = one(START) + one(START + 86_400)
frames = list(fitdecode.FitReader(io.BytesIO(content)))
seen = {
    "records by fittie": len(fittie.decode(io.BytesIO(content)).data_messages["record"]),
    "records by fitdecode": sum(isinstance(f, fitdecode.FitDataMessage) and f.name == "record" for f in frames),
}
was = {"records by fittie": 1, "records by fitdecode": 2}

for name in "fittie fitdecode".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
