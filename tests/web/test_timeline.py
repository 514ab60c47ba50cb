"""The timeline, its chart, and what goes with a bad morning, through the pages."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest

from patella.store.entry import Entry
from web.visit import Visit


def fill(visit: Visit, days: int) -> None:
    """So many mornings, each with its number, and a run every third day."""
    entries = []
    for n in range(days):
        at = visit.clock.now - timedelta(days=n)
        pain = {"nprs": n % 4, "when": "morning", "knee": None}
        entries.append(Entry(id=str(uuid4()), session_id=None, kind="pain.noted", day=at.date(), at=at, body=pain))
        if n % 3 == 0:
            run = {"distance_m": 5000.0 + n % 7 * 500, "sport": "running", "source": "hand", "surface": "road"}
            entries.append(Entry(id=str(uuid4()), session_id=None, kind="run.added", day=at.date(), at=at, body=run))
    visit.patella.log.append(entries)


def test_every_day_of_a_span_is_there_and_what_is_unknown_is_null(visit: Visit) -> None:
    found = visit.get("/api/timeline", since="2026-10-01", before="2026-10-08")
    assert [d["day"] for d in found["days"]] == [f"2026-10-0{n}" for n in range(1, 8)]
    assert {d["pain"]["morning"] for d in found["days"]} == {None}
    assert {d["run_m"] for d in found["days"]} == {0}


def test_without_a_word_it_is_twelve_weeks_and_beyond_a_year_it_is_weeks(visit: Visit) -> None:
    assert len(visit.get("/api/timeline")["days"]) == 84
    assert visit.get("/api/timeline", since="2025-11-01", before="2026-11-02")["step"] == "day"
    assert visit.get("/api/timeline", since="2024-11-01", before="2026-11-02")["step"] == "week"


@pytest.mark.parametrize(
    "span", [("2026-11-02", "2026-11-01"), ("2026-13-01", "2026-11-01"), ("2001-01-01", "2026-11-01"), ("x", "y")]
)
def test_a_span_that_cannot_be_is_refused(visit: Visit, span: tuple[str, str]) -> None:
    for path in ("/api/timeline", "/api/timeline/chart"):
        assert visit.refused("GET", f"{path}?since={span[0]}&before={span[1]}")[0] == 422


def test_the_chart_names_every_mark_of_the_timeline_and_fetches_nothing(visit: Visit) -> None:
    fill(visit, 80)
    found = visit.get("/api/timeline/chart", width=360, theme="dark")
    chart = found["chart"]
    lanes = [lane["layer"][0]["name"] for lane in chart["vconcat"]]
    assert lanes == ["morning", "runs"]
    marks = [r for r in chart["vconcat"][0]["data"]["values"] if r["nprs"] is not None]
    known = [d for d in found["timeline"]["days"] if d["pain"]["morning"] is not None]
    assert [(m["day"], m["nprs"]) for m in marks] == [(d["day"], d["pain"]["morning"]) for d in known]
    text = json.dumps(chart).replace(chart["$schema"], "")
    assert "http" not in text
    assert '"url"' not in text
    assert all(lane["width"] <= 360 for lane in chart["vconcat"])


def test_before_there_is_enough_it_says_how_much_is_missing(visit: Visit) -> None:
    fill(visit, 10)
    found = visit.get("/api/insight")
    assert found["findings"] == []
    assert found["more_mornings"] == 42 - found["mornings"]
    assert found["sentences"] == [f"Not enough yet: {found['more_mornings']} more mornings."]


def test_what_is_found_comes_with_its_mornings_and_never_says_causes(visit: Visit) -> None:
    """A diary in which far runs are answered the next morning, by two points."""
    entries = []
    far = [sha256(bytes([n])).digest()[0] < 100 for n in range(121)]
    for n in range(120):
        at = visit.clock.now - timedelta(days=119 - n)
        pain = {"nprs": (4 if far[n] else 1) + n * 31 % 2, "when": "morning", "knee": None}
        run = {"distance_m": 12000.0 if far[n + 1] else 4000.0 + n % 3 * 200, "sport": "running", "source": "hand"}
        entries.append(Entry(id=str(uuid4()), session_id=None, kind="pain.noted", day=at.date(), at=at, body=pain))
        entries.append(Entry(id=str(uuid4()), session_id=None, kind="run.added", day=at.date(), at=at, body=run))
    visit.patella.log.append(entries)
    found = visit.get("/api/insight", width=300, theme="light")
    assert 1 <= len(found["findings"]) <= 3
    first = found["findings"][0]
    assert first["factor"] == "distance"
    assert len(first["chart"]["data"]["values"]) == first["mornings"]
    assert "cause" not in json.dumps(found["sentences"])


@pytest.mark.alone
def test_five_years_are_answered_in_a_second(visit: Visit) -> None:
    fill(visit, 1826)
    query = {"since": "2021-11-02", "before": "2026-11-02", "width": 1100}
    spans = []  # of the processor, so that a busy machine tells the same
    for _ in range(4):
        began = time.process_time()
        found = visit.get("/api/timeline/chart", **query)
        spans.append(time.process_time() - began)
    assert min(spans) < 1.0, spans
    assert len(found["timeline"]["days"]) == 261
