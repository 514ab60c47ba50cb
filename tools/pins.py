"""Writes down what `make` installs: every version, with the hash of every file it may come as. Run it by `make pins`.

What is there already keeps its version unless `--upgrade` is said. The files hold for every system and for every Python
from 3.11 on, and name no place to fetch from: that is for whoever installs to choose.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from uv import find_uv_bin

FOLDER = Path("requirements")
FILES = {
    "dev": ("--extra", "video", "--group", "dev"),
    "figures": ("--group", "build", "--group", "figures"),
    "mutants": ("--group", "build", "--group", "mutants"),
    "run": ("--group", "build"),
}
SHA256 = re.compile(r"--hash=sha256:([0-9a-f]{64})")
HOW = ("--universal", "--generate-hashes", "--python-version", "3.11", "--no-header", "--no-annotate", "--quiet")


def main() -> None:
    """Write each file anew; that of the tests first, so that the others take its versions."""
    FOLDER.mkdir(exist_ok=True)
    for name, wanted in FILES.items():
        out = FOLDER / f"{name}.txt"
        same = () if name == "dev" else ("--constraint", str(FOLDER / "dev.txt"))
        command = [find_uv_bin(), "pip", "compile", "pyproject.toml", *HOW, *same, *wanted, *sys.argv[1:]]
        subprocess.run([*command, "--no-emit-index-url", "--output-file", str(out)], check=True)
        print(f"{out}: {out.read_text(encoding='utf-8').count('==')} packages")


def read_pins(file: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Each package of a list of requirements, with its version and the hashes of the files it may come as."""
    for line in file.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        if line.strip():
            requirement = Requirement(line.partition(" --hash")[0])
            (pin,) = requirement.specifier
            yield canonicalize_name(requirement.name), pin.version, SHA256.findall(line)


if __name__ == "__main__":
    main()
