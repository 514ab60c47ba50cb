"""How a clinic's day goes: a programme is set, done and looked at, and the server dies in the middle of it."""

from __future__ import annotations

import http.client
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from calm import calm_answers
from patella.store.people.people import Role
from postgresql import Server
from web.shared import Club, Somebody, club

CASELOAD = "/api/people/caseload"
SETS = 3  # one more than was asked: whoever likes it goes on
NOTE = "Heels down, and no deeper than a chair."
SQUATS = {"exercises": [{"exercise": "squat", "sets": 2, "reps": 10, "note": NOTE}], "note": "Slowly."}
SHARED = ["plan", "sessions", "pain", "programme"]


def said(somebody: Somebody, method: str, path: str, body: object = None) -> Mapping[str, Any]:
    """The answer, asked for until it was heard."""
    for _ in range(400):
        with suppress(OSError, http.client.HTTPException):
            status, answer = somebody.ask(method, path, body)
            if status < 300:
                return answer
            assert status == 503, (method, path, answer)
        time.sleep(0.05)
    raise AssertionError(f"{method} {path} is not answered")


def trained(anna: Somebody, session: Mapping[str, Any], server: Club, postgresql: Server) -> list[str]:
    """Every set of her session, each said until it was heard: a worker dies ahead of the second, then the database."""
    heard = list[str]()
    for number in range(1, SETS + 1):
        if number == 2:
            server.kill(0)
        if number == 3:
            postgresql.kill()
            postgresql.start()
        task = session["tasks"][0]
        asked = {key: task[key] for key in ("reps", "holds", "hold_s", "load_kg", "band")}
        body = {"item": 0, "exercise": "squat", "side": task["sides"][0], "set": number, "form_ok": None, **asked}
        event = {"id": str(uuid4()), "kind": "set.done", "at": datetime.now(UTC).isoformat(), "body": body}
        heard += said(anna, "POST", f"/api/sessions/{session['id']}/events", {"events": [event]})["acknowledged"]
    return heard


def test_a_programme_is_set_done_and_seen_and_no_repetition_is_lost_by_what_dies(
    postgresql: Server, tmp_path: Path
) -> None:
    with club(postgresql, tmp_path / "club") as server:
        anna, ben = server.join("anna"), server.join("ben")
        petra, paul = (server.join(name, Role.PHYSIOTHERAPIST) for name in ("petra", "paul"))
        for runner in (anna, ben):
            answers = calm_answers(said(runner, "GET", "/api/questions")["questions"])
            said(runner, "POST", "/api/screening", {"answers": answers})
        said(anna, "POST", "/api/people/sharing", {"physiotherapist": "petra", "what": SHARED})

        (hers,) = said(petra, "GET", CASELOAD)["runners"]
        said(petra, "POST", f"{CASELOAD}/{hers['id']}/programme", {"id": str(uuid4()), "programme": SQUATS})
        today = said(anna, "GET", "/api/today")
        (squat,) = [item for item in today["items"] if item["exercise"] == "squat"]
        assert "Petra" in str(squat)
        assert NOTE in str(squat)

        session = said(anna, "POST", "/api/sessions", {"id": str(uuid4()), "before": 1, "scope": "today"})
        assert session["tasks"][0]["exercise"] == "squat"
        heard = trained(anna, session, server, postgresql)
        kept = said(anna, "GET", f"/api/sessions/{session['id']}")["sets"]
        assert [one["event_id"] for one in kept] == heard
        assert sum(one["reps"] for one in kept) == SETS * session["tasks"][0]["reps"]

        (seen,) = said(petra, "GET", CASELOAD)["runners"]
        assert (seen["name"], seen["summary"]["practised"]["days_14"]) == ("Anna", 1)
        assert seen["summary"]["programme"]["by"] == "Petra"
        assert seen["summary"]["ran"] is None, "running is not shared"
        assert said(paul, "GET", CASELOAD)["runners"] == []
        assert paul.ask("GET", f"{CASELOAD}/{hers['id']}")[0] == 404
        assert petra.ask("GET", f"{CASELOAD}/{hers['id']}/report.pdf")[0] == 404, "the report is not shared"
        looks = said(anna, "GET", "/api/people/sharing")["looks"]
        assert {(look["name"], look["what"]) for look in looks} == {("Petra", part) for part in SHARED}
        assert said(ben, "GET", "/api/people/sharing")["looks"] == []
        said(anna, "POST", "/api/people/sharing", {"physiotherapist": "petra", "what": []})
        assert said(petra, "GET", CASELOAD)["runners"] == []
        assert petra.ask("GET", f"{CASELOAD}/{hers['id']}")[0] == 404
