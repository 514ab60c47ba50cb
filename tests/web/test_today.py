from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

import pytest

from patella.app.history.reading import is_read
from patella.app.today.today import answer_today
from patella.care.entries.field import write
from web.visit import Visit, visiting


def test_a_newcomer_is_asked_the_questions_first(visit: Visit) -> None:
    today = visit.get("/api/today")
    assert today["clearance"] == "not_screened"
    assert today["items"] == []
    assert today["due"] == {"morning": False, "after": None, "unfinished": None, "scores": []}


def test_today_is_the_answer_of_the_app_with_what_is_due(screened: Visit) -> None:
    today = screened.get("/api/today")
    assert today.pop("now") == screened.clock.now.isoformat()
    asked = [{"score": "psfs", "week": 0}, {"score": "nprs", "week": 0}]
    assert today.pop("due") == {"morning": False, "after": None, "unfinished": None, "scores": asked}
    assert today == json.loads(json.dumps(write(answer_today(screened.patella))))
    assert today["items"]


def test_a_person_who_hurts_now_sees_a_calmer_plan_and_nothing_is_kept(screened: Visit) -> None:
    before = screened.patella.log.entries()
    calm = {i["exercise"] for i in screened.get("/api/today", pain=7)["items"]}
    assert "lateral-step-down" not in calm
    assert calm != {i["exercise"] for i in screened.get("/api/today")["items"]}
    assert screened.patella.log.entries() == before


def test_who_hurts_now_is_told_to_run_less_and_every_reason_has_its_source(screened: Visit) -> None:
    screened.post("/api/runs", {"id": str(uuid4()), "distance_m": 8000, "day": "2026-10-29"}, 201)
    calm, sore = screened.get("/api/today"), screened.get("/api/today", pain=7)
    assert (calm["running"]["ground"], sore["running"]["ground"]) == ("silent", "flared")
    assert sore["running"]["cap_m"] < calm["running"]["cap_m"]
    for today in (calm, sore):
        assert {r["source"] for r in today["running"]["because"]} <= set(today["sources"])


def test_the_plan_that_was_begun_stays_whatever_hurts_now(screened: Visit) -> None:
    session = screened.begin()
    today = screened.get("/api/today", pain=9)
    assert today["frozen"]
    assert today["session"] == session["id"]
    assert [i["exercise"] for i in today["items"]] == [t["exercise"] for t in session["tasks"]]


@pytest.mark.parametrize("scope", ["full", "snack"])
def test_the_whole_routine_and_a_small_break_can_be_asked_for(screened: Visit, scope: str) -> None:
    many = len(screened.get("/api/today", scope=scope)["items"])
    assert many == 1 if scope == "snack" else many > 4


def test_one_exercise_can_be_asked_for(screened: Visit) -> None:
    today = screened.get("/api/today", scope="one", only="calf-stretch")
    assert [i["exercise"] for i in today["items"]] == ["calf-stretch"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?scope=one", 422),
        ("?only=squat", 422),
        ("?scope=one&only=nobody", 404),
        ("?scope=all", 422),
        ("?pain=11", 422),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(screened: Visit, query: str, status: int) -> None:
    assert screened.refused("GET", f"/api/today{query}")[0] == status


def test_the_hour_after_is_asked_once_it_has_passed_and_only_once(screened: Visit) -> None:
    session = screened.begin()
    screened.say(session, screened.set_done(session), screened.event("session.finished"))
    assert screened.get("/api/today")["due"]["after"] is None
    screened.clock.move(hours=1)
    assert screened.get("/api/today")["due"]["after"] == session["id"]
    screened.post("/api/pain", {"id": str(uuid4()), "nprs": 1, "when": "after", "session": session["id"]})
    assert screened.get("/api/today")["due"]["after"] is None
    assert screened.get(f"/api/sessions/{session['id']}")["after"] == 1


def test_the_next_morning_is_asked_once(screened: Visit) -> None:
    session = screened.begin()
    screened.say(session, screened.set_done(session), screened.event("session.finished"))
    assert not screened.get("/api/today")["due"]["morning"]
    screened.clock.move(hours=13)
    assert screened.get("/api/today")["due"]["morning"]
    screened.post("/api/pain", {"id": str(uuid4()), "nprs": 0, "when": "morning"})
    assert not screened.get("/api/today")["due"]["morning"]


def test_the_mornings_after_a_run_are_asked_for_three_days(screened: Visit) -> None:
    screened.post("/api/runs", {"id": str(uuid4()), "distance_m": 5000}, 201)
    asked = []
    for _ in range(5):
        asked.append(screened.get("/api/today")["due"]["morning"])
        screened.clock.move(days=1)
    assert asked == [False, True, True, True, False]


def test_an_unfinished_session_waits_until_the_day_after(screened: Visit) -> None:
    session = screened.begin()
    assert screened.get("/api/today")["due"]["unfinished"] == session
    screened.clock.move(hours=19)
    assert screened.get("/api/today")["due"]["unfinished"] is None


def test_the_clock_is_the_servers_own(visit: Visit) -> None:
    health = visit.get("/api/health")
    assert health["ok"]
    assert not health["demo"]
    assert health["now"] == visit.clock.now.isoformat()
    assert visit.get("/api/today", today="2031-01-01")["date"] == visit.clock.now.date().isoformat()


def test_two_doors_to_one_diary_see_the_same(tmp_path: Path) -> None:
    with visiting(tmp_path) as one, visiting(tmp_path) as other:
        one.screen()
        assert other.get("/api/today")["clearance"] == "ok"
        session = other.begin()
        assert one.get(f"/api/sessions/{session['id']}") == session


def test_what_was_read_for_today_is_read_again_only_once_something_is_written(screened: Visit) -> None:
    here = screened.patella
    screened.get("/api/today")
    assert is_read(here, here.today)
    here.write("pain.noted", {"nprs": 2, "when": "morning"})
    assert not is_read(here, here.today)
    screened.get("/api/today")
    assert is_read(here, here.today)


def test_tomorrow_is_told_in_a_line_and_keeps_nothing(screened: Visit) -> None:
    before = screened.patella.log.entries()
    ahead = screened.get("/api/tomorrow")
    assert ahead["says"] == f"Tomorrow: a stronger day, about {ahead['minutes']} minutes."
    assert ahead["names"]
    assert screened.patella.log.entries() == before


def test_tomorrow_is_rest_where_nothing_is_open(visit: Visit) -> None:
    assert visit.get("/api/tomorrow")["says"] == "Tomorrow: rest."
