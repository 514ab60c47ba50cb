"""Everybody's Patella on a shared server: by the number of an account, at the clock of where its person is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Protocol
from uuid import uuid4
from zoneinfo import ZoneInfo

from patella.app.patella import Patella
from patella.care.library import Library
from patella.store.log import Log

UTC_NOW = partial(datetime.now, UTC)
MOST_OPEN = 64  # each keeps what was read of it: some megabytes, and the latest asks again


class Logs(Protocol):
    """Where the diaries lie (`store/postgresql.py`: `SharedStore`)."""

    def log_of(self, account_id: int, *, waits_s: float = ...) -> Log:
        """The diary of an account."""


class Diaries:
    """The Patella of each account."""

    def __init__(
        self,
        logs: Logs,
        library: Library,
        *,
        waits_s: float,
        now: Callable[[], datetime] = UTC_NOW,
    ) -> None:
        """`waits_s`: how long one waits for another who writes the same diary; `now` gives the aware time."""
        self._logs = logs
        self._library = library
        self._waits_s = waits_s
        self._now = now
        self._open: OrderedDict[int, Log] = OrderedDict()

    def of(self, account_id: int, zone: ZoneInfo | None = None) -> Patella:
        """The Patella of an account; `zone` is where its person is, that of this machine if that is not known."""
        log = self._open.pop(account_id, None) or self._logs.log_of(account_id, waits_s=self._waits_s)
        self._open[account_id] = log
        while len(self._open) > MOST_OPEN:
            self._open.popitem(last=False)
        return Patella(
            log=log,
            library=self._library,
            now=partial(self._at, zone),
            new_id=lambda: str(uuid4()),
            is_one_of_many=True,
        )

    def _at(self, zone: ZoneInfo | None) -> datetime:
        return self._now().astimezone(zone)
