from __future__ import annotations

from uuid import uuid4

import pytest

from patella.app.person.settings import change_settings
from web.visit import Plain, Visit


def test_a_day_shows_what_was_done_and_what_the_knee_said(screened: Visit) -> None:
    screened.client.patch("/api/profile", json={"usual_pain": 1})
    train(screened)
    screened.clock.move(hours=13)
    screened.post("/api/pain", {"id": str(uuid4()), "nprs": 1, "when": "morning", "knee": "left"})
    first, second = screened.get("/api/diary")["days"]
    session = first["sessions"][0]
    assert first["colour"] == "green"
    assert session["finished"]
    assert session["before"] == 1
    assert session["items"][0]["sets"][0]["event_id"]
    assert session["items"][0]["peak"] == 1
    assert session["items"][0]["name"]
    assert session["items"][1]["colour"] is None
    assert [p["when"] for p in first["pains"]] == ["before", "after"]
    assert [(p["when"], p["nprs"], p["knee"], p["session"]) for p in second["pains"]] == [("morning", 1, "left", None)]
    assert second["sessions"] == []


def test_a_day_is_not_green_while_an_exercise_of_it_lacks_an_answer(screened: Visit) -> None:
    screened.client.patch("/api/profile", json={"usual_pain": 1})
    session = screened.begin()
    sets = [screened.set_done(session), screened.set_done(session, 1)]
    screened.say(session, *sets, screened.pain(1), screened.event("session.finished"))
    screened.clock.move(hours=1)
    screened.post("/api/pain", {"id": str(uuid4()), "nprs": 1, "when": "after"})
    screened.clock.move(hours=13)
    screened.post("/api/pain", {"id": str(uuid4()), "nprs": 1, "when": "morning"})
    told = screened.get("/api/diary")["days"][0]
    assert [i["colour"] for i in told["sessions"][0]["items"] if i["sets"]] == ["green", None]
    assert told["colour"] is None


def test_an_answer_that_is_given_weeks_later_stands_with_its_own_day(screened: Visit) -> None:
    session = screened.begin()
    screened.say(session, screened.set_done(session), screened.pain(1), screened.event("session.finished"))
    around = {"since": "2026-10-01", "before": "2027-01-01"}
    screened.clock.move(days=40)
    (before,) = screened.get("/api/diary", **around)["days"]
    screened.say(session, screened.event("pain.noted", {"when": "after", "nprs": 4, "knee": None}))
    (told,) = screened.get("/api/diary", **around)["days"]
    assert (before["colour"], told["colour"], told["day"]) == (None, "amber", before["day"])
    assert told["sessions"][0]["after"] == 4


def test_everything_in_the_diary_can_be_corrected_and_taken_back(screened: Visit) -> None:
    session = train(screened)
    entry = session["sets"][0]["event_id"]
    change = {"id": str(uuid4()), "body": {"reps": 3}}
    assert screened.post(f"/api/entries/{entry}/change", change) == {"saved": change["id"]}
    assert screened.post(f"/api/entries/{entry}/change", change) == {"saved": change["id"]}
    assert day(screened)["sessions"][0]["items"][0]["sets"][0]["reps"] == 3
    undo = {"id": str(uuid4())}
    screened.post(f"/api/entries/{entry}/undo", undo)
    screened.post(f"/api/entries/{entry}/undo", undo)
    assert day(screened)["sessions"][0]["items"][0]["sets"] == []
    screened.post(f"/api/entries/{undo['id']}/undo", {"id": str(uuid4())})
    assert day(screened)["sessions"][0]["items"][0]["sets"][0]["reps"] == 3


def test_a_pain_is_corrected_and_taken_back_wherever_it_was_noted(screened: Visit) -> None:
    note = {"id": str(uuid4()), "nprs": 7, "when": "morning"}
    assert screened.post("/api/pain", note)["colour"] == "red"
    screened.post(f"/api/entries/{note['id']}/change", {"id": str(uuid4()), "body": {"nprs": 1}})
    assert day(screened)["pains"][0]["nprs"] == 1
    assert day(screened)["colour"] == "green"
    screened.post(f"/api/entries/{note['id']}/undo", {"id": str(uuid4())})
    assert screened.get("/api/diary")["days"] == []


def test_noting_pain_twice_with_one_id_notes_it_once(screened: Visit) -> None:
    note = {"id": str(uuid4()), "nprs": 2, "when": "morning"}
    assert screened.post("/api/pain", note) == screened.post("/api/pain", note)
    assert len(day(screened)["pains"]) == 1
    assert screened.refused("POST", "/api/pain", {**note, "nprs": 3})[:2] == (409, "other-content")


