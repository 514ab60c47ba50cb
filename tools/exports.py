"""How right exports are read: a folder of them, each taken into a diary of its own, against what is right.

    make exports   (PATELLA_EXPORTS: the folder)

What is right stands in exports.toml, by file: each activity by day, sport, metres and steps a minute, and how many
of its files are named as not usable. Prints what differs; ends with 1 where something does, or nothing was there.
"""

from __future__ import annotations

import os
import sys
import tempfile
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from patella.app.patella import Patella
from patella.app.running.importing import import_files
from patella.app.running.runs import runs_between, sports_between
from patella.files.library import own_library
from patella.store.log import Log

FOLDER = Path(os.environ.get("PATELLA_EXPORTS") or Path(__file__).parents[2] / "shared" / "exports")
RIGHT = Path(__file__).with_name("exports.toml")
HOME, NOW = ZoneInfo("Europe/Berlin"), datetime(2026, 11, 29, tzinfo=UTC)


def main() -> int:
    """Read each and say what differs."""
    wrong = read = 0
    for name, right in tomllib.loads(RIGHT.read_text("utf-8")).items():
        places = [FOLDER / part for part in name.split(" + ")]
        if not all(place.exists() for place in places):
            print(f"{name}: it is not there")
            continue
        read += 1
        found = found_in(places)
        wrong += found != right
        for lost, came in ((set(right) - set(found), "lost"), (set(found) - set(right), "too much")):
            for one in sorted(lost):
                print(f"{name}: {one}: {came}")
    print(f"{read - wrong} of {read} are read as is right.")
    return int(wrong > 0 or not read)


def found_in(places: list[Path]) -> list[str]:
    """What comes of them, a line for each."""
    with tempfile.TemporaryDirectory() as folder, Log.open(Path(folder)) as log:
        app = Patella(log=log, library=own_library(), now=lambda: NOW, new_id=lambda: str(uuid4()))
        done = import_files(app, places, home=HOME)
        told = [
            f"{one.day} {one.sport}"
            + (f" {one.distance_m:.0f} m" if one.distance_m else "")
            + (f" {one.cadence_spm:.0f} spm" if one.cadence_spm else "")
            for one in (*runs_between(app, None, None), *sports_between(app, None, None))
        ]
        return sorted(told) + ([f"{len(done.failed)} named"] if done.failed else [])


if __name__ == "__main__":
    sys.exit(main())
