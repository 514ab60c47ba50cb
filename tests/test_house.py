"""What holds in every room of the code, whoever adds to it."""

from __future__ import annotations

import ast
import re
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


PAGES = CODE / "web" / "static"
SENTENCE = re.compile(r"[^<>{}`\"$=]{30,}")  # what a person reads, and paths that are drawn, are not broken in two
IMPORTED = re.compile(r'^import\s[^;]*?"/static/([^"]+)"', re.MULTILINE)


def brought(module: str, seen: frozenset[str] = frozenset()) -> frozenset[str]:
    """A module of the pages with all that it imports."""
    if module in seen:
        return seen
    seen |= {module}
    for other in IMPORTED.findall((PAGES / module).read_text(encoding="utf-8")):
        seen = brought(other, seen)
    return seen


def test_a_line_of_the_pages_is_longer_than_120_columns_only_for_a_sentence_or_a_type() -> None:
    """But for the player, which has no room for more line ends: a page fetches 120 000 bytes at most."""
    player = brought("view/player.js") | brought("app/main.js") | brought("view/hurt.js")
    files = [
        f for f in PAGES.rglob("*.js") if "vendor" not in f.parts and f.relative_to(PAGES).as_posix() not in player
    ]
    found = [
        f"{file.relative_to(PAGES)}:{number}"
        for file in sorted(files)
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 120 and len(SENTENCE.sub("", line)) > 120 and not line.lstrip().startswith(("*", "/**"))
    ]

    assert len(files) > 90
    assert found == []
