from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from patella.app.demo import fill
from patella.care.entries.field import read
from patella.care.entries.kinds import Kind
from patella.care.entries.of_session import PlannedTask
from patella.care.script import script_of
from patella.care.task import task_in
from web.visit import Plain, Visit


def test_a_session_begins_from_todays_plan_and_carries_its_script(screened: Visit) -> None:
    plan = screened.get("/api/today")
    session = screened.begin()
    assert [t["exercise"] for t in session["tasks"]] == [i["exercise"] for i in plan["items"]]
    assert session["before"] == 1
    steps = script_of([task_in(read(PlannedTask, t)) for t in session["tasks"]])
    assert [(s["kind"], s["seconds"]) for s in session["steps"]] == [(s.kind, s.seconds) for s in steps]
    first = session["tasks"][0]
    assert first["cues"]["ready"]
    assert first["how"]
    assert first["figure_text"]
    assert screened.get(f"/api/sessions/{session['id']}") == session


def test_beginning_twice_with_one_id_begins_one_session(screened: Visit) -> None:
    session = screened.begin()
    screened.clock.move(seconds=20)
    again = screened.begin(id=session["id"])
    assert again | {"now": None} == session | {"now": None}
    assert sum(e.kind == "session.begun" for e in screened.patella.log.entries()) == 1
    assert sum(e.kind == "pain.noted" for e in screened.patella.log.entries()) == 1


def test_pain_before_may_be_left_unsaid(screened: Visit) -> None:
    assert screened.begin(before=None)["before"] is None


def test_what_is_acknowledged_is_on_the_disk_and_saying_it_again_changes_nothing(screened: Visit) -> None:
    session = screened.begin()
    events = [screened.event("step.reached", {"step": 1}), screened.set_done(session), screened.pain(2)]
    first = screened.say(session, *events)
    written = screened.patella.log.entries()
    second = screened.say(session, *events)
    assert first["acknowledged"] == second["acknowledged"] == [e["id"] for e in events]
    assert first["advice"] == second["advice"]
    assert screened.patella.log.entries() == written
    assert second["session"] == screened.get(f"/api/sessions/{session['id']}")
    assert len(second["session"]["sets"]) == 1
    assert second["session"]["peaks"] == {"0": 2}
    assert second["session"]["step"] == 1


def test_a_set_keeps_the_number_it_was_done_as(screened: Visit) -> None:
    session = screened.begin()
    second, first = screened.set_done(session, set=2), screened.set_done(session, set=1)
    shown = screened.say(session, second, first)["session"]["sets"]
    assert [(s["event_id"], s["set"]) for s in shown] == [(second["id"], 2), (first["id"], 1)]


def test_the_same_event_twice_in_one_breath_is_one_event(screened: Visit) -> None:
    session = screened.begin()
    event = screened.set_done(session)
    assert len(screened.say(session, event, event)["session"]["sets"]) == 1


def test_an_id_that_meant_something_else_is_refused_and_nothing_of_it_is_kept(screened: Visit) -> None:
    session = screened.begin()
    event = screened.set_done(session)
    screened.say(session, event)
    body = {"events": [screened.set_done(session), {**event, "body": {**event["body"], "reps": 99}}]}  # type: ignore[dict-item]
    assert screened.refused("POST", f"/api/sessions/{session['id']}/events", body)[:2] == (409, "other-content")
    assert len(screened.get(f"/api/sessions/{session['id']}")["sets"]) == 1


def test_an_id_of_another_session_is_refused(screened: Visit) -> None:
    one, other = screened.begin(), screened.begin(scope="snack")
    event = screened.event("session.finished")
    screened.say(one, event)
    body = {"events": [event]}
    assert screened.refused("POST", f"/api/sessions/{other['id']}/events", body)[:2] == (409, "other-content")


