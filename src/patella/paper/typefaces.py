"""The typefaces that paper is set in, and what they cannot set: nothing is ever printed as a silent box.

Typst brings Latin, Greek, Cyrillic and Hebrew along; the folder `fonts` the other scripts, fetched when the package is
built. Letters that none of them has are replaced, and the page says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

STANDARD: Final = "ua-1"  # PDF/UA: tagged, with words for pictures; it refuses a letter that no typeface has
UNPRINTED = "[\N{HORIZONTAL ELLIPSIS}]"
FOLDER = Path(str(files("patella.paper") / "fonts"))
USUAL = re.compile(r"[ -~\u00a0-\u017f\u2013-\u2026]*")
SPACE = re.compile(r"[^\S \u00a0]")
PROBE = b"""
#set document(title: "Letters")
#set text(font: "Libertinus Serif")
#show regex("\\\\S{24}"): it => it.text + sym.zws
#sys.inputs.text
"""  # as the layouts set it
OPEN, CLOSE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


@cache
def typefaces() -> Any:  # noqa: ANN401 - Typst has no types
    """Every typeface for paper, and none of this machine's own: the same everywhere."""
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[FOLDER] if FOLDER.is_dir() else [])


def isolated(name: str) -> str:
    """A name as it stands in a sentence: one that is written from right to left keeps what follows in its place."""
    turned = any(unicodedata.bidirectional(c) in ("R", "AL") for c in name)
    return f"{OPEN}{name}{CLOSE}" if turned else name


def printed(value: Any) -> tuple[Any, bool]:  # noqa: ANN401 - what JSON can hold
    """Plain values with every letter that cannot be set replaced by `UNPRINTED`, and whether there was one."""
    unusual = {word for text in _texts(value) for word in text.split() if not USUAL.fullmatch(word)}
    swaps = {word: _spelt(word) for word in _not_set(sorted(unusual))}
    return _swapped(value, swaps), bool(swaps)


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, Sequence) else ()
    return [text for part in inner for text in _texts(part)]


def _swapped(value: Any, swaps: Mapping[str, str]) -> Any:  # noqa: ANN401 - what JSON can hold
    if isinstance(value, str):
        return re.sub(r"\S+", lambda word: swaps.get(word[0], word[0]), SPACE.sub(" ", value))
    if isinstance(value, Mapping):
        return {key: _swapped(part, swaps) for key, part in value.items()}
    return [_swapped(part, swaps) for part in value] if isinstance(value, list | tuple) else value


def _not_set(words: Sequence[str]) -> list[str]:
    """Those of some words that cannot be set."""
    if not words or is_set(" ".join(words)):
        return []
    if len(words) == 1:
        return list(words)
    half = len(words) // 2
    return _not_set(words[:half]) + _not_set(words[half:])


def _spelt(word: str) -> str:
    """A word with what cannot be set of it replaced, however much in a row, once."""
    gone = set(_not_set(sorted(set(word))))
    kept = "".join("\0" if c in gone else c for c in word)
    spelt = re.sub("\0+", UNPRINTED, kept)
    return spelt if gone and is_set(spelt) else UNPRINTED


@lru_cache(maxsize=1000)
def is_set(text: str) -> bool:
    """Whether every letter of a text is there in some typeface."""
    import typst

    try:
        typst.compile(PROBE, font_paths=typefaces(), format="pdf", pdf_standards=STANDARD, sys_inputs={"text": text})
    except typst.TypstError:
        return False
    return True
