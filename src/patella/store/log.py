"""The log: everything a person does, in order of writing, durable once `append` returns. State is folded elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import Self

from sqlalchemy import Row, Select, func, select

from patella.store.database import Database
from patella.store.entry import EARLIEST, LATEST, BusyError, Entry, ErasedError, StoreError, is_name
from patella.store.kept import LONGEST_KEPT, EntriesRead, Kept
from patella.store.originals import Originals
from patella.store.private import DIARY
from patella.store.remembered import Remembered
from patella.store.rows import (
    CONTENT,
    PAGE,
    Columns,
    OneAlone,
    Rewriting,
    Whose,
    distinct,
    forgetting_everything,
    latest,
    mark_in,
    refuse_other,
    rows_there,
    wanted_of,
    write,
)
from patella.store.scratch import sweep
from patella.store.sqlite_file import SqliteFile
from patella.store.tables import entry
from patella.store.watched_place import watch_none
from patella.store.whole_file import written_whole


class Log:
    """An open diary. Safe to use from several threads, and by several processes at once; close it when done.

    Every method raises StoreError, a sentence for the person, when the file cannot be read or written.
    """

    def __init__(self, database: Database, whose: Whose) -> None:
        """Of whoever is meant by `whose`; `Log.open` opens a diary of one person."""
        self.database = database
        self._whose = whose
        self._mine = entry.c.person_id == whose.now()
        self._stands = select(whose.now(), latest(whose))
        self._entries = EntriesRead(database.name)
        self._asked: tuple[object, Kept] = (None, Kept())
        self._still: Kept | None = None
        self._transaction = database.transaction
        self.remembered = Remembered(database.transaction, whose)

    @classmethod
    def open(cls, folder: Path, *, waits_s: float | None = None) -> Log:
        """Open `folder/patella.db`; make folder (0700) and file (0600) if missing; bring its schema up to date.

        What is there already and open to others is closed to them. `waits_s`: how long it waits, each time, while
        another process writes, 5 s if left out; whoever answers others meanwhile waits by `is_free` instead.

        Raises StoreError: the folder cannot be used; the file is not a database, of another program, damaged, written
        by a newer Patella, or locked by another process for more than 5 s.
        """
        return cls(SqliteFile.open(folder, waits_s=waits_s), OneAlone())

    def patient(self) -> Log:
        """The same diary opened once more, for work beside the answers: it waits for others as long as is usual."""
        return Log(self.database.patient(), self._whose)

    @contextmanager
    def looking(self) -> Iterator[Log]:
        """The same diary, for many questions in a row that nobody waits in between: it is read, and not written.

        Whether somebody wrote is found out once, at the beginning; what is written meanwhile may not show in it.
        """
        with self.database.at_once() as database:
            look = Log(database, self._whose)
            look._entries, look._asked = self._entries, self._asked
            look.remembered = self.remembered.by_way_of(database.transaction)
            look._still = look.kept()
            self._asked = look._asked
            yield look

    @property
    def name(self) -> str:
        """What the diary is called in a sentence."""
        return self.database.name

    @property
    def folder(self) -> Path:
        """Where files lie that belong to the diary."""
        return self.database.folder

    @property
    def path(self) -> Path:
        """The file of a diary that has one of its own."""
        return self.folder / DIARY

    def is_free(self) -> bool:
        """Whether nobody else is writing at this moment. Any other trouble is left to whoever writes then."""
        try:
            with self._transaction(writes=True, waits_s=0.0):
                return True
        except BusyError:
            return False
        except StoreError:
            return True

    def owner(self) -> int | None:
        """Whose diary it is now: a number that an erase ends and that never comes back; None while it is empty."""
        with self._transaction() as connection:
            return connection.scalar(select(self._whose.now()))

    def append(self, entries: Sequence[Entry], *, of: int | None = None) -> None:
        """Write all of the entries, or none, and return when they are on the disk.

        An id that is there already with equal content is passed over, so that a caller who heard no answer can simply
        say it again; with different content all are refused. Memos that a new entry could change are forgotten.
        Whoever writes for longer says with `of` what `owner()` was when it began. Raises StoreError, and ErasedError
        when that diary was erased meanwhile; nothing is written then.
        """
        wanted = distinct(entries)
        if not wanted:
            return
        with self._transaction(writes=True) as connection:
            if of is not None and connection.scalar(select(self._whose.now())) != of:
                raise ErasedError("The diary was erased meanwhile, so nothing more was written into it.")
            there = rows_there(connection, self._whose, wanted)
            for known, row in there.items():
                refuse_other(wanted[known], row)
            write(connection, self._whose, [row for name, row in wanted.items() if name not in there])

    def refill(self, entries: Sequence[Entry], *, replace: bool) -> None:
        """Make these entries the whole content of the log, in one transaction: the old stay until the new are in.

        Raises StoreError, and changes nothing, if the log is not empty and `replace` is not set.
        """
        for _ in self.refilling([list(distinct(entries).values())], replace=replace):
            pass

    def refilling(self, pages: Iterable[Sequence[Mapping[str, object]]], *, replace: bool) -> Iterator[int]:
        """The same in steps, from rows by the page (`row_of`), none of them twice; how many are in after each."""
        count = 0
        with self._transaction(writes=True) as connection:
            if mark_in(connection, self._whose) and not replace:
                raise StoreError("The diary is not empty. Say that it may be replaced, or use another folder.")
            for _ in forgetting_everything(connection, self._whose):
                yield count
            for rows in pages:
                write(connection, self._whose, rows)
                count += len(rows)
                yield count

    @contextmanager
    def rewriting(self) -> Iterator[Rewriting]:
        """One transaction for whoever rearranges the log (`store/joining.py`): all of it counts, or nothing."""
        with self._transaction(writes=True) as connection:
            yield Rewriting(connection, self._whose, self.database.numbers)

    def pages(self) -> Iterator[list[Entry]]:
        """Every entry that there is at the beginning, in order of writing, some hundreds at a time.

        No transaction lasts from one page to the next, so that others write meanwhile. Raises ErasedError when the
        diary was erased or replaced meanwhile.
        """
        with self._transaction() as connection:
            owner, last = connection.scalar(select(self._whose.now())), mark_in(connection, self._whose)
        after = 0
        while after < last:
            wanted = select(entry.c.seq, *CONTENT).where(
                entry.c.person_id == owner, entry.c.seq > after, entry.c.seq <= last
            )
            found = self._read(wanted.order_by(entry.c.seq).limit(PAGE))
            if not found:
                raise ErasedError("The diary was erased or replaced meanwhile. Please try again.")
            after = found[-1][0]
            yield [e for _, e in found]

    def entries(  # noqa: PLR0913 - each is a way to ask for fewer
        self,
        *,
        kinds: Collection[str] | None = None,
        session_id: str | None = None,
        loose: bool = False,
        since: date | None = None,
        before: date | None = None,
        last: int | None = None,
        sound: bool = False,
    ) -> list[Entry]:
        """Entries in order of writing: of these kinds, of this session, about days from `since` to ahead of `before`.

        `loose` keeps those of no session, `last` the latest written so many of them. `sound` leaves out what is not as
        its kind asks for, such as a pain of 1.5: an older version may have restored it; nothing can be made of it.
        """
        if session_id is not None and not is_name(session_id):
            return []
        asked = (kinds and frozenset(kinds), session_id, loose, since, before, last)
        if not sound:
            return [self._entries.plain(row) for row in self._rows(wanted_of(self._mine, *asked))]
        kept = self.kept()
        if (known := kept.entries.get(asked)) is not None:
            return list(known)
        rows = self._rows(wanted_of(self._mine, *asked))
        found = [e for e in map(self._entries.sound, rows) if e]
        if len(found) <= LONGEST_KEPT:
            kept.put(kept.entries, asked, found)
        return list(found)

    def kept(self) -> Kept:
        """What was asked of the log as it is now, and what was worked out of that alone.

        A diary is only ever added to, one writer at a time: while it is the same person's and its last number is the
        same, every answer is the same, whichever process writes. Take it ahead of what is read, so that what is written
        between the two is only ever asked again.
        """
        if self._still is not None:
            return self._still
        with self._transaction() as connection:
            now = tuple(connection.execute(self._stands).one())
        if self._asked[0] != now:
            self._asked = (now, Kept())
        return self._asked[1]

    def unsound(self, kinds: Collection[str]) -> list[Entry]:
        """The entries of these kinds that `sound` would leave out."""
        wanted = select(entry.c.seq, *CONTENT).where(self._mine, entry.c.kind.in_(sorted(kinds)))
        return [self._entries.plain(row) for row in self._rows(wanted) if not self._entries.sound(row)]

    def first_day(
        self, kinds: Collection[str], *, since: date | None = None, before: date | None = None
    ) -> date | None:
        """The first day that an entry of these kinds is about, from `since` to ahead of `before`; None without one."""
        kept, asked = self.kept(), (frozenset(kinds), since, before)
        if asked in kept.first_days:
            return kept.first_days[asked]
        wanted = select(func.min(entry.c.day)).where(
            self._mine, entry.c.kind.in_(sorted(kinds)), entry.c.day.between(EARLIEST, LATEST)
        )
        if since is not None:
            wanted = wanted.where(entry.c.day >= since)
        if before is not None:
            wanted = wanted.where(entry.c.day < before)
        with self._transaction() as connection:
            day: date | None = connection.scalar(wanted)
        kept.put(kept.first_days, asked, day)
        return day

    def entry(self, id: str) -> Entry | None:  # noqa: A002 - the word the entry itself uses
        """The entry with this id, if there is one."""
        if not is_name(id):
            return None
        found = self._read(select(entry.c.seq, *CONTENT).where(self._mine, entry.c.id == id))
        return found[0][1] if found else None

    def mark(self) -> int:
        """A number that grows with every entry written; 0 while there is none. For `remember`."""
        with self._transaction() as connection:
            return mark_in(connection, self._whose)

    def erase(self) -> None:
        """Delete everything of the person and overwrite it: no byte of it is left in the folder. The log stays usable.

        The originals of what was imported go with it, and whatever a program that was killed left half-written.

        Backups and exports that were written elsewhere are the person's own, and stay. Raises StoreError if another
        process keeps the old pages in use; the entries are gone then all the same.
        """
        with self._transaction(writes=True) as connection:
            for _ in forgetting_everything(connection, self._whose):
                pass
        watch_none(self.folder)
        Originals(self.folder).erase()
        sweep(self.folder)
        self.database.scrub()

    def check(self) -> list[str]:
        """What is wrong with the diary, a sentence each; empty when all is well."""
        return self.database.check()

    def backup(self, target: Path, *, replace: bool = False) -> None:
        """Write a copy of the whole diary to `target`, whole or not at all. As a folder's `patella.db` it opens.

        Raises StoreError if something is there already and `replace` is not set, or if it cannot be written.
        """
        with written_whole(target, replace=replace) as temporary:
            self.database.copy(temporary)

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read(self, wanted: Select[*Columns]) -> list[tuple[int, Entry]]:
        """What is asked for in the order of writing, with its number there."""
        return [(row[0], self._entries.plain(row)) for row in self._rows(wanted)]

    def _rows(self, wanted: Select[*Columns]) -> list[Row[*Columns]]:
        with self._transaction() as connection:
            rows = connection.execute(wanted).all()
        # Sorted here: asked for an order, the database walks the whole log in it rather than use the better index.
        return sorted(rows, key=itemgetter(0))
