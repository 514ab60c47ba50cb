"""A small ActivityWatch: the part of its HTTP interface that is asked, on this machine and a port of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote, urlsplit

AFK = {"aw-watcher-afk_here": {"type": "afkstatus"}, "aw-watcher-window_here": {"type": "currentwindow"}}


def spell(at: str, hours: float, status: str = "not-afk") -> dict[str, object]:
    return {"timestamp": at, "duration": hours * 3600, "data": {"status": status}}


@dataclass
class Watcher:
    """What it answers; `whole` in place of everything, with its status. `asked` are the paths it was asked for."""

    events: Mapping[str, object] = field(default_factory=dict)
    buckets: object = field(default_factory=lambda: AFK)
    whole: bytes | None = None
    status: int = 200
    port: int = 0
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str) -> bytes:
        self.asked.append(path)
        if self.whole is not None:
            return self.whole
        parts = unquote(urlsplit(path).path).strip("/").split("/")
        return json.dumps(self.buckets if len(parts) == 3 else self.events.get(parts[3], [])).encode()


@contextmanager
def watching(watcher: Watcher) -> Iterator[Watcher]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = watcher.answer(self.path)
            with suppress(ConnectionError):  # whoever asked may have given up
                self.send_response(watcher.status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        watcher.port = server.server_port
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield watcher
        finally:
            server.shutdown()
            thread.join()
