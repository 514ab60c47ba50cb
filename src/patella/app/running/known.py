"""What the log holds already of what is imported, so that each activity is one, however often and by whom it came."""

from __future__ import annotations

from dataclasses import dataclass, field

from patella.app.history.same_run import Known
from patella.files.activity import UNKNOWN
from patella.store.entry import Entry


@dataclass(slots=True)
class There(Known):
    """What is there, taken back or not: by original, by entry, and by when it was.

    `words` are those of which a person has said what sport they are.
    """

    originals: dict[str, set[str]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)

    def take(self, entry: Entry) -> None:
        """Take in an entry of the log: its id, the file it is of, and the activity itself."""
        self.ids.add(entry.id)
        original, start = entry.body.get("original"), entry.body.get("start")
        if isinstance(original, str):
            self.originals.setdefault(original, set()).add(str(start))
        if isinstance(said := entry.body.get("said"), str) and entry.body.get("sport") != UNKNOWN:
            self.words[said.casefold()] = str(entry.body["sport"])
        self.add(entry.id, entry.day, entry.body)
