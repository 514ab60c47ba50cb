"""What a physiotherapist sees of the runners who share with them: that, in the order of need, and every look told."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal
from uuid import uuid4

import pytest
from starlette.responses import Response

from patella.app.caseload import summary
from patella.app.patella import Patella
from patella.app.person.screening import answer_screening, note_symptom
from patella.app.programme.choices import WHY_NOT_SHARED
from patella.app.programme.setting import programmes_of
from patella.files.library import own_library
from patella.store.log import Log
from patella.store.people.people import Account, People, Role
from patella.store.people.sharing import What, seen_by, share
from patella.web.people import caseload
from patella.web.routes import paper
from web.people.house import Browser, House

NOW = datetime(2026, 11, 1, 18, tzinfo=UTC)
LIBRARY = own_library()
CALM = {q.id: [] if q.many else "adult" for q in LIBRARY.questionnaire.questions if not q.when}
CASELOAD = "/api/people/caseload"
SQUATS = {"exercises": [{"exercise": "squat", "sets": 2, "reps": 10, "note": "Heels down."}], "note": "Well done."}


@dataclass
class Practice:
    """A physiotherapist, and everybody's diary by the number of their account."""

    house: House
    petra: Browser
    stack: ExitStack
    folder: Path

    def __post_init__(self) -> None:
        self.open: dict[int, Patella] = {}
        self.house.app.state.diaries = self

    def of(self, account_id: int, zone: object = None) -> Patella:  # noqa: ARG002 - its clock stands
        if account_id not in self.open:
            log = self.stack.enter_context(Log.open(self.folder / str(account_id)))
            self.open[account_id] = Patella(
                log=log, library=LIBRARY, now=lambda: NOW, new_id=lambda: str(uuid4()), is_one_of_many=True
            )
        return self.open[account_id]

    def runner(self, handle: str, *what: What) -> tuple[Browser, Patella]:
        """Somebody who shares this with the physiotherapist, screened three weeks ago."""
        browser = self.house.join(handle)
        assert browser.who is not None
        assert self.petra.who is not None
        share(self.house.clinic.people, browser.who, self.petra.who.handle, what)
        here = self.of(browser.who.id)
        ago = Patella(log=here.log, library=LIBRARY, now=lambda: NOW - timedelta(days=21), new_id=here.new_id)
        answer_screening(ago, CALM)
        return browser, here


@pytest.fixture
def practice(house: House, tmp_path: Path) -> Iterator[Practice]:
    with ExitStack() as stack:
        yield Practice(house, house.join("petra", Role.PHYSIOTHERAPIST), stack, tmp_path)


def number(browser: Browser) -> int:
    assert browser.who is not None
    return browser.who.id


