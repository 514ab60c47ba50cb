#!/usr/bin/env bash
# A morning between two unanswered ones is invisible in a Vega-Lite line, and nothing warns of it.
# Guess: a single known value in a line is drawn as a dot.
# Seen: not one pixel has the line's colour; with a round line cap, or with points, it is there.
# Why it matters to a runner's diary: the one bad morning that was noted in a week of silence is the one that the
#   chart leaves out.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check \
  vl-convert-python==1.9.0.post1 pillow==13.0.0
venv/bin/python - <<'PY'
import io
import sys
from importlib.metadata import version

import vl_convert
from PIL import Image

rows = [{"day": 1, "pain": None}, {"day": 2, "pain": 5}, {"day": 3, "pain": None}]
names = ("day", "pain")
encoding = {axis: {"field": name, "type": "quantitative"} for axis, name in zip("xy", names, strict=True)}


def pixels(mark):
    """How many pixels have about the blue of the first series."""
    schema = "https://vega.github.io/schema/vega-lite/v6.json"
    made = {"$schema": schema, "data": {"values": rows}, "mark": mark, "encoding": encoding}
    picture = Image.open(io.BytesIO(vl_convert.vegalite_to_png(made))).convert("RGB")
    blue = (0x4C, 0x78, 0xA8)
    return sum(n for n, colour in picture.getcolors(1 << 20) if sum(abs(a - b) for a, b in zip(colour, blue)) < 90)


seen = {
    "line": pixels("line") > 0,
    "line with round caps": pixels({"type": "line", "strokeCap": "round"}) > 0,
    "line with points": pixels({"type": "line", "point": True}) > 0,
}
was = {"line": False, "line with round caps": True, "line with points": True}

for name in "vl-convert-python pillow".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
