"""ARCHITECTURE.md says where to change what; a toy of each change is made in a copy, in these files and no other."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from toys import BEGIN, TOYS, Toy, copy_code

ROOT = Path(__file__).parents[1]
CODE = ROOT / "src" / "patella"
NAMED = re.compile(r"`([\w*/.]+\.(?:py|js|toml))`")


def table() -> dict[str, list[str]]:
    """The changes that are told, each with its files."""
    part = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").partition("## Where to change what")[2]
    rows = [row.split("|")[1:3] for row in part.partition("\n## ")[0].splitlines() if row.startswith("| a new ")]
    return {change.strip(): re.findall(r"`([^`]+)`", files) for change, files in rows}


def test_ten_changes_and_more_are_told_each_with_three_files_at_most() -> None:
    assert list(table()) == [t.change for t in TOYS]
    assert len(table()) >= 10
    assert all(1 <= len(files) <= 3 for files in table().values())


def test_less_common_things_are_told_with_files_that_are_there() -> None:
    part = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").partition("| what | where |")[2].partition("\n\n")[0]
    named = [n.partition(":") for n in re.findall(r"`([^`]+)`", part) if not n.endswith(("NAME.py", "NAME.js"))]

    assert len(named) > 15
    assert [file for file, _, _ in named if not (CODE / file).is_file()] == []
    assert [n for n in named if not re.search(rf"\b{n[2]}\b", (CODE / n[0]).read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("toy", TOYS, ids=lambda toy: toy.change)
def test_a_toy_of_the_change_works_in_the_files_that_are_told(toy: Toy, tmp_path: Path) -> None:
    root = copy_code(CODE, tmp_path)
    for edit in toy.edits:
        edit.apply(root)

    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT / "tests")])}
    diary = tmp_path / "diary"
    diary.mkdir(mode=0o700)
    call = [sys.executable, "-c", BEGIN + toy.sees, str(diary)]
    seen = subprocess.run(call, env=env, capture_output=True, text=True, check=False)

    assert seen.returncode == 0, seen.stderr
    assert {e.told for e in toy.edits} == set(table()[toy.change])


def test_every_file_that_the_table_of_rooms_names_stands_in_that_room() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w/]+/)`[^|]*\|([^|]*)\|$", text, flags=re.MULTILINE)
    missing = [f"{room}{name}" for room, told in rows for name in NAMED.findall(told) if not stands(CODE / room, name)]

    assert len(rows) > 10
    assert missing == []


def test_every_file_on_the_way_of_a_morning_a_set_and_a_run_is_there() -> None:
    ways = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").partition("## One morning")[2].partition("\n## ")[0]
    named = NAMED.findall(ways)

    assert len(named) > 20
    assert [n for n in named if not any(CODE.rglob(n))] == []


def stands(room: Path, name: str) -> bool:
    """Whether there is such a file in a room."""
    return any(room.glob(name))
