"""What goes with what, read from a log on disk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from patella.app.demo import fill
from patella.app.patella import Patella
from patella.app.report.insight import diary_of, insight_today
from patella.app.running.runs import add_run
from patella.app.running.shoes import add_shoe
from patella.care.entries.kinds import Kind
from patella.files.library import own_library
from patella.store.entry import Entry
from patella.store.log import Log

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DAYS = 90


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Patella]:
    with Log.open(tmp_path) as log:
        yield Patella(log=log, library=own_library(), now=lambda: NOW, new_id=lambda: str(uuid4()))


def note(app: Patella, kind: str, day: date, body: dict[str, object]) -> None:
    app.log.append([Entry(id=app.new_id(), session_id=None, kind=kind, day=day, at=NOW, body=body)])


def a_season(app: Patella) -> None:
    """Ninety days in which sitting is all that matters."""
    hours = 6.0
    for n in range(DAYS):
        day = app.today - timedelta(days=DAYS - n)
        pain = min(10, max(0, round((hours - 4) * 1.2 + (n * 7 % 5) * 0.2)))
        note(app, Kind.PAIN_NOTED, day, {"nprs": pain, "when": "morning"})
        hours = 4 + (n * n * 13 % 11) * 0.5
        note(app, Kind.SITTING_NOTED, day, {"hours": hours, "source": "hand"})


def test_an_empty_log_says_how_much_is_missing(app: Patella) -> None:
    assert insight_today(app).sentences == ("Not enough yet: 42 more mornings.",)


def test_what_goes_with_what_is_told_with_the_mornings_behind_it(app: Patella) -> None:
    a_season(app)
    answer = insight_today(app)
    (finding,) = answer.findings
    assert (finding.factor, finding.lag_days, finding.name) == ("sitting", 0, "Sitting")
    assert answer.sentences == (finding.sentence,)
    assert len(finding.points) == finding.mornings
    assert all(4 <= x <= 9.5 and 0 <= y <= 10 for x, y in finding.points)
    assert {w.factor for w in answer.waiting} >= {"distance", "exercises"}


def test_an_answer_is_remembered_until_something_is_written(app: Patella) -> None:
    a_season(app)
    first = insight_today(app)
    assert insight_today(app) == first
    note(app, Kind.PAIN_NOTED, app.today, {"nprs": 9, "when": "morning"})
    assert insight_today(app).mornings == first.mornings + 1


def test_runs_come_with_the_drop_of_their_shoe(app: Patella) -> None:
    shoe = add_shoe(app, {"name": "Blue ones", "heel_drop_mm": 8, "usual": True})
    add_run(app, {"distance_m": 5000})
    diary = diary_of(app)
    assert [(r.shoe, r.distance_m) for r in diary.runs] == [(shoe.id, 5000)]
    assert diary.drops_mm == {shoe.id: 8}
    assert diary.exercised is None


def test_days_of_exercises_are_those_on_which_something_was_done(app: Patella) -> None:
    fill(app)
    diary = diary_of(app)
    assert diary.exercised is not None
    assert 20 < len(diary.exercised) < 84
