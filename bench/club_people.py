"""People of a made-up club, each with a year of diary: the demo's twelve weeks over and over again, as of yesterday."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection, text
from ten_years import earlier

from patella.app.demo import DAYS, fill
from patella.app.diaries import Diaries
from patella.app.history.reading import person_of
from patella.app.history.summing import sum_up
from patella.app.patella import Patella
from patella.app.today.today import answer_today
from patella.files.library import own_library
from patella.store.people import accounts, visits
from patella.store.people.people import People, Person, Role, people_in
from patella.store.people.sharing import What, share
from patella.store.postgresql import SharedStore

YEAR_DAYS = 365
LOOKED_AFTER = 40
AT_ONCE = 20  # people copied by one statement
COPY = """
WITH made AS (INSERT INTO person (made_at) SELECT (SELECT made_at FROM person WHERE id = :first)
                FROM generate_series(1, :count) RETURNING id),
     whose AS (INSERT INTO diary (account_id, person_id) SELECT :account + row_number() OVER () - 1, id FROM made
               RETURNING person_id),
     memos AS (INSERT INTO memo (person_id, name, day, body)
                 SELECT w.person_id, m.name, m.day, m.body FROM memo m, whose w WHERE m.person_id = :first),
     spans AS (INSERT INTO span (person_id, name, since, day, body)
                 SELECT w.person_id, s.name, s.since, s.day, s.body FROM span s, whose w WHERE s.person_id = :first)
INSERT INTO entry (id, person_id, session_id, kind, day, at, body)
SELECT e.id, w.person_id, e.session_id, e.kind, e.day, e.at, e.body
FROM entry e, whose w WHERE e.person_id = :first ORDER BY w.person_id, e.seq
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A club that is there: the key of each who is here today, how much it is, and how long it took to make.

    `physiotherapist` is the key of one with whom `LOOKED_AFTER` of those who are here share everything.
    """

    keys: list[str]
    physiotherapist: str
    entries: int
    size_gb: float
    took_s: float


def fill_club(database: str, folder: Path, *, people: int, here: int) -> Filled:
    """So many runners with a year each, all of whom came yesterday; so many of them are signed in."""
    began = time.monotonic()
    store = SharedStore.open(database, folder / "people")
    known, keys = people_in(store.engine), list[str]()
    numbers = list[int]()
    for n in range(people):
        with known.begin() as connection:
            numbers.append(
                accounts.made(
                    connection, _person(f"runner{n}", f"Runner {n}"), role=Role.RUNNER, kept="", at_s=time.time()
                )
            )
            if n < here:
                keys.append(visits.begin(connection, numbers[-1], "bench", time.time()))
    if numbers != list(range(numbers[0], numbers[0] + people)):
        raise RuntimeError("The accounts are not numbered one after another.")
    physiotherapist = _physiotherapist(known, keys[-LOOKED_AFTER:])
    first = _first(store, numbers[0])
    for start in range(1, people, AT_ONCE):
        with store.engine.begin() as connection:
            # What was acknowledged to nobody need not be waited for.
            connection.execute(text("SET LOCAL synchronous_commit = off"))
            count = min(AT_ONCE, people - start)
            connection.execute(text(COPY), {"first": first, "account": numbers[start], "count": count})
    with store.engine.begin() as connection:
        connection.execute(text("ANALYZE"))
        filled = Filled(
            keys=keys, physiotherapist=physiotherapist, took_s=time.monotonic() - began, **_size(connection)
        )
    store.close()
    return filled


def _person(handle: str, name: str) -> Person:
    return Person(handle=handle, name=name, mark=handle.encode())


def _physiotherapist(people: People, runners: list[str]) -> str:
    with people.begin() as connection:
        account = accounts.made(
            connection, _person("petra", "Petra"), role=Role.PHYSIOTHERAPIST, kept="", at_s=time.time()
        )
        key = visits.begin(connection, account, "bench", time.time())
    for runner in runners:
        here = visits.who_shows(people, runner)
        assert here is not None  # noqa: S101 - they were signed in above
        share(people, here.account, "petra", list(What))
    return key


def live_a_year(app: Patella) -> None:
    """Fill an empty diary with a year up to yesterday, when its person was here last."""
    fill(app)
    twelve_weeks, first_day = app.log.entries(), app.today - timedelta(days=YEAR_DAYS)
    rounds = range(YEAR_DAYS // DAYS, -1, -1)
    year = [e for n in rounds for e in (earlier(e, n) for e in twelve_weeks) if e.day >= first_day]
    app.log.refill(year, replace=True)
    yesterday = replace(app, now=lambda: app.now() - timedelta(days=1))
    for _ in sum_up(yesterday, yesterday.today, person_of(yesterday)):
        pass
    answer_today(yesterday)


def _first(store: SharedStore, account: int) -> int:
    """The person of the first runner, of whom all others are copies."""
    app = Diaries(store, own_library(), waits_s=5.0).of(account)
    live_a_year(app)
    owner = app.log.owner()
    assert owner is not None  # noqa: S101 - it was filled
    return owner


def _size(connection: Connection) -> dict[str, float]:
    entries = connection.scalar(text("SELECT count(*) FROM entry"))
    size = connection.scalar(text("SELECT pg_database_size(current_database())"))
    return {"entries": entries, "size_gb": size / 1e9}