def test_pain_up_to_two_goes_on_and_up_to_five_makes_it_easier(screened: Visit) -> None:
    session = screened.begin()
    calm, sore = screened.pain(2), screened.pain(5, item=1)
    answer = screened.say(session, calm, sore)
    assert [(a["id"], a["colour"]) for a in answer["advice"]] == [(calm["id"], "green"), (sore["id"], "amber")]
    assert answer["session"]["stopped"] == []


def test_red_pain_stops_the_exercise_and_taking_it_back_starts_it_again(screened: Visit) -> None:
    session = screened.begin()
    red = screened.pain(6)
    stopped = screened.say(session, red)
    assert stopped["advice"][0]["colour"] == "red"
    assert stopped["session"]["stopped"] == [0]
    undo = screened.event("entry.undone", {"of": red["id"]})
    assert screened.say(session, undo)["session"]["stopped"] == []
    back = screened.say(session, screened.event("entry.undone", {"of": undo["id"]}))["session"]
    assert back["stopped"] == [0]
    assert back["peaks"] == {"0": 6}


def test_a_red_pain_that_was_a_slip_of_the_thumb_is_corrected_and_the_stop_goes(screened: Visit) -> None:
    session = screened.begin()
    slip = screened.pain(9)
    screened.say(session, slip)
    changed = screened.event("entry.changed", {"of": slip["id"], "body": {"nprs": 1}})
    after = screened.say(session, changed)["session"]
    assert after["peaks"] == {"0": 1}
    assert after["stopped"] == []


def test_in_cautious_mode_three_is_red(screened: Visit) -> None:
    screened.client.patch("/api/profile", json={"cautious": True})
    session = screened.begin()
    assert screened.say(session, screened.pain(3))["session"]["stopped"] == [0]


def test_a_pain_cannot_be_corrected_to_none_at_all(screened: Visit) -> None:
    session = screened.begin()
    pain = screened.pain(2)
    screened.say(session, pain)
    gone = screened.event("entry.changed", {"of": pain["id"], "body": {"nprs": None}})
    answer = screened.client.post(f"/api/sessions/{session['id']}/events", json={"events": [gone]})
    said = answer.json()["error"]["sentence"]
    assert answer.status_code == 409
    assert said == "It cannot be corrected to that: body.nprs must be a whole number from 0 to 10, not null."
    assert screened.get(f"/api/sessions/{session['id']}")["peaks"] == {"0": 2}


def test_a_set_is_corrected_twice_and_both_corrections_hold(screened: Visit) -> None:
    session = screened.begin()
    event = screened.set_done(session)
    screened.say(session, event)
    screened.say(session, screened.event("entry.changed", {"of": event["id"], "body": {"reps": 4}}))
    last = screened.event("entry.changed", {"of": event["id"], "body": {"load_kg": 2.5}})
    screened.say(session, last)
    corrected = screened.say(session, last)["session"]["sets"][0]
    assert (corrected["reps"], corrected["load_kg"]) == (4, 2.5)


def test_skip_pause_resume_and_finish_are_shown(screened: Visit) -> None:
    session = screened.begin()
    skipped = screened.event("item.skipped", {"item": 1})
    assert screened.say(session, skipped, screened.event("session.paused"))["session"]["paused"]
    after = screened.say(session, screened.event("session.resumed"), screened.event("session.finished"))["session"]
    assert (after["paused"], after["finished"], after["skipped"]) == (False, True, [1])


def test_swap_takes_something_easier_once(screened: Visit) -> None:
    session = screened.begin()
    number = next(n for n, t in enumerate(session["tasks"]) if t["easier"])
    swap = {"id": str(uuid4()), "item": number}
    answer = screened.post(f"/api/sessions/{session['id']}/swap", swap)
    assert answer["acknowledged"] == [swap["id"]]
    assert answer["session"]["tasks"][number]["exercise"] in session["tasks"][number]["easier"]
    assert screened.post(f"/api/sessions/{session['id']}/swap", swap)["session"] == answer["session"]
    undone = screened.say(session, screened.event("entry.undone", {"of": swap["id"]}))["session"]
    assert undone["tasks"] == session["tasks"]


