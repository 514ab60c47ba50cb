"""What a physiotherapist set is in force as the diary has it, and goes where the diary goes: the later word holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from patella.app.history.amend import undo_entry
from patella.app.patella import Patella
from patella.app.person.screening import answer_screening
from patella.app.today.today import answer_today
from patella.files.library import own_library
from patella.store.export import export_json
from patella.store.log import Log
from patella.store.merging import merge

NOW = datetime(2026, 5, 4, 8, tzinfo=UTC)
LIBRARY = own_library()
CALM = {q.id: [] if q.many else "adult" for q in LIBRARY.questionnaire.questions if not q.when}
STRETCHES = {"by": "Ada Byron", "exercises": [{"exercise": "calf-stretch", "sets": 2, "hold_s": 30}]}
SLIDES = {"by": "Ada Byron", "exercises": [{"exercise": "heel-slide", "sets": 1, "reps": 9, "note": "Slowly."}]}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Patella]:
    ids = count()
    with Log.open(tmp_path / "diary") as log:
        here = Patella(log=log, library=LIBRARY, now=lambda: NOW, new_id=lambda: f"id {next(ids)}")
        answer_screening(here, CALM)
        yield here


def planned(app: Patella) -> list[str]:
    return [i.exercise for i in answer_today(app).items]


def test_the_later_word_holds_and_taken_back_the_earlier_does(app: Patella) -> None:
    ordinary = planned(app)
    app.write("programme.set", STRETCHES)
    app.write("programme.set", SLIDES, entry_id="second")
    assert planned(app) == ["heel-slide"]
    undo_entry(app, "second", "oops")
    assert planned(app) == ["calf-stretch"]
    app.write("programme.ended", {})
    assert planned(app) == ordinary


def test_a_diary_that_was_brought_in_elsewhere_brings_it_along(app: Patella, tmp_path: Path) -> None:
    app.write("programme.set", SLIDES)
    export_json(app.log, tmp_path / "diary.json", replace=True)
    with Log.open(tmp_path / "other") as log:
        other = Patella(log=log, library=LIBRARY, now=lambda: NOW, new_id=app.new_id)
        merge(log, tmp_path / "diary.json")
        assert answer_today(other).items == answer_today(app).items
        assert [(i.exercise, i.note) for i in answer_today(other).items] == [("heel-slide", "Slowly.")]
