"""Where somebody comes from, as a proxy says it by the standard's own header: only a named proxy's word counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from patella.web.forwarded import LONGEST, by_proxy, hops_in


async def told(scope: Scope, receive: Receive, send: Send) -> None:
    request = Request(scope)
    found: Response = JSONResponse([request.client.host if request.client else None, request.url.scheme])
    await found(scope, receive, send)


def seen(headers: dict[str, str], proxies: tuple[str, ...] = ("192.0.2.1",)) -> list[str]:
    client = TestClient(by_proxy(told, proxies), "http://knee.example", client=("192.0.2.1", 5))
    found: list[str] = client.get("/", headers=headers).json()
    return found


@pytest.mark.parametrize(
    ("said", "who", "scheme"),
    [
        ("for=203.0.113.9;proto=https", "203.0.113.9", "https"),
        ('For="[2001:db8:cafe::17]:4711"; Proto=HTTPS', "2001:db8:cafe::17", "https"),
        ("proto=https;for=203.0.113.9;by=192.0.2.1;host=knee.example", "203.0.113.9", "https"),
        ("for=198.51.100.66, for=203.0.113.9;proto=https", "203.0.113.9", "https"),  # the first is what a browser says
        ("for=203.0.113.9", "203.0.113.9", "http"),
        ("proto=https", "192.0.2.1", "https"),
        ("for=203.0.113.9;;", "192.0.2.1", "http"),
        ("nonsense", "192.0.2.1", "http"),
        ('for="203.0.113.9', "192.0.2.1", "http"),
        ("", "192.0.2.1", "http"),
    ],
)
def test_a_named_proxy_says_where_somebody_comes_from(said: str, who: str, scheme: str) -> None:
    assert seen({"Forwarded": said}) == [who, scheme]


def test_nobody_unnamed_is_believed() -> None:
    assert seen({"Forwarded": "for=203.0.113.9;proto=https"}, proxies=("192.0.2.2",)) == ["192.0.2.1", "http"]


def test_what_a_browser_says_is_not_read_where_the_proxy_says_it_the_other_way() -> None:
    headers = {
        "Forwarded": "for=198.51.100.66;proto=http",
        "X-Forwarded-For": "203.0.113.9",
        "X-Forwarded-Proto": "https",
    }
    assert seen(headers) == ["203.0.113.9", "https"]


texts = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20)


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["for", "by", "proto", "host"]), texts, min_size=1), min_size=1, max_size=4
    )
)
def test_whatever_is_written_as_the_standard_says_is_read_again(hops: list[dict[str, str]]) -> None:
    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    said = ", ".join(";".join(f"{name}={quoted(text)}" for name, text in hop.items()) for hop in hops)
    assert hops_in(said) == (hops if len(said) <= LONGEST else [])


@given(st.text(max_size=200))
def test_anything_may_stand_there(said: str) -> None:
    assert isinstance(hops_in(said), list)
