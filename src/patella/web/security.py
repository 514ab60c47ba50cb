"""What stands before every handler: whose request this is, how large it is, and what every answer must say.

The pages are for browsers that were let in (`door.py`). No other site may reach them through such a browser: not by a
name that points here (DNS rebinding: the Host must be our own), not by a request sent from another page (Origin and
Sec-Fetch-Site must be our own on whatever changes something), not by a frame, a script or an image.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
import traceback
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from patella.web.answer import Refusal, error, refused
from patella.web.entrance import Entrance, entrance_for

LOG = logging.getLogger("patella.web")

CSP = (
    "default-src 'none'; "
    "script-src 'self' 'wasm-unsafe-eval'; "
    "style-src 'self'; "
    "img-src 'self' data: blob:; "
    "font-src 'self'; "
    "connect-src 'self'; "
    "media-src 'self' blob:; "
    "worker-src 'self'; "
    "manifest-src 'self'; "
    "base-uri 'none'; "
    "form-action 'self'; "
    "frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; "
    "trusted-types patella"
)

# What a page may ask a browser for. The microphone only where somebody wants to say "ready" rather than tap.
POLICY = "camera=(self), microphone=(), geolocation=()"
POLICY_OF_LISTENERS = POLICY.replace("microphone=()", "microphone=(self)")

HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": POLICY,
}

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})

LARGEST_BODY = 1_000_000
LARGEST_RESTORE = 200_000_000
LARGEST_UPLOAD = 10_000_000_000
RESTORE, MERGE = "/api/restore", "/api/merge"
FRAMES, LARGEST_FRAMES = "/api/films/look", 20_000_000  # twenty minutes of landmarks, fifteen times a second
UPLOAD = re.compile(r"/api/imports/[^/]+/files")
BYTES, TEXT = "application/octet-stream", "application/json"

FOREIGN_HOST = Refusal(421, "foreign-host", "Patella answers only at its own address on this machine.")
NO_HOST = Refusal(400, "no-host", "The request does not say which address it is for.")
FOREIGN_SITE = Refusal(403, "foreign-site", "Another website tried to change something here. Nothing was changed.")
NOT_JSON = Refusal(415, "not-json", "This takes JSON, said so in the header Content-Type.")
NOT_BYTES = Refusal(415, "not-bytes", "A file is sent as application/octet-stream, said so in the header Content-Type.")
TOO_SLOW = Refusal(408, "too-slow", "This came too slowly, and was let go. Nothing was kept of it; try again.")
BAD_LENGTH = Refusal(400, "bad-length", "The request's length makes no sense.")


def too_large(limit: int) -> Refusal:
    """What is said to a body over its limit (bytes)."""
    return Refusal(413, "too-large", f"That is more than {limit // 1_000_000} MB, and too much for this.")


def too_large_file(limit: int) -> Refusal:
    """What is said to a file of an import over its limit (bytes), with a way on."""
    on = "Unpack it and bring what lies in it, or take it in where Patella runs, with: patella import FILE."
    return Refusal(413, "too-large", f"That is more than {limit // 1_000_000} MB, and too much at once. {on}")


def check_host(headers: Headers, scheme: str, entrances: Iterable[Entrance]) -> Entrance:
    """By which entrance it came. Raises Refusal unless it is for this server, said once and exactly."""
    said = headers.getlist("host")
    if not any(said):
        raise NO_HOST
    found = entrance_for(said[0].lower(), scheme, entrances) if len(said) == 1 else None
    if found is None:
        raise FOREIGN_HOST
    return found


def check_site(method: str, headers: Headers, entrance: Entrance) -> None:
    """Raise Refusal if another site is behind a request that may change something.

    A browser says so in Sec-Fetch-Site, which no page can forge; one too old for that in Origin. What says neither is
    no browser, and cannot be led astray by a website.
    """
    if method in SAFE:
        return
    sites, origins = headers.getlist("sec-fetch-site"), headers.getlist("origin")
    if len(sites) > 1 or len(origins) > 1:
        raise FOREIGN_SITE
    if sites and sites[0] not in ("same-origin", "none"):
        raise FOREIGN_SITE
    # A form of our own page sends the origin null under our Referrer-Policy; only Sec-Fetch-Site can vouch for it.
    vouched = bool(sites) and origins == ["null"]
    if origins and not vouched and origins[0] != _origin(headers, entrance):
        raise FOREIGN_SITE


def check_socket(headers: Headers, entrance: Entrance) -> None:
    """Raise Refusal unless it is our own page that opens a socket. A browser always says whose page it is."""
    sites, origins = headers.getlist("sec-fetch-site"), headers.getlist("origin")
    if origins != [_origin(headers, entrance)] or sites not in ([], ["same-origin"]):
        raise FOREIGN_SITE


def _origin(headers: Headers, entrance: Entrance) -> str:
    return f"{entrance.scheme}://{headers['host'].lower()}"


def check_body(method: str, path: str, headers: Headers, largest_upload: int = LARGEST_UPLOAD) -> int:
    """The most bytes this request's body may have. Raises Refusal if it says that it has more, or is of another kind.

    JSON, or plain bytes where a file is sent: neither is what a form of another website can send.
    """
    is_file = path == FRAMES or UPLOAD.fullmatch(path) is not None
    own = {RESTORE: LARGEST_RESTORE, MERGE: LARGEST_RESTORE, FRAMES: LARGEST_FRAMES}
    limit = own.get(path, largest_upload if is_file else LARGEST_BODY)
    said = headers.get("content-length")
    if said is not None:
        if not (said.isascii() and said.isdigit()):
            raise BAD_LENGTH
        if len(said) > len(str(LARGEST_UPLOAD)) or int(said) > limit:
            raise too_large_file(limit) if is_file and path != FRAMES else too_large(limit)
    has_body = "transfer-encoding" in headers or said not in (None, "0")
    if has_body and method not in SAFE and kind_of(headers) != (BYTES if is_file else TEXT):
        raise NOT_BYTES if is_file else NOT_JSON
    return limit


def kind_of(headers: Headers) -> str:
    """What a body is, as its header says."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()


