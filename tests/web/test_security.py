from __future__ import annotations

import asyncio
import itertools

import pytest
from opentelemetry.trace import NoOpTracer, Tracer, TracerProvider
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from patella.web.answer import Refusal
from patella.web.app import make_app
from patella.web.entrance import this_machine
from patella.web.routes import pages
from patella.web.security import (
    CSP,
    HEADERS,
    LARGEST_BODY,
    LARGEST_RESTORE,
    POLICY,
    Bounds,
    Guard,
    Limits,
    check_site,
)
from web.visit import HOME, JSON, PORT, Visit, refusal

OWN = f"127.0.0.1:{PORT}"

# S12: everything that is not exactly our own name and port.
FOREIGN_HOSTS = (
    "evil.example", f"evil.example:{PORT}", "127.0.0.1", "localhost", "[::1]", "127.0.0.1:80", f"127.0.0.1:{PORT}0",
    f"127.0.0.1:0{PORT}", f"127.0.0.2:{PORT}", f"127.1:{PORT}", f"2130706433:{PORT}", f"0x7f000001:{PORT}",
    f"0177.0.0.1:{PORT}", f"0.0.0.0:{PORT}", f"[::]:{PORT}", f"[::ffff:127.0.0.1]:{PORT}", f"::1:{PORT}",
    f"[0:0:0:0:0:0:0:1]:{PORT}", f"localhost.:{PORT}", f"localhost.evil.example:{PORT}", f"evil.localhost:{PORT}",
    f"127.0.0.1.evil.example:{PORT}", f"127.0.0.1:{PORT}.evil.example", f"127.0.0.1:{PORT}@evil.example",
    f"user@127.0.0.1:{PORT}", f"127.0.0.1:{PORT}, evil.example", f"127.0.0.1 :{PORT}", f"127.0.0.1:{PORT}/",
    f"loc\u212aalhost:{PORT}", "testserver",
)  # fmt: skip

SITES = (None, "same-origin", "none", "same-site", "cross-site", "", "SAME-ORIGIN", "same-origin, cross-site")
ORIGINS = (
    None, HOME, "null", "http://evil.example", f"https://{OWN}", "http://127.0.0.1", f"http://127.0.0.1:{PORT}1",
    f"http://127.0.0.1:{PORT}.evil.example", f"http://localhost:{PORT}", "http://127.0.0.1:9999", "",
)  # fmt: skip
UNSAFE = ("POST", "PATCH", "PUT", "DELETE")


def is_ours(site: str | None, origin: str | None) -> bool:
    """The table in one line: the browser vouches for our own page, and no origin speaks against it."""
    if site is None:
        return origin in (None, HOME)
    return site in ("same-origin", "none") and origin in (None, HOME, "null")


def _headers(*pairs: tuple[str, str | None]) -> Headers:
    return Headers(raw=[(k.lower().encode(), v.encode()) for k, v in pairs if v is not None])


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_host_that_is_not_ours_is_refused_before_anything_sees_it(host: str) -> None:
    status, seen = _answer("GET", "/api/today", [(b"host", host.encode())])
    assert status == 421
    assert not seen


@pytest.mark.parametrize("host", [OWN, f"localhost:{PORT}", f"LOCALHOST:{PORT}", f"[::1]:{PORT}"])
def test_our_own_names_are_let_in(host: str) -> None:
    assert _answer("GET", "/api/today", [(b"host", host.encode())]) == (200, ["/api/today"])


def test_the_plain_port_needs_not_be_said() -> None:
    assert "localhost" in this_machine(80).hosts
    assert "localhost" not in this_machine(81).hosts


@pytest.mark.parametrize("headers", [[], [(b"host", b"")]])
def test_a_request_that_names_no_host_is_refused(headers: list[tuple[bytes, bytes]]) -> None:
    assert _answer("GET", "/", headers) == (400, [])


def test_two_hosts_are_one_too_many() -> None:
    assert _answer("GET", "/", [(b"host", OWN.encode()), (b"host", b"evil.example")]) == (421, [])


def test_what_a_proxy_says_of_the_host_counts_for_nothing() -> None:
    said = [(b"host", b"evil.example"), (b"x-forwarded-host", OWN.encode()), (b"forwarded", f"host={OWN}".encode())]
    assert _answer("GET", "/", said) == (421, [])


@pytest.mark.parametrize(("method", "site", "origin"), list(itertools.product(UNSAFE, SITES, ORIGINS)))
def test_only_our_own_page_may_change_anything(method: str, site: str | None, origin: str | None) -> None:
    headers = _headers(("host", OWN), ("sec-fetch-site", site), ("origin", origin))
    if is_ours(site, origin):
        check_site(method, headers, this_machine(PORT))
    else:
        with pytest.raises(Refusal) as caught:
            check_site(method, headers, this_machine(PORT))
        assert caught.value.status == 403