def test_the_list_is_told_again_as_it_was_until_somebody_writes(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("anna", "ben"):
        _, here = practice.runner(name, *What)
        for pain, days in ((4, 9), (3, 5), (2, 2), (2, 1)):
            here.write("pain.noted", {"nprs": pain, "when": "morning"}, day=(NOW - timedelta(days=days)).date())
    told = practice.petra.get(CASELOAD)
    with monkeypatch.context() as only:
        only.setattr(summary, "summarise", lambda *_: pytest.fail("it is worked out again"))
        assert practice.petra.get(CASELOAD) == told
    here.write("pain.noted", {"nprs": 9, "when": "morning"})
    again = practice.petra.get(CASELOAD)
    assert [r["name"] for r in again["runners"]] == ["Ben", "Anna"]
    assert again["runners"][1] == told["runners"][0]


def test_who_needs_a_look_comes_first_with_why_and_unknown_is_not_well(practice: Practice) -> None:
    practice.runner("quiet", What.PLAN)
    _, calm = practice.runner("calm", What.PAIN, What.PLAN)
    calm.write("pain.noted", {"nprs": 1, "when": "morning"})
    _, severe = practice.runner("severe", What.PAIN)
    severe.write("pain.noted", {"nprs": 9, "when": "morning"})
    _, away = practice.runner("away", What.PAIN)
    away.write("pain.noted", {"nprs": 1, "when": "morning"}, day=(NOW - timedelta(days=12)).date())
    _, flagged = practice.runner("flagged", What.PLAN)
    note_symptom(flagged, next(c.id for _, c in LIBRARY.questionnaire.symptoms() if c.outcome.pauses))
    found = practice.petra.get(CASELOAD)["runners"]
    assert [r["name"] for r in found] == ["Flagged", "Severe", "Away", "Quiet", "Calm"]
    assert [r["look"]["why"] for r in found[1:]] == [
        "Pain of 9 this week",
        "Nothing noted for 12 days",
        "Not known: no pain is shared or noted",
        "All well",
    ]


def test_who_has_only_just_joined_is_new_and_has_not_stopped_coming(practice: Practice) -> None:
    anna = practice.house.join("anna")
    anna.post("/api/people/sharing", {"physiotherapist": "petra", "what": ["pain", "plan", "sessions"]})
    (found,) = practice.petra.get(CASELOAD)["runners"]
    assert found["look"] == {"need": 4, "why": "Has not answered the first questions yet, so there is no plan"}
    answer_screening(practice.of(number(anna)), CALM)
    (found,) = practice.petra.get(CASELOAD)["runners"]
    assert found["look"] == {"need": 4, "why": "Began today"}


def test_only_what_is_shared_is_there_and_the_runner_sees_every_look(practice: Practice) -> None:
    browser, here = practice.runner("anna", What.PAIN)
    here.write("pain.noted", {"nprs": 3, "when": "morning"})
    found = practice.petra.get(f"{CASELOAD}/{number(browser)}")
    summary = found["runner"]["summary"]
    assert summary["hurts"]["latest"] == 3
    assert [summary[part] for part in ("practised", "ran", "programme")] == [None, None, None]
    assert [look["what"] for look in browser.get("/api/people/sharing")["looks"]] == ["pain"]


def test_whatever_is_not_shared_reads_as_if_there_were_nobody(practice: Practice) -> None:
    browser, _ = practice.runner("anna", What.PAIN)
    mine, nobodys = f"{CASELOAD}/{number(browser)}", f"{CASELOAD}/999"
    for path in ("/programme", "/report.csv"):
        there = practice.petra.refused(mine + path, method="GET")
        assert there[0] == 404
        assert there == practice.petra.refused(nobodys + path, method="GET")
    assert practice.petra.refused(nobodys, method="GET")[0] == 404
    body = {"id": str(uuid4()), "programme": SQUATS}
    assert practice.petra.refused(f"{mine}/programme", body)[0] == 404
    other = practice.house.join("olga", Role.PHYSIOTHERAPIST)
    assert other.get(CASELOAD) == {"runners": []}
    assert other.refused(mine, method="GET")[0] == 404


def test_a_programme_is_set_for_a_runner_in_whose_diary_it_stands(practice: Practice) -> None:
    browser, here = practice.runner("anna", What.PROGRAMME, What.PLAN)
    path = f"{CASELOAD}/{number(browser)}/programme"
    assert practice.petra.get(path)["programmes"]["now"] is None
    body = {"id": str(uuid4()), "programme": SQUATS}
    said = practice.petra.post(path, body)
    assert practice.petra.post(path, body) == said
    stands = programmes_of(here).now
    assert stands is not None
    assert (stands.by, stands.note, stands.exercises[0].start.reps) == ("Petra", "Well done.", 10)
    assert practice.petra.get(CASELOAD)["runners"][0]["summary"]["programme"]["by"] == "Petra"
    wrong = {"exercises": [{"exercise": "squat", "sets": 9}]}
    status, _, sentence = practice.petra.refused(path, {"id": str(uuid4()), "programme": wrong})
    assert (status, sentence) == (422, "Small squat: sets must be 1 to 2, not 9.")
    practice.petra.post(f"{path}/end", {"id": str(uuid4())})
    assert programmes_of(here).now is None


def test_why_an_exercise_is_shut_is_told_where_the_plan_is_shared_and_is_a_look_at_it(practice: Practice) -> None:
    told = {}
    for name, *what in (("anna", What.PROGRAMME), ("ben", What.PROGRAMME, What.PLAN)):
        browser, here = practice.runner(name, *what)
        here.write("pain.noted", {"nprs": 8, "when": "morning"})
        choices = practice.petra.get(f"{CASELOAD}/{number(browser)}/programme")["choices"]
        told[name] = {c["exercise"]: c["shut"] for c in choices if c["shut"]}
        assert {look["what"] for look in browser.get("/api/people/sharing")["looks"]} == set(what)
    assert told["anna"].keys() == told["ben"].keys()
    assert set(told["anna"].values()) == {WHY_NOT_SHARED}
    assert any("8/10" in why for why in told["ben"].values())


def test_a_plan_is_told_only_where_its_look_was_written_down(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, _ = practice.runner("anna", What.PAIN)
    assert browser.who is not None
    before = (browser.who, frozenset({What.PAIN, What.PLAN}))  # it was ended between the two questions
    monkeypatch.setattr(caseload, "_what", lambda *_: before)
    assert practice.petra.get(f"{CASELOAD}/{number(browser)}")["plan"] is None
    assert [look["what"] for look in browser.get("/api/people/sharing")["looks"]] == ["pain"]


def test_who_shares_nothing_but_the_report_stands_in_the_list_without_a_number_and_without_a_look(
    practice: Practice,
) -> None:
    browser, here = practice.runner("anna", What.REPORT)
    here.write("pain.noted", {"nprs": 9, "when": "morning"})
    (found,) = practice.petra.get(CASELOAD)["runners"]
    assert (found["name"], found["look"]["why"]) == ("Anna", "Not known: no pain is shared or noted")
    assert {value for part, value in found["summary"].items() if part != "flags"} == {None}
    assert browser.get("/api/people/sharing")["looks"] == []
    assert practice.petra.get(f"{CASELOAD}/{found['id']}")["what"] == ["report"]


@pytest.mark.parametrize(("what", "left"), [((), ""), ((What.PLAN,), "/report.csv")])
def test_what_was_ended_while_it_was_worked_out_is_not_told(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, what: tuple[What, ...], left: str
) -> None:
    browser, _ = practice.runner("anna", What.PLAN, What.PAIN, What.REPORT)
    number_of = number(browser)

    def ended() -> None:
        assert browser.who is not None
        share(practice.house.clinic.people, browser.who, "petra", what)

    def told_late(here: Patella, parts: Collection[What]) -> summary.Summary:
        ended()
        return summary.summary_of(here, parts)

    async def made_late(here: Patella, ending: Literal["csv"], weeks: int, *, name: str) -> Response:
        ended()
        return await report(here, ending, weeks, name=name)

    report = paper.report_of
    monkeypatch.setattr(caseload, "summary_of", told_late)
    monkeypatch.setattr(paper, "report_of", made_late)
    if left:
        assert practice.petra.refused(f"{CASELOAD}/{number_of}{left}", method="GET")[0] == 404
    else:
        assert practice.petra.get(CASELOAD)["runners"] == []


def test_what_was_ended_while_a_programme_was_on_its_way_keeps_it_out(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, here = practice.runner("anna", What.PROGRAMME)
    path = f"{CASELOAD}/{number(browser)}/programme"
    practice.petra.post(path, {"id": str(uuid4()), "programme": SQUATS})

    def ended_after(people: People, who: Account, runner_id: int, what: What) -> Account:
        runner = seen_by(people, who, runner_id, what)
        assert browser.who is not None
        share(practice.house.clinic.people, browser.who, "petra", [])
        return runner

    monkeypatch.setattr(caseload, "seen_by", ended_after)
    for address, body in ((path, {"programme": {**SQUATS, "note": "More."}}), (f"{path}/end", {})):
        assert practice.petra.refused(address, {"id": str(uuid4()), **body})[0] == 404
        assert len(programmes_of(here).words) == 1
        assert browser.who is not None
        share(practice.house.clinic.people, browser.who, "petra", [What.PROGRAMME])


def test_a_report_says_in_its_name_and_on_its_pages_whose_it_is(practice: Practice) -> None:
    browser, _ = practice.runner("anna", What.REPORT)
    browser.post("/api/people/me/name", {"name": 'Zoë "Z" Ŝmit'})
    path = f"{CASELOAD}/{number(browser)}/report."
    answer = practice.petra.client.get(f"{path}fhir.json")
    assert answer.headers["content-disposition"] == (
        'attachment; filename="Zo_ _Z_ _mit 2026-11-01.fhir.json"; '
        "filename*=UTF-8''Zo%C3%AB%20%22Z%22%20%C5%9Cmit%202026-11-01.fhir.json"
    )
    (person,) = [e["resource"] for e in answer.json()["entry"] if e["resource"]["resourceType"] == "Patient"]
    assert person["name"] == [{"text": 'Zoë "Z" Ŝmit'}]


def test_the_plan_of_today_is_seen_by_who_may_see_it_with_what_is_left_out_of_a_programme(practice: Practice) -> None:
    anna, _ = practice.runner("anna", What.PLAN, What.PROGRAMME)
    ben, _ = practice.runner("ben", What.PAIN)
    path = f"{CASELOAD}/{number(anna)}"
    assert len(practice.petra.get(path)["plan"]["items"]) == 4
    choices = [c for c in practice.petra.get(f"{path}/programme")["choices"] if c["reps"] and not c["shut"]][:5]
    lines = [{"exercise": c["exercise"], "sets": c["sets"], "reps": c["reps"][0]} for c in choices]
    practice.petra.post(f"{path}/programme", {"id": str(uuid4()), "programme": {"exercises": lines}})
    plan = practice.petra.get(path)["plan"]
    assert {i["name"] for i in plan["items"]} < {c["name"] for c in choices}
    assert {n["name"] for n in (*plan["items"], *plan["left_out"])} == {c["name"] for c in choices}
    assert all(out["why"] for out in plan["left_out"])
    assert "Petra" in plan["why"][0]
    assert practice.petra.get(f"{CASELOAD}/{number(ben)}")["plan"] is None


def test_who_has_not_answered_has_no_plan_and_it_says_why(practice: Practice) -> None:
    anna = practice.house.join("anna")
    anna.post("/api/people/sharing", {"physiotherapist": "petra", "what": ["plan"]})
    plan = practice.petra.get(f"{CASELOAD}/{number(anna)}")["plan"]
    assert plan["items"] == []
    assert plan["why"] == [LIBRARY.questionnaire.texts["not_screened"]]


def test_what_was_ended_counts_at_once(practice: Practice) -> None:
    browser, _ = practice.runner("anna", What.PROGRAMME, What.REPORT)
    path = f"{CASELOAD}/{number(browser)}"
    assert practice.petra.client.get(f"{path}/report.json").status_code == 200
    browser.post("/api/people/sharing", {"physiotherapist": "petra", "what": []})
    assert practice.petra.get(CASELOAD) == {"runners": []}
    assert practice.petra.refused(f"{path}/programme", method="GET")[0] == 404
    assert practice.petra.refused(f"{path}/report.json", method="GET")[0] == 404
