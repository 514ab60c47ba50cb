"""Every answer is what the document says of it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from jsonschema_rs import validator_for

from web.visit import Plain, Visit

ASKED = (
    "/today", "/today?scope=full", "/tomorrow", "/health", "/questions", "/emergency", "/profile", "/diary",
    "/exercises",
    "/exercises/squat", "/exercises/clamshell", "/running", "/comeback", "/shoes", "/places", "/scores", "/lesson",
    "/lessons", "/timeline", "/timeline?since=2025-01-01", "/timeline/chart", "/insight", "/sessions/{session}",
)  # fmt: skip


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
