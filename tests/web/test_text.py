"""Texts that break careless programs, in every place that takes text (S18), and in none of the logs (S15)."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest

from web.server import known_at, said, serving
from web.visit import JSON, Visit, refusal, visiting

CANARIES = (
    "canary ' OR 1=1 --",
    'canary "); DROP TABLE entry; --',
    "canary <script>alert(1)</script>",
    "canary \u202etxt.exe",
    "canary \0 nul",
    "canary \U0001f9b5 \ud83e\uddb5".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "canary {{7*7}} ${7*7} %s %n {0}",
    "=cmd|'/c calc'!canary",
    "canary" * 1700,
)
HALF = "canary \ud800"


def texts(canary: object) -> list[tuple[str, str, object]]:
    """A request for every place of every body that takes text."""
    one = str(uuid4())
    at = "2026-11-01T18:00:00+01:00"
    bodies: list[tuple[str, str, object]] = [
        ("POST", "/api/screening", {"answers": {"habit": canary}}),
        ("POST", "/api/screening/peek", {"answers": {"habit": canary}}),
        ("POST", "/api/screening/peek", {"answers": {canary: "no"}}),
        ("POST", "/api/screening/peek", {"answers": {"health": [canary]}}),
        ("POST", "/api/symptoms", {"symptom": canary}),
        ("PATCH", "/api/profile", {"theme": canary}),
        ("PATCH", "/api/profile", {"has": [canary]}),
        ("PATCH", "/api/profile", {"knees": [canary]}),
        ("PATCH", "/api/profile", {canary: True}),
        ("POST", "/api/sessions", {"id": canary}),
        ("POST", "/api/sessions", {"id": one, "scope": "one", "only": canary}),
        ("POST", "/api/pain", {"id": canary, "nprs": 1, "when": "morning"}),
        ("POST", "/api/pain", {"id": one, "nprs": 1, "when": canary}),
        ("POST", "/api/pain", {"id": one, "nprs": canary, "when": "morning"}),
        ("POST", "/api/pain", {"id": one, "nprs": 1, "when": "after", "session": canary}),
        ("POST", "/api/erase", {"confirm": canary}),
        ("POST", "/api/restore?replace=true", {"format": canary}),
    ]
    events: list[tuple[str, object]] = [
        ("set.done", {"item": 0, "exercise": canary, "side": "left", "set": 1}),
        ("set.done", {"item": 0, "exercise": "squat", "side": canary, "set": 1}),
        ("item.stopped", {"item": 0, "why": canary}),
        ("pain.noted", {"when": "during", "nprs": 1, "item": 0, "exercise": canary}),
        ("entry.undone", {"of": canary}),
        ("entry.changed", {"of": canary, "body": {"reps": 1}}),
        (str(canary), {}),
    ]
    bodies += [
        ("POST", "/api/sessions/{session}/events", {"events": [{"id": one, "kind": k, "at": at, "body": b}]})
        for k, b in events
    ]
    bodies.append(("POST", "/api/sessions/{session}/events", {"events": [{"id": one, "kind": "x", "at": canary}]}))
    bodies.append(("POST", "/api/sessions/{session}/swap", {"id": one, "item": 0, "to": canary}))
    return bodies


def addresses(canary: str) -> list[str]:
    text = quote(canary, safe="")
    return [
        f"/api/sessions/{text}", f"/api/exercises/{text}", f"/api/exercises/squat/drawing.svg?still={text}",
        f"/static/{text}",
        f"/api/today?scope=one&only={text}", f"/api/diary?since={text}", f"/api/reminders.ics?times={text}", f"/{text}",
        f"/api/handout.pdf?letter={text}", f"/api/today?{text}={text}",
    ]  # fmt: skip


@pytest.mark.parametrize("canary", [*CANARIES, HALF])
def test_strange_text_is_refused_with_a_sentence_wherever_it_stands_and_is_never_kept(
    screened: Visit, canary: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    session = screened.begin()
    before = screened.patella.log.entries()
    for method, path, body in texts(canary):
        content = json.dumps(body).encode()
        answer = screened.client.request(method, path.format(session=session["id"]), content=content, headers=JSON)
        refusal(answer.status_code, answer.json())
        assert 400 <= answer.status_code < 500, (path, body)
    for address in addresses(canary) if canary != HALF else ():
        assert screened.client.get(address).status_code < 500, address
    assert screened.patella.log.entries() == before
    assert "canary" not in ours(caplog)


def test_a_band_may_be_called_anything_and_comes_back_as_it_was_said(screened: Visit) -> None:
    session = screened.begin()
    for canary in (*CANARIES[:-1], HALF):
        event = screened.set_done(session, band=canary)
        content = json.dumps({"events": [event]}).encode()
        path = f"/api/sessions/{session['id']}/events"
        answer = screened.client.post(path, content=content, headers=JSON)
        if answer.status_code == 422:
            assert canary == HALF  # half a character is no text
            continue
        kept = screened.patella.log.entry(str(event["id"]))
        assert kept is not None
        assert kept.body["band"] == canary
    export = screened.client.get("/api/export.csv").content.decode("utf-8-sig")
    assert not re.search(r"(^|,)\"?=cmd", export)


def test_a_server_that_is_asked_to_tell_everything_tells_nothing_of_a_person(tmp_path: Path) -> None:
    with visiting(tmp_path / "first") as visit:
        answers = visit.calm_answers()
    import httpx2

    with (
        serving(tmp_path / "diary", "--debug") as (port, process),
        httpx2.Client(base_url=f"http://127.0.0.1:{port}", headers=known_at(port)) as client,
    ):
        client.post("/api/screening", json={"answers": answers}).raise_for_status()
        session = client.post("/api/sessions", json={"id": str(uuid4()), "before": 3}).json()
        for canary in CANARIES:
            for method, path, body in texts(canary):
                address = path.format(session=session["id"])
                client.request(method, address, content=json.dumps(body).encode(), headers=JSON)
            for address in addresses(canary):
                client.get(address)
        client.post("/api/pain", json={"id": str(uuid4()), "nprs": 7, "when": "after", "session": session["id"]})
        assert process.poll() is None
    written = said(tmp_path / "diary")
    assert "DEBUG" in written, "the server was asked to tell everything"
    for secret in ("canary", session["id"], "nprs", "screening.answered", "terminal-knee-extension"):
        assert secret not in written
    assert len(written) < 20_000


def ours(caplog: pytest.LogCaptureFixture) -> str:
    """What was written down by anything but the client that the tests ask with."""
    return "\n".join(
        r.getMessage() for r in caplog.records if not r.name.startswith(("httpx", "httpcore", "hypothesis"))
    )
