"""What the diary asks to be shown to somebody, and the end of the programme, where a page sees them."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from patella.app.history.reading import person_and_history
from patella.app.report.report import report_on
from web.visit import Visit


def hurts(visit: Visit, *pains: int) -> None:
    """A morning of so much pain on each of the days up to today."""
    visit.clock.move(days=len(pains) - 1)
    for back, nprs in enumerate(reversed(pains)):
        day = visit.patella.today - timedelta(days=back)
        visit.patella.write("pain.noted", {"nprs": nprs, "when": "morning"}, day=day)


def test_severe_pain_is_shown_with_whom_to_see_and_stops_running(screened: Visit) -> None:
    screened.post("/api/runs", {"id": str(uuid4()), "distance_m": 8000, "day": "2026-10-29"}, 201)
    hurts(screened, 8, 9, 8)
    today = screened.get("/api/today")
    (concern,) = today["concerns"]
    assert (concern["worry"], concern["whom"], concern["about"]) == ("watch_severe", "doctor", "concern")
    assert concern["source"] in today["sources"]
    assert today["running"] is None
    assert "No running until somebody has seen this knee" in today["no_run_text"]
    assert "no running" in str(screened.get("/api/running")["no_run_text"]).lower()


def test_once_somebody_has_seen_it_the_same_days_are_not_told_again(screened: Visit) -> None:
    hurts(screened, 8, 9, 8)
    entry = str(uuid4())
    for _ in range(2):  # an answer that was lost on the way is asked for again
        assert screened.post("/api/seen", {"id": entry})["concerns"] == []
    assert len(screened.patella.log.entries(kinds=("knee.seen",))) == 1
    screened.clock.move(days=1)
    assert screened.get("/api/today")["concerns"] == []
    hurts(screened, 8, 8, 8)
    assert [c["worry"] for c in screened.get("/api/today")["concerns"]] == ["watch_severe"]


def test_that_somebody_saw_it_reopens_nothing_that_a_warning_sign_has_shut(screened: Visit) -> None:
    screened.patella.write("symptom.noted", {"symptom": "lump"})
    before = screened.get("/api/today")["clearance"]
    assert before != "ok"
    assert screened.post("/api/seen", {"id": str(uuid4())})["clearance"] == before


def test_taken_back_it_is_as_if_nobody_had_seen_it(screened: Visit) -> None:
    hurts(screened, 8, 9, 8)
    entry = str(uuid4())
    screened.post("/api/seen", {"id": entry})
    screened.post(f"/api/entries/{entry}/undo", {"id": str(uuid4())})
    assert len(screened.get("/api/today")["concerns"]) == 1


def test_the_report_says_what_the_diary_asks(screened: Visit) -> None:
    assert report_on(screened.patella)["concerns"] == []
    hurts(screened, 8, 9, 8)
    said = report_on(screened.patella)["concerns"]
    assert isinstance(said, list)
    assert ["doctor" in text for text in said] == [True]


def test_the_worst_of_each_day_is_looked_at_wherever_it_was_noted(screened: Visit) -> None:
    session = screened.begin()
    screened.post("/api/pain", {"id": str(uuid4()), "nprs": 3, "when": "morning"})
    event = {"id": str(uuid4()), "at": screened.clock.now.isoformat(), "kind": "pain.noted"}
    body = {"when": "during", "nprs": 6, "item": 0, "exercise": session["tasks"][0]["exercise"]}
    screened.post(f"/api/sessions/{session['id']}/events", {"events": [{**event, "body": body}]})
    _, history = person_and_history(screened.patella, screened.patella.today)
    assert history.pains == {screened.patella.today: 6}
    screened.clock.move(days=14)
    _, later = person_and_history(screened.patella, screened.patella.today)
    assert later.pains == {}


def test_keeping_it_is_a_setting_that_can_be_taken_and_left(screened: Visit) -> None:
    assert screened.get("/api/today")["end"] is None
    assert screened.get("/api/profile")["maintenance"] is None
    for keeps, many in ((True, 2), (False, 4)):
        answer = screened.client.patch("/api/profile", json={"maintenance": keeps})
        assert answer.json()["maintenance"] is keeps
        assert len(screened.get("/api/today")["items"]) == many


def test_about_ten_minutes_can_be_asked_for_and_begun(screened: Visit) -> None:
    short = screened.get("/api/today", scope="short")
    assert (short["scope"], len(short["items"])) == ("short", 2)
    assert [t["exercise"] for t in screened.begin(scope="short")["tasks"]] == [i["exercise"] for i in short["items"]]
