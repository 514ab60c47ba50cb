#!/usr/bin/env bash
# Garmin's own FIT library stops at the first compressed timestamp, which the format allows, and gives half a run.
# Guess: the maker's library reads every record header of the maker's format.
# Seen: decoding ends at the first record with a compressed timestamp header; what came before is returned as if it
#   were the file, and the only sign is an entry in the second value of the answer. fitdecode reads all of it.
# Why it matters to a runner's diary: older watches and foot pods write such headers to save space; the run is in the
#   diary, only shorter, and whoever drops the list of errors never learns of it.
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

first = message(20, [(253, 0x86, "I"), (3, 0x02, "B")], [START, 120])
# The same message without a timestamp of its own: the header carries its five last bits.
rest = message(20, [(3, 0x02, "B")], [121], local=1)
rest = rest[:-2] + b"".join(bytes([0x80 | 1 << 5 | (START + second) % 32, 120 + second]) for second in range(1, 6))
content = fit(first, rest)
found, errors = Decoder(Stream.from_byte_array(bytearray(content))).read()
whole = [
    f
    for f in fitdecode.FitReader(io.BytesIO(content))
    if isinstance(f, fitdecode.FitDataMessage) and f.name == "record"
]
seen = {
    "records by garmin-fit-sdk": len(found["record_mesgs"]),
    "errors that it returns": len(errors),
    "records by fitdecode": len(whole),
}
was = {"records by garmin-fit-sdk": 1, "errors that it returns": 1, "records by fitdecode": 6}

for name in "garmin-fit-sdk fitdecode".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
