from __future__ import annotations

from collections.abc import Mapping

import pytest

from patella.app.report.report import report_on
from patella.care.entries.kinds import Kind
from patella.files.library import own_library
from web.visit import Visit

FIRST = own_library().past[1]
LINES = {c.id: c.text for _, c in own_library().questionnaire.symptoms()}
EVERYDAY = {e.id for e in own_library().equipment.values() if e.everyday}


def answer_the_older_questions(visit: Visit, **different: object) -> None:
    """An entry as the first version wrote it: it does not say which questions these are."""
    special = {"age": "adult", "habit": "regular"}
    calm = {q.id: [] if q.many else special.get(q.id, "no") for q in FIRST.questions}
    visit.patella.write(Kind.SCREENING_ANSWERED, {"answers": {**calm, **different}})


def test_the_questions_come_in_screens_with_the_texts_of_their_outcomes(visit: Visit) -> None:
    found = visit.get("/api/questions")
    assert [s["id"] for s in found["screens"]] == ["emergency", "same_day", "soon", "health", "about"]
    assert {q["screen"] for q in found["questions"]} == {s["id"] for s in found["screens"]}
    assert all(c["source"] for q in found["questions"] for c in q["choices"])
    assert set(found["texts"]) >= {"emergency", "same_day", "soon", "clinician_first", "ok", "always"}
    assert found["ticked"] == {}


def test_calm_answers_open_the_plan(visit: Visit) -> None:
    answer = visit.screen()
    assert answer["outcome"] == "ok"
    assert answer["findings"] == []
    assert visit.get("/api/today")["items"]
    assert visit.patella.log.entries(kinds=(Kind.SCREENING_ANSWERED,))[0].body["questionnaire"] == 2


def test_a_fact_shuts_an_exercise_and_says_so(visit: Visit) -> None:
    answer = visit.screen(health=["back"], back=["low_back_pain"])
    assert answer["outcome"] == "ok"
    assert {"question": "back", "choice": "low_back_pain"} in answer["findings"]
    assert "medicine-ball-squeeze" in {s["exercise"] for s in answer["shut"]}
    assert answer["notes"]
    assert answer["left_out"]


def test_a_warning_sign_stops_everything(visit: Visit) -> None:
    assert visit.screen(emergency=["fever"])["outcome"] == "emergency"
    assert visit.get("/api/today")["items"] == []
    assert visit.refused("POST", "/api/sessions", {"id": "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"})[0] == 409


def test_peeking_says_whether_to_stop_and_keeps_nothing(visit: Visit) -> None:
    before = visit.patella.log.entries()
    assert visit.post("/api/screening/peek", {"answers": {"emergency": []}}) == {"stops": None, "text": None}
    stopped = visit.post("/api/screening/peek", {"answers": {"same_day": ["locking"]}})
    assert stopped["stops"] == "same_day"
    assert stopped["text"].startswith("Get this knee looked at today")
    assert visit.patella.log.entries() == before


@pytest.mark.parametrize("path", ["/api/screening", "/api/screening/peek"])
def test_an_answer_that_is_none_of_the_choices_is_refused(visit: Visit, path: str) -> None:
    status, _, sentence = visit.refused("POST", path, {"answers": {"same_day": ["perhaps"]}})
    assert status == 422
    assert "same_day" in sentence


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"habit": ["hips"]}, "Not answered yet"),
        ({"emergency": ["none", "fever"]}, "says none and something as well"),
        ({"gives_way": "no"}, "no question called gives_way"),
        ({"surgery": ["knee"]}, "only asked after"),
    ],
    ids=["half", "contradiction", "unknown", "not asked"],
)
def test_answers_that_cannot_be_used_are_one_sentence_and_nothing_is_kept(
    visit: Visit, answers: Mapping[str, object], says: str
) -> None:
    status, code, sentence = visit.refused("POST", "/api/screening", {"answers": answers})
    assert (status, code) == (422, "answer")
    assert says in sentence
    assert visit.patella.log.entries() == []
    assert visit.get("/api/today")["clearance"] == "not_screened"


def test_an_urgent_answer_needs_no_others(visit: Visit) -> None:
    assert visit.post("/api/screening", {"answers": {"emergency": ["cannot_lift"]}})["outcome"] == "emergency"


# --- a yes, with its day


def test_an_assessment_opens_what_was_paused(visit: Visit) -> None:
    visit.screen(soon=["giving_way"])
    assert visit.get("/api/today")["clearance"] == "soon"
    visit.clock.move(days=3)
    assert visit.post("/api/screening/assessed", {})["clearance"] == "ok"
    assert visit.get("/api/today")["items"]


