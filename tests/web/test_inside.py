"""The application as a browser's Python runs it, asked by the page beside it."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from patella.store.entry import Entry, StoreError
from patella.store.log import Log
from patella.web import slow_work
from patella.web.routes import paper
from patella.web.site.inside import CutShortError, Inside
from web.recorded import gpx, zipped

HOME = "https://somewhere.example/patella/#/"


@asynccontextmanager
async def inside(folder: Path) -> AsyncIterator[Inside]:
    house = await Inside.open(str(folder), HOME)
    try:
        yield house
    finally:
        await house.close()


class Bytes:
    """Bytes as JavaScript hands them over."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def to_bytes(self) -> bytes:
        return self.content


async def told(house: Inside, method: str, address: str, body: object = None) -> tuple[int, dict[str, Any]]:
    content = None if body is None else json.dumps(body)
    status, _, answer = await house.ask(method, address, "application/json" if content else None, content)
    return status, json.loads(answer)


def test_what_the_page_writes_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    async def write() -> None:
        async with inside(tmp_path) as house:
            assert (await told(house, "PATCH", "/api/profile", {"cautious": True}))[0] == 200

    async def read() -> tuple[int, dict[str, Any]]:
        async with inside(tmp_path) as house:
            return await told(house, "GET", "/api/profile")

    asyncio.run(write())
    status, profile = asyncio.run(read())
    assert (status, profile["cautious"]) == (200, True)


def test_an_export_that_breaks_off_is_not_taken_for_a_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(log: Log) -> Iterator[list[Entry]]:
        yield log.entries()
        raise StoreError("The diary is damaged here.")

    async def export() -> None:
        async with inside(tmp_path) as house:
            assert (await told(house, "PATCH", "/api/profile", {"cautious": True}))[0] == 200
            monkeypatch.setattr(Log, "pages", cut)
            with pytest.raises(CutShortError):
                await house.ask("GET", "/api/export.json")

    asyncio.run(export())


def test_an_address_with_letters_of_any_kind_and_a_question_is_understood(tmp_path: Path) -> None:
    async def ask() -> list[int]:
        async with inside(tmp_path) as house:
            addresses = ("/api/exercises/squat/drawing.svg?still=end", "/api/exercises/caf%C3%A9", "/api/nothing")
            return [(await house.ask("GET", a))[0] for a in addresses]

    assert asyncio.run(ask()) == [200, 422, 404]


def test_a_file_comes_as_the_bytes_of_a_page(tmp_path: Path) -> None:
    async def send() -> tuple[int, int]:
        async with inside(tmp_path) as house:
            _, opened = await told(house, "POST", "/api/imports", {})
            address = f"/api/imports/{opened['id']}/files?name=a.gpx"
            status, _, _ = await house.ask("POST", address, "application/octet-stream", Bytes(b"<gpx/>"))
            large, _, _ = await house.ask("POST", "/api/screening", "application/json", Bytes(b" " * 1_000_001))
            return status, large

    status, large = asyncio.run(send())
    assert status < 300
    assert large == 413


async def followed(house: Inside, place: str) -> AsyncIterator[dict[str, Any]]:
    """How an import stands, for as long as it is read."""
    for _ in range(10_000):
        job = (await told(house, "GET", place))[1]
        if job["state"] != "reading":
            return
        yield job
        await asyncio.sleep(0)


def test_while_an_import_is_read_other_questions_are_answered_and_it_stops_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slow_work, "ALONE", (sys.platform,))
    began = datetime(2026, 3, 1, 6, 30, tzinfo=UTC)

    async def bring() -> tuple[list[int], dict[str, Any]]:
        async with inside(tmp_path) as house:
            _, opened = await told(house, "POST", "/api/imports", {})
            place = f"/api/imports/{opened['id']}"
            for day in range(30):
                content = gpx(began + timedelta(days=day), 5)
                await house.ask("POST", f"{place}/files?name=a.gpx", "application/octet-stream", content)
            await told(house, "POST", f"{place}/begin", {})
            seen: list[int] = []
            async for job in followed(house, place):
                seen.append(job["done"])
                if job["done"] > 10:
                    await told(house, "POST", f"{place}/stop", {})
            return seen, (await told(house, "GET", place))[1]

    seen, job = asyncio.run(bring())
    assert len(set(seen)) > 5
    assert (job["state"], job["done"]) == ("stopped", seen[-1] + 1)
    with Log.open(tmp_path) as log:
        assert [e.kind for e in log.entries()] == ["run.added"] * (seen[-1] + 1)


