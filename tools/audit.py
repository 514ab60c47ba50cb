"""Whether a version that is pinned has a known weakness. Run it by `make audit`; no network is needed.

What is known stands in requirements/advisories.json, in the form of OSV, cut down to what is matched: ids, packages,
ranges. `python tools/audit.py --from FOLDER --day 2026-11-28` writes that file anew from a copy of an advisory database
in the same form (JSON or YAML, such as the PyPA's) as it was on that day, for the packages that are pinned.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml
from packaging.utils import canonicalize_name
from packaging.version import Version

from pins import read_pins

ROOT = Path(__file__).resolve().parents[1]
KNOWN = Path("requirements/advisories.json")
OLD_DAYS = 90
FORM = {".json": json.loads, ".yaml": yaml.safe_load, ".yml": yaml.safe_load}

Advisory = Mapping[str, Any]


def pinned(root: Path) -> dict[str, Version]:
    """Every package that some list pins, with its version."""
    lists = sorted((root / "requirements").glob("*.txt"))
    return {name: Version(version) for file in lists for name, version, _ in read_pins(file)}


def weaknesses(packages: Mapping[str, Version], advisories: Iterable[Advisory]) -> Iterator[str]:
    """A sentence for each advisory that speaks of a version that is pinned."""
    for advisory in advisories:
        for affected in advisory["affected"]:
            name = canonicalize_name(affected["package"]["name"])
            if name in packages and _speaks_of(affected, packages[name]):
                also = ", ".join(advisory.get("aliases") or ["no other name"])
                yield f"{name} {packages[name]} has a known weakness: {advisory['id']} ({also})."


def _speaks_of(affected: Advisory, version: Version) -> bool:
    if str(version) in affected.get("versions", ()):
        return True
    return any(_within(r["events"], version) for r in affected.get("ranges", ()) if r["type"] == "ECOSYSTEM")


def _within(events: Iterable[Mapping[str, str]], version: Version) -> bool:
    """Whether a version is affected after all events up to it: introduced, fixed, or the last one affected."""
    inside = False
    for at, what in sorted((Version(at), what) for event in events for what, at in event.items()):
        if what == "introduced":
            inside = inside or version >= at
        elif version > at or (what == "fixed" and version == at):
            inside = False
    return inside


def cut_down(record: Advisory, names: Iterable[str]) -> Advisory | None:
    """An advisory with what is matched alone; None where it was withdrawn or speaks of nothing that is pinned."""
    ours = [a for a in record.get("affected", ()) if canonicalize_name(a["package"]["name"]) in names]
    ours = [a for a in ours if a["package"]["ecosystem"] == "PyPI"]
    if record.get("withdrawn") or not ours:
        return None
    affected = []
    for one in ours:
        ranges = [{"type": r["type"], "events": r["events"]} for r in one.get("ranges", ()) if r["type"] == "ECOSYSTEM"]
        kept: dict[str, Any] = {"package": {"ecosystem": "PyPI", "name": one["package"]["name"]}}
        kept |= {"ranges": ranges} if ranges else {"versions": one.get("versions", [])}
        affected.append(kept)
    return {"id": record["id"], "aliases": sorted(record.get("aliases") or []), "affected": affected}


def renew(root: Path, folder: Path, day: date) -> int:
    """Write the file anew from a copy of an advisory database; gives how many advisories it holds."""
    names = pinned(root)
    records = (FORM[f.suffix](f.read_text(encoding="utf-8")) for f in sorted(folder.rglob("*")) if f.suffix in FORM)
    kept = [cut for r in records if isinstance(r, dict) and "affected" in r and (cut := cut_down(r, names))]
    if not kept:
        raise SystemExit(f"There is no advisory about anything that is pinned in {folder}.")
    lines = ",\n".join("    " + json.dumps(one) for one in sorted(kept, key=lambda one: str(one["id"])))
    text = f'{{\n  "day": "{day.isoformat()}",\n  "advisories": [\n{lines}\n  ]\n}}\n'
    (root / KNOWN).write_text(text, encoding="utf-8")
    return len(kept)


def main(root: Path, arguments: list[str]) -> int:
    """0 where nothing is known against what is pinned; how old that knowledge is, is said."""
    parser = argparse.ArgumentParser(description="Whether a version that is pinned has a known weakness.")
    parser.add_argument("--from", dest="folder", type=Path, help="a copy of an advisory database to renew the file by")
    parser.add_argument("--day", type=date.fromisoformat, help="the day of that copy")
    asked = parser.parse_args(arguments)
    if asked.folder:
        if asked.day is None:
            parser.error("say the day of the copy with --day")
        sys.stdout.write(f"{KNOWN}: {renew(root, asked.folder, asked.day)} advisories\n")
    known = json.loads((root / KNOWN).read_text(encoding="utf-8"))
    found = sorted(set(weaknesses(pinned(root), known["advisories"])))
    for sentence in found:
        sys.stderr.write(f"{sentence} Please look for a newer one: make pins UPGRADE=1.\n")
    old = (datetime.now(UTC).date() - date.fromisoformat(known["day"])).days
    sys.stdout.write(f"{len(pinned(root))} packages, {len(known['advisories'])} advisories as of {known['day']}.\n")
    if old > OLD_DAYS:
        sys.stdout.write(
            f"That is {old} days ago, so newer ones are not known here: tools/audit.py says how to renew.\n"
        )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(ROOT, sys.argv[1:]))
