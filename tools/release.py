"""Makes a release of what is committed: wheel, source archive, bill of materials, what changed, checksums.

`make release VERSION=0.2.0` first writes that version into src/patella/version.py, gives what is unreleased in
CHANGELOG.md its number and day, and commits both; `make release` builds the version that stands there once more. All of
it goes to dist/VERSION. The same commit gives the same files, byte for byte: their times are that of the commit.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from packaging.version import InvalidVersion, Version

import audit
from sbom import write_bill

ROOT = Path(__file__).resolve().parents[1]
VERSION_FILE = Path("src/patella/version.py")
CHANGELOG = Path("CHANGELOG.md")
STANDS = re.compile(r'^VERSION = "(.+)"$', re.MULTILINE)
UNRELEASED = "## Unreleased\n"
SUMS = "SHA256SUMS"


class ReleaseError(Exception):
    """Why there is no release; the message is one sentence for whoever makes it."""


def release(root: Path, wanted: str = "") -> Path:
    """Make the release and give its folder, which appears when all of it is there. Raises ReleaseError."""
    refuse_what_is_not_committed(root)
    if audit.main(root, []):
        raise ReleaseError("A version that is pinned has a known weakness, so nothing was released.")
    if wanted:
        raise_version(root, wanted)
    version = version_of(root)
    changes = section_of((root / CHANGELOG).read_text(encoding="utf-8"), version)
    folder, making = root / "dist" / version, root / "dist" / f"{version}.part"
    _emptied(making)
    build(root, making)
    at = datetime.fromtimestamp(committed_s(root), UTC)
    (making / f"patella-{version}.cdx.json").write_text(write_bill(root, version, at), encoding="utf-8")
    (making / "CHANGES.md").write_text(changes, encoding="utf-8")
    (making / SUMS).write_text(sums_of(making), encoding="utf-8")
    _emptied(folder)
    folder.rmdir()
    making.rename(folder)
    return folder


def refuse_what_is_not_committed(root: Path) -> None:
    """A release is made of a commit, so that it can be made again. Raises ReleaseError."""
    if _git(root, "status", "--porcelain"):
        raise ReleaseError("There are changes that are not committed; please commit or put them away, and try again.")


def raise_version(root: Path, wanted: str) -> None:
    """Write the version and give what is unreleased its number and today's day; both in one commit."""
    stands = version_of(root)
    try:
        ahead = Version(wanted) > Version(stands)
    except InvalidVersion:
        raise ReleaseError(f"{wanted} is no version; it looks like 0.2.0.") from None
    if not ahead and (wanted != stands or _is_told(root, stands)):
        raise ReleaseError(f"{stands} is there already; please choose a version above it.")
    log = (root / CHANGELOG).read_text(encoding="utf-8")
    heading = f"## {wanted} ({datetime.now(UTC).date().isoformat()})\n"
    if UNRELEASED not in log:
        raise ReleaseError(f"{CHANGELOG} has nothing under “Unreleased”, so there is nothing to release.")
    (root / CHANGELOG).write_text(log.replace(UNRELEASED, heading, 1), encoding="utf-8")
    said = (root / VERSION_FILE).read_text(encoding="utf-8")
    (root / VERSION_FILE).write_text(STANDS.sub(f'VERSION = "{wanted}"', said), encoding="utf-8")
    _git(root, "commit", "--quiet", "--message", f"Patella {wanted}", "--", str(CHANGELOG), str(VERSION_FILE))


def version_of(root: Path) -> str:
    """The version that stands in the code."""
    found = STANDS.search((root / VERSION_FILE).read_text(encoding="utf-8"))
    if found is None:
        raise ReleaseError(f'{VERSION_FILE} says no version; it holds a line like VERSION = "0.2.0".')
    return found[1]


def _is_told(root: Path, version: str) -> bool:
    return f"\n## {version} " in (root / CHANGELOG).read_text(encoding="utf-8")


def section_of(changelog: str, version: str) -> str:
    """What changed in a version, with its heading. Raises ReleaseError where that is not told."""
    for section in re.split(r"^(?=## )", changelog, flags=re.MULTILINE):
        heading, _, told = section.partition("\n")
        if heading.split()[:2] == ["##", version] and told.strip():
            return section.rstrip("\n") + "\n"
    raise ReleaseError(f"{CHANGELOG} does not tell of {version}; please make it with: make release VERSION={version}")


def build(root: Path, into: Path) -> None:
    """Wheel and source archive, with the times of the commit. Raises ReleaseError."""
    env = os.environ | {"SOURCE_DATE_EPOCH": str(committed_s(root))}
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(into)]
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ReleaseError(f"The package could not be built: {' '.join((done.stderr or done.stdout).split())[-400:]}")


def committed_s(root: Path) -> int:
    """When the latest commit was made, in seconds since 1970."""
    return int(_git(root, "log", "-1", "--format=%ct"))


def sums_of(folder: Path) -> str:
    """A line for each file, as `sha256sum --check` reads them."""
    files = sorted(f for f in folder.iterdir() if f.name != SUMS)
    return "".join(f"{hashlib.sha256(f.read_bytes()).hexdigest()}  {f.name}\n" for f in files)


def _emptied(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.iterdir():
        file.unlink()


def _git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ReleaseError(f"A release is made of a commit, and git said: {' '.join(done.stderr.split())[:300]}")
    return done.stdout.strip()


def main() -> int:
    """Say where the release is, or in a sentence why there is none."""
    try:
        folder = release(ROOT, *sys.argv[1:2])
    except ReleaseError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for file in sorted(folder.iterdir()):
        sys.stdout.write(f"{file.relative_to(ROOT)}  {file.stat().st_size:,} bytes\n")
    sys.stdout.write(f"Look at it, then say it: git tag -a v{folder.name} && git push --follow-tags\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