def test_a_header_that_is_said_twice_is_not_believed() -> None:
    for name, value in (("sec-fetch-site", "same-origin"), ("origin", HOME)):
        with pytest.raises(Refusal):
            check_site("POST", _headers(("host", OWN), (name, value), (name, value)), this_machine(PORT))


@pytest.mark.parametrize(
    ("site", "origin"), [("cross-site", "http://evil.example"), (None, "null"), ("same-site", None)]
)
def test_another_site_changes_nothing_through_any_unsafe_route(
    visit: Visit, site: str | None, origin: str | None
) -> None:
    visit.screen()
    before = visit.patella.log.entries()
    headers = {k: v for k, v in (("Sec-Fetch-Site", site), ("Origin", origin)) if v is not None}
    for method, path in _operations(visit):
        if method in UNSAFE:
            answer = visit.client.request(method, _address(path), headers=headers | JSON, content=b"{}")
            assert refusal(answer.status_code, answer.json())[:2] == (403, "foreign-site")
    assert visit.patella.log.entries() == before


def test_reading_changes_nothing(screened: Visit) -> None:
    screened.begin()
    before = screened.patella.log.entries()
    for method, path in _operations(screened):
        if method in ("GET", "HEAD"):
            assert screened.client.request(method, _address(path)).status_code < 500
    assert screened.patella.log.entries() == before


class Listener(TracerProvider):
    """Somebody in this process who gathers what is traced."""

    asked = 0

    def get_tracer(self, *_: object, **__: object) -> Tracer:
        self.asked += 1
        return NoOpTracer()


