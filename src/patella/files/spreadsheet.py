"""A spreadsheet (CSV) by the row, with an end to its size: a small packed file may hold millions of empty cells."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from patella.files.bad_file import BadFileError

LARGEST_BYTES = 24_000_000
MOST_ROWS = 100_000
LONGEST_ROW = 1_000_000


def rows_of(content: bytes) -> Iterator[list[str]]:
    """Its rows in their order, parted by commas, semicolons or tabs.

    Raises BadFileError: damaged, over 24 MB, 100 000 rows or 1 MB in a row.
    """
    if len(content) > LARGEST_BYTES:
        raise BadFileError(f"It is a list of more than {LARGEST_BYTES // 1_000_000} MB.")
    lines = _Lines(content, encoding_of(content))
    head = content[: content.find(b"\n") + 1 or None][:LONGEST_ROW]
    between = max(",;\t", key=lambda sign: head.count(sign.encode()))
    try:
        for number, row in enumerate(csv.reader(lines, delimiter=between)):
            if number >= MOST_ROWS:
                raise BadFileError(f"It has more than {MOST_ROWS} lines.")
            lines.row_ends()
            yield row
    except csv.Error:
        raise BadFileError("It is a list, but damaged.") from None


def encoding_of(content: bytes) -> str:
    """UTF-8, as platforms write; else one of those in which a spreadsheet on Windows saves a list."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


class _Lines:
    """Lines as the reader takes them, measured since its last row: a cell in quotation marks may hold line breaks."""

    def __init__(self, content: bytes, encoding: str) -> None:
        self._text = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, errors="replace", newline="")
        self._since = 0

    def row_ends(self) -> None:
        self._since = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._text.readline(LONGEST_ROW)
        self._since += len(line)
        if self._since >= LONGEST_ROW:
            raise BadFileError("One of its lines is longer than a megabyte: that is no list of activities.")
        if not line:
            raise StopIteration
        return line
