#!/usr/bin/env bash
# pdfminer reads a narrow justified column in the wrong order of words.
# Guess: one column of one paragraph is read line by line.
# Seen: the gaps of justified lines are taken for a gap between columns: 'for' comes before the first word, words of
#   different lines are mixed. pypdf keeps the order.
# Why it matters to a runner's diary: advice on a handout is read aloud or stored as word salad.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check \
  typst==0.15.2 pypdf==7.1.0 pdfminer.six==20260107
venv/bin/python - <<'PY'
import io
import sys
from importlib.metadata import version

import pypdf
import typst
from pdfminer.high_level import extract_text

source = """#set page(width: 4cm, height: 8cm)
#set par(justify: true)
Strengthening exercises for the quadriceps and rehabilitation of patellofemoral pain"""
made = io.BytesIO(typst.compile(source.encode(), ignore_system_fonts=True))
first = {
    "pypdf": pypdf.PdfReader(made).pages[0].extract_text().split()[:3],
    "pdfminer": extract_text(made).split()[:3],
}
seen = {name: [w.replace("\u00ad", "") for w in words] for name, words in first.items()}
was = {"pypdf": ["Strengthening", "ex", "ercises"], "pdfminer": ["for", "Strengthening", "ex"]}

for name in "typst pypdf pdfminer.six".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
