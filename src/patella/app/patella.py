"""What every verb needs: the log, the library, a clock and a source of ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from patella.care.library import Library
from patella.store.entry import Entry

if TYPE_CHECKING:  # the database is slow to import, and reading the library needs none
    from patella.store.log import Log


@cache
def own_version() -> str:
    """The version of Patella that runs: asked for with every answer, and slow to find."""
    return version("patella")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patella:
    """One person's Patella. `now` gives the aware local time, `new_id` a fresh id."""

    log: Log
    library: Library
    now: Callable[[], datetime]
    new_id: Callable[[], str]

    @property
    def today(self) -> date:
        """The person's local day."""
        return self.now().date()

    def write(
        self,
        kind: str,
        body: Mapping[str, object],
        *,
        session_id: str | None = None,
        day: date | None = None,
        entry_id: str | None = None,
    ) -> Entry:
        """Put one entry into the log; it is on disk when this returns. `day` is what it is about, today if not said."""
        entry = Entry(
            id=entry_id or self.new_id(),
            session_id=session_id,
            kind=kind,
            day=day or self.today,
            at=self.now(),
            body=dict(body),
        )
        self.log.append([entry])
        return entry
