"""Every answer within 50 ms, with five years of a busy diary behind it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import pytest

from patella.app.demo import DAYS, fill
from patella.app.diary.warm import warm_up
from patella.app.history import summing
from patella.care.course import Course, follow
from patella.care.exercise import Exercise
from patella.care.person import Person
from patella.care.record import SessionDone
from patella.store.entry import Entry
from patella.web import app
from web.visit import Plain, Visit, visiting

YEARS_DAYS = 5 * 365
LIMIT_S = 0.050
ROOM = 2.5  # for a machine that is slow, or busy with something of its own
ANSWERS = (
    "/", "/api/health", "/api/today", "/api/today?scope=full", "/api/today?scope=snack", "/api/today?pain=3",
    "/api/questions", "/api/profile", "/api/diary", "/api/diary?since=2025-10-02&before=2026-11-02", "/api/exercises",
    "/api/exercises/terminal-knee-extension", "/api/exercises/squat/drawing.svg", "/api/reminders.ics",
    "/api/lesson", "/api/lessons",
)  # fmt: skip


@pytest.fixture(scope="module")
def veteran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """Five years in the pages: the twelve weeks of the demo, over and over again."""
    with visiting(tmp_path_factory.mktemp("veteran") / "diary") as visit:
        fill(visit.patella)
        twelve_weeks = visit.patella.log.entries()
        rounds = range(YEARS_DAYS // DAYS, -1, -1)
        visit.patella.log.refill([_earlier(e, n) for n in rounds for e in twelve_weeks], replace=True)
        for _ in warm_up(visit.patella):
            pass
        yield visit


@pytest.mark.alone
def test_five_years_are_five_years(veteran: Visit) -> None:
    entries = veteran.patella.log.entries()
    assert (entries[-1].day - entries[0].day).days >= YEARS_DAYS
    assert len(entries) > 25_000


@pytest.mark.alone
@pytest.mark.parametrize("address", ANSWERS)
def test_a_question_is_answered_at_once(veteran: Visit, address: str) -> None:
    assert _best(lambda: veteran.client.get(address).status_code < 500) < LIMIT_S * ROOM


@pytest.mark.alone
def test_a_year_of_the_diary_says_what_its_months_say(veteran: Visit) -> None:
    whole = veteran.get("/api/diary", since="2025-10-02", before="2026-11-02")["days"]
    starts = [
        "2025-10-02",
        *(f"2025-{m}-01" for m in (11, 12)),
        *(f"2026-{m:02}-01" for m in range(1, 12)),
        "2026-11-02",
    ]
    parts = [veteran.get("/api/diary", since=a, before=b)["days"] for a, b in pairwise(starts)]
    assert whole == [day for part in parts for day in part]
    assert len(whole) > 300


@pytest.mark.alone
def test_everything_in_a_session_is_on_the_disk_at_once(veteran: Visit) -> None:
    session = veteran.begin()
    path, answers = f"/api/sessions/{session['id']}", veteran.calm_answers()
    says = {
        "begin": veteran.begin,
        "show": lambda: veteran.get(path),
        "set": lambda: veteran.say(session, veteran.set_done(session)),
        "pain": lambda: veteran.say(session, veteran.pain(2)),
        "ease": lambda: veteran.client.post(f"{path}/ease", json={"id": str(uuid4()), "item": 0}).status_code < 500,
        "morning": lambda: veteran.post("/api/pain", {"id": str(uuid4()), "nprs": 1, "when": "morning"}),
        "setting": lambda: veteran.client.patch("/api/profile", json={"theme": "dark"}),
        "answers": lambda: veteran.post("/api/screening", {"answers": answers}),
    }
    took = {what: _best(say) for what, say in says.items()}
    assert {what: s for what, s in took.items() if s >= LIMIT_S * ROOM} == {}


def test_warming_up_goes_in_small_steps_changes_no_answer_and_folds_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folded: list[str] = []

    def followed(
        course: Course,
        sessions: Sequence[SessionDone],
        exercises: Mapping[str, Exercise],
        *,
        person: Person,
        mornings: Mapping[date, int],
    ) -> Course:
        folded.extend(s.id for s in sessions)
        return follow(course, sessions, exercises, person=person, mornings=mornings)

    with visiting(tmp_path / "diary") as visit:
        here = visit.patella
        assert list(warm_up(here)) == []
        fill(here)
        here.log.refill(here.log.entries(), replace=True)  # as restored: nothing is summed up
        cold: Plain = visit.get("/api/today")
        monkeypatch.setattr(summing, "follow", followed)
        steps = sum(1 for _ in warm_up(here))
        assert folded == []
        assert steps > 10
        assert visit.get("/api/today") == cold
        again = sum(1 for _ in warm_up(here))
        assert again <= steps


def test_the_server_warms_up_beside_answering(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "FIRST_PAGE_S", 0)
    with visiting(tmp_path / "diary") as visit:
        fill(visit.patella)
        month = (visit.patella.today - timedelta(days=40)).replace(day=1)
        name = f"days {visit.patella.rules} 2 False month {month}"
        with visit.client:
            wait_until = time.monotonic() + 30
            while not visit.patella.log.remembered.span(name):
                assert time.monotonic() < wait_until
                assert visit.get("/api/health")["ok"]


def _best(ask: object) -> float:
    """The shortest of five, in seconds of work: what else the machine does is not what is asked about."""
    assert callable(ask)
    took = []
    for _ in range(5):
        start = time.process_time()
        assert ask()
        took.append(time.process_time() - start)
    return min(took)


def _earlier(entry: Entry, rounds: int) -> Entry:
    back, mark = timedelta(days=DAYS * rounds), f" {rounds}"
    session = entry.session_id and entry.session_id + mark
    return replace(entry, id=entry.id + mark, session_id=session, day=entry.day - back, at=entry.at - back)
