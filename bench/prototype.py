"""The prototype that the site is measured against, put together from its folder (PATELLA_PROTOTYPE), once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from patella.web.site.parts import node

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "patella"
PLACE = ROOT / "build" / "prototype"
KNOWS = "4e5516b"  # the last revision whose pages it can change into its own
FETCHED = ("web/static/vendor", "web/static/figures", "models")
ADDRESS = "?store=sah&packs=core&stdlib=stdlib-pyc.zip"


def prototype(parts: dict[str, Path]) -> tuple[Path | None, str]:
    """The folder of its site, compiled; or None, and why not."""
    named = os.environ.get("PATELLA_PROTOTYPE")
    if not named:
        return None, "PATELLA_PROTOTYPE names no folder"
    if not (PLACE / "done").exists():
        try:
            _make(Path(named), parts)
        except (OSError, subprocess.CalledProcessError) as error:
            said = (getattr(error, "stderr", b"") or b"").decode()[-300:]
            return None, f"it could not be put together: {error} {said}"
        (PLACE / "done").touch()
    return PLACE / "site", ""


def _make(given: Path, parts: dict[str, Path]) -> None:
    shutil.rmtree(PLACE, ignore_errors=True)
    (PLACE / "main").mkdir(parents=True)
    packed = subprocess.run(["git", "archive", KNOWS, "src"], cwd=ROOT, capture_output=True, check=True).stdout
    subprocess.run(["tar", "-x", "-C", str(PLACE / "main")], input=packed, check=True)
    package = PLACE / "main" / "src" / "patella"
    for name in FETCHED:
        shutil.copytree(PACKAGE / name, package / name, dirs_exist_ok=True)
    modules = PLACE / "npm" / "node_modules" / "pyodide"
    for folder in (modules, PLACE / "wheels", PLACE / "proto"):
        folder.mkdir(parents=True)
    for name, file in parts.items():
        shutil.copy(file, (PLACE / "wheels" if name.endswith(".whl") else modules) / name)
    for file in given.iterdir():
        (PLACE / "proto" / file.name).write_bytes(file.read_bytes())
    compiling = (PLACE / "proto" / "compile.mjs").read_text("utf-8")
    compiling = compiling.replace('"npm/node_modules/', f'"{PLACE}/npm/node_modules/').replace(
        'root: ""', f'root: "{PLACE}"'
    )
    (PLACE / "compile.mjs").write_text(compiling, "utf-8")
    for command in ([sys.executable, "proto/build.py"], [node(), "compile.mjs"], [sys.executable, "proto/build.py"]):
        environment = os.environ | {"H": str(PLACE), "PATELLA_PACKAGE": str(package)}
        subprocess.run(command, cwd=PLACE, env=environment, capture_output=True, check=True)
