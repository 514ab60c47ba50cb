"""Who was not let in gets nothing, at any address; who was let in stays known."""

from __future__ import annotations

import http.client
import json
import logging
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi.routing import APIWebSocketRoute, iter_route_contexts
from starlette.testclient import TestClient, WebSocketDenialResponse

from patella.store.keys import LINK_LASTS_S, Keys
from patella.web.app import make_app
from patella.web.door import OPEN_FILES, cookie_name
from web.server import KNOWN, known_at, said, serving
from web.visit import HOME, JSON, PORT, Plain, Visit, refusal

OURS = {"host": f"127.0.0.1:{PORT}", "origin": HOME}
PAGE = {"Accept": "text/html,*/*"}
TELLS_NOTHING = {"/static/{path:path}", "/models/{name}", *OPEN_FILES}
NAME = cookie_name(PORT)


@pytest.fixture
def stranger(visit: Visit) -> Iterator[TestClient]:
    """Somebody at the same address whom nobody let in."""
    with closing(TestClient(visit.client.app, base_url=HOME, follow_redirects=False)) as client:
        yield client


def operations(visit: Visit) -> list[tuple[str, str]]:
    """Every method of every route, as the application itself has them; WS for a socket."""
    found = []
    for route in iter_route_contexts(visit.client.app.router.routes):  # type: ignore[attr-defined]
        path = str(route.path)
        methods = {"WS"} if isinstance(route.original_route, APIWebSocketRoute) else route.methods or set()
        assert methods, path
        found += [(method, path) for method in methods]
    return sorted(found)


def address(path: str) -> str:
    return re.sub(r"\{\w+(:path)?\}", "x", path)


