"""Every door that speaks of running asks the clearance first: with no plan there is no number, only where to go."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from uuid import uuid4

import pytest

from patella.app.today.today import answer_today
from patella.care.clearance import Standing
from patella.care.entries.field import write
from patella.care.units import METRIC
from patella.terminal.page import Page
from patella.terminal.refused import InputError
from patella.terminal.runner import latest_runs, note_knee, note_run, say_knee, say_run, show_runs
from patella.terminal.today import show_today
from patella.terminal.walkrun import answer_back, show_back, stage_of, take_step
from web.test_screening import answer_the_older_questions
from web.visit import Visit

NUMBERS = (" km at most", "is the line", "at most", "10 %", "minutes running", "Slower, shorter", "shorter runs")


def _unscreened(_: Visit) -> None:
    """Nothing was answered."""


def _answering(**different: object) -> Callable[[Visit], None]:
    def answer(visit: Visit) -> None:
        visit.screen(**different)

    return answer


def _a_month_later(visit: Visit) -> None:
    visit.clock.move(days=-31)
    visit.screen()
    visit.clock.move(days=31)


def _noting_a_symptom(visit: Visit) -> None:
    visit.screen()
    visit.clock.move(hours=1)
    visit.post("/api/symptoms", {"symptom": "injured"})


def _red_twice(visit: Visit) -> None:
    visit.clock.move(days=-3)
    visit.screen()
    for _ in range(2):
        session = visit.begin(scope="snack")
        visit.say(session, visit.set_done(session), visit.pain(8), visit.event("session.finished"))
        visit.clock.move(days=1)
    visit.clock.move(days=1)


STANDINGS = {
    Standing.OK: _answering(),
    Standing.NOT_SCREENED: _unscreened,
    Standing.EMERGENCY: _answering(emergency=["out_of_shape"]),
    Standing.SAME_DAY: _answering(same_day=["pop"]),
    Standing.SOON: _answering(soon=["groin_or_limp"]),
    Standing.CLINICIAN_FIRST: _answering(health=["knee_ligament"]),
    Standing.ASK_AGAIN_NEW: answer_the_older_questions,
    Standing.ASK_AGAIN_MONTH: _a_month_later,
    Standing.ASK_AGAIN_SYMPTOM: _noting_a_symptom,
    Standing.ASK_AGAIN_RED: _red_twice,
}


def _typed(show: Callable[[Page], None]) -> str:
    stream = io.StringIO()
    show(Page(stream, width=lambda: 1000, colour=False))
    return " ".join(stream.getvalue().split())


def _run(visit: Visit) -> str:
    return json.dumps(visit.post("/api/runs", {"id": str(uuid4()), "distance_m": 5000}, 201), ensure_ascii=False)


def _typed_run(visit: Visit) -> str:
    said = {"distance": "5", "minutes": None, "shoe": None, "surface": None, "cadence": None, "race": None}
    return _typed(lambda page: say_run(page, note_run(visit.patella, said), METRIC))


def _typed_pain_of_a_run(visit: Visit) -> str:
    said = dict.fromkeys(("knee", "place", "swelling", "giving_way", "where")) | {"doing": "run"}
    return _typed(lambda page: say_knee(page, 4, note_knee(visit.patella, 4, said)))


def _pain_of_a_run(visit: Visit) -> str:
    said = {"id": str(uuid4()), "nprs": 4, "when": "during", "doing": "run"}
    return json.dumps(visit.post("/api/knee", said), ensure_ascii=False)


def _outing(visit: Visit) -> str:
    said = {"id": str(uuid4()), "stage": "walk-run-1", "seconds": 1200, "complete": True}
    kept = visit.post("/api/comeback/outings", said, 201)
    assert kept.pop("name").startswith("3 minutes running, 2 walking")  # what was done, by its name
    return json.dumps(kept, ensure_ascii=False)


def _come_back(visit: Visit, page: Page) -> None:
    take_step(visit.patella, "begun")
    show_back(page, answer_back(visit.patella))


def _today(visit: Visit, page: Page) -> None:
    show_today(page, answer_today(visit.patella), METRIC, why=True)


def _refused(visit: Visit) -> str:
    try:
        return stage_of(visit.patella).name
    except InputError as error:
        return str(error)


DOORS: dict[str, Callable[[Visit], str]] = {
    "GET /today": lambda v: json.dumps(v.get("/api/today"), ensure_ascii=False),
    "GET /running": lambda v: json.dumps(v.get("/api/running"), ensure_ascii=False),
    "POST /runs": _run,
    "POST /knee": _pain_of_a_run,
    "patella today": lambda v: _typed(lambda p: show_today(p, answer_today(v.patella), METRIC, why=True)),
    "GET /comeback": lambda v: json.dumps(v.get("/api/comeback"), ensure_ascii=False),
    "POST /comeback/outings": _outing,
    "patella run --back": lambda v: _typed(lambda p: _come_back(v, p)),
    "patella run --timer": _refused,
    "patella run": lambda v: _typed(lambda p: show_runs(p, latest_runs(v.patella), METRIC)),
    "patella run --json": lambda v: json.dumps(write(latest_runs(v.patella)), ensure_ascii=False),
    "patella run 5": _typed_run,
    "patella knee 4 --doing run": _typed_pain_of_a_run,
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("standing", STANDINGS)
def test_no_door_advises_a_run_that_the_clearance_does_not_allow(visit: Visit, standing: Standing, door: str) -> None:
    visit.post("/api/runs", {"id": str(uuid4()), "distance_m": 8000, "day": "2026-10-25"}, 201)
    STANDINGS[standing](visit)
    assert visit.get("/api/today")["clearance"] == standing
    said = DOORS[door](visit)
    text = visit.get("/api/questions")["texts"][standing]
    if standing is Standing.OK:
        assert text not in said or door in {"GET /today", "patella today"}
        return
    assert text in said
    assert not [n for n in NUMBERS if n in said]


@pytest.mark.parametrize("standing", STANDINGS)
def test_a_run_is_kept_whatever_the_clearance_says(visit: Visit, standing: Standing) -> None:
    STANDINGS[standing](visit)
    said = visit.post("/api/runs", {"id": str(uuid4()), "distance_m": 5000}, 201)
    assert (said["no_run_text"] is None) is (standing is Standing.OK)
    assert [r.distance_m for r in latest_runs(visit.patella).runs] == [5000]


@pytest.mark.parametrize("standing", [s for s in STANDINGS if s is not Standing.OK])
def test_a_closed_door_gives_no_number_of_any_kind(visit: Visit, standing: Standing) -> None:
    visit.post("/api/runs", {"id": str(uuid4()), "distance_m": 8000, "day": "2026-10-25"}, 201)
    STANDINGS[standing](visit)
    running = visit.get("/api/running")
    assert running.pop("no_run_text")
    assert {k: v for k, v in running.items() if v is not None} == {"because": [], "sources": {}}
    assert visit.get("/api/today")["running"] is None
    assert latest_runs(visit.patella).running is None
    back = visit.get("/api/comeback")
    assert (back["comeback"], back["stages"], back["sources"]) == (None, [], {})
    assert visit.get("/api/shoes")["warning"] is None
