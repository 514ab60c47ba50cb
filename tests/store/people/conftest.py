from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from members import Clinic, clinic_in, sqlite_engine


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    engine = sqlite_engine(tmp_path)
    yield clinic_in(engine)
    engine.dispose()
