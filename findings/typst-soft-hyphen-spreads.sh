#!/usr/bin/env bash
# One soft hyphen in a Typst document puts an invisible hyphen after the same letter everywhere.
# Guess: a soft hyphen that is not at the end of a line leaves no trace, or at most one at its own place.
# Seen: after 'reha-bilitation' with a soft hyphen, 'A pain at a station' is read from the PDF with one after every a,
#   since the letter's first use says how it is read ever after.
# Why it matters to a runner's diary: neither a search in the report nor a screen reader finds 'pain' or 'patella' any
#   more.
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


def printed(source):
    made = typst.compile(f"#set page(width: 20cm)\n{source}".encode(), ignore_system_fonts=True)
    return pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text().replace("\u00ad", "|")


seen = {
    "with one": printed("reha\u00adbilitation. A pain at a station"),
    "without": printed("rehabilitation. A pain at a station"),
}
was = {
    "with one": "reha|bilita|tion. A pa|in a|t a| sta|tion",
    "without": "rehabilitation. A pain at a station",
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
