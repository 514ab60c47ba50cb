"""What every verb needs: the log, the library, a clock and a source of ids."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, TypeVar, cast

from patella.care.entries.kinds import complaint
from patella.care.library import Library
from patella.store.entry import Entry, StoreError

if TYPE_CHECKING:  # the database is slow to import, and reading the library needs none
    from patella.store.log import Log

Derived = TypeVar("Derived")
UNKNOWN = object()
RULES = (files("patella") / "care", files("patella") / "app")
SAID = files("patella") / "rules.digest"  # where the code is compiled, and cannot be read itself


@cache
def own_rules() -> str:
    """Stands for the code of the rules and of what is worked out by them."""
    if SAID.is_file():
        return SAID.read_text("utf-8")
    found = blake2b(digest_size=8)
    for file in sorted((f for room in RULES for f in _code_in(room)), key=str):
        found.update(file.read_bytes())
    return found.hexdigest()


def _code_in(room: Traversable) -> Iterator[Traversable]:
    for found in room.iterdir():
        if found.is_dir():
            yield from _code_in(found)
        elif found.name.endswith(".py"):
            yield found


@dataclass(frozen=True, slots=True, kw_only=True)
class Patella:
    """One person's Patella. `now` gives the aware local time, `new_id` a fresh id."""

    log: Log
    library: Library
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    owner: int | None = None
    """Whose diary is written (`Log.owner`), where somebody writes for longer: after an erase nothing more is."""
    is_one_of_many: bool = False
    """Whether other processes answer for the same person: what one has worked out is kept for them beside the log."""

    @property
    def today(self) -> date:
        """The person's local day."""
        return self.now().date()

    @property
    def rules(self) -> str:
        """Stands for the rules and the library: what was remembered under other ones is worked out anew."""
        return f"{own_rules()} {self.library.digest}"

    @contextmanager
    def looking(self) -> Iterator[Patella]:
        """The same, for many questions in a row (`Log.looking`): what is asked in it is read, and not written."""
        with self.log.looking() as log:
            yield replace(self, log=log)

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
        self.append([entry])
        return entry

    def append(self, entries: Sequence[Entry]) -> None:
        """Put these into the log, all of them or none. Raises StoreError where one is not what its kind asks for."""
        for entry in entries:
            if wrong := complaint(entry.kind, entry.body):
                raise StoreError(f"Not saved: {entry.kind}: {wrong}")
        self.log.append(entries, of=self.owner)

    def derived(self, what: tuple[object, ...], work_out: Callable[[], Derived]) -> Derived:
        """What is worked out of the log alone, and of what stands in `what`: once, until something is written.

        It is the same object for everybody who asks, so that nobody may change it.
        """
        kept, asked = self.log.kept(), (*what, self.library.digest)
        known = kept.derived.get(asked, UNKNOWN)
        if known is not UNKNOWN:
            return cast("Derived", known)  # under this name nothing else is kept
        found = work_out()
        kept.put(kept.derived, asked, found)
        return found

    def is_derived(self, what: tuple[object, ...]) -> bool:
        """Whether `derived` has it already."""
        return (*what, self.library.digest) in self.log.kept().derived

    def entries(
        self,
        *,
        kinds: Collection[str] | None = None,
        session_id: str | None = None,
        loose: bool = False,
        since: date | None = None,
        before: date | None = None,
        last: int | None = None,
    ) -> list[Entry]:
        """What the log holds (`Log.entries`), each of it what its kind asks for; `patella doctor` names what is not."""
        return self.log.entries(
            kinds=kinds, session_id=session_id, loose=loose, since=since, before=before, last=last, sound=True
        )
