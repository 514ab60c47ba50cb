"""One commit has one answer: tests and the examples of a property are the same in every run, and so is their order.

`make search` tries new examples, in a new order. A busy machine must not fail a property: an example may take its time.
And what a test starts hears Ctrl-C also where the tests were started in the background, which itself hears none.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import Phase, settings

import postgresql as postgresql_here

settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, print_blob=True)
# For whom one example that fails is enough: it is not made smaller (make mutants).
settings.register_profile("mutants", deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate))
settings.load_profile("search" if os.environ.get("PATELLA_SEARCH") else "same")
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs a PostgreSQL server is slow: `make fast` tries the same on SQLite where it is the same."""
    for item in items:
        if "postgresql" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgresql_here.Server]:
    """A server of its own for each process of the tests."""
    with postgresql_here.running() as server:
        yield server
