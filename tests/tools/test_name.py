"""On the index another project is called patella: no sentence of ours may send anybody there."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAYS = re.compile(
    r"\b(?:pipx?|uvx?|uv (?:pip|tool)) (?:install|run|add|download)\b[^\n`#]*(?<![/.])\bpatella", re.IGNORECASE
)
READ = (".md", ".py", ".toml", ".js", ".html", ".yml", ".typ", "Makefile")


def test_the_package_has_a_name_that_is_not_taken_and_the_command_the_short_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["name"] == "patella-knee"
    assert project["scripts"] == {"patella": "patella.cli:main"}


def test_nobody_is_told_to_fetch_it_from_the_index() -> None:
    ours = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split("\n")
    files = [ROOT / name for name in ours if name.endswith(READ)] or [*ROOT.glob("*.md"), *ROOT.glob("src/**/*.py")]
    texts = {str(f): f.read_text(encoding="utf-8") for f in files if f.is_file() and f != Path(__file__)}
    assert len(texts) > 100
    assert [(name, said[0]) for name, text in texts.items() if (said := SAYS.search(text))] == []
    assert SAYS.search("Now run pip install 'patella[video]'.")
    assert not SAYS.search("pip install './patella[shared]'  # a copy of patella, from this machine")
