"""Entries of which nothing can be made: left out of everything that is worked out, and named when somebody asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from patella.app.history.answers import screening_of
from patella.app.patella import Patella
from patella.care.entries.field import read
from patella.care.entries.kinds import Kind, complaint
from patella.care.entries.of_knee import ScreeningAnswered
from patella.care.screening import AnswerError
from patella.store.entry import EARLIEST, LATEST, Entry, is_in_reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """An entry that is not what its kind asks for: its place in the diary, from 1, and what is wrong, in a sentence."""

    number: int
    entry: Entry
    sentence: str

    @property
    def name(self) -> str:
        """What it is called in a sentence to the person: its place, kind, day and id."""
        return f"entry {self.number} ({self.entry.kind}, {self.entry.day}, id {self.entry.id})"


def wrong_entries(app: Patella) -> Iterator[Wrong]:
    """Every such entry that was not taken back, in the order of writing."""
    entries = app.log.entries()
    undone = _undone(entries)
    for number, entry in enumerate(entries, 1):
        sentence = _complaint(app, entry)
        if sentence and entry.id not in undone:
            yield Wrong(number=number, entry=entry, sentence=sentence)


def is_wrong(app: Patella, entry: Entry) -> bool:
    """Whether nothing can be made of this one."""
    return bool(_complaint(app, entry))


def _complaint(app: Patella, entry: Entry) -> str:
    if not (is_in_reach(entry.day) and is_in_reach(entry.at.date())):
        return f"its day and its time must lie between {EARLIEST.year} and {LATEST.year}."
    return complaint(entry.kind, entry.body) or _unread_answers(app, entry)


def _undone(entries: Iterable[Entry]) -> set[str]:
    """What was taken back, wrong or not."""
    undone: set[str] = set()
    for entry in reversed([e for e in entries if e.kind == Kind.ENTRY_UNDONE and not complaint(e.kind, e.body)]):
        if entry.id not in undone:
            undone.add(str(entry.body["of"]))
    return undone


def _unread_answers(app: Patella, entry: Entry) -> str:
    if entry.kind != Kind.SCREENING_ANSWERED:
        return ""
    try:
        screening_of(app.library, read(ScreeningAnswered, entry.body))
    except AnswerError as error:
        return str(error)
    return ""
