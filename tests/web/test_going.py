"""Who goes is gone, whatever is on its way meanwhile; and whole diaries that come together keep nobody waiting."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from patella.store.postgresql import diary, engine_at
from postgresql import Server
from web.shared import HOST, PASSWORD, Club, Somebody, club

AT_ONCE, LONG = 12, 3000
LONGEST_S = 4.0


@pytest.fixture(scope="module")
def server(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Club]:
    with club(postgresql, tmp_path_factory.mktemp("club"), workers=1) as running:
        yield running


def diaries(server: Club) -> int:
    """How many people have anything written down."""
    engine = engine_at(server.database, connections=1)
    with engine.connect() as connection:
        found = connection.scalar(select(func.count()).select_from(diary))
    engine.dispose()
    return found or 0


def exported(number: int, length: int) -> bytes:
    first = datetime(2025, 1, 1, 8, tzinfo=UTC)
    moments = [first + timedelta(hours=n) for n in range(length)]
    pain = {"kind": "pain.noted", "session_id": None, "body": {"when": "morning", "nprs": 1, "knee": None}}
    entries = [
        {**pain, "id": str(UUID(int=(number << 64) + n)), "day": f"{at:%Y-%m-%d}", "at": at.isoformat()}
        for n, at in enumerate(moments)
    ]
    return json.dumps({"format": "patella-diary", "version": 1, "entries": entries}).encode()


def close(somebody: Somebody) -> int:
    return somebody.ask("POST", "/api/people/me/close", {"password": PASSWORD})[0]


def test_who_closes_their_account_while_their_other_tabs_still_write_leaves_nothing(server: Club) -> None:
    anna, before = server.join("anna"), diaries(server)
    tab = Somebody(server.port, anna.cookie)
    writing, stops = threading.Event(), threading.Event()

    def written() -> int:
        status = 200
        while status != 401 and not stops.is_set():
            note = {"id": str(uuid4()), "nprs": 3, "when": "morning"}
            status = Somebody(server.port, tab.cookie).ask("POST", "/api/pain", note)[0]
            writing.set()
        return status

    with ThreadPoolExecutor(4) as pool:
        tabs = [pool.submit(written) for _ in range(4)]
        assert writing.wait(30)
        assert diaries(server) == before + 1
        try:
            while (status := close(anna)) == 503:  # it is being written just now
                time.sleep(0.05)
        finally:
            stops.set()
        assert status == 200
        assert {each.result() for each in tabs} <= {200, 401, 503}  # the last may have met the diary being written
    assert diaries(server) == before


@pytest.mark.parametrize("way", ["restore?replace=true", "merge"])
def test_a_diary_that_is_still_on_its_way_as_its_person_leaves_is_not_taken_in(server: Club, way: str) -> None:
    ben, before = server.join(f"ben-{way[:5]}"), diaries(server)
    content = exported(1, 20)
    headers = {"Host": HOST, "Cookie": ben.cookie, "Content-Type": "application/json"}
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as line:
        line.putrequest("POST", f"/api/{way}", skip_host=True)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            line.putheader(name, value)
        line.endheaders(content[:100])
        time.sleep(1)
        assert close(ben) == 200
        line.send(content[100:])
        assert line.getresponse().status == 401
    assert diaries(server) == before


def test_many_who_bring_a_whole_diary_at_once_all_bring_it_and_nobody_else_waits(server: Club) -> None:
    other, comers = server.join("olga"), [server.join(f"comer{n}") for n in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        brought = [pool.submit(c.ask, "POST", "/api/restore", exported(n + 2, LONG)) for n, c in enumerate(comers)]
        waits = list[float]()
        while not all(each.done() for each in brought):
            began_s = time.monotonic()
            assert other.ask("GET", "/api/health")[0] == 200
            waits.append(time.monotonic() - began_s)
    assert [each.result() for each in brought] == [(200, {"entries": LONG})] * AT_ONCE
    assert max(waits) < LONGEST_S
