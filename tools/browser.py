"""Finds a Chromium for the tests, or installs one; prints its path, or says in a sentence what is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
MISSING = (
    "The tests need a Chromium and none could be found or installed; "
    "please install one (on Debian and Ubuntu: apt-get install chromium) and try again."
)
PATIENCE_S = 600


def find() -> str | None:
    """A Chromium that is here already: named by PATELLA_CHROMIUM, on the path, in its usual place, or Playwright's."""
    named = os.environ.get("PATELLA_CHROMIUM")
    found = [named, *(shutil.which(n) for n in NAMES), *PLACES, _of_playwright()]
    return next((f for f in found if f and Path(f).is_file()), None)


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def install() -> None:
    """Ask Playwright for its own browser, then the system for its package; either may fail, quietly."""
    if _tried([sys.executable, "-m", "playwright", "install", "chromium"]) and find():
        return
    if shutil.which("apt-get"):
        rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
        _tried([*rights, "apt-get", "update", "-qq"])
        _tried([*rights, "apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"])


def _tried(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE_S).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def main() -> int:
    """Print the path of a Chromium, installing one if need be."""
    found = find()
    if found is None:
        install()
        found = find()
    if found is None:
        sys.stderr.write(MISSING + "\n")
        return 1
    sys.stdout.write(found + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
