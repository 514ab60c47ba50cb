"""What holds in every room of the code, whoever adds to it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from patella.care.entries.kinds import KINDS

CODE = Path(__file__).parents[1] / "src" / "patella"
NAMES_KINDS = CODE / "care" / "entries" / "kinds.py"


def texts_in(file: Path) -> Iterator[tuple[int, str]]:
    """Every text that stands in a file of Python, with its line."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def test_one_file_alone_knows_the_kinds_of_entries_by_their_names_in_the_log() -> None:
    found = [
        f"{file.relative_to(CODE)}:{line}: {text}"
        for file in sorted(CODE.rglob("*.py"))
        for line, text in texts_in(file)
        if text in KINDS and file != NAMES_KINDS
    ]

    assert {text for _, text in texts_in(NAMES_KINDS)} >= set(KINDS)
    assert found == []
