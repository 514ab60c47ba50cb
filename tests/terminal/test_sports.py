from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from patella.app.patella import Patella
from patella.app.running.runs import runs_between, sports_between
from patella.files.library import own_library
from patella.store.log import Log
from patella.terminal.keys import InputEndedError
from patella.terminal.page import Page
from patella.terminal.sports import ask_unnamed
from patella.terminal.talk import Talk

NOW = datetime(2026, 5, 10, 9, 30, tzinfo=UTC)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Patella]:
    with Log.open(tmp_path / "diary") as log:
        found = Patella(log=log, library=own_library(), now=lambda: NOW, new_id=lambda: str(uuid4()))
        for metres in (5000.0, 8_000.0):
            body = {"sport": "unknown", "source": "gpx", "distance_m": metres, "moving_s": 1800.0}
            found.write("sport.added", body)
        yield found


def talk(*lines: str) -> tuple[Talk, io.StringIO]:
    said, waiting = io.StringIO(), iter(lines)

    def read() -> str:
        for line in waiting:
            return line
        raise InputEndedError

    return Talk(Page(said, width=lambda: 80, colour=False), read), said


def test_each_kind_is_asked_once_and_may_be_left_for_later(app: Patella) -> None:
    asked, said = talk("6", "4")
    ask_unnamed(app, asked)

    assert said.getvalue().count("Was it a run?") == 2
    assert [s.sport for s in sports_between(app, None, None)] == ["unknown", "cycling"]
    assert runs_between(app, None, None) == []


def test_who_leaves_or_is_gone_leaves_it_as_it_is(app: Patella) -> None:
    for lines in (["q"], []):
        asked, said = talk(*lines)
        ask_unnamed(app, asked)
        assert "patella sport asks again" in said.getvalue()
    assert [s.sport for s in sports_between(app, None, None)] == ["unknown", "unknown"]
