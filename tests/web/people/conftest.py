from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from web.people.house import House, shared_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with shared_house(tmp_path) as found:
        yield found
