"""A diary that was written with version 0.1 in September 2026 folds under the rules of today without loss.

`tests/data/diary-of-2026-09.json` is its export: five weeks with amber, red, a swap, an easier dose, a skip, a
correction, things taken back and questions left open. Beside it is how that version itself read it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from calm import calm_answers
from patella.app.diary.days import diary_days
from patella.app.diary.timeline import timeline_between
from patella.app.history.events import mornings_between, sessions_between
from patella.app.history.reading import history_on, person_of
from patella.app.patella import Patella
from patella.app.person.screening import answer_screening, list_questions
from patella.app.plan.plan import make_plan
from patella.app.session.training import begin
from patella.app.today.today import answer_today
from patella.care.choice import Scope
from patella.care.course import follow
from patella.care.entries.field import read as read_as
from patella.care.entries.field import write
from patella.care.entries.of_session import PlannedTask
from patella.care.session import Session, record_of
from patella.care.task import task_in, tell_task
from patella.files.library import own_library
from patella.store.export import restore
from patella.store.log import Log

DATA = Path(__file__).parent.parent / "data"
DIARY = DATA / "diary-of-2026-09.json"
AS_IT_WAS = DATA / "diary-of-2026-09.as-it-was.json"
FIRST_DAY, LAST_DAY = date(2026, 9, 7), date(2026, 10, 10)
THE_DAY_AFTER = datetime(2026, 10, 11, 8, tzinfo=UTC)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Patella]:
    """The old diary, restored on the day after its last entry."""
    with Log.open(tmp_path / "diary") as log:
        restore(log, DIARY)
        ids = count()
        yield Patella(log=log, library=own_library(), now=lambda: THE_DAY_AFTER, new_id=lambda: f"new-{next(ids)}")


def as_it_was() -> Mapping[str, Any]:
    told: Mapping[str, Any] = json.loads(AS_IT_WAS.read_text(encoding="utf-8"))
    return told


def read(session: Session) -> dict[str, object]:
    """A session as it is read today, in the words of the file beside it."""
    done = record_of(session)
    items = [
        {
            "exercise": i.exercise_id,
            "stopped": i.stopped,
            "peak": i.peak,
            "sets": [[s.side, s.reps, s.holds, s.hold_s] for s in i.sets],
        }
        for i in done.items
    ]
    return {
        "day": session.day.isoformat(),
        "before": done.before,
        "after": done.after,
        "finished": done.finished,
        "items": items,
    }


def test_every_entry_is_restored(app: Patella) -> None:
    kept = json.loads(DIARY.read_text(encoding="utf-8"))["entries"]
    assert [e.id for e in app.log.entries()] == [e["id"] for e in kept]


def test_every_set_and_every_pain_is_read_as_it_was(app: Patella) -> None:
    told = as_it_was()
    assert [read(s) for s in sessions_between(app, None, None)] == told["sessions"]
    assert {d.isoformat(): n for d, n in mornings_between(app, None, None).items()} == told["mornings"]


def test_what_was_said_of_how_hard_it_was_is_nothing_and_counts_as_nothing(app: Patella) -> None:
    assert all(i.effort is None for s in sessions_between(app, None, None) for i in record_of(s).items)


def test_every_frozen_plan_is_a_task_of_today(app: Patella) -> None:
    tasks = [t for s in sessions_between(app, None, None) for t in s.tasks]
    assert len(tasks) > 40
    assert all(task_in(read_as(PlannedTask, write(tell_task(t)))) == t for t in tasks)


def test_a_plan_comes_out_once_the_questions_of_today_are_answered(app: Patella) -> None:
    assert answer_today(app).clearance == "ask_again_new"
    answer_screening(app, calm_answers(list_questions(app)))
    for scope in (Scope.TODAY, Scope.FULL, Scope.SNACK):
        plan = make_plan(app, scope=scope)
        assert plan.clearance.is_open
        assert plan.items
    assert begin(app, make_plan(app), before=1).tasks


def test_the_course_goes_on_from_where_it_was(app: Patella) -> None:
    person = person_of(app)
    history = history_on(app, app.today, person)
    course = follow(history.course, history.sessions, app.library.exercises, person=person, mornings=history.mornings)
    assert course.red_day == FIRST_DAY + timedelta(days=11)
    band = course.progress["terminal-knee-extension"]
    assert band.last is not None
    assert band.last.reps == 10  # what the last session asked
    assert band.next == band.last  # its hour after is answered, the next morning is not


def test_the_days_and_the_timeline_are_told(app: Patella) -> None:
    days = diary_days(app, FIRST_DAY, LAST_DAY + timedelta(days=1))
    assert {d["colour"] for d in days} >= {"green", "amber", "red"}
    assert timeline_between(app, FIRST_DAY, LAST_DAY)