def test_a_swap_takes_no_longer_than_what_was_left_to_do(screened: Visit) -> None:
    begun = screened.begin()
    number = next(n for n, t in enumerate(begun["tasks"]) if t["easier"])
    task = begun["tasks"][number]
    sets = task["sets"] * len(task["sides"])
    screened.say(begun, *(screened.set_done(begun, number) for _ in range(sets - 1)))
    swap = {"id": str(uuid4()), "item": number}
    after = screened.post(f"/api/sessions/{begun['id']}/swap", swap)["session"]["tasks"][number]
    assert after["sets"] == 1
    said = next(r["text"] for r in after["because"] if r["key"] == "dose_swapped_in")
    assert said == f"As many sets as fit into the time that was left for {task['name']}."


def test_swap_to_what_is_not_there_is_refused(screened: Visit) -> None:
    session = screened.begin()
    path = f"/api/sessions/{session['id']}/swap"
    assert screened.refused("POST", path, {"id": str(uuid4()), "item": 0, "to": "nobody"})[0] == 409
    taken = session["tasks"][1]["exercise"]
    assert screened.refused("POST", path, {"id": str(uuid4()), "item": 0, "to": taken})[0] == 409
    assert screened.refused("POST", path, {"id": str(uuid4()), "item": 50})[0] == 409


def test_easing_once_is_one_step(visit: Visit) -> None:
    fill(visit.patella)
    session = visit.begin(scope="one", only="terminal-knee-extension")
    path, ease = f"/api/sessions/{session['id']}/ease", {"id": str(uuid4()), "item": 0}
    eased = visit.post(path, ease)["session"]
    (was, now) = ((s["tasks"][0]["step"], s["tasks"][0]["reps"]) for s in (session, eased))
    assert now < was
    assert eased["tasks"][0]["seconds"] < session["tasks"][0]["seconds"]
    assert visit.post(path, ease)["session"] == eased
    assert sum(e.session_id == session["id"] for e in visit.patella.log.entries(kinds=[Kind.ITEM_EASED])) == 1


def test_the_easiest_dose_is_called_that_and_not_easier(screened: Visit) -> None:
    """A button that said "One step easier" and changed nothing."""
    session = screened.begin()
    path = f"/api/sessions/{session['id']}/ease"
    status, code, sentence = screened.refused("POST", path, {"id": str(uuid4()), "item": 0})
    assert (status, code) == (409, "cannot")
    assert "easiest dose" in sentence
    assert screened.get(f"/api/sessions/{session['id']}")["tasks"] == session["tasks"]


def test_a_clock_of_the_page_that_is_wrong_does_not_confuse_the_diary(screened: Visit) -> None:
    session = screened.begin()
    screened.clock.move(minutes=10)
    ahead = screened.event("step.reached", {"step": 1}, at=(screened.clock.now + timedelta(days=400)).isoformat())
    behind = screened.event("step.reached", {"step": 2}, at="1999-01-01T00:00:00Z")
    screened.say(session, ahead, behind)
    moments = [e.at for e in screened.patella.log.entries() if e.kind == "step.reached"]
    assert moments == [screened.clock.now, screened.clock.now - timedelta(minutes=10)]


