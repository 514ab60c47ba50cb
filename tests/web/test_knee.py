"""Pain anywhere, sitting and scores through the pages."""

from __future__ import annotations

from uuid import uuid4

import pytest

from files.watcher import Watcher, spell, watching
from patella.app.knee.sitting import barefoot_between, sitting_between
from patella.files import activitywatch
from web.visit import Plain, Visit


def note(visit: Visit, nprs: int, **more: object) -> Plain:
    return visit.post("/api/knee", {"id": str(uuid4()), "nprs": nprs, **more})


def today(visit: Visit) -> Plain:
    found: Plain = visit.get("/api/timeline", since="2026-11-01", before="2026-11-02")["days"][0]
    return found


def test_the_number_is_enough(screened: Visit) -> None:
    assert note(screened, 1)["colour"] == "green"
    assert today(screened)["pain"]["worst"] == 1


def test_a_place_that_suggests_something_else_says_so(screened: Visit) -> None:
    places = {p["id"]: p for p in screened.get("/api/places")["places"]}
    assert len(places) == 7
    assert note(screened, 3, place="front")["place_text"] == places["front"]["says"] is None
    said = note(screened, 3, place="inside", doing="run", knee="right")
    assert said["place_text"] == places["inside"]["says"]
    assert today(screened)["notes"][-1]["place"] == "inside"


@pytest.mark.parametrize("symptom", ["swelling", "giving_way"])
def test_swelling_and_giving_way_lead_to_what_the_questions_lead_to(screened: Visit, symptom: str) -> None:
    screened.clock.move(minutes=1)
    said = note(screened, 2, **{symptom: True})
    assert said["clearance"] == "soon"
    assert said["text"] == "Noted. Thanks for telling us."
    assert "Book a doctor or a physiotherapist" in said["clearance_text"]
    assert screened.get("/api/today")["items"] == []


def test_a_note_said_twice_is_one_and_is_taken_back(screened: Visit) -> None:
    said = {"id": str(uuid4()), "nprs": 6}
    screened.post("/api/knee", said)
    screened.post("/api/knee", said)
    assert len(today(screened)["notes"]) == 1
    screened.post(f"/api/entries/{said['id']}/undo", {"id": str(uuid4())})
    assert today(screened)["pain"]["worst"] is None


def test_sitting_and_barefoot_time_become_unknown_again_when_taken_back(screened: Visit) -> None:
    for what, key, shown in (("sitting", "hours", "sitting_h"), ("barefoot", "minutes", "barefoot_min")):
        screened.post(f"/api/{what}", {"id": str(uuid4()), key: 9})
        assert today(screened)[shown] == 9
        screened.post(f"/api/{what}", {"id": str(uuid4()), key: None})
        assert today(screened)[shown] is None
    assert sitting_between(screened.patella, None, None) == {}
    assert barefoot_between(screened.patella, None, None) == {}


def test_a_score_that_was_a_slip_is_taken_out(screened: Visit) -> None:
    slip = {"id": str(uuid4()), "score": "akps", "value": 17}
    screened.post("/api/scores", slip)
    screened.post(f"/api/entries/{slip['id']}/undo", {"id": str(uuid4())})
    (akps,) = [s for s in screened.get("/api/scores")["scores"] if s["id"] == "akps"]
    assert akps["entries"] == []


def test_what_is_no_pain_is_refused(screened: Visit) -> None:
    for wrong in (
        {"nprs": 11},
        {"nprs": 2.5},
        {"nprs": True},
        {"nprs": 1, "place": "nose"},
        {"nprs": 1, "knee": "both"},
    ):
        assert screened.refused("POST", "/api/knee", {"id": str(uuid4()), **wrong})[0] == 422


def test_the_last_word_about_sitting_counts(visit: Visit) -> None:
    for hours in (6, 7.5):
        visit.post("/api/sitting", {"id": str(uuid4()), "hours": hours, "day": "2026-11-01"})
    visit.post("/api/barefoot", {"id": str(uuid4()), "minutes": 40})
    assert (today(visit)["sitting_h"], today(visit)["barefoot_min"]) == (7.5, 40)
    assert visit.refused("POST", "/api/sitting", {"id": str(uuid4()), "hours": 25})[0] == 422


def test_scores_are_asked_given_and_compared(screened: Visit) -> None:
    asked = {s["id"]: s for s in screened.get("/api/scores")["scores"]}
    assert [i for i, s in asked.items() if s["due"] == 0] == ["psfs", "nprs"]
    activities = [{"name": n, "value": v} for n, v in (("Stairs", 4), ("Running", 3), ("Sitting", 5))]
    screened.post("/api/scores", {"id": str(uuid4()), "score": "psfs", "activities": activities})
    screened.post("/api/scores", {"id": str(uuid4()), "score": "nprs", "value": 5})
    screened.clock.move(days=42)
    screened.post("/api/scores", {"id": str(uuid4()), "score": "nprs", "value": 4})
    found = {s["id"]: s for s in screened.get("/api/scores")["scores"]}
    assert found["psfs"]["entries"][0]["value"] == 4
    assert found["nprs"]["change"]["verdict"] == "unclear"
    screened.post("/api/scores", {"id": str(uuid4()), "score": "nprs", "value": 2})
    assert {s["id"]: s for s in screened.get("/api/scores")["scores"]}["nprs"]["change"]["verdict"] == "better"


@pytest.mark.parametrize(
    ("score", "value"), [("akps", 99.5), ("akps", 101), ("nprs", 3.5), ("uwri", 37), ("koos-pf", -1), ("psfs", None)]
)
def test_a_score_that_cannot_be_is_refused_with_a_sentence(screened: Visit, score: str, value: float | None) -> None:
    status, _, sentence = screened.refused("POST", "/api/scores", {"id": str(uuid4()), "score": score, "value": value})
    assert status in (409, 422)
    assert len(sentence) > 20
    assert all(s["entries"] == [] for s in screened.get("/api/scores")["scores"])


def test_hours_at_the_desk_are_read_and_what_was_typed_stays(screened: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    screened.post("/api/sitting", {"id": str(uuid4()), "hours": 7, "day": "2026-10-31"})
    spells = [spell(f"2026-10-{day}T09:00:00+01:00", 4.5) for day in (29, 30, 31)]
    with watching(Watcher(events={"aw-watcher-afk_here": spells})) as watcher:
        monkeypatch.setattr(activitywatch, "PORT", watcher.port)
        assert screened.post("/api/sitting/read", {}) == {"days": 2}
        written = len(screened.patella.log.entries())
        assert screened.post("/api/sitting/read", {}) == {"days": 2}
        assert len(screened.patella.log.entries()) == written
    days = screened.get("/api/timeline", since="2026-10-28", before="2026-11-01")["days"]
    assert [d["sitting_h"] for d in days] == [None, 4.5, 4.5, 7]


def test_a_program_that_is_not_running_is_said_in_a_sentence(screened: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    with watching(Watcher()) as watcher:
        monkeypatch.setattr(activitywatch, "PORT", watcher.port)
    status, _, sentence = screened.refused("POST", "/api/sitting/read", {})
    assert status < 500
    assert "is it running" in sentence
    assert today(screened)["sitting_h"] is None