def test_a_surgeons_yes_of_weeks_ago_counts_and_its_day_is_kept(visit: Visit) -> None:
    visit.screen(health=["surgery"], surgery=["knee"])
    today = visit.get("/api/today")
    assert (today["clearance"], today["items"], today["running"]) == ("clinician_first", [], None)
    assert visit.post("/api/screening/assessed", {"on": "2026-10-12"})["clearance"] == "ok"
    assert visit.get("/api/today")["assessed_on"] == "2026-10-12"
    (answered,), (yes,) = (
        visit.patella.log.entries(kinds=(kind,)) for kind in (Kind.SCREENING_ANSWERED, Kind.ASSESSMENT_CONFIRMED)
    )
    assert yes.body == {"on": "2026-10-12", "knew": [answered.id]}


@pytest.mark.parametrize(
    ("answers", "on", "says"),
    [
        ({"soon": ["lump"]}, "2026-11-02", "still to come"),
        ({"soon": ["lump"]}, "2025-10-01", "more than a year ago"),
        ({"emergency": ["fever"]}, "2026-10-31", "was before you said this"),
        ({"age": "sixteen", "teenage_limp": "no"}, "2026-11-01", "made for adults"),
    ],
)
def test_a_yes_that_cannot_be_reopens_nothing(visit: Visit, answers: dict[str, object], on: str, says: str) -> None:
    visit.screen(**answers)
    status, code, sentence = visit.refused("POST", "/api/screening/assessed", {"on": on})
    assert (status, code) == (422, "answer")
    assert says in sentence
    assert visit.get("/api/today")["items"] == []


def test_a_day_that_is_none_is_refused(visit: Visit) -> None:
    visit.screen(soon=["lump"])
    assert visit.refused("POST", "/api/screening/assessed", {"on": "2026-02-31"})[0] == 422


def test_there_is_nothing_to_reopen_when_nothing_is_shut(screened: Visit) -> None:
    assert screened.refused("POST", "/api/screening/assessed", {})[:2] == (422, "answer")


def test_the_same_honest_answer_a_month_later_does_not_pause_again(visit: Visit) -> None:
    visit.screen(soon=["night_pain"])
    visit.post("/api/screening/assessed", {})
    visit.clock.move(days=31)
    assert visit.get("/api/today")["clearance"] == "ask_again_month"
    visit.screen(soon=["night_pain"])
    assert visit.get("/api/today")["clearance"] == "ok"


# --- a flag found later


@pytest.mark.parametrize("hours", [0, -1, -30])
def test_a_clock_that_was_set_back_hides_no_symptom_and_no_answer(screened: Visit, hours: int) -> None:
    screened.clock.move(hours=hours)
    assert screened.post("/api/symptoms", {"symptom": "injured"})["clearance"] == "ask_again_symptom"
    assert screened.get("/api/today")["items"] == []
    screened.screen()
    assert screened.get("/api/today")["items"]
    screened.screen(soon=["giving_way"])
    assert screened.get("/api/today")["clearance"] == "soon"
    assert screened.post("/api/screening/assessed", {})["clearance"] == "ok"


def test_a_symptom_of_a_day_that_a_wrong_clock_said_holds_today(screened: Visit) -> None:
    screened.clock.move(days=3)
    screened.post("/api/symptoms", {"symptom": "locking"})
    screened.clock.move(days=-3)
    assert screened.get("/api/today")["clearance"] == "same_day"


@pytest.mark.parametrize(
    ("symptom", "standing"), [("fever", "emergency"), ("locking", "same_day"), ("swelling", "soon")]
)
def test_a_flag_found_later_opens_the_same_text_and_stands_until_it_was_seen(
    screened: Visit, symptom: str, standing: str
) -> None:
    screened.clock.move(minutes=1)
    said = screened.post("/api/symptoms", {"symptom": symptom})
    assert said["clearance"] == standing
    assert said["text"] == screened.get("/api/questions")["texts"][standing]
    assert screened.get("/api/today")["named"] == [LINES[symptom]]
    screened.clock.move(minutes=1)
    screened.screen()
    assert screened.get("/api/today")["clearance"] == standing
    screened.post("/api/screening/assessed", {})
    assert screened.get("/api/today")["items"]


def test_a_symptom_of_the_first_version_leads_to_the_questions_as_it_did(screened: Visit) -> None:
    screened.clock.move(minutes=1)
    screened.patella.write(Kind.SYMPTOM_NOTED, {"symptom": "locking"})
    assert screened.get("/api/today")["clearance"] == "ask_again_symptom"


def test_what_is_no_symptom_is_refused_with_those_that_are(screened: Visit) -> None:
    status, _, sentence = screened.refused("POST", "/api/symptoms", {"symptom": "hiccups"})
    assert status == 422
    assert "fever" in sentence
    assert screened.get("/api/today")["clearance"] == "ok"


