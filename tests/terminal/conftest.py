from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from patella.app.patella import Patella
from terminal.theatre import Clock, make_ready, patella_at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(tmp_path: Path, clock: Clock) -> Iterator[Patella]:
    """A person who may begin."""
    patella = patella_at(tmp_path / "diary", clock)
    make_ready(patella)
    yield patella
    patella.log.close()


@pytest.fixture
def new_app(tmp_path: Path) -> Iterator[Callable[[], Patella]]:
    """Makes one such person after the other, for as many examples as there are."""
    made: list[Patella] = []

    def make() -> Patella:
        patella = patella_at(tmp_path / f"diary {len(made)}", Clock())
        make_ready(patella)
        made.append(patella)
        return patella

    yield make
    for patella in made:
        patella.log.close()
