"""Tries the ranges of pyproject.toml at both ends. Run it by `make ranges`.

The lowest versions that are allowed are installed beside Python 3.11, the highest beside the newest Python that is
there, each in an environment that goes away again; a test or two of each part that is not ours are run. What cannot be
had is said. The upper end shows what breaks before `make pins UPGRADE=1` takes it in.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from uv import find_uv_bin

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ("3.14", "3.13", "3.12", "3.11")
ENDS = {"lowest": "lowest-direct", "highest": "highest"}
TOOLS = ("pytest", "hypothesis", "pytest-randomly", "httpx2", "pexpect", "pypdf", "fhir.resources")
QUICK = (
    "tests/store/test_log.py",  # SQLAlchemy
    "tests/store/test_export.py",
    "tests/web/test_today.py",  # FastAPI
    "tests/web/test_pages.py",
    "tests/web/test_coach_socket.py::test_a_set_is_counted_from_landmarks_alone",  # uvicorn, websockets
    "tests/web/test_coach_socket.py::test_a_server_that_ends_says_that_it_goes_away",
    "tests/terminal/test_page.py",  # rich
    "tests/cli/test_commands.py",  # typer, platformdirs, Alembic, typst
    "tests/paper/test_reminders.py",  # icalendar
    "tests/paper/test_charts.py",  # vl-convert
    "tests/files/test_film.py",  # PyAV
    "tests/files/test_pose_model.py",  # LiteRT
)
# An old version beside new ones of what it needs itself may warn; only what breaks counts.
CALM = ("-W", "ignore::DeprecationWarning", "-W", "ignore::PendingDeprecationWarning")


def newest_python() -> str:
    """The newest Python of those that are promised that is on this machine."""
    return next((v for v in PYTHONS if _works(v)), f"{sys.version_info[0]}.{sys.version_info[1]}")


def _works(version: str) -> bool:
    found = shutil.which(f"python{version}")
    if found is None:
        return False
    said = subprocess.run([found, "-c", "import venv"], capture_output=True, check=False)
    return said.returncode == 0


def versions_at(end: str, python: str) -> str:
    """The versions at one end of the ranges, as a list of requirements; uv says what cannot be had."""
    command = [find_uv_bin(), "pip", "compile", "pyproject.toml", "--extra", "video", "--resolution", ENDS[end]]
    command += ["--python-version", python, "--no-header", "--no-annotate", "--quiet"]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def asked_for(versions: str) -> str:
    """The versions of what pyproject.toml itself asks for, in a line."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    named = set(re.findall(r'^  "([a-z][\w-]+)[>=<\[]', text, flags=re.MULTILINE))
    return ", ".join(line for line in versions.splitlines() if line.partition("==")[0] in named)


def tried(end: str, python: str) -> bool:
    """Whether the quick tests pass at one end."""
    versions = versions_at(end, python)
    print(f"{end}, Python {python}: {asked_for(versions)}", flush=True)
    with tempfile.TemporaryDirectory(prefix="patella-ranges-") as folder:
        place = Path(folder) / "venv"
        listed = Path(folder) / "versions.txt"
        listed.write_text(versions, encoding="utf-8")
        uv = find_uv_bin()
        subprocess.run([uv, "venv", "--quiet", "--python", python, str(place)], check=True)
        subprocess.run([uv, "pip", "install", "-q", "-p", str(place), "-r", str(listed), *TOOLS], check=True)
        env = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [str(_python_in(place)), "-m", "pytest", "-q", "-p", "no:cacheprovider", *CALM, *QUICK]
        return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode == 0


def _python_in(place: Path) -> Path:
    return place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def main() -> int:
    """Both ends, or those that are named; 1 where one breaks."""
    broken = [end for end in sys.argv[1:] or ENDS if not tried(end, "3.11" if end == "lowest" else newest_python())]
    for end in broken:
        sys.stderr.write(f"The {end} versions that pyproject.toml allows do not work; please narrow the range.\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