def test_a_session_that_was_taken_out_is_gone_and_stays_gone(screened: Visit) -> None:
    session = screened.begin()
    screened.post(f"/api/entries/{session['entry_id']}/undo", {"id": str(uuid4())})
    assert screened.refused("GET", f"/api/sessions/{session['id']}")[:2] == (404, "not-found")
    body = {"id": session["id"], "before": 1}
    assert screened.refused("POST", "/api/sessions", body)[:2] == (409, "other-content")
    assert screened.get("/api/diary")["days"] == []


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("session.begun", {"plan": {}}, 422),
        ("item.swapped", {"item": 0, "to": {}}, 422),
        ("item.eased", {"item": 0}, 422),
        ("profile.set", {"knees": []}, 422),
        ("set.done", {"item": 77, "exercise": "squat", "side": "both", "set": 1, "reps": 3}, 409),
        ("set.done", {"item": 0, "exercise": "somersault", "side": "both", "set": 1, "reps": 3}, 409),
        ("set.done", {"item": 0, "exercise": "squat", "side": "middle", "set": 1, "reps": 3}, 422),
        ("set.done", {"item": 0, "exercise": "squat", "side": "both", "set": 1, "reps": -1}, 422),
        ("set.done", {"item": 0, "exercise": "squat", "side": "both", "set": 1, "reps": "3"}, 422),
        ("set.done", {"item": 0, "exercise": "squat", "side": "both", "set": 1, "hold_s": 1e300}, 422),
        ("set.done", {"item": 0, "exercise": "squat", "side": "both", "set": 1, "reps": 3, "note": "x"}, 422),
        ("pain.noted", {"when": "during", "nprs": 3}, 409),
        ("pain.noted", {"when": "during", "nprs": 11, "item": 0}, 422),
        ("pain.noted", {"when": "morning", "nprs": 1}, 422),
        ("step.reached", {"step": 5000}, 409),
        ("step.reached", {"step": True}, 422),
        ("entry.undone", {"of": "nothing"}, 409),
        ("entry.changed", {"of": "nothing", "body": {"reps": 1}}, 409),
        ("session.finished", {"why": "tired"}, 422),
    ],
)
def test_an_event_that_cannot_be_is_refused_whole(
    screened: Visit, kind: str, body: dict[str, object], status: int
) -> None:
    session = screened.begin()
    before = screened.patella.log.entries()
    said = {"events": [screened.set_done(session), screened.event(kind, body)]}
    assert screened.refused("POST", f"/api/sessions/{session['id']}/events", said)[0] == status
    assert screened.patella.log.entries() == before


@pytest.mark.parametrize("at", ["2026-11-01T18:00:00", "yesterday", 1793552400, None, "2026-11-01"])
def test_a_moment_without_its_zone_is_no_moment(screened: Visit, at: object) -> None:
    session = screened.begin()
    said = {"events": [screened.event("session.paused", at=at)]}
    assert screened.refused("POST", f"/api/sessions/{session['id']}/events", said)[0] == 422


def test_the_beginning_is_not_undone_in_the_player_and_a_step_is_not_corrected(screened: Visit) -> None:
    session = screened.begin()
    step = screened.event("step.reached", {"step": 1})
    screened.say(session, step)
    path = f"/api/sessions/{session['id']}/events"
    for event in (
        screened.event("entry.undone", {"of": session["entry_id"]}),
        screened.event("entry.changed", {"of": step["id"], "body": {"reps": 1}}),
        screened.event("entry.changed", {"of": step["id"], "body": {}}),
    ):
        assert screened.refused("POST", path, {"events": [event]})[:2] == (409, "cannot")


def test_at_most_two_hundred_events_at_a_time(screened: Visit) -> None:
    session = screened.begin()
    steps = [screened.event("step.reached", {"step": n % 9}) for n in range(201)]
    path = f"/api/sessions/{session['id']}/events"
    assert screened.refused("POST", path, {"events": steps})[0] == 422
    assert screened.refused("POST", path, {"events": []})[0] == 422
    assert len(screened.say(session, *steps[:200])["acknowledged"]) == 200


def test_a_session_that_is_not_there_is_not_found(screened: Visit) -> None:
    nobody = str(uuid4())
    event = {"id": str(uuid4()), "item": 0}
    assert screened.refused("GET", f"/api/sessions/{nobody}")[0] == 404
    assert screened.refused("POST", f"/api/sessions/{nobody}/swap", event)[0] == 404
    assert screened.refused("POST", f"/api/sessions/{nobody}/ease", event)[0] == 404
    said = {"events": [screened.event("session.paused")]}
    assert screened.refused("POST", f"/api/sessions/{nobody}/events", said)[0] == 404


