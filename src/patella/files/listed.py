"""The items of one list in a JSON file, one in memory at a time: a list of a whole life is as easy as a short one."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator

from patella.files.bad_file import BadFileError

MOST_LISTS = 200
MOST_ITEMS = 100_000
LARGEST_ITEM = 256_000  # characters
PIECE = 131_072
_BETWEEN = re.compile(r"[\s,]*")


def items_of(content: bytes, key: str) -> Iterator[object]:
    """Every item of every list that stands under `key`, wherever in the file.

    Raises BadFileError: it is damaged there, not in UTF-8, has over 100 000 items, or one of over 256 000 characters.
    """
    count = 0
    begins = re.finditer(re.escape(json.dumps(key).encode()) + rb"\s*:\s*\[", content)
    for number, begin in enumerate(begins):
        if number >= MOST_LISTS:
            raise BadFileError(f"It holds more than {MOST_LISTS} lists of activities.")
        reading = _Reading(content, begin.end())
        while (item := reading.next_item()) is not reading.END:
            count += 1
            if count > MOST_ITEMS:
                raise BadFileError(f"It is a list of more than {MOST_ITEMS} activities.")
            yield item


class _Reading:
    """Reads on from the first byte in a list, by the piece."""

    END = object()

    def __init__(self, content: bytes, at: int) -> None:
        self._content = content
        self._at = at
        self._text = ""
        self._place = 0
        self._decode = codecs.getincrementaldecoder("utf-8")().decode
        self._scan = json.JSONDecoder().raw_decode

    def next_item(self) -> object:
        """The next item, or END after the last."""
        while True:
            between = _BETWEEN.match(self._text, self._place)
            self._place = between.end() if between else self._place
            if self._text.startswith("]", self._place):
                return self.END
            try:
                item, self._place = self._scan(self._text, self._place)
            except (ValueError, RecursionError):
                self._more()
            else:
                return item

    def _more(self) -> None:
        """Take in another piece. Raises BadFileError where there is none, or an item has no end in sight."""
        rest = self._text[self._place :]
        piece = self._content[self._at : self._at + PIECE]
        if not piece or len(rest) > LARGEST_ITEM:
            raise BadFileError("It is a list of activities, but damaged.")
        self._at += len(piece)
        try:
            self._text, self._place = rest + self._decode(piece), 0
        except UnicodeDecodeError:
            raise BadFileError("It is a list of activities, but not in UTF-8.") from None
