"""Runs and shoes through the pages."""

from __future__ import annotations

from uuid import uuid4

from web.visit import Plain, Visit


def run(visit: Visit, **values: object) -> Plain:
    return visit.post("/api/runs", {"id": str(uuid4()), **values}, 201)


def days(visit: Visit) -> list[Plain]:
    found: list[Plain] = visit.get("/api/timeline", since="2026-10-20", before="2026-11-02")["days"]
    return found


def test_a_run_is_noted_corrected_and_taken_back(visit: Visit) -> None:
    made = run(visit, distance_m=5000, moving_s=1800, day="2026-10-30", surface="trail")
    assert (made["distance_m"], made["surface"], made["day"]) == (5000, "trail", "2026-10-30")
    changed = visit.post(
        f"/api/runs/{made['id']}/change", {"id": str(uuid4()), "body": {"distance_m": 5500, "surface": None}}
    )
    assert (changed["distance_m"], changed["surface"], changed["moving_s"]) == (5500, None, 1800)
    assert [d["run_m"] for d in days(visit) if d["run_m"]] == [5500]
    taken = str(uuid4())
    visit.post(f"/api/entries/{made['id']}/undo", {"id": taken})
    assert not [d for d in days(visit) if d["runs"]]
    visit.post(f"/api/entries/{taken}/undo", {"id": str(uuid4())})
    assert [d["run_m"] for d in days(visit) if d["run_m"]] == [5500]


def test_the_same_run_said_twice_is_one(visit: Visit) -> None:
    said = {"id": str(uuid4()), "distance_m": 4000}
    visit.post("/api/runs", said, 201)
    visit.post("/api/runs", said, 201)
    assert sum(len(d["runs"]) for d in days(visit)) == 1


def test_a_run_without_distance_or_time_is_refused(visit: Visit) -> None:
    status, code, _ = visit.refused("POST", "/api/runs", {"id": str(uuid4())})
    assert (status, code) == (409, "cannot")
    for wrong in ({"distance_m": -1}, {"distance_m": "5"}, {"surface": "lava"}, {"day": "1999-01-01"}, {"way": 1}):
        assert visit.refused("POST", "/api/runs", {"id": str(uuid4()), "distance_m": 1000, **wrong})[0] == 422


def test_how_far_today_follows_the_longest_run(screened: Visit) -> None:
    assert screened.get("/api/running")["ground"] == "unknown"
    assert screened.get("/api/today")["running"] is None
    run(screened, distance_m=8000, day="2026-10-25")
    advice = screened.get("/api/running")
    assert (advice["longest_m"], advice["cap_m"]) == (8000, 8000)
    assert all(r["source"] in advice["sources"] for r in advice["because"])
    assert screened.get("/api/today")["running"]["cap_m"] == 8000


def test_shoes_have_a_drop_and_go_their_way(visit: Visit) -> None:
    shoe = str(uuid4())
    visit.post("/api/shoes", {"id": shoe, "name": "Daily", "heel_drop_mm": 10, "usual": True}, 201)
    run(visit, distance_m=6000, day="2026-10-28")
    found = visit.get("/api/shoes")
    assert found["warning"] is None
    assert [(s["name"], s["metres"], s["runs"]) for s in found["shoes"]] == [("Daily", 6000, 1)]
    visit.post(f"/api/shoes/{shoe}/change", {"id": str(uuid4()), "body": {"heel_drop_mm": 8.5, "until": "2026-10-31"}})
    assert visit.get("/api/shoes")["shoes"][0]["heel_drop_mm"] == 8.5
    visit.post(f"/api/entries/{shoe}/undo", {"id": str(uuid4())})
    assert visit.get("/api/shoes")["shoes"] == []


def test_a_new_pair_and_a_far_run_together_get_a_word(screened: Visit) -> None:
    old, new = str(uuid4()), str(uuid4())
    for shoe, name in ((old, "Old"), (new, "New")):
        screened.post("/api/shoes", {"id": shoe, "name": name}, 201)
    run(screened, distance_m=5000, day="2026-10-10", shoe=old)
    run(screened, distance_m=5000, day="2026-10-20", shoe=old)
    run(screened, distance_m=9000, day="2026-10-30", shoe=new)
    word = screened.get("/api/shoes")["warning"]
    assert word.startswith("New is new on your feet")
    assert screened.get("/api/running")["shoes"] == word


def test_what_one_activity_was_is_put_right_and_it_is_a_run_no_more(visit: Visit) -> None:
    made, ride = run(visit, distance_m=5000, moving_s=900, day="2026-10-30"), str(uuid4())
    changed = visit.post(f"/api/activities/{made['id']}/sport", {"id": ride, "sport": "cycling"})
    assert (changed["id"], changed["sport"], changed["distance_m"]) == (ride, "cycling", 5000)
    assert [[s["sport"] for s in d["sports"]] for d in days(visit) if d["sports"]] == [["cycling"]]
    assert not [d for d in days(visit) if d["runs"]]
    assert visit.refused("POST", f"/api/activities/{uuid4()}/sport", {"id": str(uuid4()), "sport": "cycling"})[0] == 404


def test_what_nobody_says_is_asked_for_by_kind(visit: Visit) -> None:
    body = {"sport": "unknown", "source": "gpx", "distance_m": 5000.0, "moving_s": 1800.0}
    visit.patella.write("sport.added", body)
    (kind,) = visit.get("/api/activities/unnamed")["kinds"]
    assert (kind["count"], kind["asks"]) == (
        1,
        "One activity without a sport, between 4:10 a km and 8:20 a km. Was it a run?",
    )
    assert visit.post("/api/activities/unnamed", {"key": kind["key"], "sport": "running"})["kinds"] == []
