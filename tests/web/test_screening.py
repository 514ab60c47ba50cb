from __future__ import annotations

import pytest

from web.visit import Visit


def test_the_questions_come_with_the_texts_of_their_outcomes(visit: Visit) -> None:
    found = visit.get("/api/questions")
    assert len(found["questions"]) == 17
    assert set(found["texts"]) >= {"emergency", "same_day", "soon", "ok", "always"}


def test_calm_answers_open_the_plan(visit: Visit) -> None:
    answer = visit.screen()
    assert answer["outcome"] == "ok"
    assert answer["findings"] == []
    assert visit.get("/api/today")["items"]


def test_a_fact_shuts_an_exercise_and_says_so(visit: Visit) -> None:
    answer = visit.screen(low_back_pain="yes")
    assert answer["outcome"] == "ok"
    assert {"question": "low_back_pain", "choice": "yes"} in answer["findings"]
    assert "medicine-ball-squeeze" in {s["exercise"] for s in answer["shut"]}
    assert answer["notes"]


def test_a_warning_sign_stops_everything(visit: Visit) -> None:
    assert visit.screen(hot_or_fever="yes")["outcome"] == "emergency"
    assert visit.get("/api/today")["items"] == []
    assert visit.refused("POST", "/api/sessions", {"id": "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"})[0] == 409


def test_peeking_says_whether_to_stop_and_keeps_nothing(visit: Visit) -> None:
    before = visit.patella.log.entries()
    assert visit.post("/api/screening/peek", {"answers": {"habit": "none"}}) == {"stops": None, "text": None}
    stopped = visit.post("/api/screening/peek", {"answers": {"locked": "yes"}})
    assert stopped["stops"] == "same_day"
    assert stopped["text"].startswith("Get this knee looked at today")
    assert visit.patella.log.entries() == before


@pytest.mark.parametrize("path", ["/api/screening", "/api/screening/peek"])
def test_an_answer_that_is_none_of_the_choices_is_refused(visit: Visit, path: str) -> None:
    status, _, sentence = visit.refused("POST", path, {"answers": {"locked": "perhaps"}})
    assert status == 422
    assert "locked" in sentence


def test_a_missing_answer_is_never_taken_for_a_good_one(visit: Visit) -> None:
    status, code, sentence = visit.refused("POST", "/api/screening", {"answers": {"habit": "none"}})
    assert (status, code) == (422, "answer")
    assert "Not answered yet" in sentence
    assert visit.get("/api/today")["clearance"] == "not_screened"


def test_an_urgent_answer_needs_no_others(visit: Visit) -> None:
    assert visit.post("/api/screening", {"answers": {"cannot_straighten": "yes"}})["outcome"] == "emergency"


def test_an_assessment_opens_what_was_paused(visit: Visit) -> None:
    visit.screen(gives_way="yes")
    assert visit.get("/api/today")["clearance"] == "soon"
    visit.clock.move(days=3)
    assert visit.post("/api/screening/assessed", {})["clearance"] == "ok"
    assert visit.get("/api/today")["items"]


def test_there_is_nothing_to_reopen_when_nothing_is_shut(screened: Visit) -> None:
    assert screened.refused("POST", "/api/screening/assessed", {})[:2] == (422, "answer")


@pytest.mark.parametrize("hours", [0, -1, -30])
def test_a_clock_that_was_set_back_hides_no_symptom_and_no_answer(screened: Visit, hours: int) -> None:
    screened.clock.move(hours=hours)
    assert screened.post("/api/symptoms", {"symptom": "locking"})["clearance"] == "ask_again_symptom"
    assert screened.get("/api/today")["items"] == []
    screened.screen()
    assert screened.get("/api/today")["items"]
    screened.screen(gives_way="yes")
    assert screened.get("/api/today")["clearance"] == "soon"
    assert screened.post("/api/screening/assessed", {})["clearance"] == "ok"


def test_a_symptom_of_a_day_that_a_wrong_clock_said_holds_today(screened: Visit) -> None:
    screened.clock.move(days=3)
    screened.post("/api/symptoms", {"symptom": "locking"})
    screened.clock.move(days=-3)
    assert screened.get("/api/today")["clearance"] == "ask_again_symptom"


def test_a_new_symptom_asks_the_questions_again(screened: Visit) -> None:
    screened.clock.move(minutes=1)
    assert screened.post("/api/symptoms", {"symptom": "swelling"})["clearance"] == "ask_again_symptom"
    assert screened.get("/api/today")["items"] == []
    screened.clock.move(minutes=1)
    screened.screen()
    assert screened.get("/api/today")["items"]
