"""The door: nothing of a person is told to whoever was not let in.

A link that is good once makes a browser of this machine known, a code that is typed one elsewhere; from then on it
shows a cookie. The address of this machine is open to every program and every person on it, so what counts is the
cookie: 256 random bits, of which only a hash is kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import islice

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from patella.store.keys import BROWSER_LASTS_S, Keys
from patella.web.answer import Refusal
from patella.web.entrance import Entrance, this_machine

WAY_IN, FEEDS = "/in/", "/feed/"
CODE = "/in/code"
LOOKS_EVERY_S = 1.0
MOST_SHOWN = 4  # keys of one request that are looked at: a header has room for thousands
FORGOTTEN = 1008  # RFC 6455: against a policy
# They are the same for everybody and tell nothing of anybody; or they ask for a key of their own.
OPEN = ("/static/", "/models/", FEEDS)
AT_THE_ROOT = ("manifest.webmanifest", "sw.js", "favicon.ico")
OPEN_FILES = frozenset(f"/{name}" for name in AT_THE_ROOT)
# The first mark that fits: others claim to be these as well.
BROWSERS = (
    ("Edg", "Edge"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "a Mac"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip
NOT_KNOWN = Refusal(
    401,
    "not-known",
    "This browser is not known here. Type `patella` in a terminal on this machine, and it is let in.",
)

NOT_KNOWN_THERE = Refusal(
    401,
    "not-known",
    "This phone is not known here. `patella devices --add` on your computer shows a code; reload the page to type it.",
)


def cookie_name(port: int) -> str:
    """What the cookie of a browser of this machine is called."""
    return this_machine(port).cookie


def cookie_of(entrance: Entrance, key: str) -> str:
    """The header Set-Cookie for a browser that is known by this key."""
    secure = "; Secure" if entrance.by_code else ""
    return f"{entrance.cookie}={key}; Path=/; Max-Age={int(BROWSER_LASTS_S)}; HttpOnly; SameSite=Strict{secure}"


def link_to(port: int, key: str) -> str:
    """The address that lets one browser in."""
    return f"http://127.0.0.1:{port}{WAY_IN}{key}"


def say_link(link: str) -> str:
    """A link, with what is to be known of it."""
    return f"This link lets one browser in, once and within ten minutes: {link}"


def shown_keys(headers: Headers, cookie: str) -> list[str]:
    """The first keys that a request shows: another server of this machine may have set a cookie of the same name."""
    parts = (p.strip().partition("=") for h in headers.getlist("cookie") for p in h.split(";"))
    return list(islice((value for name, _, value in parts if name == cookie), MOST_SHOWN))


def is_open(path: str, entrance: Entrance) -> bool:
    """Whether an address answers everybody who came by this entrance: links here, the code elsewhere."""
    if path == CODE or path.startswith(WAY_IN):
        return entrance.by_code == (path == CODE)
    return path in OPEN_FILES or path.startswith(OPEN)


def name_of(headers: Headers) -> str:
    """What a browser may be called until somebody says better, by what it says of itself."""
    said = headers.get("user-agent", "")
    browser = next((name for mark, name in BROWSERS if mark in said), "A browser")
    system = next((name for mark, name in SYSTEMS if mark in said), "")
    return f"{browser} on {system}" if system else browser


class Door:
    """Lets through what a known browser asks, and what is open to all; everything else gets the way in."""

    def __init__(self, app: ASGIApp, *, keys: Keys, way_in: Callable[[Request], Response]) -> None:
        """`keys` says who is known; `way_in` makes the page for who is not. The guard stands before it."""
        self.app = app
        self.way_in = way_in
        self.keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises Refusal."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        entrance: Entrance = scope["state"]["entrance"]
        key = next((k for k in shown_keys(Headers(scope=scope), entrance.cookie) if self.keys.knows(k)), None)
        scope["state"]["key"] = key
        path = str(scope["path"])
        if key is None and not is_open(path, entrance):
            if scope["type"] != "http" or not wants_page(scope):
                raise NOT_KNOWN_THERE if entrance.by_code else NOT_KNOWN
            await self.way_in(Request(scope))(scope, receive, send)
        elif key is not None and scope["type"] == "http" and wants_page(scope) and not is_open(path, entrance):
            self.keys.see(key)
            await self.app(scope, receive, _Renewed(send, cookie_of(entrance, key)))
        elif key is not None and scope["type"] == "websocket":
            await self.app(scope, Watched(receive, send, lambda: self.keys.knows(key)), send)
        else:
            await self.app(scope, receive, send)


class Watched:
    """Receives what comes over a line that stays open, for as long as its browser is known."""

    def __init__(self, receive: Receive, send: Send, is_known: Callable[[], bool]) -> None:
        """`is_known` is asked at most once a second; once it says no, the line is closed."""
        self.receive = receive
        self.send = send
        self.is_known = is_known
        self.looked_s = time.monotonic()

    async def __call__(self) -> Message:
        """What comes next."""
        message = await self.receive()
        now_s = time.monotonic()
        if message["type"] == "websocket.receive" and now_s > self.looked_s + LOOKS_EVERY_S:
            self.looked_s = now_s
            if not self.is_known():
                await self.send({"type": "websocket.close", "code": FORGOTTEN})
                return {"type": "websocket.disconnect", "code": FORGOTTEN}
        return message


class _Renewed:
    """Sends an answer with the cookie once more, so that a browser that comes stays known."""

    def __init__(self, send: Send, cookie: str) -> None:
        self.send = send
        self.cookie = cookie

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("Set-Cookie", self.cookie)
        await self.send(message)


def wants_page(scope: Scope) -> bool:
    """Whether somebody is to look at the answer; what a program asks for is answered in JSON."""
    wanted = Headers(scope=scope).get("accept", "")
    return scope["method"] in ("GET", "HEAD") and "text/html" in wanted and not str(scope["path"]).startswith("/api/")
