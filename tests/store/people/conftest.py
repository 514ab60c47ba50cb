from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from members import Clinic, clinic_in
from patella.store.postgresql import engine_at
from postgresql import Server


@pytest.fixture(scope="session")
def database(postgresql: Server) -> Iterator[Engine]:
    """The database that people are kept in; `tests/web/people` has the same on another, for it is quicker."""
    engine = engine_at(postgresql.fresh(), connections=12)
    yield engine
    engine.dispose()


@pytest.fixture
def clinic(database: Engine) -> Clinic:
    """Nobody is there yet."""
    with database.begin() as connection:
        connection.execute(text("DROP SCHEMA IF EXISTS people CASCADE"))
    return clinic_in(database)
