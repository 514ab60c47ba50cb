"""Writes down what `make` installs: every version, with the hash of every file it may come as. Run it by `make pins`.

What is there already keeps its version unless `--upgrade` is said. The files hold for every system and for every Python
from 3.11 on, and name no place to fetch from: that is for whoever installs to choose.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from uv import find_uv_bin

FOLDER = Path("requirements")
FILES = {
    "dev": ("--extra", "video", "--group", "dev"),
    "figures": ("--group", "build", "--group", "figures"),
    "run": ("--group", "build"),
}
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


if __name__ == "__main__":
    main()
