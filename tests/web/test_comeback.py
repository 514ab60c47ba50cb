"""The way back to running through the pages."""

from __future__ import annotations

from uuid import uuid4

import pytest

from web.visit import Plain, Visit


def begin(visit: Visit, **said: object) -> None:
    visit.post("/api/comeback", {"id": str(uuid4()), "step": "begun", **said})


def outing(visit: Visit, **said: object) -> Plain:
    done = {"id": str(uuid4()), "stage": "walk-run-1", "seconds": 1200, "complete": True}
    return visit.post("/api/comeback/outings", done | said, 201)


def went_well(visit: Visit) -> None:
    """An outing, its answer, and a calm next morning; then another day has gone by."""
    outing(visit, stage=visit.get("/api/comeback")["comeback"]["stage"])
    visit.post("/api/knee", {"id": str(uuid4()), "nprs": 1, "when": "during", "doing": "run"})
    visit.clock.move(days=1)
    visit.post("/api/pain", {"id": str(uuid4()), "nprs": 0, "when": "morning"})
    visit.clock.move(days=1)


def test_who_has_not_run_for_a_month_is_offered_the_first_stage(screened: Visit) -> None:
    assert screened.get("/api/comeback")["comeback"] is None
    screened.post("/api/runs", {"id": str(uuid4()), "distance_m": 8000, "day": "2026-09-01"}, 201)
    offered = screened.get("/api/today")["comeback"]
    assert (offered["stage"], offered["number"], offered["of"], offered["begun"]) == ("walk-run-1", 1, 12, False)
    assert offered["today"]
    assert screened.get("/api/comeback")["comeback"] == offered


def test_one_tap_begins_it_for_who_says_so(screened: Visit) -> None:
    assert len(screened.get("/api/comeback")["stages"]) == 12
    begin(screened)
    back = screened.get("/api/comeback")
    assert (back["comeback"]["stage"], back["comeback"]["begun"]) == ("walk-run-1", True)
    assert {r["source"] for r in back["comeback"]["because"]} <= set(back["sources"])
    today = screened.get("/api/today")
    assert today["comeback"] == back["comeback"]
    assert {r["source"] for r in today["comeback"]["because"]} <= set(today["sources"])


def test_two_good_outings_with_rest_between_open_the_next_stage(screened: Visit) -> None:
    begin(screened)
    went_well(screened)
    once = screened.get("/api/comeback")["comeback"]
    assert (once["stage"], once["well"]) == ("walk-run-1", 1)
    went_well(screened)
    assert screened.get("/api/comeback")["comeback"]["stage"] == "walk-run-2"


def test_the_day_after_is_for_rest_and_an_answer_is_missed(screened: Visit) -> None:
    begin(screened)
    outing(screened)
    screened.clock.move(days=1)
    rests = screened.get("/api/comeback")["comeback"]
    assert not rests["today"]
    assert [r["key"] for r in rests["because"]] == ["back_stage", "back_unanswered", "back_rest"]
    assert rests["because"][-1]["text"].endswith("tomorrow.")


def test_an_illness_is_one_tap_and_one_stage_back_and_anybody_may_leave(screened: Visit) -> None:
    begin(screened, stage="further-1")
    screened.post("/api/comeback", {"id": str(uuid4()), "step": "paused"})
    assert screened.get("/api/comeback")["comeback"]["stage"] == "walk-run-6"
    screened.post("/api/comeback", {"id": str(uuid4()), "step": "left"})
    assert screened.get("/api/comeback")["comeback"] is None


def test_an_outing_is_a_run_in_the_diary_and_is_taken_back_as_one(screened: Visit) -> None:
    begin(screened)
    run = outing(screened, distance_m=1700)
    assert (run["stage"], run["distance_m"], run["moving_s"], run["source"]) == ("walk-run-1", 1700, 1200, "hand")
    (day,) = screened.get("/api/timeline", since="2026-11-01", before="2026-11-02")["days"]
    assert [(r["name"], r["distance_m"]) for r in day["runs"]] == [(run["name"], 1700)]
    screened.post(f"/api/entries/{run['id']}/undo", {"id": str(uuid4())})
    assert screened.get("/api/comeback")["comeback"]["because"][1]["key"] == "back_begun"


def test_an_outing_of_who_has_not_begun_begins_it_and_the_same_twice_is_one(screened: Visit) -> None:
    said = {"id": str(uuid4()), "stage": "walk-run-3", "seconds": 600, "complete": False}
    for _ in range(2):
        screened.post("/api/comeback/outings", said, 201)
    back = screened.get("/api/comeback")["comeback"]
    assert (back["stage"], back["begun"], back["because"][1]["key"]) == ("walk-run-3", True, "back_cut_short")
    assert len(screened.patella.log.entries(kinds=("run.added",))) == 1
    assert len(screened.patella.log.entries(kinds=("comeback.begun",))) == 1


def test_taking_back_the_beginning_ends_it(screened: Visit) -> None:
    entry = str(uuid4())
    screened.post("/api/comeback", {"id": entry, "step": "begun"})
    screened.post(f"/api/entries/{entry}/undo", {"id": str(uuid4())})
    assert screened.get("/api/comeback")["comeback"] is None


@pytest.mark.parametrize(
    ("path", "said", "status"),
    [
        ("/api/comeback", {"step": "begun", "stage": "nobody"}, 409),
        ("/api/comeback", {"step": "flown"}, 422),
        ("/api/comeback/outings", {"stage": "nobody", "seconds": 60, "complete": True}, 409),
        ("/api/comeback/outings", {"stage": "walk-run-1", "seconds": -1, "complete": True}, 422),
    ],
)
def test_what_cannot_be_is_refused(screened: Visit, path: str, said: Plain, status: int) -> None:
    assert screened.refused("POST", path, {"id": str(uuid4()), **said})[0] == status
