"""The log: everything a person does, in order of writing, durable once `append` returns. State is folded elsewhere."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from operator import itemgetter
from pathlib import Path
from typing import Self, TypeVar
from zlib import crc32

from sqlalchemy import Connection, Engine, Row, ScalarSelect, Select, delete, func, insert, select

from patella.care.entries.field import BodyError
from patella.care.entries.kinds import read_body
from patella.store import schema, sqlite
from patella.store.entry import BusyError, Entry, ErasedError, StoreError, canonical, checked
from patella.store.originals import Originals
from patella.store.private import DIARY, close_to_others
from patella.store.scratch import sweep
from patella.store.tables import HEAD, entry, memo, person, span
from patella.store.whole_file import identity, private_file, written_whole

FILE = DIARY
SEAL_LENGTH = 9
MOST_SAID = 4096  # entries kept as they were read: some megabytes, and the latest months of a diary
MOST_KEPT, LONGEST_KEPT = 96, 1000  # answers kept while nothing is written, and entries in one of them
BATCH = 500  # ids asked for at once: far below every database's limit of parameters
MOST_HELD = 2000
PAGE = 250  # entries at a step: some milliseconds

Answer = TypeVar("Answer")
Columns = tuple[int, str, str | None, str, date, str, str]
CONTENT = (entry.c.id, entry.c.session_id, entry.c.kind, entry.c.day, entry.c.at, entry.c.body)


class Kept:
    """Answers of a log that has not changed since, a limited number of each sort; whoever takes one changes it not."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self.entries: dict[object, list[Entry]] = {}
        self.derived: dict[object, object] = {}

    @staticmethod
    def put(answers: dict[object, Answer], asked: object, answer: Answer) -> None:
        """Keep one, and let the oldest go where there are too many."""
        answers[asked] = answer
        while len(answers) > MOST_KEPT:
            answers.pop(next(iter(answers)), None)