def test_a_file_is_read_where_it_lies_and_then_let_go(tmp_path: Path) -> None:
    lent = tmp_path / "lent.zip"
    lent.write_bytes(zipped({"1.gpx": gpx(datetime(2026, 3, 1, 6, 30, tzinfo=UTC), 5)}))

    async def bring() -> dict[str, Any]:
        async with inside(tmp_path / "diary") as house:
            _, opened = await told(house, "POST", "/api/imports", {})
            place = f"/api/imports/{opened['id']}"
            await house.ask("POST", f"{place}/files?name=a.zip", "application/octet-stream", None, str(lent))
            await told(house, "POST", f"{place}/begin", {})
            async for _ in followed(house, place):
                pass
            return (await told(house, "GET", place))[1]

    assert asyncio.run(bring())["result"]["runs"] == 1
    assert not lent.exists()


def test_the_coach_is_on_the_line(tmp_path: Path) -> None:
    async def watch() -> list[tuple[str, object]]:
        heard: asyncio.Queue[tuple[str, object]] = asyncio.Queue()
        async with inside(tmp_path) as house:
            line = house.line("/api/coach", lambda kind, text: heard.put_nowait((kind, text)))
            opened = await heard.get()
            line.say(json.dumps({"kind": "begin", "exercise": "squat", "side": None, "session": None, "seen": 0}))
            began = await heard.get()
            line.say(Bytes(b"no frame"))
            return [opened, began, await heard.get()]

    opened, began, closed = asyncio.run(watch())
    assert opened == ("open", None)
    assert json.loads(str(began[1])) == {"seen": 0, "events": []}
    assert closed == ("close", None)


def test_the_calendar_leads_back_to_where_the_page_is(tmp_path: Path) -> None:
    async def ask() -> bytes:
        async with inside(tmp_path) as house:
            return (await house.ask("GET", "/api/morning.ics"))[2]

    assert f"{HOME}today".encode() in asyncio.run(ask()).replace(b"\r\n ", b"")


@pytest.mark.parametrize("address", ["/api/handout.pdf", "/api/report.pdf"])
def test_a_browser_alone_says_that_it_makes_no_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(paper, "ALONE", (sys.platform,))

    async def ask() -> tuple[int, dict[str, Any]]:
        async with inside(tmp_path) as house:
            return await told(house, "GET", address)

    status, answer = asyncio.run(ask())
    assert status == 409
    assert "print it from there" in answer["error"]["sentence"]


def test_a_checker_is_made_when_something_is_first_checked_and_says_the_same_as_ever() -> None:
    code = """
from patella.web.site import deferring
deferring.begin()
import asyncio, tempfile
from pydantic import TypeAdapter, ValidationError
from patella.web.wire_knee import KneeNoted
numbers = TypeAdapter(list[int])
made = [KneeNoted.__pydantic_complete__, numbers.pydantic_complete]
refused = []
for nprs in (3, 11, "3"):
    try:
        KneeNoted(id="0b5a6a5e-8f6c-4a63-9d4f-0d2c1f6c7a10", nprs=nprs)
    except ValidationError:
        refused.append(nprs)
print(made, refused, numbers.validate_python(["1"]), [KneeNoted.__pydantic_complete__, numbers.pydantic_complete])

from patella.web.site.inside import Inside
async def asked():
    house = await Inside.open(tempfile.mkdtemp(), "https://somewhere.example/")
    told = [(await house.ask("GET", address))[0] for address in ("/api/today", "/api/questions", "/api/exercises")]
    await house.close()
    return told
print(asyncio.run(asked()))
"""
    command = [sys.executable, "-W", "error::UserWarning", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "[False, False] [11, '3'] [1] [True, True]\n[200, 200, 200]\n"
    assert done.stderr == ""
