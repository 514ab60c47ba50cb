from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from patella.store.log import Log
from store.clock import Clock


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with Log.open(tmp_path / "diary") as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()
