"""Each unit is a setting of its own, and every door tells distances, weights and heights in the chosen one."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from pypdf import PdfReader

from patella.app.demo import fill
from patella.app.history.units import units_of
from patella.app.running.worn import answer_shoes
from patella.app.today.today import answer_today
from patella.care.choice import Scope
from patella.care.units import METRIC, Distance, Height, Units, Weight
from patella.terminal.page import Page
from patella.terminal.runner import latest_runs, note_run, say_run, show_runs, show_shoes
from patella.terminal.today import show_today
from patella.terminal.walkrun import answer_back, show_back
from web.visit import Visit, visiting

IMPERIAL = Units(weight=Weight.LB, distance=Distance.MI, height=Height.FT)
METRES = re.compile(r"\d ?(km|kg|cm|m)\b(?!\))|\bkm\b|\bkg\b(?!\))|\bmetres?\b|kilomet|centimet", re.IGNORECASE)
# What is not told but gone by: a source's own words, and the steps of a ladder as the log knows them.
NO_TEXT = (".json", ".csv", ".pdf", ".ics", ".svg", ".tcx", ".fit", "{ending}", "{import_id}")
NOT_TOLD = frozenset({"sources", "inputs", "level"})


@pytest.fixture(scope="module")
def miles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """Twelve weeks of a runner who chose pounds long ago, and is on the way back."""
    with visiting(tmp_path_factory.mktemp("miles")) as visit:
        fill(visit.patella)
        visit.patella.write("profile.set", {"units": "imperial"})
        visit.post("/api/comeback", {"id": str(uuid4()), "step": "begun"})
        session = visit.begin(scope="full")
        visit.say(session, visit.set_done(session))
        yield visit


def change(visit: Visit, **said: str) -> dict[str, Any]:
    answer = visit.client.patch("/api/profile", json=said)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def chosen(profile: dict[str, Any]) -> tuple[str, str, str]:
    return profile["weight"], profile["distance"], profile["height"]


def test_each_unit_is_changed_alone(visit: Visit) -> None:
    assert chosen(change(visit, distance="mi")) == ("kg", "mi", "cm")
    assert chosen(change(visit, height="ft")) == ("kg", "mi", "ft")
    assert chosen(change(visit, distance="km", weight="lb")) == ("lb", "km", "ft")
    assert units_of(visit.patella) == Units(weight=Weight.LB, height=Height.FT)


def test_who_chooses_pounds_and_nothing_else_has_miles_and_feet(visit: Visit) -> None:
    assert chosen(change(visit, weight="lb")) == ("lb", "mi", "ft")
    assert chosen(change(visit, weight="kg")) == ("kg", "km", "cm")
    assert chosen(change(visit, height="cm")) == ("kg", "km", "cm")
    assert chosen(change(visit, weight="lb")) == ("lb", "mi", "cm")


def test_the_one_setting_of_older_diaries_stays_readable(visit: Visit) -> None:
    visit.patella.write("profile.set", {"units": "imperial"})
    assert units_of(visit.patella) == IMPERIAL
    visit.patella.write("profile.set", {"weight": "kg"})
    assert units_of(visit.patella) == METRIC
    visit.patella.write("profile.set", {"units": "imperial", "theme": "dark"})
    visit.patella.write("profile.set", {"units": "metric", "distance": "mi"})
    assert units_of(visit.patella) == Units(distance=Distance.MI)


@pytest.mark.parametrize(
    ("key", "value"), [("distance", "ft"), ("weight", "stone"), ("height", 2), ("units", "metric")]
)
def test_no_other_unit_is_taken(visit: Visit, key: str, value: object) -> None:
    status, _, _ = visit.refused("PATCH", "/api/profile", {key: value})
    assert status == 422


def told(value: object) -> Iterator[str]:
    """Every text of an answer that a person may read."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in NOT_TOLD:
                yield from told(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from told(inner)


def answers(visit: Visit) -> dict[str, Any]:
    """Everything that a page can ask for without changing anything, as the document lists it."""
    app: Any = visit.client.app
    document = app.openapi()["paths"]
    session = visit.get("/api/today")["session"] or visit.get("/api/today", scope="full")["session"]
    found = {}
    for path, verbs in document.items():
        if "get" not in verbs or path.endswith(NO_TEXT):
            continue
        for exercise in visit.patella.library.exercises if "{exercise_id}" in path else [""]:
            asked = path.replace("{exercise_id}", exercise).replace("{session_id}", session)
            answer = visit.client.get(asked)
            assert answer.status_code in (200, 404), asked
            found[asked] = answer.json()
    return found


def test_no_answer_tells_a_mile_runner_of_kilometres_kilograms_or_metres(miles: Visit) -> None:
    asked = answers(miles)
    metric = {(path, text) for path, answer in asked.items() for text in told(answer) if METRES.search(text)}
    assert metric == set()
    everything = json.dumps(asked, ensure_ascii=False)
    for words in (
        " mi in the last six days",
        "about 1 mi",
        "Runs, mi a day",
        " mi run.",
        "about 4 inches",
        "seven to ten feet",
        " lb",
    ):
        assert words in everything, words


def typed(show: Callable[[Page], object]) -> str:
    stream = io.StringIO()
    show(Page(stream, width=lambda: 1000, colour=False))
    return stream.getvalue()


def test_the_terminal_tells_the_same(miles: Visit) -> None:
    app, units = miles.patella, units_of(miles.patella)
    said = {"distance": "3", "minutes": None, "shoe": None, "surface": None, "cadence": None, "race": None}
    lines = typed(lambda p: show_runs(p, latest_runs(app), units))
    lines += typed(lambda p: show_shoes(p, answer_shoes(app), units))
    lines += typed(lambda p: show_back(p, answer_back(app)))
    lines += typed(lambda p: show_today(p, answer_today(app, scope=Scope.FULL), units))
    lines += typed(lambda p: say_run(p, note_run(app, said), units))
    assert [line for line in lines.splitlines() if METRES.search(line)] == []
    assert "3 mi" in lines.splitlines()[-1]


def test_what_is_kept_stays_metric(miles: Visit) -> None:
    run_id = str(uuid4())
    assert miles.post("/api/runs", {"id": run_id, "distance_m": 4828}, 201)["distance_m"] == 4828
    report = json.loads(miles.client.get("/api/report.json").content)
    assert 150 < report["running"]["km"] < 300
    assert b"running,km," in miles.client.get("/api/report.csv").content
    assert "km" in {e["valueQuantity"]["code"] for e in _quantities(miles.client.get("/api/report.fhir.json").json())}


def _quantities(bundle: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (e["resource"] for e in bundle["entry"] if "valueQuantity" in e["resource"])


def page_text(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/api/report.pdf", "/api/handout.pdf", "/api/handout.pdf?full=true"])
def test_what_is_printed_tells_the_same(miles: Visit, path: str) -> None:
    text = page_text(miles.client.get(path).content)
    assert METRES.findall(text) == []
    assert ("Miles a week" if "report" in path else " lb") in text
