"""Merging: what a diary on another device has and this one has not comes in, and nothing is taken away.

Merged both ways, both diaries are the same, entry for entry, and so are their exports, byte for byte. In which order,
how often, and over how many devices makes no difference: what a diary is depends on which entries it holds
(`order.in_order`), and of two entries of the same id the one that was written down first holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from patella.store.exported import Export
from patella.store.joining import Merged, joined
from patella.store.log import Log


def merge(log: Log, file: Path) -> Merged:
    """Bring in what a JSON export has that the log has not, all of it or nothing.

    Raises StoreError, and changes nothing, where the file could not be restored either (`export.restore`).
    """
    merged = Merged()
    for merged in merging(log, file):  # noqa: B007 - the last is what came of it
        pass
    return merged


def merging(log: Log, file: Path) -> Iterator[Merged]:
    """The same in steps, for whoever does more meanwhile; the last says what came of it."""
    export = Export(file)
    for _ in export.look_over():
        yield Merged()
    with log.rewriting() as log_as_it_is:
        yield from joined(log_as_it_is, export.pages())
