"""Examples in the documents are run: what a page shows must be so."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import patella

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
PYTHON = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]+\]\((?!https?:|#)([^)#]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_the_python_on_a_page_runs(page: Path) -> None:
    namespace: dict[str, object] = {}

    for number, block in enumerate(PYTHON.findall(page.read_text("utf-8"))):
        exec(compile(block, f"{page.name} example {number + 1}", "exec"), namespace)  # noqa: S102 - our own pages


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_the_commands_on_a_page_run_and_say_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    for block in CONSOLE.findall(page.read_text("utf-8")):
        for command, shown in _commands(block):
            ran = _run(command, data, tmp_path)

            assert ran.returncode == 0, f"{command}: {ran.stderr}"
            for line in shown:
                assert line in ran.stdout, f"{command} does not say {line!r} but:\n{ran.stdout}"


def _commands(block: str) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found and line.strip() and line.strip() != "...":
            found[-1][1].append(line.strip())
    return [(c, s) for c, s in found if c.startswith("patella ")]


def _run(command: str, data: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "patella.cli", *shlex.split(command)[1:]]
    env = {**os.environ, "PATELLA_DATA": str(data), "COLUMNS": "100", "NO_COLOR": "1"}
    return subprocess.run(words, env=env, cwd=folder, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}, which is not there"


def test_the_example_of_the_package_is_true() -> None:
    assert doctest.testmod(patella).failed == 0
