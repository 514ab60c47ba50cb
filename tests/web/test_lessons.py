"""Lessons through the pages: one a day, kept once, and silent where something matters more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from patella.care.plan import DayPlan, plan_for
from patella.care.questionnaire import Outcome
from patella.files.library import own_lessons, own_library
from web.visit import Plain, Visit

IDS = tuple(own_lessons())


def read(visit: Visit, lesson: str) -> str:
    entry = str(uuid4())
    assert visit.post(f"/api/lessons/{lesson}/read", {"id": entry}) == {"saved": entry}
    return entry


def todays(visit: Visit) -> str:
    found: str = visit.get("/api/lesson")["lesson"]["id"]
    return found


def a_calm_week_later(visit: Visit) -> None:
    visit.clock.move(days=8)


def test_the_first_days_bring_load_pain_and_time(screened: Visit) -> None:
    said = []
    for _ in range(3):
        said.append(todays(screened))
        read(screened, said[-1])
        screened.clock.move(days=1)
    assert said == ["load", "alarm", "months"]


def test_what_was_read_today_stays_todays_until_tomorrow(screened: Visit) -> None:
    before = screened.get("/api/lesson")
    assert (before["lesson"]["id"], before["read"], before["lesson"]["read_on"]) == ("load", False, None)
    read(screened, "load")
    after = screened.get("/api/lesson")
    assert (after["lesson"]["id"], after["read"], after["lesson"]["read_on"]) == ("load", True, "2026-11-01")


def test_a_lesson_brings_the_sources_it_cites_and_no_others(screened: Visit) -> None:
    answer = screened.get("/api/lesson")
    assert set(answer["sources"]) == set(own_lessons()[answer["lesson"]["id"]].cited)
    assert all(s["cite"] and s["finding"] for s in answer["sources"].values())


def test_after_a_sore_day_it_is_the_pain_rule_and_after_a_bad_one_what_to_do(screened: Visit) -> None:
    a_calm_week_later(screened)
    screened.post("/api/knee", {"id": str(uuid4()), "nprs": 4})
    assert todays(screened) == "two-and-five"
    screened.post("/api/knee", {"id": str(uuid4()), "nprs": 7})
    assert todays(screened) == "bad-day"


def test_after_a_run_it_is_about_running_and_after_sore_sitting_about_that(screened: Visit) -> None:
    a_calm_week_later(screened)
    screened.post("/api/knee", {"id": str(uuid4()), "nprs": 2, "doing": "sit"})
    assert todays(screened) == "sitting"
    screened.post("/api/runs", {"id": str(uuid4()), "distance_m": 4000}, 201)
    assert todays(screened) == "running"


def test_a_reading_is_kept_once_and_can_be_taken_back(screened: Visit) -> None:
    entry = read(screened, "load")
    assert screened.post("/api/lessons/load/read", {"id": entry}) == {"saved": entry}
    assert [e.id for e in screened.patella.log.entries(kinds=("lesson.read",))] == [entry]
    assert screened.refused("POST", "/api/lessons/alarm/read", {"id": entry})[0] == 409
    screened.post(f"/api/entries/{entry}/undo", {"id": str(uuid4())})
    assert not screened.get("/api/lesson")["read"]


def test_a_lesson_that_there_is_not_is_refused_with_a_sentence(screened: Visit) -> None:
    status, _, sentence = screened.refused("POST", "/api/lessons/nobody/read", {"id": str(uuid4())})
    assert (status, sentence) == (404, "There is no lesson called 'nobody'.")


def test_the_list_holds_every_lesson_in_its_order_and_says_which_is_todays(screened: Visit) -> None:
    read(screened, "shoes")
    screened.clock.move(days=1)
    answer = screened.get("/api/lessons")
    assert [e["id"] for e in answer["lessons"]] == list(IDS)
    assert answer["today"] == "load"
    assert {e["id"]: e["read_on"] for e in answer["lessons"] if e["read_on"]} == {"shoes": "2026-11-01"}
    assert {c for e in own_lessons().values() for c in e.cited} == set(answer["sources"])


def before_the_questions(visit: Visit) -> None:
    assert visit


def after_an_emergency(visit: Visit) -> None:
    every = own_library().questionnaire.questions
    question, choice = next((q, c) for q in every for c in q.choices if c.outcome is Outcome.EMERGENCY)
    visit.screen(**{question.id: [choice.id] if question.many else choice.id})


@pytest.mark.parametrize("come", [before_the_questions, after_an_emergency])
def test_where_there_is_no_plan_no_lesson_soothes_and_what_matters_more_is_said(visit: Visit, come: object) -> None:
    come(visit)  # type: ignore[operator]
    answer: Plain = visit.get("/api/lesson")
    assert answer["lesson"] is None
    assert answer["clearance_text"] == visit.get("/api/today")["clearance_text"]
    every = visit.get("/api/lessons")
    assert (every["today"], every["clearance_text"]) == (None, answer["clearance_text"])


def test_lessons_on_running_wait_while_there_is_to_be_no_running(
    screened: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_calm_week_later(screened)
    screened.post("/api/runs", {"id": str(uuid4()), "distance_m": 4000}, 201)
    assert todays(screened) == "running"

    def without_running(*said: Any, **more: Any) -> DayPlan:  # noqa: ANN401 - handed on as it comes
        plan = plan_for(*said, **more)
        return replace(plan, clearance=replace(plan.clearance, no_run_text="No running for now."))

    monkeypatch.setattr("patella.app.today.lessons.plan_for", without_running)
    assert todays(screened) == "load"
    waiting = {e["id"]: e["wait"] for e in screened.get("/api/lessons")["lessons"] if e["wait"]}
    assert waiting == dict.fromkeys(("running", "shorter-steps", "hills"), "No running for now.")
