"""What is really on the pages of a PDF: its letters, and whether any is only a box."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

NO_GLYPH = b"\0\0"  # the box, in every typeface


def text_of(pdf: bytes) -> str:
    """All text in the order of the pages."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def boxes_in(pdf: bytes) -> int:
    """How many letters are drawn as a box since no typeface had them."""
    return sum(glyph == NO_GLYPH for glyph in _glyphs(pdf))


def families_in(pdf: bytes) -> set[str]:
    """The typefaces that letters are set in, without the style."""
    fonts = (font for page in PdfReader(io.BytesIO(pdf)).pages for font in _fonts(page).values())
    return {str(font["/BaseFont"]).partition("+")[2].partition("-")[0] for font in fonts}


def _fonts(page: PageObject) -> dict[str, Any]:
    resources: Any = page["/Resources"]
    return {name: font.get_object() for name, font in resources.get("/Font", {}).items()}


def _glyphs(pdf: bytes) -> Iterator[bytes]:
    """Every glyph that is drawn, as its number of two bytes."""
    reader = PdfReader(io.BytesIO(pdf))
    for page in reader.pages:
        assert all(font["/Encoding"] == "/Identity-H" for font in _fonts(page).values())
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator not in (b"Tj", b"TJ"):
                continue
            for part in operands[0] if operator == b"TJ" else operands:
                raw = getattr(part, "original_bytes", b"")
                yield from (raw[n : n + 2] for n in range(0, len(raw), 2))