@pytest.mark.parametrize("listens", [False, True])
def test_nobody_who_gathers_telemetry_hears_of_a_request(
    visit: Visit, *, listens: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = Listener()
    monkeypatch.setattr("opentelemetry.trace.get_tracer_provider", lambda: listener)
    if listens:  # that the listener would hear
        monkeypatch.setattr("patella.web.app.NOTHING_TOLD", {})
    with TestClient(make_app(visit.patella, port=PORT), base_url=HOME, cookies=visit.client.cookies) as client:
        assert client.get("/api/today").status_code == 200
    assert bool(listener.asked) is listens


def test_every_answer_carries_every_header(screened: Visit) -> None:
    seen = set()
    for method, path in [
        *_operations(screened),
        ("GET", "/nothing/here"),
        ("GET", "/api/nothing"),
        ("BREW", "/api/today"),
        ("OPTIONS", "/api/today"),
    ]:
        for headers in ({}, {"Host": "evil.example"}, {"Accept": "text/html"}):
            answer = screened.client.request(method, _address(path), headers=headers)
            seen.add(answer.status_code)
            for name, value in HEADERS.items():
                assert answer.headers.get_list(name) == [value], (method, path, name)
            if path.startswith("/api/") and not path.endswith(".svg"):
                assert answer.headers["cache-control"] == "no-store", (method, path)
    form = screened.client.post("/api/pain", content=b"nprs=1", headers={"Content-Type": "text/plain"})
    assert form.headers.items() >= {k.lower(): v for k, v in HEADERS.items()}.items()
    assert {200, 404, 405, 409, 421, 422} <= seen


def test_the_policy_is_the_one_that_was_decided() -> None:
    assert CSP == (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; "
        "font-src 'self'; connect-src 'self'; media-src 'self' blob:; worker-src 'self'; manifest-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
        "trusted-types patella"
    )
    assert "unsafe-inline" not in CSP
    assert "'unsafe-eval'" not in CSP


def test_the_microphone_is_shut_but_on_the_pages_of_who_wants_to_say_ready(screened: Visit) -> None:
    """And even there on the document alone, from the next one on, until the setting is taken back."""
    asked = ["/", "/today", "/player/one", "/static/app/main.js", "/sw.js", "/api/profile", "/api/nothing", "/nothing"]

    def open_to() -> list[str]:
        policies = {path: screened.client.get(path).headers["permissions-policy"] for path in asked}
        assert set(policies.values()) <= {POLICY, "camera=(self), microphone=(self), geolocation=()"}
        return [path for path, policy in policies.items() if policy != POLICY]

    assert POLICY == "camera=(self), microphone=(), geolocation=()"
    assert open_to() == []
    screened.client.patch("/api/profile", json={"listens": True})
    assert open_to() == ["/", "/today", "/player/one"]
    tag = screened.client.get("/today").headers["etag"]
    known = screened.client.get("/today", headers={"If-None-Match": tag})
    assert (known.status_code, "microphone=(self)" in known.headers["permissions-policy"]) == (304, True)
    screened.client.patch("/api/profile", json={"listens": False})
    assert open_to() == []


def test_a_fault_of_ours_carries_every_header_too_and_tells_nothing(
    visit: Visit, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_: Request) -> Response:
        raise RuntimeError("canary of a knee")

    visit.client.app.router.routes.insert(0, Route("/api/fault", fail))  # type: ignore[attr-defined]
    answer = visit.client.get("/api/fault")
    assert refusal(answer.status_code, answer.json())[:2] == (500, "fault")
    assert dict(answer.headers).items() >= {k.lower(): v for k, v in HEADERS.items()}.items()
    assert "canary" not in answer.text + caplog.text
    assert "RuntimeError at test_security.py" in caplog.text


def test_a_fault_in_the_middle_of_an_answer_ends_it_without_a_second_beginning() -> None:
    async def half(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise RuntimeError

    async def late(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise Refusal(422, "late", "Too late.")

    for app in (half, late):
        assert [m["type"] for m in _messages(app, "GET", "/", [(b"host", OWN.encode())])] == ["http.response.start"]


@pytest.mark.parametrize(
    ("path", "length", "status"),
    [
        ("/api/pain", LARGEST_BODY + 1, 413),
        ("/api/restore", LARGEST_RESTORE + 1, 413),
        ("/api/merge", LARGEST_RESTORE + 1, 413),
        ("/api/pain", "9" * 5000, 413),
        ("/api/pain", "-1", 400),
        ("/api/pain", "1e3", 400),
        ("/api/pain", "\u0661", 400),
        ("/api/pain", LARGEST_BODY, 200),
        ("/api/restore", LARGEST_RESTORE, 200),
    ],
)
def test_a_body_that_says_it_is_too_large_is_not_even_read(path: str, length: object, status: int) -> None:
    said = [(b"host", OWN.encode()), (b"content-type", b"application/json"), (b"content-length", str(length).encode())]
    assert _answer("POST", path, said)[0] == status


def test_a_body_that_does_not_say_how_large_it_is_is_cut_off_at_the_limit(visit: Visit) -> None:
    answer = visit.client.post("/api/pain", content=(b" " * 100_000 for _ in range(11)), headers=JSON)
    assert refusal(answer.status_code, answer.json())[:2] == (413, "too-large")
    assert answer.headers["content-security-policy"] == CSP


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_what_a_form_of_another_site_could_send_is_not_taken(visit: Visit, kind: str) -> None:
    answer = visit.client.post("/api/erase", content=b'{"confirm":"ERASE"}', headers={"Content-Type": kind})
    assert refusal(answer.status_code, answer.json())[:2] == (415, "not-json")


def test_a_socket_that_nobody_vouches_for_is_answered_before_it_opens() -> None:
    sent = _messages(_unseen, "GET", "/", [(b"host", OWN.encode())], kind="websocket")
    assert sent[0]["type"] == "websocket.http.response.start"
    assert sent[0]["status"] == 403


def test_starting_and_stopping_pass_through() -> None:
    seen: list[str] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope["type"])

    _messages(app, "GET", "/", [], kind="lifespan")
    assert seen == ["lifespan"]


def _operations(visit: Visit) -> list[tuple[str, str]]:
    """Every method of every route there is."""
    found = [(m, r.path) for r in pages.router.routes if isinstance(r, Route) for m in r.methods or ()]
    paths = visit.client.app.openapi()["paths"]  # type: ignore[attr-defined]
    found += [(m.upper(), p) for p, operations in paths.items() for m in operations]
    assert len(set(found)) > 40
    return sorted(set(found))


def _address(path: str) -> str:
    named = {"{session_id}": "none", "{entry_id}": "none", "{exercise_id}": "squat", "{id}": "2026-11-01"}
    for place, name in (*named.items(), ("{path:path}", "vendor/preact.js"), ("{path}", "vendor/preact.js")):
        path = path.replace(place, name)
    return path


async def _unseen(*_: object) -> None:
    raise AssertionError("nothing should come here")


def _answer(method: str, path: str, headers: list[tuple[bytes, bytes]]) -> tuple[int, list[str]]:
    """The status of an answer, and what got as far as the application."""
    seen: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["path"])
        await Response("fine")(scope, receive, send)

    return _messages(app, method, path, headers)[0]["status"], seen


def _messages(
    app: ASGIApp, method: str, path: str, headers: list[tuple[bytes, bytes]], kind: str = "http"
) -> list[Message]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": f"{kind}.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": kind, "method": method, "path": path, "raw_path": path.encode(), "headers": headers}
    scope |= {"query_string": b"", "http_version": "1.1", "scheme": "http", "server": ("127.0.0.1", PORT)}
    asyncio.run(Guard(Bounds(app, limits=Limits()), entrances=[this_machine(PORT)])(scope, receive, send))
    return sent
