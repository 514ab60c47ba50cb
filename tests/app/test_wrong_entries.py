"""An entry of which nothing can be made breaks nothing: it is left out, named by the doctor, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calm import calm_answers
from entry_bodies import Body, said, spoiled
from patella.app.diary.days import diary_days
from patella.app.diary.timeline import timeline_between
from patella.app.diary.verdicts import answer_history
from patella.app.history.amend import undo_entry
from patella.app.history.events import sessions_between
from patella.app.history.reading import person_and_history
from patella.app.history.refused import TrainingError
from patella.app.history.wrong import wrong_entries
from patella.app.patella import Patella
from patella.app.person.screening import answer_screening, list_questions
from patella.app.plan.plan import make_plan
from patella.app.running.worn import new_shoe_and_spike
from patella.app.session.training import begin, log_set
from patella.app.today.today import answer_today
from patella.care.clearance import Standing
from patella.files.library import own_library
from patella.store.entry import Entry, StoreError
from patella.store.log import Log

NOW = datetime(2026, 10, 11, 8, tzinfo=UTC)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Patella]:
    """Somebody who has answered the questions and done a set."""
    with Log.open(tmp_path / "diary") as log:
        ids = count()
        app = Patella(log=log, library=own_library(), now=lambda: NOW, new_id=lambda: f"id-{next(ids)}")
        answer_screening(app, calm_answers(list_questions(app)))
        session = begin(app, make_plan(app), before=1)
        log_set(app, session, 0, session.tasks[0].sides[0], {"reps": 8})
        yield app


def put(app: Patella, kind: str, body: Body, *, session_id: str | None = None, entry_id: str = "odd") -> None:
    """Into the log as an older version would have restored it."""
    app.log.append([Entry(id=entry_id, session_id=session_id, kind=kind, day=app.today, at=NOW, body=body)])


def read_all(app: Patella) -> None:
    tomorrow = app.today + timedelta(days=1)
    assert person_and_history(app, app.today)
    assert sessions_between(app, None, None)
    assert answer_today(app)
    assert answer_history(app, days=7)
    assert timeline_between(app, app.today - timedelta(days=30), tomorrow)
    assert diary_days(app, app.today, tomorrow)


def test_one_pain_of_one_and_a_half_breaks_nothing_and_is_named(app: Patella) -> None:
    before = answer_today(app)
    put(app, "pain.noted", {"nprs": 1.5, "when": "before"})
    read_all(app)
    assert answer_today(app) == before
    (wrong,) = wrong_entries(app)
    assert wrong.name == f"entry {len(app.log.entries())} (pain.noted, 2026-10-11, id odd)"
    assert wrong.sentence == "nprs must be a whole number from 0 to 10, not 1.5."
    undo_entry(app, "odd", "undone")
    assert list(wrong_entries(app)) == []
    undo_entry(app, "undone", "undone again")
    assert [w.entry.id for w in wrong_entries(app)] == ["odd"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entry=spoiled() | said, inside=st.booleans())
def test_whatever_stands_in_an_entry_the_diary_is_read(app: Patella, entry: tuple[str, Body], inside: bool) -> None:  # noqa: FBT001
    kept = app.log.entries()[:4]
    session_id = next(e.session_id for e in kept if e.session_id)
    app.log.refill(kept, replace=True)
    kind, body = entry
    put(app, kind, body, session_id=session_id if inside and kind != "session.begun" else None)
    read_all(app)


def test_answers_to_questions_of_a_newer_version_are_no_good_answers(app: Patella) -> None:
    assert make_plan(app).clearance.is_open
    put(app, "screening.answered", {"answers": {"new": "none"}, "questionnaire": 9999})
    read_all(app)
    assert make_plan(app).clearance.standing is Standing.ASK_AGAIN_NEW
    (wrong,) = wrong_entries(app)
    assert "a newer Patella asks" in wrong.sentence
    undo_entry(app, "odd", "undone")
    assert make_plan(app).clearance.is_open
    with pytest.raises(TrainingError, match="cannot be taken back"):
        undo_entry(app, app.log.entries()[0].id, "not this one")


def test_a_symptom_of_a_newer_version_asks_the_questions_again(app: Patella) -> None:
    put(app, "symptom.noted", {"symptom": "glow", "questionnaire": 9999})
    read_all(app)
    assert make_plan(app).clearance.standing is Standing.ASK_AGAIN_SYMPTOM


@pytest.mark.parametrize(
    ("kind", "body"), [("symptom.noted", {"symptom": 7}), ("screening.answered", {"answers": "all well"})]
)
def test_a_warning_that_cannot_be_read_is_asked_again_and_not_passed_over(app: Patella, kind: str, body: Body) -> None:
    put(app, kind, body)
    read_all(app)
    assert make_plan(app).clearance.standing is Standing.ASK_AGAIN_SYMPTOM
    undo_entry(app, "odd", "undone")
    assert make_plan(app).clearance.is_open
    put(app, kind, body, entry_id="odd again")
    later = replace(app, now=lambda: NOW + timedelta(hours=1))
    answer_screening(later, calm_answers(list_questions(later)))
    assert make_plan(later).clearance.is_open


def test_nothing_of_the_kind_is_written(app: Patella) -> None:
    entries = app.log.entries()
    with pytest.raises(StoreError, match=r"^Not saved: pain\.noted: nprs must be a whole number"):
        app.write("pain.noted", {"nprs": 1.5, "when": "before"})
    assert app.log.entries() == entries


def test_a_kind_of_a_newer_version_is_written_and_kept(app: Patella) -> None:
    app.write("toy.noted", {"squeaks": 3}, day=date(2026, 10, 11), entry_id="toy")
    toy = app.log.entry("toy")
    assert toy is not None
    assert toy.body == {"squeaks": 3}
    read_all(app)


@pytest.mark.parametrize("year", [1, 9999])
@pytest.mark.parametrize("part", ["day", "at"])
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("comeback.begun", {}),
        ("run.added", {"distance_m": 5000}),
        ("pain.noted", {"when": "morning", "nprs": 3}),
        ("symptom.noted", {"symptom": "locking"}),
    ],
)
def test_what_is_about_the_ends_of_the_calendar_breaks_nothing(
    app: Patella, kind: str, body: Body, part: str, year: int
) -> None:
    end = date(year, 12 if year > 1 else 1, 31 if year > 1 else 1)
    whole = Entry(id="odd", session_id=None, kind=kind, day=app.today, at=NOW, body=body)
    odd = replace(whole, day=end) if part == "day" else replace(whole, at=datetime(year, 6, 1, tzinfo=UTC))
    app.log.append([odd])
    assert not any(e.id == "odd" for e in app.entries())
    told = answer_today(app)
    assert list(diary_days(app, app.today - timedelta(days=30), app.today + timedelta(days=1)))
    assert (told.clearance == Standing.OK) == (kind != "symptom.noted"), "what may have been a warning is asked again"
    assert [w.entry.id for w in wrong_entries(app)] == ["odd"]
    assert "1900" in next(wrong_entries(app)).sentence


def test_a_run_of_a_sport_that_nobody_knows_counts_for_nothing_and_breaks_nothing(app: Patella) -> None:
    for days, sport, distance_m in ((3, "run", 4000), (0, "of a newer version", 90_000)):
        body = {"sport": sport, "distance_m": distance_m, "moving_s": 1800, "source": "by hand"}
        app.write("run.added", body, day=app.today - timedelta(days=days))
    assert new_shoe_and_spike(app) is None
