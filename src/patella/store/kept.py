"""What an open log keeps in memory: entries as they were read, and answers while nothing is written."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import Row

from patella.care.entries.field import BodyError
from patella.care.entries.kinds import read_body
from patella.store.entry import Entry, StoreError, is_in_reach
from patella.store.rows import Columns

MOST_SAID = 8192  # entries kept as they were read: some megabytes, and the latest months of a diary
FORGETS = MOST_SAID // 8  # of them, those that were read first, where there are too many
MOST_KEPT, LONGEST_KEPT = 96, 1000  # answers kept while nothing is written, and entries in one of them

Answer = TypeVar("Answer")


class Kept:
    """Answers of a log that has not changed since, a limited number of each sort; whoever takes one changes it not."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self.entries: dict[object, list[Entry]] = {}
        self.first_days: dict[object, date | None] = {}
        self.derived: dict[object, object] = {}

    @staticmethod
    def put(answers: dict[object, Answer], asked: object, answer: Answer) -> None:
        """Keep one, and let the oldest go where there are too many."""
        answers[asked] = answer
        while len(answers) > MOST_KEPT:
            answers.pop(next(iter(answers)), None)


class EntriesRead:
    """Rows as entries; each is read once while it is kept: it never changes, and its number is never another's."""

    def __init__(self, diary: str) -> None:
        """`diary` is what the diary is called in a sentence."""
        self._diary = diary
        self._kept: dict[int, Entry] = {}

    def sound(self, row: Row[*Columns]) -> Entry | None:
        """The entry with its body as its type; None where it is not what its kind asks for, or out of reach."""
        if kept := self._kept.get(row[0]):
            return kept
        found = self.plain(row)
        if not (is_in_reach(found.day) and is_in_reach(found.at.date())):
            return None
        try:
            said = read_body(found.kind, found.body)
        except BodyError:
            return None
        if len(self._kept) >= MOST_SAID:
            for oldest in list(self._kept)[:FORGETS]:
                self._kept.pop(oldest, None)
        self._kept[row[0]] = kept = replace(found, said=said)
        return kept

    def plain(self, row: Row[*Columns]) -> Entry:
        """The entry as it was said, whether anything can be made of it or not. Raises StoreError: it is damaged."""
        _, name, session_id, kind, day, at, body = row
        try:
            moment = datetime.fromisoformat(at)
        except ValueError:
            raise StoreError(f"{self._diary} is damaged: the entry {name} has no readable time.") from None
        content = self._json(body)
        if not isinstance(content, dict):
            raise StoreError(f"{self._diary} is damaged: the entry {name} has no readable body.")
        return Entry(id=name, session_id=session_id, kind=kind, day=day, at=moment, body=content)

    def _json(self, text: str) -> object:
        try:
            return json.loads(text)
        except ValueError:
            raise StoreError(f"{self._diary} is damaged: {text[:40]!r} is not readable.") from None
