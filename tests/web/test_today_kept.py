"""Where several processes answer for one person, what one has told of today is told by the others while it is right."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patella.app.diary.days import diary_days
from patella.app.kept import kept
from patella.app.patella import Patella
from patella.web.routes import today as route
from web.visit import Clock, Plain, Visit, visiting


@contextmanager
def two_of_many(folder: Path) -> Iterator[tuple[Visit, Visit]]:
    """Two processes that answer for one person, as it were: each has the diary open for itself."""
    clock = Clock()
    with (
        visiting(folder, clock=clock, is_one_of_many=True) as one,
        visiting(folder, clock=clock, is_one_of_many=True) as other,
    ):
        yield one, other


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Visit, Visit]]:
    with two_of_many(tmp_path / "diary") as found:
        found[0].screen()
        yield found


def no_more(*_: object, **__: object) -> None:
    raise AssertionError("today is worked out again")


def test_what_one_has_worked_out_the_other_tells_and_the_moment_is_its_own(
    two: tuple[Visit, Visit], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two
    told = one.get("/api/today")
    one.clock.move(minutes=5)
    monkeypatch.setattr(route, "answer_today", no_more)
    again = other.get("/api/today")
    assert again.pop("now") == one.clock.now.isoformat() != told.pop("now")
    assert again == told


@pytest.mark.parametrize("scope", ["full", "snack"])
def test_another_question_is_another_answer(two: tuple[Visit, Visit], scope: str) -> None:
    one, other = two
    today = one.get("/api/today")
    assert other.get("/api/today", scope=scope)["items"] != today["items"]
    assert other.get("/api/today", pain=8)["items"] != today["items"]
    assert other.get("/api/today")["items"] == today["items"]


def test_nothing_is_kept_where_one_process_answers_alone(tmp_path: Path) -> None:
    with visiting(tmp_path / "diary") as alone:
        alone.screen()
        alone.get("/api/today")
        assert kept(replace(alone.patella, is_one_of_many=True), "today today") is None


def _pain(visit: Visit) -> None:
    visit.post("/api/pain", {"id": str(uuid4()), "nprs": 5, "when": "morning"})


def _old_pain(visit: Visit) -> None:
    day = visit.patella.today - timedelta(days=3)
    visit.patella.write("pain.noted", {"when": "morning", "nprs": 4, "knee": None}, day=day)


def _run(visit: Visit) -> None:
    visit.post("/api/runs", {"id": str(uuid4()), "distance_m": 5000}, 201)


def _open(visit: Visit) -> str | None:
    found: Plain | None = visit.get("/api/today")["due"]["unfinished"]
    return None if found is None else str(found["id"])


def _session(visit: Visit) -> None:
    if (begun := _open(visit)) is not None:
        session = visit.get(f"/api/sessions/{begun}")
        visit.say(session, visit.set_done(session), visit.event("session.finished"))
    elif visit.get("/api/today")["clearance"] == "ok":
        visit.begin()


def _erase(visit: Visit) -> None:
    visit.patella.log.erase()
    visit.screen()


def _questions(visit: Visit) -> None:
    visit.screen()


DEEDS: dict[str, Callable[[Visit], None]] = {
    "pain": _pain,
    "pain of an earlier day": _old_pain,
    "run": _run,
    "session": _session,
    "erase": _erase,
    "questions again": _questions,
    "ten minutes": lambda visit: visit.clock.move(minutes=10),
    "an hour": lambda visit: visit.clock.move(hours=1),
    "night": lambda visit: visit.clock.move(hours=11),
    "a clock set back": lambda visit: visit.clock.move(hours=-3),
}


@given(st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.booleans()), min_size=1, max_size=8))
@settings(max_examples=15)
def test_whatever_is_done_meanwhile_today_is_told_as_it_is(deeds: list[tuple[str, bool]]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        two_of_many(Path(folder) / "diary") as (one, other),
        visiting(Path(folder) / "diary", clock=one.clock) as alone,
    ):
        one.screen()
        for deed, first in deeds:
            DEEDS[deed](one if first else other)
            told = [v.get("/api/today") for v in (one, other, one)]
            assert told == [alone.get("/api/today")] * 3


def test_many_questions_in_a_row_are_answered_as_one_by_one(two: tuple[Visit, Visit]) -> None:
    one, other = two
    _session(one)
    _session(one)
    app = one.patella
    with app.looking() as look:
        assert _days(look) == _days(app) == _days(other.patella)
        other.post("/api/pain", {"id": str(uuid4()), "nprs": 6, "when": "morning"})
    assert _days(app) == _days(other.patella)


def _days(app: Patella) -> list[Plain]:
    day = app.today
    return [dict(d) for d in diary_days(app, day.replace(day=1), day.replace(month=day.month + 1, day=1))]
