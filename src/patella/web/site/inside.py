"""The application inside a browser: asked by the page beside it, over no network.

It is the very application that a server runs. What a server's socket would bring is handed over here, one ASGI scope at
a time, and the door knows this page from the beginning: nobody else can reach it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote
from uuid import uuid4

from patella.app.patella import Patella
from patella.files.library import own_library
from patella.store import schema
from patella.store.keys import Keys
from patella.store.log import Log
from patella.store.private import DIARY
from patella.web.app import make_app
from patella.web.door import cookie_name
from patella.web.security import Limits
from patella.web.uploads import LIES_AT

PORT = 8765  # a name among others: nothing listens
HOST = f"127.0.0.1:{PORT}"
LARGEST_FILE = 200_000_000  # bytes; a browser's Python holds it in memory
Hears = Callable[[str, object], None]


def is_older(folder: str) -> bool:
    """Whether the diary there is that of an older Patella: then the page brings along what a migration needs."""
    return schema.is_older(Path(folder) / DIARY)


class CutShortError(Exception):
    """An answer that is not whole; nobody may take it for one."""


class Inside:
    """An open Patella. Use `Inside.open`; `close` it when done."""

    def __init__(self, patella: Patella, home: str) -> None:
        """`home` is the address of the page, as a calendar may name it."""
        keys = Keys(patella.log.folder, or_in_memory=True)
        self._log = patella.log
        self._key = keys.let_in()
        self._app = make_app(patella, port=PORT, keys=keys, home=home, limits=Limits(largest_bytes=LARGEST_FILE))
        self._alive = AsyncExitStack()

    @classmethod
    async def open(cls, folder: str, home: str) -> Self:
        """Open the diary in `folder` and begin to answer. Raises StoreError."""
        patella = Patella(log=Log.open(Path(folder)), library=own_library(), now=_now, new_id=lambda: str(uuid4()))
        made = cls(patella, home)
        await made._alive.enter_async_context(made._app.router.lifespan_context(made._app))
        return made

    async def ask(
        self, method: str, address: str, kind: str | None = None, body: object = None, lies_at: str | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and content of the answer. `kind` is the body's media type; the body may be JavaScript's.

        `lies_at`: where the file lies that would be the body. Raises CutShortError where an answer broke off after it
        had begun, as a server would hang up.
        """
        content = _bytes(body)
        headers = {"content-length": str(len(content))} | ({"content-type": kind} if kind else {})
        scope = self._scope("http", address, headers) | {"method": method}
        if lies_at:
            scope["extensions"] = {LIES_AT: {"path": lies_at}}
        parts = iter([{"type": "http.request", "body": content, "more_body": False}])
        head: dict[str, Any] = {}
        found: list[bytes] = []

        async def receive() -> dict[str, object]:
            for part in parts:
                return part
            return await asyncio.Future()  # nobody hangs up

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                head.update(message)
            else:
                found.append(message.get("body", b""))
                head["whole"] = not message.get("more_body", False)

        await self._app(scope, receive, send)  # type: ignore[arg-type]
        if not head["whole"]:
            raise CutShortError(f"{address} broke off.")
        given = {k.decode("latin-1"): v.decode("latin-1") for k, v in head["headers"]}
        return int(head["status"]), given, b"".join(found)

    def line(self, address: str, hears: Hears) -> Line:
        """A line to `address` that stays open; `hears` is told "open", "text" with what came, and "close"."""
        scope = self._scope("websocket", address, {}) | {"subprotocols": []}
        return Line(self._app, scope, hears)

    async def close(self) -> None:
        """Stop answering and close the diary."""
        await self._alive.aclose()
        self._log.close()

    def _scope(self, kind: str, address: str, headers: dict[str, str]) -> dict[str, object]:
        path, _, query = address.partition("?")
        said = {
            "host": HOST,
            "origin": f"http://{HOST}",
            "sec-fetch-site": "same-origin",
            "cookie": f"{cookie_name(PORT)}={self._key}",
            **headers,
        }
        return {
            "type": kind,
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "scheme": "ws" if kind == "websocket" else "http",
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in said.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", PORT),
            "state": {},
        }


class Line:
    """One open line; what the page says is heard in its order."""

    def __init__(self, app: Any, scope: dict[str, object], hears: Hears) -> None:  # noqa: ANN401 - any ASGI application
        """Opens by itself."""
        self._said: asyncio.Queue[dict[str, object]] = asyncio.Queue()
        self._said.put_nowait({"type": "websocket.connect"})
        self._hears = hears
        self._task = asyncio.ensure_future(self._run(app, scope))

    def say(self, message: object) -> None:
        """Text, or bytes, which may be JavaScript's."""
        heard = {"text": message} if isinstance(message, str) else {"bytes": _bytes(message)}
        self._said.put_nowait({"type": "websocket.receive", **heard})

    def hang_up(self) -> None:
        """The page is done with it."""
        self._said.put_nowait({"type": "websocket.disconnect", "code": 1000})

    async def _run(self, app: Any, scope: dict[str, object]) -> None:  # noqa: ANN401 - as above
        try:
            await app(scope, self._said.get, self._send)
        finally:
            self._hears("close", None)

    async def _send(self, message: dict[str, object]) -> None:
        if message["type"] == "websocket.accept":
            self._hears("open", None)
        elif message["type"] == "websocket.send":
            self._hears("text", message.get("text"))


def _bytes(body: Any) -> bytes:  # noqa: ANN401 - of JavaScript anything may come
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    return body if isinstance(body, bytes) else bytes(body.to_bytes())


def _now() -> datetime:
    return datetime.now().astimezone()