def test_what_belongs_to_months_behind_is_remembered_and_still_corrected(screened: Visit) -> None:
    session = train(screened)
    screened.clock.move(days=70)
    asked = {"since": "2026-10-01", "before": "2027-01-12"}
    before = screened.get("/api/diary", **asked)
    assert screened.get("/api/diary", **asked) == before
    assert screened.patella.log.entries(kinds=["set.done"])
    change = {"id": str(uuid4()), "body": {"reps": 2}}
    screened.post(f"/api/entries/{session['sets'][0]['event_id']}/change", change)
    after = screened.get("/api/diary", **asked)
    assert after["days"][0]["sessions"][0]["items"][0]["sets"][0]["reps"] == 2
    assert before["days"][0]["sessions"][0]["items"][0]["sets"][0]["reps"] != 2


def test_only_the_days_that_were_asked_for_come(screened: Visit) -> None:
    train(screened)
    assert screened.get("/api/diary", since="2026-10-20", before="2026-11-01")["days"] == []
    assert len(screened.get("/api/diary", since="2026-11-01", before="2026-11-02")["days"]) == 1


@pytest.mark.parametrize(
    "query",
    [
        "since=2026-01-01&before=2027-12-01",
        "since=2026-02-01&before=2026-01-01",
        "since=0001-01-01&before=0001-01-02",
        "before=9999-12-31",
        "since=9999-12-31",
        "since=tomorrow",
    ],
)
def test_days_that_make_no_sense_are_refused(screened: Visit, query: str) -> None:
    assert screened.refused("GET", f"/api/diary?{query}")[0] == 422


def test_what_cannot_be_taken_back_says_what_to_do_instead(screened: Visit) -> None:
    screening = screened.patella.log.entries()[0]
    status, code, sentence = screened.refused("POST", f"/api/entries/{screening.id}/undo", {"id": str(uuid4())})
    assert (status, code) == (409, "cannot")
    assert "again" in sentence


@pytest.mark.parametrize("verb", ["undo", "change"])
def test_an_entry_that_is_not_there_is_not_found(screened: Visit, verb: str) -> None:
    body = {"id": str(uuid4())} | ({"body": {"nprs": 1}} if verb == "change" else {})
    assert screened.refused("POST", f"/api/entries/nothing/{verb}", body)[:2] == (404, "not-found")


def test_a_pain_is_not_corrected_like_a_set(screened: Visit) -> None:
    note = {"id": str(uuid4()), "nprs": 2, "when": "morning"}
    screened.post("/api/pain", note)
    for body in ({"reps": 4}, {}):
        wrong = {"id": str(uuid4()), "body": body}
        assert screened.refused("POST", f"/api/entries/{note['id']}/change", wrong)[0] == 409


def test_an_id_that_is_taken_is_refused_for_an_amendment(screened: Visit) -> None:
    note = {"id": str(uuid4()), "nprs": 2, "when": "morning"}
    screened.post("/api/pain", note)
    assert screened.refused("POST", f"/api/entries/{note['id']}/undo", {"id": note["id"]})[:2] == (409, "other-content")


def test_pain_after_goes_to_the_session_that_is_named(screened: Visit) -> None:
    session = screened.begin()
    screened.begin(scope="snack")
    body = {"id": str(uuid4()), "nprs": 4, "when": "after", "session": session["id"]}
    screened.post("/api/pain", body)
    assert screened.get(f"/api/sessions/{session['id']}")["after"] == 4
    assert screened.refused("POST", "/api/pain", {**body, "id": str(uuid4()), "session": "none"})[0] == 404


def test_what_was_swapped_away_stays_in_the_diary(screened: Visit) -> None:
    session = screened.begin()
    number = next(n for n, t in enumerate(session["tasks"]) if t["easier"])
    screened.say(session, screened.set_done(session, number))
    screened.post(f"/api/sessions/{session['id']}/swap", {"id": str(uuid4()), "item": number})
    items = day(screened)["sessions"][0]["items"]
    assert len(items) == len(session["tasks"]) + 1
    assert items[0]["exercise"] == session["tasks"][number]["exercise"]
    assert len(items[0]["sets"]) == 1


def train(visit: Visit) -> Plain:
    """One session: a set and a pain of the first exercise, the finish, and the hour after."""
    session = visit.begin()
    done = visit.say(session, visit.set_done(session), visit.pain(1), visit.event("session.finished"))
    visit.clock.move(hours=1)
    visit.post("/api/pain", {"id": str(uuid4()), "nprs": 1, "when": "after"})
    after: Plain = done["session"]
    return after


def day(visit: Visit) -> Plain:
    found: Plain = visit.get("/api/diary")["days"][0]
    return found


def test_what_is_said_to_an_answer_fits_the_moment_it_was_asked_for(screened: Visit) -> None:
    change_settings(screened.patella, {"usual_pain": 1})
    train(screened)

    def says(when: str, nprs: int) -> str:
        note = {"id": str(uuid4()), "nprs": nprs, "when": when}
        return str(screened.post("/api/pain", note)["says"])

    assert says("after", 1).startswith("Settled")
    assert says("after", 8) == "That is a lot after an hour. Next time is easier."
    screened.clock.move(days=1)
    assert says("morning", 6).startswith("Worse than your usual morning")
    assert "Stop this one now" not in says("morning", 8)
