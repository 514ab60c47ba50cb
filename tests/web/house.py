"""A server of this process at a port of its own, with its own limits."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import uvicorn

from patella.app.patella import Patella
from patella.files.library import own_library
from patella.store.keys import Keys
from patella.store.log import Log
from patella.store.scratch import PREFIX
from patella.web.app import make_app
from patella.web.door import cookie_name
from patella.web.protocol import Protocol
from patella.web.security import Limits
from web.visit import Plain

BYTES = {"Content-Type": "application/octet-stream"}


@dataclass
class House:
    """A server that answers at a port, over the diary of a folder."""

    port: int
    folder: Path
    cookie: str

    def ask(self, path: str, body: object = None) -> tuple[int, Plain]:
        method = "GET" if body is None else "POST"
        content = None if body is None else json.dumps(body).encode()
        return self.send(method, path, content, {"Content-Type": "application/json"})

    def send(self, method: str, path: str, content: object, headers: dict[str, str]) -> tuple[int, Plain]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request(method, f"/api{path}", content, headers | {"Cookie": self.cookie})  # type: ignore[arg-type]
            answer = line.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            line.close()

    def open(self) -> str:
        status, found = self.ask("/imports", {})
        assert status == 201
        return str(found["id"])

    def put(self, place: str, name: str, content: object) -> tuple[int, Plain]:
        return self.send("POST", f"/imports/{place}/files?name={name}", content, BYTES)

    def read(self, place: str) -> Plain:
        assert self.ask(f"/imports/{place}/begin", {})[0] == 200
        until = time.monotonic() + 20
        while time.monotonic() < until:
            _, found = self.ask(f"/imports/{place}")
            if found["state"] != "reading":
                return found
            time.sleep(0.02)
        raise AssertionError("The import does not end.")

    def left(self) -> list[Path]:
        """What lies on the disk beside the diary."""
        return [f for place in self.folder.glob(f"{PREFIX}*") for f in place.iterdir()]


@contextmanager
def serving(folder: Path, limits: Limits) -> Iterator[House]:
    with Log.open(folder) as log, socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(256)
        port = listening.getsockname()[1]
        now = datetime(2026, 11, 1, 18, tzinfo=UTC)
        here = Patella(log=log, library=own_library(), now=lambda: now, new_id=lambda: str(uuid4()))
        app = make_app(here, port=port, limits=limits)
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, http=Protocol, ws="none", lifespan="on"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield House(port, folder, f"{cookie_name(port)}={Keys(folder).let_in()}")
        finally:
            server.should_exit = True
            thread.join(20)