def test_no_route_answers_a_stranger(screened: Visit, stranger: TestClient) -> None:
    screened.begin()
    asked = 0
    before = screened.patella.log.entries()
    for method, path in operations(screened):
        if path in TELLS_NOTHING or method == "WS":
            continue
        body: object = None if method in ("GET", "HEAD") else {}
        for cookies in ({}, {NAME: "x" * 43}, {NAME: ""}, {cookie_name(PORT + 1): screened.keys.let_in()}):
            shown = {"Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items())}
            for headers in (shown, shown | PAGE):
                answer = stranger.request(method, address(path), json=body, headers=headers)
                assert answer.status_code == 401, (method, path)
                assert answer.headers["cache-control"] == "no-store"
                assert "set-cookie" not in answer.headers
                asked += 1
            if path.startswith("/api/"):
                assert refusal(401, answer.json())[1] == "not-known"
    assert asked > 600
    assert screened.patella.log.entries() == before


def test_no_socket_opens_for_a_stranger(visit: Visit, stranger: TestClient) -> None:
    sockets = [path for method, path in operations(visit) if method == "WS"]
    assert sockets == ["/api/coach"]
    for path in sockets:
        with pytest.raises(WebSocketDenialResponse) as denied, stranger.websocket_connect(path, headers=OURS):
            pass
        assert denied.value.status_code == 401


@pytest.mark.parametrize("path", ["/nowhere", "/api", "/api/", "//api/today", "/API/today", "/static", "/in", "/docs"])
def test_an_address_that_is_not_there_tells_a_stranger_no_more(stranger: TestClient, path: str) -> None:
    assert stranger.get(path).status_code == 401


@pytest.mark.parametrize("path", ["/static/../api/today", "/static/%2e%2e/api/today", "/models/../api/export.json"])
def test_no_way_round_leads_past_the_door(stranger: TestClient, path: str) -> None:
    assert stranger.get(path).status_code in (401, 404)


def test_what_tells_nothing_is_open(stranger: TestClient) -> None:
    for path in ("/static/css/base.css", "/static/app/main.js", "/sw.js", "/manifest.webmanifest"):
        assert stranger.get(path).status_code == 200


def test_a_cookie_opens_nothing_by_being_nearly_right(visit: Visit, stranger: TestClient) -> None:
    key = visit.keys.let_in()
    for shown in (key[:-1], f"{key}x", key.swapcase(), f'"{key}"', f"{key},{key}", f"%{key}"):
        assert stranger.get("/api/today", headers={"Cookie": f"{NAME}={shown}"}).status_code == 401
    assert stranger.get("/api/today", headers={"Cookie": f"{NAME.upper()}={key}"}).status_code == 401


def test_a_cookie_that_another_server_of_this_machine_set_beside_ours_shuts_nobody_out(
    visit: Visit, stranger: TestClient
) -> None:
    key = visit.keys.let_in()
    for shown in (f"{NAME}=junk; {NAME}={key}", f"a=b;{NAME}={key};{NAME}=junk"):
        assert stranger.get("/api/today", headers={"Cookie": shown}).status_code == 200


def test_a_link_makes_a_browser_known_and_stands_nowhere_afterwards(visit: Visit, stranger: TestClient) -> None:
    link = visit.keys.make_link()
    answer = stranger.get(f"/in/{link}")
    assert (answer.status_code, answer.headers["location"], answer.content) == (303, "/", b"")
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    cookie = answer.headers["set-cookie"]
    assert re.fullmatch(rf"{NAME}=[\w-]{{43}}; Path=/; Max-Age=34560000; HttpOnly; SameSite=Strict", cookie)
    assert link not in cookie
    assert stranger.get("/api/today").status_code == 200
    assert stranger.get("/", headers=PAGE).status_code == 200


def test_a_link_is_good_once_and_says_so_kindly(visit: Visit, stranger: TestClient) -> None:
    link = visit.keys.make_link()
    assert stranger.get(f"/in/{link}").status_code == 303
    stranger.cookies.clear()
    again = stranger.get(f"/in/{link}", headers=PAGE)
    assert again.status_code == 401
    assert "set-cookie" not in again.headers
    assert "within ten minutes" in again.text


def test_a_link_is_over_after_ten_minutes(visit: Visit, stranger: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    link = visit.keys.make_link()
    keys = visit.client.app.state.keys  # type: ignore[attr-defined]
    later = keys._now_s() + LINK_LASTS_S + 1
    monkeypatch.setattr(keys, "_now_s", lambda: later)
    assert stranger.get(f"/in/{link}").status_code == 401


def test_a_look_at_a_link_does_not_use_it_up(visit: Visit, stranger: TestClient) -> None:
    link = visit.keys.make_link()
    assert stranger.head(f"/in/{link}").status_code == 405
    assert stranger.get(f"/in/{link}").status_code == 303


def test_a_known_browser_that_opens_a_link_is_still_one_browser(visit: Visit) -> None:
    before = visit.keys.known()
    for link in (visit.keys.make_link(), "used-up-long-ago"):
        assert visit.client.get(f"/in/{link}", follow_redirects=False).status_code == 303
    assert visit.keys.known() == before


def test_every_page_keeps_a_browser_known_for_longer_and_no_other_answer_does(visit: Visit) -> None:
    key = visit.client.cookies[NAME]
    assert f"{NAME}={key}; Path=/; Max-Age=34560000" in visit.client.get("/today", headers=PAGE).headers["set-cookie"]
    for path in ("/api/today", "/static/css/base.css"):
        assert "set-cookie" not in visit.client.get(path, headers=PAGE).headers


def test_a_bookmark_without_a_cookie_gets_a_page_that_says_how_to_get_in(stranger: TestClient) -> None:
    answer = stranger.get("/timeline", headers=PAGE)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "<kbd>patella link</kbd>" in answer.text
    assert "<script" not in answer.text
    assert not re.search(r"\sstyle=|<style", answer.text)


@pytest.mark.parametrize(
    ("site", "again"),
    [("none", True), ("cross-site", True), ("same-site", True), ("same-origin", False), (None, False)],
)
def test_who_comes_from_elsewhere_and_shows_no_cookie_is_asked_to_come_again_once(
    stranger: TestClient, site: str | None, *, again: bool
) -> None:
    """SameSite=Strict: on the way from another program or site a browser keeps its cookie to itself."""
    answer = stranger.get("/today", headers=PAGE | ({} if site is None else {"Sec-Fetch-Site": site}))
    assert answer.status_code == 401
    assert answer.headers.get("refresh") == ("0" if again else None)


def test_the_others_are_forgotten_and_this_browser_stays(visit: Visit, stranger: TestClient) -> None:
    stranger.get(f"/in/{visit.keys.make_link()}")
    unused = visit.keys.make_link()
    feed = visit.post("/api/door/feed", {}, 201)["path"]
    assert known_to(visit.get("/api/door")) == [True, False]
    assert known_to(visit.post("/api/door/forget", {})) == [True]
    assert stranger.get("/api/today").status_code == 401
    assert stranger.get(f"/in/{unused}").status_code == 401
    assert stranger.get(feed).status_code == 401
    assert known_to(visit.get("/api/door")) == [True]


def test_erasing_forgets_everybody_but_who_asks(visit: Visit, stranger: TestClient) -> None:
    stranger.get(f"/in/{visit.keys.make_link()}")
    visit.post("/api/erase", {"confirm": "ERASE"})
    assert stranger.get("/api/today").status_code == 401
    assert known_to(visit.get("/api/door")) == [True]


def test_a_calendar_reads_the_reminders_by_a_key_of_their_own_and_nothing_else(
    visit: Visit, stranger: TestClient
) -> None:
    feed = visit.post("/api/door/feed", {}, 201)["path"]
    assert re.fullmatch(r"/feed/[\w-]{43}/reminders\.ics", feed)
    answer = stranger.get(f"{feed}?times=08:30,16:00&days=mo,th")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.content == visit.client.get("/api/reminders.ics?times=08:30,16:00&days=mo,th").content
    key = feed.split("/")[2]
    for path in (f"/in/{key}", f"/feed/{key[:-1]}/reminders.ics", f"/feed/{key}/export.json"):
        assert stranger.get(path).status_code in (401, 404)
    assert stranger.get("/api/today", headers={"Cookie": f"{NAME}={key}"}).status_code == 401


def test_a_browser_is_known_to_the_next_server_of_the_same_diary(visit: Visit) -> None:
    with closing(TestClient(make_app(visit.patella, port=PORT), base_url=HOME, cookies=visit.client.cookies)) as client:
        assert client.get("/api/today").status_code == 200


def test_the_document_says_what_every_operation_asks_for(visit: Visit) -> None:
    document = visit.client.app.openapi()  # type: ignore[attr-defined]
    assert document["security"] == [{"browser": []}]
    scheme = document["components"]["securitySchemes"]["browser"]
    assert (scheme["type"], scheme["in"], scheme["name"]) == ("apiKey", "cookie", NAME)
    assert all("security" not in operation for path in document["paths"].values() for operation in path.values())


@pytest.mark.parametrize("more", [[], ["--demo"]], ids=["diary", "demo"])
def test_no_key_is_ever_written_down(tmp_path: Path, more: list[str]) -> None:
    with serving(tmp_path / "diary", "--debug", *more) as (port, _):
        cookie = known_at(port)["Cookie"].partition("=")[2]
        feed = json.loads(asked(port, "POST", "/api/door/feed", known_at(port) | JSON)[1])["path"]
        assert asked(port, "GET", feed)[0] == 200
        tried = [f"/in/{uuid4().hex}", f"{feed}x", "/api/today"]
        assert [asked(port, "GET", path)[0] for path in tried] == [401, 404, 401]
        kept = [p for p in tmp_path.rglob("*") if p.is_file()]
    written = said(tmp_path / "diary")
    assert "DEBUG" in written, "the server was asked to tell everything"
    keys = [cookie, feed.split("/")[2], tried[0].removeprefix("/in/")]
    assert all(key not in written for key in keys)
    assert all(key.encode() not in p.read_bytes() for p in kept if p.exists() for key in keys)


def test_another_server_of_this_machine_knows_nobody_of_this_one(tmp_path: Path) -> None:
    with serving(tmp_path / "one") as (one, _), serving(tmp_path / "other") as (other, _):
        key = KNOWN[one].partition("=")[2]
        for shown in (KNOWN[one], f"{cookie_name(other)}={key}"):
            assert asked(other, "GET", "/api/today", {"Cookie": shown})[0] == 401
        both = {"Cookie": f"{KNOWN[one]}; {KNOWN[other]}"}
        assert (asked(one, "GET", "/api/today", both)[0], asked(other, "GET", "/api/today", both)[0]) == (200, 200)


def test_a_folder_whose_keys_cannot_be_written_lets_a_browser_in_until_the_server_ends(tmp_path: Path) -> None:
    (tmp_path / "diary").mkdir()
    (tmp_path / "diary" / "keys").write_text("in the way")
    with serving(tmp_path / "diary") as (port, _):
        assert asked(port, "GET", "/api/today", known_at(port))[0] == 200
    with serving(tmp_path / "diary", "--port", str(port)):
        pass


def test_the_hash_of_a_key_opens_nothing(visit: Visit, stranger: TestClient) -> None:
    for file in (visit.patella.log.path.parent / "keys").iterdir():
        for shown in (file.name, file.name.partition("-")[2]):
            assert stranger.get("/api/today", headers={"Cookie": f"{NAME}={shown}"}).status_code == 401


def test_nothing_of_the_keys_is_said_when_they_are_asked_for(
    visit: Visit, stranger: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    link = visit.keys.make_link()
    stranger.get(f"/in/{link}")
    stranger.get(f"/in/{link}")
    ours = [r.getMessage() for r in caplog.records if not r.name.startswith(("httpx", "httpcore"))]
    assert link not in " ".join(ours)
    assert isinstance(visit.keys, Keys)


def known_to(answer: Plain) -> list[bool]:
    """Of each browser that is known, whether it is the one that asks; that one first."""
    return sorted((device["here"] for device in answer["devices"]), reverse=True)


def asked(port: int, method: str, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as line:
        line.request(method, path, b"{}" if method == "POST" else None, headers or {})
        answer = line.getresponse()
        return answer.status, answer.read()
