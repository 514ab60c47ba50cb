"""Joining what another device wrote into the log: the rows that are missing, at their places, and none taken away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import bindparam, case, delete, insert, select, update

from patella.store.order import SPEAKS_OF, Place, first_said, in_order, place_of
from patella.store.rows import PAGE, Rewriting, forget_days, owner_in, rows_there
from patella.store.tables import entry

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What came of it: `entries` were new, about so many `days`; `here_only` are those that the file does not have."""

    entries: int = 0
    days: int = 0
    here_only: int = 0

    @property
    def text(self) -> str:
        """The same in a sentence or two for the person."""
        came = f"{_counted(self.entries, 'entry', 'entries')} from {_counted(self.days, 'day', 'days')}"
        new = f"{came} {'was' if self.entries == 1 else 'were'} new."
        if not self.entries:
            new = "Nothing in it was new: all of it is here already."
        if not self.here_only:
            return new
        mine = f"{_counted(self.here_only, 'entry', 'entries')} of this diary {_is(self.here_only)} not in that file"
        return f"{new} {mine}: save a copy here and bring it in there, and both are the same."


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


@dataclass(slots=True)
class _Brought:
    """What the file has that the log has not; `better`: what both have, and the file has the word that holds."""

    fresh: dict[str, Row] = field(default_factory=dict)
    better: dict[str, Row] = field(default_factory=dict)
    known: int = 0

    def take(self, rows: Sequence[Row], there: Mapping[str, Row]) -> None:
        for row in rows:
            name = str(row["id"])
            if name not in there:
                self.fresh[name] = row
                continue
            self.known += 1
            if first_said(there[name], row) is row:
                self.better[name] = row

    def row(self, name: str) -> Row | None:
        return self.fresh.get(name) or self.better.get(name)


@dataclass(slots=True)
class _There:
    """What the log holds, in the order it is in: where each stands, its day, and what its place depends on."""

    numbers: dict[str, int] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)


def joined(log: Rewriting, pages: Iterable[Sequence[Row]]) -> Iterator[Merged]:
    """Put in what is missing, in steps within the one transaction; what came of it after the last.

    Both agree on the order (`order.in_order`), so that entries that stand elsewhere are moved: they get new numbers.
    """
    brought = _Brought()
    for rows in pages:
        brought.take(rows, rows_there(log.connection, log.whose, [str(r["id"]) for r in rows]))
        yield Merged()
    there = _There()
    for _ in _read_there(log, there):
        yield Merged()
    places = there.places | {n: place_of(r) for n, r in (brought.better | brought.fresh).items()}
    rest = _from_first_change(in_order(places.values()), there, brought)
    for _ in _rearranged(log, rest, there, brought):
        yield Merged()
    yield Merged(
        entries=len(brought.fresh),
        days=len({str(row["day"]) for row in brought.fresh.values()}),
        here_only=len(there.numbers) - brought.known,
    )


def _read_there(log: Rewriting, there: _There) -> Iterator[None]:
    owner, after = owner_in(log.connection, log.whose), 0
    body = case((entry.c.kind.in_(sorted(SPEAKS_OF)), entry.c.body), else_="{}").label("body")
    wanted = select(entry.c.seq, entry.c.id, entry.c.session_id, entry.c.kind, entry.c.at, entry.c.day, body)
    while (
        rows := log.connection.execute(
            wanted.where(entry.c.person_id == owner, entry.c.seq > after).order_by(entry.c.seq).limit(PAGE)
        )
        .mappings()
        .all()
    ):
        for row in rows:
            place = place_of({**row})
            there.numbers[place.id], there.days[place.id], there.places[place.id] = row["seq"], row["day"], place
        after = rows[-1]["seq"]
        yield


def _from_first_change(wanted: list[str], there: _There, brought: _Brought) -> list[str]:
    """The ids from the first on that is new, is another or stands elsewhere: what is ahead of it stays where it is."""
    same = 0
    for name, is_there in zip(wanted, there.numbers, strict=False):
        if name != is_there or name in brought.better:
            break
        same += 1
    return wanted[same:]


def _rearranged(log: Rewriting, rest: list[str], there: _There, brought: _Brought) -> Iterator[None]:
    if not rest:
        return
    connection = log.connection
    owner = owner_in(connection, log.whose) or log.whose.made(connection, str(brought.fresh[rest[0]]["at"]))
    numbers = log.numbers(connection, entry.name, len(rest))
    mine = entry.c.person_id == owner
    move = update(entry).where(mine, entry.c.seq == bindparam("old")).values(seq=bindparam("new"))
    for start in range(0, len(rest), PAGE):
        names = rest[start : start + PAGE]
        given = dict(zip(names, numbers[start : start + PAGE], strict=True))
        other = [name for name in names if name in brought.better]
        if other:
            connection.execute(delete(entry).where(mine, entry.c.id.in_(other)))
        moves = [{"old": there.numbers[n], "new": given[n]} for n in names if brought.row(n) is None]
        if moves:
            connection.execute(move, moves)
        rows = [{**row, "seq": given[n], "person_id": owner} for n in names if (row := brought.row(n)) is not None]
        if rows:
            connection.execute(insert(entry), rows)
        days = [there.days[n] for n in names if n in there.days]
        forget_days(connection, owner, [*days, *(date.fromisoformat(str(r["day"])) for r in rows)])
        yield
