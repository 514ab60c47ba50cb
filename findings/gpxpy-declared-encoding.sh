#!/usr/bin/env bash
# gpxpy does not read a GPX file in the encoding that the file itself declares.
# Guess: XML says in its first line how it is encoded, and every reader of XML goes by that, as the XML parser below does.
# Seen: given the bytes of a file in ISO-8859-1 or UTF-16 that says so, gpxpy takes them for UTF-8 and stops at the first
#   umlaut; the standard library's parser reads both.
# Why it matters to a runner's diary: the run through Düsseldorf of an older app is refused as damaged, the one through
#   Berlin is read.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv --without-pip venv
python3 -m pip --python venv/bin/python install -qq --no-compile --disable-pip-version-check gpxpy==1.6.2
venv/bin/python - <<'PY'
import io
import sys
import xml.etree.ElementTree as ET
from importlib.metadata import version

import gpxpy

NAME = "Runde durch Düsseldorf"
GPX = (
    '<?xml version="1.0" encoding="{encoding}"?><gpx version="1.1" creator="app"'
    ' xmlns="http://www.topografix.com/GPX/1/1"><trk><name>{name}</name><trkseg>'
    '<trkpt lat="51.2" lon="6.8"><time>2026-03-01T08:00:00Z</time></trkpt></trkseg></trk></gpx>'
)


def by_gpxpy(content):
    try:
        return gpxpy.parse(io.BytesIO(content)).tracks[0].name
    except Exception as error:
        return type(error).__name__


def by_the_parser(content):
    return ET.fromstring(content).findtext("{*}trk/{*}name")


seen = {}
for encoding in ("UTF-8", "ISO-8859-1", "UTF-16"):
    content = GPX.format(encoding=encoding, name=NAME).encode(encoding)
    seen[encoding] = (by_gpxpy(content), by_the_parser(content))
plain = GPX.format(encoding="ISO-8859-1", name="Runde durch Berlin").encode("ISO-8859-1")
seen["ISO-8859-1, no umlaut"] = (by_gpxpy(plain), by_the_parser(plain))
was = {
    "UTF-8": (NAME, NAME),
    "ISO-8859-1": ("UnicodeDecodeError", NAME),
    "UTF-16": ("UnicodeDecodeError", NAME),
    "ISO-8859-1, no umlaut": ("Runde durch Berlin", "Runde durch Berlin"),
}

for name in "gpxpy".split():
    print(name, version(name))
for what, value in seen.items():
    print(f"{what}: gpxpy {value[0]!r}, the parser {value[1]!r}")
if seen != was:
    print(f"CHANGED. It was: {was}")
    sys.exit(1)
print("still so")
PY