# --- answers to older questions


def test_after_older_answers_the_new_questions_come_once_with_what_still_fits_ticked(visit: Visit) -> None:
    answer_the_older_questions(visit, clinician_first=["numb_feet"], low_back_pain="yes")
    assert visit.get("/api/today")["clearance"] == "ask_again_new"
    found = visit.get("/api/questions")
    assert found["ticked"] == {"health": ["back", "numb_feet"], "back": ["low_back_pain"]}
    visit.clock.move(minutes=1)
    visit.screen(**found["ticked"])
    assert visit.get("/api/today")["items"]


def test_what_older_answers_paused_is_paused_until_somebody_has_seen_it(visit: Visit) -> None:
    answer_the_older_questions(visit, gives_way="yes")
    assert visit.get("/api/today")["clearance"] == "soon"
    visit.clock.move(minutes=1)
    assert visit.post("/api/screening/assessed", {})["clearance"] == "ask_again_new"
    visit.clock.move(minutes=1)
    visit.screen(soon=["giving_way"])
    assert visit.get("/api/today")["clearance"] == "ok"


def test_older_answers_stand_in_the_report_as_they_were_given(visit: Visit) -> None:
    answer_the_older_questions(visit, locked="catches")
    (answered,) = report_on(visit.patella)["screening"]["answered"]  # type: ignore[index]
    assert answered["outcome"] == "soon"
    assert [n["answer"] for n in answered["named"]] == ["It catches, then frees itself"]


# --- whom to call


@pytest.mark.parametrize(
    ("country", "guess", "number"),
    [(None, None, "112"), (None, "US", "911"), (None, "AT", "112"), ("GB", "US", "999"), (None, "AQ", "112")],
)
def test_the_number_to_call_is_that_of_the_country_in_the_settings_else_of_the_guess(
    visit: Visit, country: str | None, guess: str | None, number: str
) -> None:
    if country:
        visit.client.patch("/api/profile", json={"country": country})
    query = {"guess": guess} if guess else {}
    assert visit.get("/api/emergency", **query)["number"] == number


# --- what today asks for


def test_today_asks_once_for_the_things_it_needs_and_never_for_what_is_not_there(screened: Visit) -> None:
    today = screened.get("/api/today")
    asked = {t["id"] for t in today["asks"]}
    assert asked == {t for i in today["items"] for t in i["equipment"]} - EVERYDAY
    screened.client.patch("/api/profile", json={"things": dict.fromkeys(asked, False)})
    after = screened.get("/api/today")
    assert asked.isdisjoint(t["id"] for t in after["asks"])
    assert screened.get("/api/profile")["things"] == dict.fromkeys(sorted(asked), False)
    assert "terminal-knee-extension" not in [i["exercise"] for i in after["items"]]


def test_the_page_names_what_this_person_has_and_not_what_they_said_is_not_there(screened: Visit) -> None:
    before = screened.get("/api/today", scope="full")
    assert "medicine ball" in [g for i in before["items"] for g in i["gear"]]
    session = screened.begin(scope="full")
    screened.client.patch("/api/profile", json={"things": {"medicine-ball": False, "mat": False}})
    frozen = screened.get("/api/today", scope="full")
    assert frozen["frozen"]
    gear = {i["exercise"]: i["gear"] for i in frozen["items"]}
    assert gear["medicine-ball-squeeze"] == ["firm cushion instead of the ball", "high seat, legs dangling"]
    tasks = screened.get(f"/api/sessions/{session['id']}")["tasks"]
    needs = {t["exercise"]: t["needs"] for t in tasks}
    assert needs["medicine-ball-squeeze"] == (
        "You need a firm cushion instead of the ball, and a high seat, legs dangling."
    )
    assert needs["rotate-your-bones"] == ""
    said = " ".join(g for named in gear.values() for g in named) + " ".join(needs.values())
    assert not [t for t in ("medicine ball", "exercise mat") if t in said]


def test_what_was_got_is_not_asked_for_again_and_a_whole_list_replaces_what_was_said(screened: Visit) -> None:
    screened.client.patch("/api/profile", json={"things": {"resistance-band": True}})
    screened.client.patch("/api/profile", json={"things": {"pole": False}})
    assert screened.get("/api/profile")["things"] == {"resistance-band": True, "pole": False}
    screened.client.patch("/api/profile", json={"has": ["strap"]})
    assert screened.get("/api/profile")["things"] == {}
    assert screened.get("/api/today")["asks"] == []


def test_a_thing_that_there_is_not_is_refused(screened: Visit) -> None:
    assert screened.client.patch("/api/profile", json={"things": {"trampoline": True}}).status_code == 422
