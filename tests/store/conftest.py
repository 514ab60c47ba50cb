from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from patella.store.log import Log
from patella.store.postgresql import SharedStore
from store.clock import Clock

BOTH = ("sqlite", pytest.param("postgresql", marks=pytest.mark.slow))
in_a_file = pytest.mark.parametrize("log", ["sqlite"], indirect=True)


@pytest.fixture
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SharedStore]:
    """A shared Patella's database, empty."""
    opened = SharedStore.open(request.getfixturevalue("postgresql").fresh(), tmp_path / "people")
    yield opened
    opened.close()


@pytest.fixture(params=BOTH)
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Log]:
    """An empty diary: in a file of its own, and one of many on a server."""
    if request.param == "postgresql":
        yield request.getfixturevalue("store").log_of(7)
        return
    with Log.open(tmp_path / "diary") as opened:
        yield opened


def complaints(log: Log) -> list[str]:
    """What is wrong with a diary, but for what these tests chose: their server does not wait for its disk."""
    return [sentence for sentence in log.check() if "does not wait for its disk" not in sentence]


@pytest.fixture
def clock() -> Clock:
    return Clock()
