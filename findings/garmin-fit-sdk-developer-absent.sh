#!/usr/bin/env bash
# Garmin's FIT library leaves out absent values of its own fields, but hands out those of an app's fields as numbers.
# Guess: 'nothing measured' is left out alike, whether the field is the watch's or an app's (developer field).
# Seen: the native power of 65535 is left out; the app's field of the same kind and the same value is returned as
#   65535.
# Why it matters to a runner's diary: a foot pod's app that loses the pod for a second gives 65535 watts, and the
#   average of the run is nonsense.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check garmin-fit-sdk==21.218.0
venv/bin/python - <<'PY'
import struct
import sys
from importlib.metadata import version

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

described = message(207, [(3, 0x02, "B"), (4, 0x86, "I")], [0, 1])
described += message(
    206,
    [(0, 2, "B"), (1, 2, "B"), (2, 2, "B"), (3, 7, "11s"), (8, 7, "4s")],
    [0, 0, 0x84, b"Pod Power", b"W"],
    local=1,
)

own, app = (253, 0x86, "I"), (7, 0x84, "H")
# After the native fields come the app's two bytes: field 0 of developer 0.
record = message(20, [own, app], [START, 0xFFFF], local=2, developer=[(0, 2, 0)]) + struct.pack("<H", 0xFFFF)
found, errors = Decoder(Stream.from_byte_array(bytearray(fit(described, record)))).read()
answer = found["record_mesgs"][0]
seen = {"errors": errors, "native power": answer.get("power"), "the app's power": answer["developer_fields"][0]}
was = {"errors": [], "native power": None, "the app's power": 65535}

for name in "garmin-fit-sdk".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
