"""What a log needs of its database, and each database does in its own way."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, Self

from sqlalchemy import Connection


class Database(Protocol):
    """Where diaries lie. Every method raises StoreError, a sentence for the person."""

    @property
    def name(self) -> str:
        """What it is called in a sentence."""

    @property
    def folder(self) -> Path:
        """Where files lie that belong to the diary: the originals of what was imported, what is being received."""

    def transaction(self, *, writes: bool = False, waits_s: float | None = None) -> AbstractContextManager[Connection]:
        """A transaction, committed at its end; one that `writes` is the diary's only one meanwhile.

        `waits_s` is how long it waits for another. Raises BusyError when that was in vain.
        """

    def at_once(self) -> AbstractContextManager[Database]:
        """The same for many short questions in a row: where each way there is long, one transaction has them all."""

    def numbers(self, connection: Connection, table: str, count: int) -> Sequence[int]:
        """So many rising numbers for new rows of a table, each higher than every one that was given."""

    def check(self) -> list[str]:
        """What is wrong, a sentence each; empty when all is well."""

    def scrub(self) -> None:
        """Leave nothing of what was deleted, as far as that is in its hands."""

    def copy(self, target: Path) -> None:
        """Write a whole copy of everything into `target`, which is absent or empty."""

    def patient(self) -> Self:
        """The same once more, for work beside the answers: it waits for others as long as is usual."""

    def close(self) -> None:
        """Let go of it."""
