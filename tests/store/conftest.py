from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from patella.store.log import Log


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with Log.open(tmp_path / "diary") as opened:
        yield opened
