#!/usr/bin/env bash
# From a PDF, pain 3 with a footnote is read as pain 31, by pypdf and pdfminer alike.
# Guess: a raised mark is kept apart from the number before it, or left out.
# Seen: both give 'Pain 31 of 10' for Typst's footnote, and 'Pain 3 of 10' without it.
# Why it matters to a runner's diary: whoever reads reports by machine takes a remark for ten times the pain.
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

seen = {}
for name, source in (("with a footnote", "Pain 3#footnote[worse on stairs] of 10"), ("without", "Pain 3 of 10")):
    made = io.BytesIO(typst.compile(source.encode(), ignore_system_fonts=True))
    lines = pypdf.PdfReader(made).pages[0].extract_text(), extract_text(made)
    seen[name] = [text.strip().split("\n")[0] for text in lines]
was = {"with a footnote": ["Pain 31 of 10"] * 2, "without": ["Pain 3 of 10"] * 2}

for name in "typst pypdf pdfminer.six".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: {value}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