class Guard:
    """Outermost: checks a request before anything sees it, and finishes whatever answer comes back."""

    def __init__(self, app: ASGIApp, *, entrances: Iterable[Entrance], more: Mapping[str, str] | None = None) -> None:
        """`entrances` are the ways that lead here; the one by which a request came is left in its state.

        `more` are headers that every answer has beside those of all Patellas.
        """
        self.app = app
        self.entrances = tuple(entrances)
        self.headers = {**HEADERS, **(more or {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http":
            await self._answer(scope, receive, _Finished(send, self.headers))
        elif scope["type"] == "websocket":
            await self._open(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _entrance(self, scope: Scope, headers: Headers) -> Entrance:
        """By which it came, for whoever is asked after us. Raises Refusal."""
        found = check_host(headers, str(scope["scheme"]), self.entrances)
        scope.setdefault("state", {})["entrance"] = found
        return found

    async def _open(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A socket: refused with an ordinary answer before it opens, closed with a code after."""
        answer = _Finished(send, self.headers, "websocket.http.response.start")
        try:
            headers = Headers(scope=scope)
            check_socket(headers, self._entrance(scope, headers))
            await self.app(scope, receive, answer)
        except Refusal as refusal:
            await refused(refusal)(scope, receive, answer)
        except Exception as problem:  # noqa: BLE001 - as below
            LOG.error("%s at %s", type(problem).__name__, _where(problem))  # noqa: TRY400 - as below
            with suppress(Exception):  # it may be closed already
                await send({"type": "websocket.close", "code": 1011})

    async def _answer(self, scope: Scope, receive: Receive, send: _Finished) -> None:
        try:
            headers, method = Headers(scope=scope), str(scope["method"])
            check_site(method, headers, self._entrance(scope, headers))
            await self.app(scope, receive, send)
        except Refusal as refusal:
            if not send.begun:
                await refused(refusal)(scope, receive, send)
        except Exception as problem:  # noqa: BLE001 - nothing a person does may end in a traceback
            LOG.error("%s at %s", type(problem).__name__, _where(problem))  # noqa: TRY400 - its message may hold health data
            if not send.begun:
                sentence = "Something went wrong inside Patella. What was saved is safe; please try again."
                await error(500, "fault", sentence)(scope, receive, send)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a body may be: the bytes of a file, and how slowly any may come: `grace_s` at once and then this rate."""

    largest_bytes: int = LARGEST_UPLOAD
    grace_s: float = 15.0
    least_bytes_s: float = 50_000.0


class Bounds:
    """Lets no body in that is too large, too slow or of another kind."""

    def __init__(self, app: ASGIApp, *, limits: Limits) -> None:
        """`limits` say how large and how slow."""
        self.app = app
        self.limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises Refusal."""
        if scope["type"] == "http":
            path, headers = str(scope["path"]), Headers(scope=scope)
            most = check_body(str(scope["method"]), path, headers, self.limits.largest_bytes)
            receive = _Bounded(receive, most, self.limits)
        await self.app(scope, receive, send)


class _Finished:
    """Sends an answer with every header that all answers have."""

    def __init__(self, send: Send, headers: Mapping[str, str], start: str = "http.response.start") -> None:
        self.send = send
        self.headers = headers
        self.start = start
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == self.start:
            self.begun = True
            headers = MutableHeaders(scope=message)
            listens = headers.get("Permissions-Policy") == POLICY_OF_LISTENERS
            for name, value in self.headers.items():
                headers[name] = value
            if listens:
                headers["Permissions-Policy"] = POLICY_OF_LISTENERS
        await self.send(message)


class _Bounded:
    """Receives a body, but no more of it than the limit, and for no longer than its bytes may take."""

    def __init__(self, receive: Receive, most: int, limits: Limits) -> None:
        self.receive = receive
        self.most = most
        self.limits = limits
        self.began_s = time.monotonic()
        self.came = 0
        self.whole = False

    async def __call__(self) -> Message:
        try:
            async with asyncio.timeout(self._left_s()):
                message = await self.receive()
        except TimeoutError:
            raise TOO_SLOW from None
        self.came += len(message.get("body", b""))
        if self.came > self.most:
            raise too_large(self.most)
        self.whole = not message.get("more_body", False)
        return message

    def _left_s(self) -> float | None:
        """How long the next part may take; None once nothing more is to come but the end of the line."""
        if self.whole:
            return None
        may_take_s = self.limits.grace_s + self.came / self.limits.least_bytes_s
        return max(self.began_s + may_take_s - time.monotonic(), 0.001)


def _where(problem: BaseException) -> str:
    """The place in the code, and nothing of what was worked on."""
    frames = traceback.extract_tb(problem.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}"