def test_an_exercise_that_has_left_the_library_keeps_its_place_and_its_id(screened: Visit) -> None:
    session = screened.begin()
    entries = screened.patella.log.entries()
    begun = next(e for e in entries if e.kind == "session.begun")
    plan: Plain = json.loads(json.dumps(begun.body["plan"]).replace(session["tasks"][0]["exercise"], "gone"))
    screened.patella.log.refill([replace(e, body={"plan": plan}) if e is begun else e for e in entries], replace=True)
    task = screened.get(f"/api/sessions/{session['id']}")["tasks"][0]
    assert (task["exercise"], task["name"], task["how"], task["cues"]) == ("gone", "gone", [], {})
    screened.say(session, screened.set_done(session, exercise="gone"))
    assert screened.get("/api/diary")["days"][0]["sessions"][0]["items"][0]["name"] == "gone"
    ease = {"id": str(uuid4()), "item": 0}
    assert screened.refused("POST", f"/api/sessions/{session['id']}/ease", ease)[:2] == (409, "cannot")


def test_how_hard_it_was_is_kept_and_can_be_taken_back(screened: Visit) -> None:
    session = screened.begin()
    number = next(n for n, t in enumerate(session["tasks"]) if t["asks_effort"])
    exercise = session["tasks"][number]["exercise"]
    said = screened.event("effort.noted", {"item": number, "left": "4+"})

    shown = screened.say(session, said)["session"]
    assert shown["efforts"] == [{"entry_id": said["id"], "item": number, "exercise": exercise, "left": "4+"}]

    shown = screened.say(session, screened.event("entry.undone", {"of": said["id"]}))["session"]
    assert shown["efforts"] == []


def test_how_hard_it_was_is_one_of_three_answers_of_an_exercise_that_is_there(screened: Visit) -> None:
    session = screened.begin()
    for body in ({"item": 0, "left": "5"}, {"item": 99, "left": "4+"}, {"left": "4+"}):
        events = {"events": [screened.event("effort.noted", body)]}
        assert screened.refused("POST", f"/api/sessions/{session['id']}/events", events)[0] in (400, 409, 422)


def test_in_cautious_mode_a_pain_corrected_to_four_still_stops(screened: Visit) -> None:
    screened.client.patch("/api/profile", json={"cautious": True})
    session = screened.begin()
    red = screened.pain(7)
    (gone,) = screened.say(session, red)["session"]["gone"]
    assert (gone["kind"], gone["item"], gone["pain"]) == ("item.stopped", 0, red["id"])
    corrected = screened.say(session, screened.event("entry.changed", {"of": red["id"], "body": {"nprs": 4}}))
    assert corrected["session"]["stopped"] == [0]
    calm = screened.say(session, screened.event("entry.changed", {"of": red["id"], "body": {"nprs": 2}}))
    assert calm["session"]["stopped"] == []


def test_a_set_of_holds_done_again_keeps_how_long_each_of_them_lasted(screened: Visit) -> None:
    session = screened.begin()
    done = screened.set_done(session, reps=None, holds=2, hold_s=30)
    screened.say(session, done)
    again = {"reps": None, "holds": 1, "hold_s": 30, "held_s": [30, 12]}
    said = screened.say(session, screened.event("entry.changed", {"of": done["id"], "body": again}))
    (corrected,) = said["session"]["sets"]
    assert {k: corrected[k] for k in again} == again


def test_corrected_holds_say_no_more_how_long_each_of_the_old_ones_lasted(screened: Visit) -> None:
    """A page of an older version does not know of the single holds."""
    session = screened.begin()
    done = screened.set_done(session, reps=None, holds=3, hold_s=10, held_s=[10, 4, 10])
    screened.say(session, done)
    said = screened.say(session, screened.event("entry.changed", {"of": done["id"], "body": {"holds": 1}}))
    (corrected,) = said["session"]["sets"]
    assert (corrected["holds"], corrected["hold_s"], corrected["held_s"]) == (1, 10, None)
