#!/usr/bin/env bash
# Typst leaves out a letter that no font has without a word, though it warns of a font it does not know.
# Guess: a letter without a glyph brings a warning, as an unknown font does.
# Seen: no warning; the text of the PDF holds a NUL in its place.
# Why it matters to a runner's diary: the name that somebody gave a shoe or wrote in a note is gone from the physio's
#   report, and nobody knows it was there.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check typst==0.15.2 pypdf==7.1.0
venv/bin/python - <<'PY'
import io
import sys
from importlib.metadata import version

import pypdf
import typst


# Only Typst's own fonts, so that the answer is the same on every machine.
def printed(source):
    made, warnings = typst.compile_with_warnings(source.encode(), ignore_system_fonts=True)
    text = pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text()
    return text, [str(w.message) for w in warnings]


seen = {
    "a letter without a glyph": printed("Shoe: \u819d 5"),
    "an unknown font": printed('#set text(font: "No Such Font")\nShoe: 5'),
}
was = {
    "a letter without a glyph": ("Shoe: \x00 5", []),
    "an unknown font": ("Shoe: 5", ["unknown font family: no such font"]),
}

for name in "typst pypdf".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
