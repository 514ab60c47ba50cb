"""The document says every field of every answer, and every answer is what the document says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from jsonschema_rs import validator_for

from web.visit import Plain, Visit

ASKED = (
    "/today", "/today?scope=full", "/programme", "/tomorrow", "/health", "/questions", "/emergency", "/profile",
    "/diary", "/exercises",
    "/exercises/squat", "/exercises/clamshell", "/running", "/comeback", "/shoes", "/places", "/scores", "/lesson",
    "/lessons", "/timeline", "/timeline?since=2025-01-01", "/timeline/chart", "/insight", "/sessions/{session}",
    "/paper/handout", "/paper/handout?full=true", "/paper/report",
)  # fmt: skip
OWN_SCHEMA = {"ChartAnswer.chart", "DrawnFinding.chart", "ReportPages.chart"}  # Vega-Lite says what is in one


@pytest.fixture
def lived(screened: Visit) -> Plain:
    session = screened.post("/api/sessions", {"id": str(uuid4())}, 201)
    set_done = {"item": 0, "set": 1, "side": session["steps"][0]["side"], "reps": 5}
    set_done["exercise"] = session["tasks"][0]["exercise"]
    events = [{"id": str(uuid4()), "kind": "set.done", "at": "2026-11-01T18:00:00+01:00", "body": set_done}]
    screened.post(f"/api/sessions/{session['id']}/events", {"events": events})
    screened.post("/api/runs", {"id": str(uuid4()), "distance_m": 8000, "day": "2026-10-29"}, 201)
    screened.post("/api/shoes", {"id": str(uuid4()), "name": "Daily", "usual": True}, 201)
    screened.post("/api/knee", {"id": str(uuid4()), "nprs": 2})
    screened.post("/api/scores", {"id": str(uuid4()), "score": "akps", "value": 82})
    return session


def test_every_answer_is_what_the_document_says(screened: Visit, lived: Plain) -> None:
    document = screened.client.app.openapi()  # type: ignore[attr-defined]
    for asked in ASKED:
        answer = screened.get(f"/api{asked.format(session=lived['id'])}")
        path = f"/api{asked.partition('?')[0]}".replace("{session}", "{session_id}")
        if path not in document["paths"]:
            path = "/api/exercises/{exercise_id}"
        told = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        wrong = [str(e) for e in validator_for({**told, "components": document["components"]}).iter_errors(answer)]
        assert wrong == [], asked


def test_the_document_says_every_field_of_every_answer(screened: Visit) -> None:
    document = screened.client.app.openapi()  # type: ignore[attr-defined]
    answers = {name for path in document["paths"].values() for o in path.values() for name in shown(o["responses"])}
    schemas = document["components"]["schemas"]
    reached: set[str] = set()
    while answers - reached:
        name = (answers - reached).pop()
        reached.add(name)
        answers |= set(names_in(schemas[name]))
    unsaid = {f"{n}.{key}" for n in reached for key, s in schemas[n].get("properties", {}).items() if is_open(s)}
    assert unsaid == OWN_SCHEMA
    assert all(schemas[n].get("additionalProperties", True) is False for n in reached if "properties" in schemas[n])
    assert len(reached) > 60


def shown(responses: Plain) -> Iterator[str]:
    for response in responses.values():
        for content in response.get("content", {}).values():
            assert not is_open(content.get("schema", {"type": "string"}))
            yield from names_in(content)


def names_in(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield str(schema["$ref"]).rpartition("/")[2]
        for inner in schema.values():
            yield from names_in(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from names_in(inner)


def is_open(schema: Any) -> bool:  # noqa: ANN401
    """Whether it is a table, or holds one, of which nothing is said."""
    if not isinstance(schema, dict):
        return False
    if schema.get("type") == "object" and schema.get("additionalProperties", True) is True:
        return "properties" not in schema
    parts = [schema.get("items"), schema.get("additionalProperties"), *schema.get("anyOf", [])]
    return any(is_open(p) for p in parts)
