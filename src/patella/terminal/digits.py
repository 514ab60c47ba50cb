"""Digits that are read from across the room."""

from __future__ import annotations

ROWS = 5
COLUMNS = 3
_SHAPES = {
    "0": "### #.# #.# #.# ###",
    "1": ".#. ##. .#. .#. ###",
    "2": "### ..# ### #.. ###",
    "3": "### ..# ### ..# ###",
    "4": "#.# #.# ### ..# ..#",
    "5": "### #.. ### ..# ###",
    "6": "### #.. ### #.# ###",
    "7": "### ..# ..# ..# ..#",
    "8": "### #.# ### #.# ###",
    "9": "### #.# ### ..# ###",
}


def draw_number(text: str, *, width: int, height: int, block: str) -> list[str]:
    """A number as lines of blocks, as large as fits, each pixel twice as wide as high.

    Where it does not fit at all, or is no number, it is the text itself.
    """
    columns = len(text) * (COLUMNS + 1) - 1
    scale = min(width // (2 * columns), height // ROWS, 3) if text else 0
    if scale < 1 or any(c not in _SHAPES for c in text):
        return [text] if text else []
    lines: list[str] = []
    for row in range(ROWS):
        pixels = ".".join(_SHAPES[c].split()[row] for c in text)
        line = "".join((block if p == "#" else " ") * 2 * scale for p in pixels)
        lines += [line] * scale
    return lines
