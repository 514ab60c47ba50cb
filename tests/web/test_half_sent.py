"""Who begins a request and does not end it is told so, or hung up on; nobody else notices, and nothing stays of it."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from patella.web import protocol
from patella.web.security import Limits
from web.house import House, serving

LIMITS = Limits(grace_s=0.5, least_bytes_s=50_000)
PATIENT_S = 60.0
HEAD = "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
JSON = "Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(protocol, "HEAD_S", 0.5)
        with serving(tmp_path_factory.mktemp("half") / "diary", LIMITS) as found:
            yield found


def head(house: House, method: str, path: str) -> str:
    return HEAD.format(method=method, path=path, port=house.port, cookie=house.cookie)


def heard(house: House, sent: str) -> bytes:
    """What comes back until the line is closed, when this is sent and then nothing more."""
    with socket.create_connection(("127.0.0.1", house.port), timeout=PATIENT_S) as line:
        line.sendall(sent.encode())
        answer = b""
        while part := line.recv(65_536):
            answer += part
        assert house.ask("/health")[0] == 200
    return answer


@pytest.mark.parametrize("path", ["/api/pain", "/api/restore", "/api/screening"])
def test_half_a_body_ends(house: House, path: str) -> None:
    answer = heard(house, head(house, "POST", path) + JSON + '{"id": "half')
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"too slowly" in answer
    assert house.left() == []


def test_half_a_head_ends(house: House) -> None:
    answer = heard(house, head(house, "GET", "/api/today"))
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"too slowly" in answer


def test_a_second_request_of_which_half_comes_ends_too(house: House) -> None:
    first = head(house, "GET", "/api/health") + "\r\n"
    answer = heard(house, first + head(house, "GET", "/api/today"))
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"HTTP/1.1 408 " in answer


def test_a_body_that_nobody_wants_and_that_never_ends_is_hung_up_on(house: House) -> None:
    answer = heard(house, head(house, "GET", "/api/health") + JSON + "{")
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.count(b"HTTP/1.1") == 1


def test_who_says_nothing_at_all_is_hung_up_on(house: House) -> None:
    assert heard(house, "") == b""
