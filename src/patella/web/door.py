"""The door: nothing of a person is told to whoever was not let in.

A link that is good once makes a browser known; from then on it shows a cookie. The address of this machine is open to
every program and every person on it, so what counts is the cookie: 256 random bits, of which only a hash is kept.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from patella.store.keys import BROWSER_LASTS_S, Keys
from patella.web.answer import Refusal

WAY_IN, FEEDS = "/in/", "/feed/"
# They are the same for everybody and tell nothing of anybody; or they ask for a key of their own.
OPEN = ("/static/", "/models/", WAY_IN, FEEDS)
AT_THE_ROOT = ("manifest.webmanifest", "sw.js", "favicon.ico")
OPEN_FILES = frozenset(f"/{name}" for name in AT_THE_ROOT)
NOT_KNOWN = Refusal(
    401,
    "not-known",
    "This browser is not known here. Type `patella` in a terminal on this machine, and it is let in.",
)


def cookie_name(port: int) -> str:
    """What a browser's cookie is called: a browser takes all ports of a machine for one, so the name tells them apart.

    Not `__Host-`: that asks for Secure, which not every browser takes from http on this machine.
    """
    return f"patella-{port}"


def cookie_of(port: int, key: str) -> str:
    """The header Set-Cookie for a browser that is known by this key."""
    lasts_s = int(BROWSER_LASTS_S)
    return f"{cookie_name(port)}={key}; Path=/; Max-Age={lasts_s}; HttpOnly; SameSite=Strict"


def link_to(port: int, key: str) -> str:
    """The address that lets one browser in."""
    return f"http://127.0.0.1:{port}{WAY_IN}{key}"


def say_link(link: str) -> str:
    """A link, with what is to be known of it."""
    return f"This link lets one browser in, once and within ten minutes: {link}"


def shown_keys(headers: Headers, port: int) -> list[str]:
    """The keys that a request shows. Another server of this machine may have set a cookie of the same name as well."""
    parts = (p.strip().partition("=") for h in headers.getlist("cookie") for p in h.split(";"))
    return [value for name, _, value in parts if name == cookie_name(port)]


def is_open(path: str) -> bool:
    """Whether an address answers everybody."""
    return path in OPEN_FILES or path.startswith(OPEN)


class Door:
    """Lets through what a known browser asks, and what is open to all; everything else gets the way in."""

    def __init__(self, app: ASGIApp, *, keys: Keys, port: int, way_in: Callable[[Request], Response]) -> None:
        """`keys` says who is known; `port` is the server's own; `way_in` makes the page for who is not."""
        self.app = app
        self.way_in = way_in
        self.keys = keys
        self.port = port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises Refusal."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        key = next((k for k in shown_keys(Headers(scope=scope), self.port) if self.keys.knows(k)), None)
        scope.setdefault("state", {})["key"] = key
        path = str(scope["path"])
        if key is None and not is_open(path):
            if scope["type"] != "http" or not _wants_page(scope):
                raise NOT_KNOWN
            await self.way_in(Request(scope))(scope, receive, send)
        elif key is not None and scope["type"] == "http" and _wants_page(scope) and not is_open(path):
            self.keys.see(key)
            await self.app(scope, receive, _Renewed(send, cookie_of(self.port, key)))
        else:
            await self.app(scope, receive, send)


class _Renewed:
    """Sends an answer with the cookie once more, so that a browser that comes stays known."""

    def __init__(self, send: Send, cookie: str) -> None:
        self.send = send
        self.cookie = cookie

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("Set-Cookie", self.cookie)
        await self.send(message)


def _wants_page(scope: Scope) -> bool:
    """Whether somebody is to look at the answer; what a program asks for is answered in JSON."""
    wanted = Headers(scope=scope).get("accept", "")
    return scope["method"] in ("GET", "HEAD") and "text/html" in wanted and not str(scope["path"]).startswith("/api/")
