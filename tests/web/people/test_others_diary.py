"""What lies in one diary is there for nobody who asks from another: the real application of many, on its database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from patella.app.demo import fill
from patella.store.people import accounts, visits
from patella.store.people.people import Person, Role, people_in
from patella.store.postgresql import SharedStore
from patella.web.people.cookie import NAME
from patella.web.shared import Shared, make_shared_app
from postgresql import Server
from web.people.house import HOME, HOST
from web.visit import Plain

NOW_S = datetime.now(UTC).timestamp()
NUMBERS, KINDS = "number", ("exercise_id", "ending", "lesson_id")  # of people, and of what is the same for everybody


@dataclass
class Two:
    """Two runners with a diary each."""

    app: FastAPI
    anna: TestClient
    ben: TestClient

    def export(self) -> bytes:
        return self.anna.get("/api/export.json").content


@pytest.fixture(scope="module")
def two(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    folder, database = tmp_path_factory.mktemp("others"), postgresql.fresh()
    store = SharedStore.open(database, folder)
    people, clients = people_in(store.engine), list[TestClient]()
    app = make_shared_app(Shared(database=database, folder=str(folder), host=HOST, port=1))
    for days, handle in enumerate(("anna", "ben")):
        with people.begin() as connection:
            person = Person(handle=handle, name=handle, mark=handle.encode())
            account = accounts.made(connection, person, role=Role.RUNNER, kept="", at_s=NOW_S)
            key = visits.begin(connection, account, "a browser", NOW_S)
        clients.append(TestClient(app, HOME, cookies={NAME: key}, headers={"Origin": HOME}))
        now = datetime.now(UTC) - timedelta(days=days)  # another day gives a diary of other ids
        fill(replace(app.state.diaries.of(account), now=lambda now=now: now))
    with clients[0]:  # the application is closed with her
        yield Two(app, *clients)
    store.close()


def of_anna(two: Two) -> dict[str, str]:
    """Something of each kind that her diary holds, by the name it has in an address."""
    today = two.anna.post("/api/sessions", json={"id": str(uuid4()), "before": 1}).json()
    entries = two.anna.get("/api/export.json").json()
    lines = [e for e in entries["entries"] if isinstance(e, dict)]
    newest = {e["kind"]: e["id"] for e in lines}
    return {
        "session_id": today["id"],
        "entry_id": newest["pain.noted"],
        "import_id": two.anna.post("/api/imports", json={}).json()["id"],
        "run_id": newest["run.added"],
        "shoe_id": two.anna.get("/api/shoes").json()["shoes"][0]["id"],
        "activity_id": newest["run.added"],
    }


def bodies() -> Mapping[str, Plain]:
    new = {"id": str(uuid4())}
    event = {**new, "kind": "session.paused", "at": datetime.now(UTC).isoformat(), "body": {}}
    return {
        "POST /api/sessions/{session_id}/events": {"events": [event]},
        "POST /api/sessions/{session_id}/swap": {**new, "item": 0},
        "POST /api/sessions/{session_id}/ease": {**new, "item": 0},
        "POST /api/entries/{entry_id}/undo": new,
        "POST /api/entries/{entry_id}/change": {**new, "body": {"nprs": 9}},
        "POST /api/imports/{import_id}/begin": {},
        "POST /api/imports/{import_id}/stop": {},
        "POST /api/runs/{run_id}/change": {**new, "body": {"distance_m": 1}},
        "POST /api/shoes/{shoe_id}/change": {**new, "body": {"name": "Mine now"}},
        "POST /api/activities/{activity_id}/sport": {**new, "sport": "ride"},
    }


def operations(app: FastAPI) -> list[tuple[str, str, str]]:
    """Every operation on a thing of a diary: its method, its address, and how the address calls the thing."""
    found = []
    for path, item in app.openapi()["paths"].items():
        for method, about in item.items():
            names = [p["name"] for p in about.get("parameters", ()) if p["in"] == "path"]
            if names and not set(names) & {NUMBERS, *KINDS}:
                found.append((method.upper(), path, names[0]))
    return found


def test_nothing_of_one_diary_is_there_for_another_runner_whatever_is_asked(two: Two) -> None:
    things, said, before = of_anna(two), bodies(), two.export()
    asked = operations(two.app)
    assert {name for _, _, name in asked} == set(things)
    assert {f"{m} {p}" for m, p, _ in asked if m == "POST" and not p.endswith("/files")} == set(said)
    for method, path, name in asked:
        address = path.replace(f"{{{name}}}", things[name])
        as_file = path.endswith("/files")
        content = {"content": b"<gpx/>", "headers": {"Content-Type": "application/octet-stream"}} if as_file else {}
        body = {"json": said[f"{method} {path}"]} if f"{method} {path}" in said else content
        query = "?name=run.gpx" if as_file else ""
        theirs = two.ben.request(method, address + query, **body)
        assert (theirs.status_code, two.export()) == (404, before), f"{method} {path}: {theirs.text}"
    for method, path, name in asked:
        address = path.replace(f"{{{name}}}", things[name])
        if f"{method} {path}" in said:
            hers = two.anna.request(method, address, json=said[f"{method} {path}"])
            assert hers.status_code != 404, f"{method} {path}: {hers.text}"
    assert two.export() != before
