"""The items of one list in a JSON file, one in memory at a time: a list of a whole life is as easy as a short one."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator

from patella.files.bad_file import BadFileError

MOST_LISTS = 200
MOST_ITEMS = 100_000
LARGEST_ITEM = 256_000  # characters
MOST_BLANKS = 32  # between a key and its list
PIECE = 131_072
_BETWEEN = re.compile(r"[\s,]*")


def items_of(pieces: Iterable[bytes], key: str) -> Iterator[object]:
    """Every item of every list that stands under `key`, wherever in the file, which comes by the piece.

    Raises BadFileError: it is damaged there, not in UTF-8, has over 100 000 items, or one of over 256 000 characters.
    """
    reading = _Reading(pieces, key)
    count = lists = 0
    while reading.find():
        lists += 1
        if lists > MOST_LISTS:
            raise BadFileError(f"It holds more than {MOST_LISTS} lists of activities.")
        while (item := reading.next_item()) is not reading.END:
            count += 1
            if count > MOST_ITEMS:
                raise BadFileError(f"It is a list of more than {MOST_ITEMS} activities.")
            yield item


class _Reading:
    """Reads on from where it is; what is behind it is let go."""

    END = object()

    def __init__(self, pieces: Iterable[bytes], key: str) -> None:
        named = json.dumps(key)
        self._pieces = (piece[at : at + PIECE] for piece in pieces for at in range(0, len(piece), PIECE))
        self._text = ""
        self._place = 0
        self._begin = re.compile(rf"{re.escape(named)}\s{{0,{MOST_BLANKS}}}:\s{{0,{MOST_BLANKS}}}\[")
        self._overlap = len(named) + 2 * MOST_BLANKS + 2
        self._decode = codecs.getincrementaldecoder("utf-8")().decode
        self._scan = json.JSONDecoder().raw_decode

    def find(self) -> bool:
        """Go to the first item of the next list; whether there is one."""
        while (begin := self._begin.search(self._text, self._place)) is None:
            self._place = max(self._place, len(self._text) - self._overlap)
            if not self._more():
                return False
        self._place = begin.end()
        return True

    def next_item(self) -> object:
        """The next item, or END after the last. Raises BadFileError where there is neither in sight."""
        while True:
            between = _BETWEEN.match(self._text, self._place)
            self._place = between.end() if between else self._place
            if self._text.startswith("]", self._place):
                return self.END
            try:
                item, end = self._scan(self._text, self._place)
            except (ValueError, RecursionError):
                if len(self._text) - self._place > LARGEST_ITEM or not self._more():
                    raise BadFileError("It is a list of activities, but damaged.") from None
            else:
                if end < len(self._text) or not self._more():  # a number may go on in the next piece
                    self._place = end
                    return item

    def _more(self) -> bool:
        """Take in another piece; whether there was one."""
        piece = next(self._pieces, None)
        if piece is None:
            return False
        try:
            self._text, self._place = self._text[self._place :] + self._decode(piece), 0
        except UnicodeDecodeError:
            raise BadFileError("It is a list of activities, but not in UTF-8.") from None
        return True
