#!/usr/bin/env bash
# PyAV's rotation of a film that a phone shows as a mirror image is half a turn: the film is set upside down.
# Guess: frame.rotation says by how much a picture must be turned to be upright, as players show it.
# Seen: a film whose display matrix mirrors left and right, as a phone writes it for its front camera, has rotation 180
#   or -180; one that mirrors up and down has 0. Players show the first upright.
# Why it matters to a runner's diary: the knee of an upright runner is read upside down, and no repetition is counted.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check av==18.1.0 numpy==2.4.6
venv/bin/python - <<'PY'
import struct
import sys
from importlib.metadata import version
from pathlib import Path

import av
import numpy as np

FILM = Path("film.mp4")
with av.open(str(FILM), "w") as film:
    stream = film.add_stream("libx264", rate=30)
    stream.width, stream.height, stream.pix_fmt = 96, 64, "yuv420p"
    for _ in range(3):
        film.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 96, 3), np.uint8), format="rgb24")))
    film.mux(stream.encode(None))
plain = FILM.read_bytes()
at = plain.find(b"tkhd") + 44

seen = {}
for shown, (a, d) in {"as it is": (1, 1), "left and right mirrored": (-1, 1), "up and down mirrored": (1, -1)}.items():
    content = bytearray(plain)
    content[at : at + 36] = struct.pack(">9i", a << 16, 0, 0, 0, d << 16, 0, 0, 0, 1 << 30)
    FILM.write_bytes(content)
    with av.open(str(FILM)) as film:
        seen[shown] = abs(next(film.decode(video=0)).rotation)
was = {"as it is": 0, "left and right mirrored": 180, "up and down mirrored": 0}

for name in "av".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: turned by {value} degrees")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
