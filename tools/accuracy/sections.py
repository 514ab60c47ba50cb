"""A page that several commands write: each replaces its own sections and leaves alone those of the others."""

from __future__ import annotations

import re
from itertools import pairwise

_TITLE = re.compile(r"^#{1,2} .*$", re.MULTILINE)


def written(page: str, fresh: str) -> str:
    """The page with the sections of a fresh text: each in the place of the older one of its title, else at the end."""
    sections = _sections(page) | _sections(fresh)
    return "\n".join(f"{text.strip()}\n" for text in sections.values())


def _sections(page: str) -> dict[str, str]:
    """Each section by its title; what stands before the first is no section."""
    starts = [m.start() for m in _TITLE.finditer(page)]
    texts = [page[a:b] for a, b in pairwise([*starts, len(page)])]
    return {text.partition("\n")[0]: text for text in texts}
