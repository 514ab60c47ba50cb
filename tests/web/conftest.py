from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from web.visit import Visit, visiting


@pytest.fixture
def visit(tmp_path: Path) -> Iterator[Visit]:
    with visiting(tmp_path / "diary") as found:
        yield found


@pytest.fixture
def screened(visit: Visit) -> Visit:
    """A visit of somebody who may exercise."""
    visit.screen()
    return visit
