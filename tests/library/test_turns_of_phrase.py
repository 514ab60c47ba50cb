"""Turns of phrase that no warm physiotherapist would say, kept out of every word a person reads."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import patella

HOUSE = Path(patella.__file__).parent
LIBRARY = HOUSE / "library"
PAGES = HOUSE / "web" / "static"

STILTED = {
    r"(?<!what )(?<!thing )(?<!body )(?<!where )(?<!or )\belse\b": "'else' as a conjunction",
    r"\bin which\b": "'in which'",
    r"\bis to be (?:seen|done|had)\b": "'is to be seen'",
    r"\bnobody there\b": "a bare 'nobody there'",
    r"\bthat was a slip\b": "'that was a slip'",
    r"\blooking what\b": "'looking what'",
    r"\bpull sideways\b": "'pull sideways'",
    r"\bread from \d": "'read from 67 mornings'",
    r"\bdoes no more than it\b": "'does no more than it'",
    r"\bthe bottom of the range\b": "a coach's jargon for 'the easiest dose'",
    r"\bis there for it\b": "'where something is there for it'",
    r"\bctrl and the wheel\b": "a mouse on a phone",
    r"\bagainst others\b": "'against others'",
    r"\d s effort\b": "'2 s effort'",
    r"\bpain (?:above|of) \d[^.:]{0,12}: ": "a colon for 'if it hurts more'",
    r": (?:the same again|a little more[.,]|one step easier\b)": "a colon for 'so it is'",
    r"\bat the worst of it\b": "'at the worst of it'",
    r"; left out, ": "'left out, the last days'",
    r"\btold in\b": "'what weights are told in'",
    r"\b(?:say|said) it anew\b": "'say it anew'",
    r"\bsurgeon's word\b|\bteam's word\b": "'is your surgical team's word'",
}
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"|“([^”]*)”')
SHOWN = re.compile(
    r">([^<>{}$`]*[A-Za-z]{3,}[^<>{}$`]*)<|\"([A-Z][^\"]{8,})\"|`([A-Z][^`]{8,})`|(?:note|label|head)=\"([^\"]+)\""
)


def _of_toml(file: Path) -> Iterator[str]:
    for line in file.read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition("=")
        if key.strip() in {"id", "source", "link", "title", "where", "cite", "fits"}:
            continue
        yield from (m[1] or m[2] for m in QUOTED.finditer(value) if m[1] or m[2])


def _of_words(file: Path) -> Iterator[str]:
    yield from (line for line in file.read_text(encoding="utf-8").splitlines() if line.strip())


def _of_page(file: Path) -> Iterator[str]:
    text = re.sub(r"/\*.*?\*/|^\s*//[^\n]*", "", file.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    yield from (next(g for g in m.groups() if g) for m in SHOWN.finditer(text))


def _of_python(file: Path) -> Iterator[str]:
    """The texts of a program, its docstrings left out."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    documents = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield node.value


@cache
def _read() -> tuple[tuple[Path, str], ...]:
    """Every text with its file, read once for all of the phrases."""
    readers = (
        (LIBRARY.rglob("*.toml"), _of_toml),
        (LIBRARY.rglob("*.md"), _of_words),
        ((f for folder in ("view", "ui", "live", "app") for f in (PAGES / folder).glob("*.js")), _of_page),
        ((f for folder in ("terminal", "app", "paper", "web") for f in (HOUSE / folder).rglob("*.py")), _of_python),
    )
    return tuple((file, words) for files, read in readers for file in sorted(files) for words in read(file))


@pytest.mark.parametrize(("phrase", "what"), STILTED.items(), ids=STILTED.values())
def test_nothing_a_person_reads_is_stilted(phrase: str, what: str) -> None:
    looked_for = re.compile(phrase, re.IGNORECASE)
    found = [f"{file.relative_to(HOUSE)}: {words}" for file, words in _read() if looked_for.search(words)]
    assert found == [], what


def test_the_readers_see_words_of_every_kind() -> None:
    seen = {file.suffix for file, _ in _read()}
    assert seen == {".toml", ".md", ".js", ".py"}
    assert len(_read()) > 3000
