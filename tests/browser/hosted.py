"""A host of static files, as anybody's: it knows a folder and the headers that stand in it, and nothing of Patella."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

KINDS = {".mjs": "text/javascript", ".wasm": "application/wasm", ".webmanifest": "application/manifest+json"}


class _Sends(SimpleHTTPRequestHandler):
    """Sends what lies in the folder, under one path of the address."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | KINDS
    protocol_version = "HTTP/1.1"

    below = ""
    said: ClassVar[list[tuple[str, str]]] = []

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(self.below) if path.startswith(self.below) else "/nothing")

    def end_headers(self) -> None:
        for name, value in self.said:
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@contextmanager
def hosted(folder: Path, below: str = "/patella") -> Iterator[str]:
    """Send a folder for as long as the block lasts; gives its address."""
    lines = (folder / "_headers").read_text().splitlines()[1:]
    headers = [(name, value) for name, _, value in (line.strip().partition(": ") for line in lines)]
    sends = type("Sends", (_Sends,), {"below": below, "said": headers})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(sends, directory=str(folder)))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{below}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
