from __future__ import annotations

import os
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from patella.store import sqlite
from web.visit import JSON, Visit, refusal


def test_an_address_that_is_not_there(visit: Visit) -> None:
    assert visit.refused("GET", "/api/nothing")[:2] == (404, "not-found")


@pytest.mark.parametrize(("method", "path"), [("POST", "/api/today"), ("GET", "/api/pain"), ("PUT", "/api/profile")])
def test_a_verb_that_does_not_fit_says_which_does(visit: Visit, method: str, path: str) -> None:
    answer = visit.client.request(method, path, json={})
    assert refusal(answer.status_code, answer.json())[:2] == (405, "method")
    assert answer.headers["allow"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"\xff",
        b'{"id": NaN}',
        b"[" * 50_000,
        b'{"nprs": 1e999}',
        b'{"nprs":' + b"9" * 9000,
    ],
)
def test_a_body_that_cannot_be_read(visit: Visit, body: bytes) -> None:
    answer = visit.client.post("/api/pain", content=body, headers=JSON)
    assert refusal(answer.status_code, answer.json())[0] in {400, 422}


def test_a_body_with_several_faults_names_the_first_and_counts_the_rest(visit: Visit) -> None:
    status, code, sentence = visit.refused("POST", "/api/pain", {"nprs": 99, "when": "never", "more": 1})
    assert (status, code) == (422, "not-understood")
    assert sentence.startswith("id: ")
    assert "3 more things are wrong" in sentence


def test_a_full_disk_is_said_and_what_was_not_saved_is_saved_once_there_is_room(screened: Visit) -> None:
    session = screened.begin()
    events = [screened.set_done(session) for _ in range(100)]
    path = f"/api/sessions/{session['id']}/events"
    with full_disk(screened.patella.log.path):
        assert screened.refused("POST", path, {"events": events})[:2] == (507, "disk-full")
        assert screened.get("/api/health")["ok"]
    assert screened.get(f"/api/sessions/{session['id']}")["sets"] == []
    assert len(screened.say(session, *events)["session"]["sets"]) == 100


def test_a_diary_that_another_program_holds_is_said(screened: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_S", 0.05)
    screened.patella.log.close()
    with closing(sqlite3.connect(screened.patella.log.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        note = {"id": str(uuid4()), "nprs": 1, "when": "morning"}
        status, code, sentence = screened.refused("POST", "/api/pain", note)
    assert (status, code) == (503, "store")
    assert sentence == "The diary is in use by another program. Close it, then try again."
    assert screened.post("/api/pain", note)


def test_a_damaged_diary_is_said(screened: Visit) -> None:
    screened.patella.log.close()
    path = screened.patella.log.path
    path.write_bytes(path.read_bytes()[:100] + os.urandom(20_000))
    status, code, sentence = screened.refused("GET", "/api/today")
    assert (status, code) == (503, "store")
    assert "damaged" in sentence or "not a database" in sentence


@contextmanager
def full_disk(path: Path) -> Iterator[None]:
    """As if the disk were full: no file of ours may grow beyond what the diary has now."""
    import signal

    usual = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    largest = max(f.stat().st_size for f in path.parent.iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest + 4096, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, usual)
