"""Every look of a physiotherapist into a diary, written down for its runner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from patella.store.people.people import Account, People
from patella.store.people.tables import look

MOST = 500  # told at once, the newest


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Who looked at what, and when (seconds since 1970). `name` is what they were called then."""

    name: str
    what: str
    at_s: float


def written_down(connection: Connection, who: Account, seen: Sequence[tuple[int, str]], at_s: float) -> None:
    """Write down that somebody looks at parts of diaries, each by the number of its runner."""
    by = {"physiotherapist_id": who.id, "name": who.name, "at_s": at_s}
    if seen:
        connection.execute(insert(look), [{**by, "runner_id": runner, "what": str(what)} for runner, what in seen])


def looks_at(people: People, runner: Account, *, before_s: float | None = None) -> list[Look]:
    """Who looked at this runner's diary, the newest first; at most 500, `before_s` for those before."""
    wanted = select(look.c.name, look.c.what, look.c.at_s).where(look.c.runner_id == runner.id)
    if before_s is not None:
        wanted = wanted.where(look.c.at_s < before_s)
    with people.begin() as connection:
        rows = connection.execute(wanted.order_by(look.c.at_s.desc(), look.c.id.desc()).limit(MOST))
        return [Look(name=row.name, what=row.what, at_s=row.at_s) for row in rows]
