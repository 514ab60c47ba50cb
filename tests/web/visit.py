"""A made-up visitor for the tests of the pages: a Patella with a clock to move, and what a page would say to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from starlette.testclient import TestClient

from calm import calm_answers
from patella.app.patella import Patella
from patella.files.library import own_library
from patella.store.keys import Keys
from patella.store.log import Log
from patella.web.app import make_app
from patella.web.door import cookie_name

PORT = 8765
HOME = f"http://127.0.0.1:{PORT}"
FIRST_EVENING = datetime.fromisoformat("2026-11-01T18:00:00+01:00")
Plain = dict[str, Any]
JSON = {"Content-Type": "application/json"}


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: datetime = FIRST_EVENING

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Visit:
    """One person at the pages."""

    patella: Patella
    clock: Clock
    client: TestClient
    keys: Keys

    def get(self, path: str, **query: object) -> Plain:
        answer = self.client.get(path, params={k: str(v) for k, v in query.items()})
        assert answer.status_code == 200, answer.text
        found: Plain = answer.json()
        return found

    def post(self, path: str, body: object, status: int = 200) -> Plain:
        answer = self.client.post(path, json=body)
        assert answer.status_code == status, answer.text
        found: Plain = answer.json()
        return found

    def refused(self, method: str, path: str, body: object = None) -> tuple[int, str, str]:
        """What a request that is not done is told: its status, the code, and the sentence."""
        answer = self.client.request(method, path, json={} if body is None and method != "GET" else body)
        return refusal(answer.status_code, answer.json())

    def screen(self, **different: object) -> Plain:
        return self.post("/api/screening", {"answers": self.calm_answers() | different})

    def calm_answers(self) -> dict[str, object]:
        return calm_answers(self.get("/api/questions")["questions"])

    def begin(self, **said: object) -> Plain:
        return self.post("/api/sessions", {"id": str(uuid4()), "before": 1, **said}, 201)

    def say(self, session: Mapping[str, Any], *events: Mapping[str, object]) -> Plain:
        return self.post(f"/api/sessions/{session['id']}/events", {"events": list(events)})

    def event(self, kind: str, body: Mapping[str, object] | None = None, **more: object) -> dict[str, object]:
        return {"id": str(uuid4()), "kind": kind, "at": self.clock.now.isoformat(), "body": dict(body or {}), **more}

    def set_done(self, session: Mapping[str, Any], item: int = 0, **more: object) -> dict[str, object]:
        """The event of one set of a task, done as it was asked."""
        task = session["tasks"][item]
        asked = {key: task[key] for key in ("reps", "holds", "hold_s", "load_kg", "band")}
        body = {"item": item, "exercise": task["exercise"], "side": task["sides"][0], "set": 1, "form_ok": None}
        return self.event("set.done", body | asked | more)

    def pain(self, nprs: int, item: int = 0) -> dict[str, object]:
        return self.event("pain.noted", {"when": "during", "nprs": nprs, "item": item})


def refusal(status: int, body: Plain) -> tuple[int, str, str]:
    """The parts of an error, if it has the one shape that all errors have."""
    assert status >= 400
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "sentence"}
    code, sentence = body["error"]["code"], body["error"]["sentence"]
    assert code == code.lower()
    assert " " not in code
    assert sentence[0].isalnum() or sentence[0] == "`"
    assert sentence.endswith((".", "?"))
    assert "Traceback" not in sentence
    return status, code, sentence


@contextmanager
def visiting(
    folder: Path, *, port: int = PORT, clock: Clock | None = None, is_one_of_many: bool = False
) -> Iterator[Visit]:
    """A visit to a diary in a folder; where no key can be kept, it is held."""
    clock = clock or Clock()
    with Log.open(folder) as log:
        patella = Patella(
            log=log,
            library=own_library(),
            now=clock,
            new_id=lambda: str(uuid4()),
            is_one_of_many=is_one_of_many,
        )
        keys = Keys(folder, or_in_memory=True)
        client = TestClient(
            make_app(patella, port=port, keys=keys), base_url=HOME, cookies={cookie_name(port): keys.let_in()}
        )
        yield Visit(patella=patella, clock=clock, client=client, keys=keys)
        client.close()
