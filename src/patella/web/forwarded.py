"""What a proxy says of the line to it in the standard's own header, `Forwarded` (RFC 7239), as the older ones say it.

Whether the proxy is one whose word counts is decided where those are read (uvicorn's `ProxyHeadersMiddleware`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, cast

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

FORWARDED, BY_WAY, ENCRYPTED = b"forwarded", b"x-forwarded-for", b"x-forwarded-proto"
LONGEST = 2000
# A name, and a token or a quoted text; what ends it is `;` within an element and `,` between two.
PAIR = re.compile(r'\s*([A-Za-z]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,;"]*))\s*([;,]|$)')


def by_proxy(app: ASGIApp, proxies: Sequence[str]) -> ASGIApp:
    """The same, which believes these proxies about the line to them; `*` for whoever asks."""
    trusted = proxies if isinstance(proxies, str) else list(proxies)
    return Forwarded(cast("ASGIApp", ProxyHeadersMiddleware(cast("Any", app), trusted)))


class Forwarded:
    """Puts what `Forwarded` says where no `X-Forwarded-For` is: who writes one of both hands the other on unread.

    A header that is not well formed says nothing.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Reads the older headers, and knows whose word counts."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] in ("http", "websocket"):
            headers = list(scope["headers"])
            said = [value.decode("latin-1") for name, value in headers if name == FORWARDED]
            if said and not any(name == BY_WAY for name, _ in headers):
                scope["headers"] = [*headers, *_as_older(hops_in(", ".join(said)))]
        await self.app(scope, receive, send)


def hops_in(text: str) -> list[dict[str, str]]:
    """What each proxy on the way said, the one nearest to us last; nothing where it is not well formed."""
    hops, start = [dict[str, str]()], 0
    while text and len(text) <= LONGEST:
        found = PAIR.match(text, start)
        if found is None:
            return []
        name, quoted, token, end = found.groups()
        hops[-1][name.lower()] = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else token
        if not end:
            return hops
        if end == ",":
            hops.append({})
        start = found.end()
    return []


def _as_older(hops: list[dict[str, str]]) -> list[tuple[bytes, bytes]]:
    ways = [hop["for"] for hop in hops if "for" in hop]
    headers = [(BY_WAY, ", ".join(ways).encode("latin-1"))] if ways else []
    if hops and (proto := hops[-1].get("proto")):
        headers.append((ENCRYPTED, proto.lower().encode("latin-1")))
    return headers