class Log:
    """An open diary. Safe to use from several threads, and by several processes at once; close it when done.

    Every method raises StoreError, a sentence for the person, when the file cannot be read or written.
    """

    def __init__(self, engine: Engine, path: Path) -> None:
        """Use `Log.open`."""
        self._engine = engine
        self._file = identity(path)
        self._said: dict[int, Entry] = {}
        self._asked: tuple[object, Kept] = (None, Kept())
        self._held: dict[tuple[str, date], tuple[int, str]] = {}
        self.path = path

    @classmethod
    def open(cls, folder: Path, *, waits_s: float | None = None) -> Log:
        """Open `folder/patella.db`; make folder (0700) and file (0600) if missing; bring its schema up to date.

        What is there already and open to others is closed to them. `waits_s`: how long it waits, each time, while
        another process writes, 5 s if left out; whoever answers others meanwhile waits by `is_free` instead.

        Raises StoreError: the folder cannot be used; the file is not a database, of another program, damaged, written
        by a newer Patella, or locked by another process for more than 5 s.
        """
        path = private_file(folder, FILE)
        close_to_others(folder)
        engine = sqlite.engine_at(path, waits_s=waits_s)
        try:
            with sqlite.told(path):
                schema.prepare(engine, path)
        except StoreError:
            engine.dispose()
            raise
        return cls(engine, path)

    def patient(self) -> Log:
        """The same diary opened once more, for work beside the answers: it waits for others as long as is usual."""
        other = Log(sqlite.engine_at(self.path), self.path)
        other._file = self._file  # what was put in its place meanwhile is not it
        return other

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
            return connection.scalar(select(_person()))

    def append(self, entries: Sequence[Entry], *, of: int | None = None) -> None:
        """Write all of the entries, or none, and return when they are on the disk.

        An id that is there already with equal content is passed over, so that a caller who heard no answer can simply
        say it again; with different content all are refused. Memos that a new entry could change are forgotten.
        Whoever writes for longer says with `of` what `owner()` was when it began. Raises StoreError, and ErasedError
        when that diary was erased meanwhile; nothing is written then.
        """
        wanted = _distinct(entries)
        if not wanted:
            return
        with self._transaction(writes=True) as connection:
            if of is not None and connection.scalar(select(_person())) != of:
                raise ErasedError("The diary was erased meanwhile, so nothing more was written into it.")
            there = rows_there(connection, wanted)
            for known, row in there.items():
                _refuse_other(wanted[known], row)
            _write(connection, [row for name, row in wanted.items() if name not in there])

    def refill(self, entries: Sequence[Entry], *, replace: bool) -> None:
        """Make these entries the whole content of the log, in one transaction: the old stay until the new are in.

        Raises StoreError, and changes nothing, if the log is not empty and `replace` is not set.
        """
        for _ in self.refilling([list(_distinct(entries).values())], replace=replace):
            pass

    def refilling(self, pages: Iterable[Sequence[Mapping[str, object]]], *, replace: bool) -> Iterator[int]:
        """The same in steps, from rows by the page (`row_of`), none of them twice; how many are in after each."""
        count = 0
        with self._transaction(writes=True) as connection:
            if _mark(connection) and not replace:
                raise StoreError("The diary is not empty. Say that it may be replaced, or use another folder.")
            for _ in _forgetting_everything(connection):
                yield count
            for rows in pages:
                _write(connection, rows)
                count += len(rows)
                yield count

    @contextmanager
    def rewriting(self) -> Iterator[Connection]:
        """One transaction for whoever rearranges the log (`store/joining.py`): all of it counts, or nothing."""
        with self._transaction(writes=True) as connection:
            yield connection

    def pages(self) -> Iterator[list[Entry]]:
        """Every entry that there is at the beginning, in order of writing, some hundreds at a time.

        No transaction lasts from one page to the next, so that others write meanwhile. Raises ErasedError when the
        diary was erased or replaced meanwhile.
        """
        with self._transaction() as connection:
            owner, last = connection.scalar(select(_person())), _mark(connection)
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
        if not sound:
            return [self._entry(row) for row in self._rows(_wanted(kinds, session_id, loose, since, before, last))]
        kept = self.kept()
        asked = (kinds and frozenset(kinds), session_id, loose, since, before, last)
        if (known := kept.entries.get(asked)) is not None:
            return list(known)
        rows = self._rows(_wanted(kinds, session_id, loose, since, before, last))
        found = [e for e in map(self._as_said, rows) if e]
        if len(found) <= LONGEST_KEPT:
            kept.put(kept.entries, asked, found)
        return list(found)

    def kept(self) -> Kept:
        """What was asked of the log as it is now, and what was worked out of that alone.

        A diary is only ever added to, one writer at a time: while it is the same person's and its last number is the
        same, every answer is the same, whichever process writes. Take it ahead of what is read, so that what is written
        between the two is only ever asked again.
        """
        with self._transaction() as connection:
            now = tuple(connection.execute(select(_person(), _latest())).one())
        if self._asked[0] != now:
            self._asked = (now, Kept())
        return self._asked[1]

    def unsound(self, kinds: Collection[str]) -> list[Entry]:
        """The entries of these kinds that `sound` would leave out."""
        wanted = select(entry.c.seq, *CONTENT).where(entry.c.person_id == _person(), entry.c.kind.in_(sorted(kinds)))
        return [self._entry(row) for row in self._rows(wanted) if not self._as_said(row)]

    def first_day(
        self, kinds: Collection[str], *, since: date | None = None, before: date | None = None
    ) -> date | None:
        """The first day that an entry of these kinds is about, from `since` to ahead of `before`; None without one."""
        wanted = select(func.min(entry.c.day)).where(entry.c.person_id == _person(), entry.c.kind.in_(sorted(kinds)))
        if since is not None:
            wanted = wanted.where(entry.c.day >= since)
        if before is not None:
            wanted = wanted.where(entry.c.day < before)
        with self._transaction() as connection:
            day: date | None = connection.scalar(wanted)
        return day

    def entry(self, id: str) -> Entry | None:  # noqa: A002 - the word the entry itself uses
        """The entry with this id, if there is one."""
        found = self._read(select(entry.c.seq, *CONTENT).where(entry.c.id == id))
        return found[0][1] if found else None

    def mark(self) -> int:
        """A number that grows with every entry written; 0 while there is none. For `remember`."""
        with self._transaction() as connection:
            return _mark(connection)

    def memo(self, name: str, *, no_later_than: date) -> tuple[date, object] | None:
        """The newest value remembered under this name, with its day: it holds at the start of that day."""
        wanted = (
            select(memo.c.day, memo.c.body)
            .where(memo.c.person_id == _person(), memo.c.name == name, memo.c.day <= no_later_than)
            .order_by(memo.c.day.desc())
            .limit(1)
        )
        with self._transaction() as connection:
            row = connection.execute(wanted).one_or_none()
        kept = row and (row.day, _unsealed(row.body))
        held = max(((day, t) for day, t in self._held_texts(name) if day <= no_later_than), default=None)
        if held and (kept is None or held[0] > kept[0]):
            return held[0], json.loads(held[1])
        return None if kept is None or kept[1] is None else (kept[0], json.loads(kept[1]))

    def span(self, name: str) -> object | None:
        """The value remembered under this name from some days alone."""
        text = self.span_text(name)
        return None if text is None else json.loads(text)

    def spans(self, begin: str) -> dict[str, object]:
        """Every value remembered from some days alone whose name begins so."""
        wanted = select(span.c.name, span.c.body).where(
            span.c.person_id == _person(), span.c.name >= begin, span.c.name < f"{begin}\uffff"
        )
        with self._transaction() as connection:
            rows = [(row.name, _unsealed(row.body)) for row in connection.execute(wanted)]
        held = {name for name, _ in list(self._held) if name.startswith(begin)}
        texts = {**dict(rows), **{name: text for name in held for _, text in self._held_texts(name)}}
        return {name: json.loads(text) for name, text in texts.items() if text is not None}

    def span_text(self, name: str) -> str | None:
        """The same as the JSON text it is kept in: to be passed on, where nobody has to read it."""
        wanted = select(span.c.body).where(span.c.person_id == _person(), span.c.name == name)
        with self._transaction() as connection:
            sealed = connection.scalar(wanted)
        kept = None if sealed is None else _unsealed(sealed)
        return kept if kept is not None else next((text for _, text in self._held_texts(name)), None)

    def remember(
        self, name: str, day: date, body: object, *, since: date | None = None, mark: int | None = None
    ) -> None:
        """Keep a value that was derived from all entries about days ahead of `day`, until one of them changes.

        With `since` from those of the days from then on alone: a span. `mark` is what `mark()` said before those
        entries were read: if another process has written one of them since, the value is out of date and is not kept.
        An empty log keeps nothing: there is nothing to derive from. While another process writes, or where nothing can
        be written, it is held in memory instead.
        """
        text = _canonical(body)
        try:
            self._remember(name, since, day, text, mark)
        except StoreError:
            self._hold(name, day, text, mark)

    def _remember(self, name: str, since: date | None, day: date, text: str, mark: int | None) -> None:
        with self._transaction(writes=True, waits_s=0.0) as connection:
            owner = connection.scalar(select(_person()))
            if owner is None or (mark is not None and _mark(connection, since=since, before=day) > mark):
                return
            values = {"person_id": owner, "name": name, "day": day, "body": _sealed(text)}
            if since is None:
                there = memo.c.person_id == owner, memo.c.name == name, memo.c.day == day
                connection.execute(delete(memo).where(*there))
                connection.execute(insert(memo).values(values))
            else:
                connection.execute(delete(span).where(span.c.person_id == owner, span.c.name == name))
                connection.execute(insert(span).values(values | {"since": since}))

    def forget_others(self, rules: str) -> None:
        """Forget what is remembered under a name that does not hold these rules: nobody asks for it any more.

        Where nothing can be written it stays.
        """
        with suppress(StoreError), self._transaction(writes=True, waits_s=0.0) as connection:
            for table in (memo, span):
                connection.execute(delete(table).where(~table.c.name.contains(rules, autoescape=True)))

    def _hold(self, name: str, day: date, text: str, mark: int | None) -> None:
        """Where nothing can be written (a full disk, one that may only be read), it is good for as long as this is."""
        with suppress(StoreError):
            if mark is not None and mark == self.mark():
                if len(self._held) >= MOST_HELD:
                    self._held.clear()
                self._held[name, day] = mark, text

    def _held_texts(self, name: str) -> list[tuple[date, str]]:
        """What could not be kept on the disk, with its day, while nothing was written since."""
        held = [(day, *value) for (known, day), value in list(self._held.items()) if known == name]
        if not held:
            return []
        now = self.mark()
        return [(day, text) for day, mark, text in held if mark == now]

    def erase(self) -> None:
        """Delete everything of the person and overwrite it: no byte of it is left in the folder. The log stays usable.

        The originals of what was imported go with it, and whatever a program that was killed left half-written.

        Backups and exports that were written elsewhere are the person's own, and stay. Raises StoreError if another
        process keeps the old pages in use; the entries are gone then all the same.
        """
        with self._transaction(writes=True) as connection:
            for _ in _forgetting_everything(connection):
                pass
        Originals(self.path.parent).erase()
        sweep(self.path.parent)
        with sqlite.told(self.path):
            sqlite.scrub(self._engine)

    def check(self) -> list[str]:
        """What is wrong with the file, a sentence each; empty when all is well."""
        try:
            with self._transaction() as connection:
                version = schema.found(connection, self.path)
                wrong = sqlite.complaints(connection) + sqlite.orphans(connection)
        except StoreError as error:
            return [str(error)]
        if version != HEAD:
            wrong.append(f"the schema is {version or 'missing'} and should be {HEAD}")
        return [f"{self.path}: {sentence}." for sentence in wrong]

    def backup(self, target: Path, *, replace: bool = False) -> None:
        """Write a copy of the whole diary to `target`, whole or not at all. As a folder's `patella.db` it opens.

        Raises StoreError if something is there already and `replace` is not set, or if it cannot be written.
        """
        with written_whole(target, replace=replace) as temporary, sqlite.told(target):
            sqlite.copy_into(self._engine, temporary)

    def close(self) -> None:
        """Let go of the file. The last one to close leaves `patella.db` alone in the folder."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _transaction(self, *, writes: bool = False, **options: float) -> Iterator[Connection]:
        self._check_place()
        with (
            sqlite.told(self.path),
            self._engine.connect().execution_options(writes=writes, **options) as connection,
            connection.begin(),
        ):
            yield connection
        if writes:
            self._check_place()

    def _check_place(self) -> None:
        """Raise StoreError unless what this log has open is still what lies at its path.

        A file that was moved or removed can be written for as long as it is open, and nobody ever sees it again.
        """
        if identity(self.path) != self._file:
            raise StoreError(
                f"Not saved: {self.path} was moved, removed or replaced while Patella was running. "
                "Put it back where it was, or start Patella again."
            )

    def _read(self, wanted: Select[*Columns]) -> list[tuple[int, Entry]]:
        """What is asked for in the order of writing, with its number there."""
        return [(row[0], self._entry(row)) for row in self._rows(wanted)]

    def _rows(self, wanted: Select[*Columns]) -> list[Row[*Columns]]:
        with self._transaction() as connection:
            rows = connection.execute(wanted).all()
        # Sorted here: asked for an order, the database walks the whole log in it rather than use the better index.
        return sorted(rows, key=itemgetter(0))

    def _as_said(self, row: Row[*Columns]) -> Entry | None:
        """The entry with its body as the type of its kind, None where it is not what its kind asks for.

        An entry never changes, and its number is never another's, so that each is read once while it is kept.
        """
        if kept := self._said.get(row[0]):
            return kept
        found = self._entry(row)
        try:
            said = read_body(found.kind, found.body)
        except BodyError:
            return None
        if len(self._said) >= MOST_SAID:
            self._said.clear()
        self._said[row[0]] = kept = replace(found, said=said)
        return kept

    def _entry(self, row: Row[*Columns]) -> Entry:
        _, name, session_id, kind, day, at, body = row
        try:
            moment = datetime.fromisoformat(at)
        except ValueError:
            raise StoreError(f"{self.path} is damaged: the entry {name} has no readable time.") from None
        content = self._json(body)
        if not isinstance(content, dict):
            raise StoreError(f"{self.path} is damaged: the entry {name} has no readable body.")
        return Entry(id=name, session_id=session_id, kind=kind, day=day, at=moment, body=content)

    def _json(self, text: str) -> object:
        try:
            return json.loads(text)
        except ValueError:
            raise StoreError(f"{self.path} is damaged: {text[:40]!r} is not readable.") from None


def _person() -> ScalarSelect[int | None]:
    return select(func.min(person.c.id)).scalar_subquery()


def _sealed(text: str) -> str:
    """A text with its check sum in front, so that one that was garbled is told from it."""
    return f"{crc32(text.encode()):08x} {text}"


def _unsealed(sealed: object) -> str | None:
    """The text again; None where it is not what was sealed: what is only remembered is worked out anew then."""
    text = str(sealed)[SEAL_LENGTH:]
    return text if sealed == _sealed(text) else None


def _latest() -> ScalarSelect[int | None]:
    return select(func.max(entry.c.seq)).where(entry.c.person_id == _person()).scalar_subquery()


def _wanted(
    kinds: Collection[str] | None,
    session_id: str | None,
    loose: bool,  # noqa: FBT001 - as `entries` asks
    since: date | None,
    before: date | None,
    last: int | None,
) -> Select[*Columns]:
    wanted = select(entry.c.seq, *CONTENT).where(entry.c.person_id == _person())
    if kinds is not None:
        wanted = wanted.where(entry.c.kind.in_(sorted(kinds)))
    if session_id is not None:
        wanted = wanted.where(entry.c.session_id == session_id)
    if loose:
        wanted = wanted.where(entry.c.session_id.is_(None))
    if since is not None:
        wanted = wanted.where(entry.c.day >= since)
    if before is not None:
        wanted = wanted.where(entry.c.day < before)
    return wanted if last is None else wanted.order_by(entry.c.seq.desc()).limit(last)


def _mark(connection: Connection, *, since: date | None = None, before: date | None = None) -> int:
    latest = select(func.max(entry.c.seq)).where(entry.c.person_id == _person())
    if since is not None:
        latest = latest.where(entry.c.day >= since)
    if before is not None:
        latest = latest.where(entry.c.day < before)
    return connection.scalar(latest) or 0


def _canonical(value: object) -> str:
    try:
        return canonical(value)
    except ValueError as error:
        raise StoreError(f"Not saved: {error}") from None


def row_of(wanted: Entry) -> dict[str, object]:
    """An entry as it is kept. Raises StoreError where it cannot be."""
    try:
        checked(wanted)
    except ValueError as error:
        raise StoreError(f"Not saved: {error}") from None
    return {
        "id": wanted.id,
        "session_id": wanted.session_id,
        "kind": wanted.kind,
        "day": wanted.day,
        "at": wanted.at.isoformat(),
        "body": _canonical(wanted.body),
    }


def _distinct(entries: Sequence[Entry]) -> dict[str, dict[str, object]]:
    rows: dict[str, dict[str, object]] = {}
    for wanted in entries:
        row = row_of(wanted)
        _refuse_other(row, rows.setdefault(wanted.id, row))
    return rows


def _refuse_other(wanted: Mapping[str, object], there: Mapping[str, object]) -> None:
    if any(wanted[column.name] != there[column.name] for column in CONTENT):
        raise StoreError(f"Not saved: the entry {wanted['id']} is there already, with other content.")


def rows_there(connection: Connection, wanted: Collection[str]) -> dict[str, Mapping[str, object]]:
    """Those of the entries with these ids that are there, as they are kept."""
    there: dict[str, Mapping[str, object]] = {}
    names = sorted(wanted)
    for start in range(0, len(names), BATCH):
        rows = connection.execute(select(*CONTENT).where(entry.c.id.in_(names[start : start + BATCH])))
        there.update({row["id"]: dict(row) for row in rows.mappings()})
    return there


def _write(connection: Connection, rows: Sequence[Mapping[str, object]]) -> None:
    if not rows:
        return
    owner = owner_in(connection) or owner_made(connection, str(rows[0]["at"]))
    connection.execute(insert(entry), [{**row, "person_id": owner} for row in rows])
    forget_days(connection, owner, [date.fromisoformat(str(row["day"])) for row in rows])


def owner_in(connection: Connection) -> int | None:
    """Whose diary it is, None while it is empty (`Log.owner`)."""
    return connection.scalar(select(_person()))


def owner_made(connection: Connection, at: str) -> int:
    """A new owner for an empty diary, since a moment."""
    made: int = connection.execute(insert(person).values(made_at=at).returning(person.c.id)).scalar_one()
    return made


def forget_days(connection: Connection, owner: int, days: Collection[date]) -> None:
    """Forget what was remembered and could be another now that entries about these days came or moved."""
    first, last = min(days), max(days)
    connection.execute(delete(memo).where(memo.c.person_id == owner, memo.c.day > first))
    connection.execute(delete(span).where(span.c.person_id == owner, span.c.day > first, span.c.since <= last))


def _forgetting_everything(connection: Connection) -> Iterator[None]:
    """Delete all of the person's, some at a step: each is overwritten, and thousands at once take their time."""
    owner = connection.scalar(select(_person()))
    for derived in (memo, span):
        connection.execute(delete(derived).where(derived.c.person_id == owner))
    some = select(entry.c.seq).where(entry.c.person_id == owner).limit(PAGE)
    while connection.execute(delete(entry).where(entry.c.seq.in_(some))).rowcount:
        yield
    connection.execute(delete(person).where(person.c.id == owner))
