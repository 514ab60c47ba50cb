"""Nobody waits because something of somebody else takes long: the order in which answers come is what is looked at."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from uuid import uuid4

import pytest
from httpx2 import ASGITransport, AsyncClient, Response

from files.watcher import Watcher, watching
from patella.files import activitywatch
from patella.store import export, exported, joining, log
from patella.store.entry import Entry, ErasedError
from patella.web.door import cookie_name
from patella.web.site.inside import Inside
from web.server import known_at, serving
from web.visit import HOME, PORT, Visit

A_MORNING = {"nprs": 1, "when": "morning"}
PATIENT_S = 60.0


@dataclass
class Held(Watcher):
    """A watcher that keeps whoever asks waiting until it is let go."""

    let_go: threading.Event = field(default_factory=threading.Event)

    def answer(self, path: str) -> bytes:
        assert self.let_go.wait(PATIENT_S)
        return super().answer(path)


async def answered_meanwhile(visit: Visit, slow: Callable[[AsyncClient], Awaitable[Response]]) -> tuple[int, Response]:
    """How many other questions were answered while the slow one was under way, and its own answer."""
    cookies = {cookie_name(PORT): visit.keys.let_in()}
    transport = ASGITransport(app=visit.client.app)
    async with AsyncClient(transport=transport, base_url=HOME, cookies=cookies) as client:
        task = asyncio.ensure_future(slow(client))
        await asyncio.sleep(0)
        meanwhile = 0
        while not task.done() and meanwhile < 5:
            assert (await client.get("/api/health")).status_code == 200
            meanwhile += not task.done()
        return meanwhile, await task


def test_an_activitywatch_that_keeps_silent_keeps_nobody_else_waiting(
    screened: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    with watching(watcher := Held()):
        monkeypatch.setattr(activitywatch, "PORT", watcher.port)
        monkeypatch.setattr(activitywatch, "PATIENCE_S", PATIENT_S)

        async def read(client: AsyncClient) -> Response:
            asked = asyncio.ensure_future(client.post("/api/sitting/read", json={}))
            for _ in range(5):
                await client.get("/api/health")
            watcher.let_go.set()
            return await asked

        meanwhile, answer = asyncio.run(answered_meanwhile(screened, read))
    assert meanwhile == 5
    assert answer.json() == {"days": 0}


def test_an_activitywatch_that_never_answers_is_given_up(screened: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    with watching(watcher := Held()):
        monkeypatch.setattr(activitywatch, "PORT", watcher.port)
        monkeypatch.setattr(activitywatch, "PATIENCE_S", 0.05)
        status, code, sentence = screened.refused("POST", "/api/sitting/read", {})
        watcher.let_go.set()
    assert (status, code) == (409, "cannot")
    assert sentence == "ActivityWatch does not answer on this machine; is it running?"


def test_while_another_program_writes_everything_can_be_read_and_what_is_said_waits_for_its_turn(
    tmp_path: Path,
) -> None:
    with serving(tmp_path / "diary") as (port, _):
        assert ask(port, "GET", "/api/today")[0] == 200
        note = {**A_MORNING, "id": str(uuid4())}
        with held(tmp_path / "diary" / "patella.db"):
            said: list[int] = []
            waits = threading.Thread(target=lambda: said.append(ask(port, "POST", "/api/pain", note)[0]))
            waits.start()
            assert ask(port, "GET", "/api/health")[0] == 200
            still_waits = not said
            assert ask(port, "GET", "/api/today")[0] == 200
        waits.join()
        assert still_waits
        assert said in ([200], [503])  # it was waited for five seconds at most
        assert ask(port, "POST", "/api/pain", note)[0] == 200


@pytest.fixture(params=["with threads", "without threads"])
def long_diary(visit: Visit, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """A diary that takes many steps to go through."""
    for module in (log, exported, joining):
        monkeypatch.setattr(module, "PAGE", 10)
    if request.param == "without threads":
        monkeypatch.setattr(sys, "platform", "emscripten")
    at, day = visit.clock(), visit.patella.today
    notes = ({"nprs": n % 4, "when": "during"} for n in range(2000))
    visit.patella.log.append(
        [
            Entry(id=str(n), session_id=None, kind="pain.noted", day=day, at=at, body=note)
            for n, note in enumerate(notes)
        ]
    )
    return visit


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_others_are_answered_while_a_long_diary_is_exported(long_diary: Visit, kind: str) -> None:
    meanwhile, answer = asyncio.run(answered_meanwhile(long_diary, lambda c: c.get(f"/api/export.{kind}")))
    assert meanwhile > 0
    assert answer.text.count("pain.noted") == 2000


def test_others_are_answered_while_a_long_diary_is_restored(long_diary: Visit) -> None:
    before = long_diary.client.get("/api/export.json").content
    headers = {"Content-Type": "application/json"}
    meanwhile, answer = asyncio.run(
        answered_meanwhile(long_diary, lambda c: c.post("/api/restore?replace=true", content=before, headers=headers))
    )
    assert answer.json() == {"entries": 2000}
    assert meanwhile > 0
    assert long_diary.client.get("/api/export.json").content == before


def test_inside_a_page_where_nobody_streams_an_export_comes_whole_and_is_restored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "emscripten")

    async def there_and_back() -> tuple[int, int, bytes]:
        inside = await Inside.open(str(tmp_path / "diary"), HOME)
        note = json.dumps({**A_MORNING, "id": str(uuid4())}).encode()
        assert (await inside.ask("POST", "/api/pain", "application/json", note))[0] == 200
        status, _, exported = await inside.ask("GET", "/api/export.json")
        restored, _, answer = await inside.ask("POST", "/api/restore?replace=true", "application/json", exported)
        await inside.close()
        return status, restored, answer

    assert asyncio.run(there_and_back()) == (200, 200, b'{"entries":1}')


def test_a_diary_that_is_erased_while_it_is_exported_is_not_taken_for_a_whole_one(long_diary: Visit) -> None:
    pages = export.json_pages(long_diary.patella.log)
    assert "pain.noted" in next(pages)[0] + next(pages)[0]
    long_diary.patella.log.erase()
    long_diary.post("/api/pain", {**A_MORNING, "id": str(uuid4())})
    with pytest.raises(ErasedError):
        list(pages)


@contextmanager
def held(diary: Path) -> Iterator[None]:
    """Another program in the middle of writing."""
    with closing(sqlite3.connect(diary, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def ask(port: int, method: str, path: str, body: Mapping[str, object] | None = None) -> tuple[int, bytes]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENT_S)) as connection:
        said = None if body is None else json.dumps(body)
        connection.request(method, path, said, {**known_at(port), "Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read()
