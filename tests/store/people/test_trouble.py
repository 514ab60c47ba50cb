"""What people's database cannot do just now is said in a sentence, and whoever is signed in stays so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from members import AT_HOME, WORDS, Clinic, clinic_in
from patella.store.entry import StoreError
from patella.store.people import accounts
from patella.store.people.people import People, people_in
from patella.store.people.visits import SEEN_EVERY_S, who_shows
from patella.store.postgresql import engine_at
from postgresql import Server


@pytest.fixture
def address(postgresql: Server) -> str:
    return postgresql.fresh()


@pytest.fixture
def engine(address: str) -> Iterator[Engine]:
    made = engine_at(address, connections=2)
    yield made
    made.dispose()


def read_only(engine: Engine, address: str) -> Engine:
    """The same database, as it is from now on for whoever comes: one that may only be read."""
    with engine.begin() as connection:
        name = connection.scalar(text("SELECT current_database()"))
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    engine.dispose()
    return engine_at(address, connections=2)


def test_where_the_database_may_only_be_read_who_is_signed_in_stays_so_and_nobody_else_comes(
    engine: Engine, address: str
) -> None:
    clinic = clinic_in(engine)
    anna, key = clinic.join("anna")
    clinic.clock.now_s += 2 * SEEN_EVERY_S
    people = People(engine=read_only(engine, address), now_s=clinic.clock)
    here = who_shows(people, key)
    assert here is not None
    assert here.account == anna
    with pytest.raises(StoreError, match="may only be read"):
        accounts.sign_in(people, "anna", WORDS, address=AT_HOME, browser="B")
    people.engine.dispose()


def test_a_user_who_may_make_no_tables_is_told_so_and_nothing_of_what_was_asked(engine: Engine, address: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE ROLE visitor LOGIN"))
    visitor = engine_at(address.replace("tester@", "visitor@"), connections=1)
    with pytest.raises(StoreError, match="lacks the right"):
        people_in(visitor)
    visitor.dispose()


def test_what_is_told_of_a_fault_holds_no_data(clinic: Clinic) -> None:
    with pytest.raises(DBAPIError) as fault, clinic.people.engine.begin() as connection:
        connection.execute(text("SELECT 1 / 0 WHERE :said > ''"), {"said": "severe pain"})
    assert "severe pain" not in str(fault.value)
