#!/usr/bin/env bash
# Where a marker is lost, trc-data-reader puts the next marker in its place, also in files that it wrote itself.
# Guess: three empty cells, which is how a TRC file says that a marker was not seen, are NaN for that marker alone.
# Seen: a knee that was set to NaN is written as empty cells; read back, the knee lies where the ankle is, and the
#   ankle is NaN.
# Why it matters to a laboratory: the angle of a knee is taken from a point on the ankle, and is a number like any other.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check trc-data-reader==0.4.1
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version
from math import nan
from pathlib import Path

from trc import TRCData

HEAD = """PathFileType\t4\t(X/Y/Z)\tsquat.trc
DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames
100\t100\t3\t3\tmm\t100\t1\t3
Frame#\tTime\tHip\t\t\tKnee\t\t\tAnkle\t\t
\t\tX1\tY1\tZ1\tX2\tY2\tZ2\tX3\tY3\tZ3

"""
rows = [f"{n}\t{n / 100 - 0.01:.2f}\t10\t900\t0\t20\t500\t0\t30\t100\t0" for n in (1, 2, 3)]
Path("squat.trc").write_text(HEAD + "\n".join(rows) + "\n")

squat = TRCData()
squat.load("squat.trc")
time_s, places = squat[2]
places[1] = [nan, nan, nan]
squat[2] = (time_s, places)
squat.save("lost.trc")
back = TRCData()
back.load("lost.trc")
seen = {
    "written": [cell or "-" for cell in Path("lost.trc").read_text().splitlines()[-2].split("\t")[2:]],
    "knee": [frame[1] for frame in back["Knee"]],
    "ankle": [str(frame[1]) for frame in back["Ankle"]],
}
was = {
    "written": ["10.00000", "900.00000", "0.00000", "-", "-", "-", "30.00000", "100.00000", "0.00000"],
    "knee": [500.0, 100.0, 500.0],
    "ankle": ["100.0", "nan", "100.0"],
}

print("trc-data-reader", version("trc-data-reader"))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
