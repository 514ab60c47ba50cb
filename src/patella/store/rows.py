"""The rows of the log: an entry as it is kept, how some are asked for and written, and what a new one changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Integer,
    ScalarSelect,
    Select,
    bindparam,
    delete,
    func,
    insert,
    select,
)

from patella.store.entry import Entry, StoreError, canonical, checked
from patella.store.tables import entry, memo, person, span

BATCH = 500  # ids asked for at once: far below every database's limit of parameters
PAGE = 250  # entries at a step: some milliseconds
Columns = tuple[int, str, str | None, str, date, str, str]
CONTENT = (entry.c.id, entry.c.session_id, entry.c.kind, entry.c.day, entry.c.at, entry.c.body)

# What every entry that is written asks for is put together once: in a browser's Python that took as long as the rest.
_OWNER, _FIRST = bindparam("owner", type_=Integer), bindparam("first", type_=Date)
_ONE = select(func.min(person.c.id)).scalar_subquery()
_THESE = select(*CONTENT).where(entry.c.id.in_(bindparam("names", expanding=True)))
_WRITE = insert(entry)
_FORGET_MEMOS = delete(memo).where(memo.c.person_id == _OWNER, memo.c.day > _FIRST)
_FORGET_SPANS = delete(span).where(
    span.c.person_id == _OWNER, span.c.day > _FIRST, span.c.since <= bindparam("until", type_=Date)
)


class Whose(Protocol):
    """Whose entries a log is about: one person's at a time, another's after an erase."""

    def now(self) -> ScalarSelect[int | None]:
        """The number of the person, as a part of a question; none while the diary is empty."""

    def made(self, connection: Connection, at: str) -> int:
        """A new person for an empty diary, since a moment."""

    def gone(self, connection: Connection, owner: int) -> None:
        """Forget the person, whose entries are gone."""


class OneAlone:
    """Of a database with one person in it."""

    def now(self) -> ScalarSelect[int | None]:
        """The one who is there."""
        return _ONE

    def made(self, connection: Connection, at: str) -> int:
        """A new one."""
        return person_made(connection, at)

    def gone(self, connection: Connection, owner: int) -> None:
        """Nobody is there."""
        connection.execute(delete(person).where(person.c.id == owner))


def person_made(connection: Connection, at: str) -> int:
    """A new person, since a moment."""
    made: int = connection.execute(insert(person).values(made_at=at).returning(person.c.id)).scalar_one()
    return made


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What whoever rearranges a log needs: its transaction, whose it is, and numbers that were given to nobody."""

    connection: Connection
    whose: Whose
    numbers: Callable[[Connection, str, int], Sequence[int]]


def latest(whose: Whose) -> ScalarSelect[int | None]:
    """The last number of the person's entries, as a part of a question."""
    return select(func.max(entry.c.seq)).where(entry.c.person_id == whose.now()).scalar_subquery()


def wanted_of(  # noqa: PLR0913, PLR0917 - as `entries` asks
    mine: ColumnElement[bool],
    kinds: Collection[str] | None,
    session_id: str | None,
    loose: bool,  # noqa: FBT001 - as `entries` asks
    since: date | None,
    before: date | None,
    last: int | None,
) -> Select[*Columns]:
    """The question for some of the entries that are `mine`, as `Log.entries` asks it."""
    wanted = select(entry.c.seq, *CONTENT).where(mine)
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


def mark_in(connection: Connection, whose: Whose, *, since: date | None = None, before: date | None = None) -> int:
    """The number of the last entry about these days; 0 where there is none."""
    last = select(func.max(entry.c.seq)).where(entry.c.person_id == whose.now())
    if since is not None:
        last = last.where(entry.c.day >= since)
    if before is not None:
        last = last.where(entry.c.day < before)
    return connection.scalar(last) or 0


def text_of(value: object) -> str:
    """A value as JSON, always the same for the same. Raises StoreError where it has none."""
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
        "body": text_of(wanted.body),
    }


def distinct(entries: Sequence[Entry]) -> dict[str, dict[str, object]]:
    """The entries as they are kept, by their ids. Raises StoreError where two of one id differ."""
    rows: dict[str, dict[str, object]] = {}
    for wanted in entries:
        row = row_of(wanted)
        refuse_other(row, rows.setdefault(wanted.id, row))
    return rows


def refuse_other(wanted: Mapping[str, object], there: Mapping[str, object]) -> None:
    """Raise StoreError unless both are the same entry."""
    if any(wanted[column.name] != there[column.name] for column in CONTENT):
        raise StoreError(f"Not saved: the entry {wanted['id']} is there already, with other content.")


def rows_there(connection: Connection, whose: Whose, wanted: Collection[str]) -> dict[str, Mapping[str, object]]:
    """Those of the entries with these ids that are there, as they are kept."""
    there: dict[str, Mapping[str, object]] = {}
    names, these = sorted(wanted), _THESE.where(entry.c.person_id == whose.now())
    for start in range(0, len(names), BATCH):
        rows = connection.execute(these, {"names": names[start : start + BATCH]})
        there.update({row["id"]: dict(row) for row in rows.mappings()})
    return there


def write(connection: Connection, whose: Whose, rows: Sequence[Mapping[str, object]]) -> None:
    """Write the rows, and forget what was remembered and could be another now."""
    if not rows:
        return
    owner = owner_in(connection, whose) or whose.made(connection, str(rows[0]["at"]))
    connection.execute(_WRITE, [{**row, "person_id": owner} for row in rows])
    forget_days(connection, owner, [date.fromisoformat(str(row["day"])) for row in rows])


def owner_in(connection: Connection, whose: Whose) -> int | None:
    """Whose diary it is, None while it is empty (`Log.owner`)."""
    return connection.scalar(select(whose.now()))


def forget_days(connection: Connection, owner: int, days: Collection[date]) -> None:
    """Forget what was remembered and could be another now that entries about these days came or moved."""
    those = {"owner": owner, "first": min(days)}
    connection.execute(_FORGET_MEMOS, those)
    connection.execute(_FORGET_SPANS, those | {"until": max(days)})


def forgetting_everything(connection: Connection, whose: Whose) -> Iterator[None]:
    """Delete all of the person's, some at a step: each is overwritten, and thousands at once take their time."""
    owner = owner_in(connection, whose)
    if owner is None:
        return
    for derived in (memo, span):
        connection.execute(delete(derived).where(derived.c.person_id == owner))
    some = select(entry.c.seq).where(entry.c.person_id == owner).limit(PAGE)
    while connection.execute(delete(entry).where(entry.c.person_id == owner, entry.c.seq.in_(some))).rowcount:
        yield
    whose.gone(connection, owner)
