"""The server killed with -9 in the middle of a session, a hundred times: what it acknowledged is there, once (R1)."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Self
from uuid import UUID

from patella.store.log import Log
from patella.web.door import cookie_name
from web.visit import JSON, Plain, Visit, visiting

KILLS = 100


def test_a_hundred_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    rng = random.Random(3)  # noqa: S311 - the same kills every time
    folder = tmp_path / "diary"
    with visiting(folder) as visit:
        visit.screen()
        page = Page(rng, visit)
    ready_s = []
    with Servers(folder) as servers:
        for _ in range(KILLS):
            ready_s.append(servers.start())
            page.train_until_killed(servers, rng.uniform(0.0, 0.05))
            assert servers.is_gone()
        servers.start()
        page.connect(servers.port)
        page.flush()
        session = page.ask("GET", f"/api/sessions/{page.session['id']}")
        page.hang_up()
    kept = [s["event_id"] for s in session["sets"]]
    assert set(kept) == page.acknowledged
    assert len(kept) == len(set(kept)) > KILLS
    assert page.checks >= KILLS
    assert max(ready_s) < 3
    with Log.open(folder) as log:
        assert log.check() == []
        ids = [e.id for e in log.entries(kinds=["set.done"])]
        assert sorted(ids) == sorted(page.acknowledged)


class Page:
    """What a page does: it keeps an event until it hears that it is on the disk, and says it again until it does."""

    def __init__(self, rng: random.Random, visit: Visit) -> None:
        self.rng = rng
        self.session = visit.begin()
        self.example = visit.set_done(self.session)
        self.waiting: list[dict[str, object]] = []
        self.acknowledged: set[str] = set()
        self.checks = 0
        self.key = visit.keys.let_in()
        self.connection: http.client.HTTPConnection | None = None

    def connect(self, port: int) -> None:
        self.hang_up()
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)

    def hang_up(self) -> None:
        if self.connection is not None:
            self.connection.close()

    def train_until_killed(self, servers: Servers, after_s: float) -> None:
        self.connect(servers.port)
        shown = self.ask("GET", f"/api/sessions/{self.session['id']}")
        assert self.acknowledged <= {s["event_id"] for s in shown["sets"]}, "something acknowledged was lost"
        self.checks += 1
        killer = threading.Timer(after_s, servers.kill)
        killer.start()
        with suppress(OSError, http.client.HTTPException):
            while True:
                self.flush()
        killer.join()
        self.hang_up()

    def flush(self) -> None:
        for _ in range(self.rng.randrange(1, 4)):
            self.waiting.append({**self.example, "id": str(UUID(int=self.rng.getrandbits(128), version=4))})
        answer = self.ask("POST", f"/api/sessions/{self.session['id']}/events", {"events": self.waiting})
        self.acknowledged.update(answer["acknowledged"])
        self.waiting.clear()

    def ask(self, method: str, path: str, body: object = None) -> Plain:
        assert self.connection is not None
        cookie = {"Cookie": f"{cookie_name(self.connection.port)}={self.key}"}
        content = None if body is None else json.dumps(body)
        self.connection.request(method, path, content, cookie | (JSON if body else {}))
        answer = self.connection.getresponse()
        found: Plain = json.loads(answer.read())
        assert answer.status == 200, found
        return found


class Servers:
    """Starts servers on one diary by forking a process that has everything loaded, and kills them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = self.pid = 0
        self._spawn: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        command = [sys.executable, "-u", str(Path(__file__).with_name("forker.py")), str(self.folder)]
        self._spawn = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._line() == "loaded"
        return self

    def __exit__(self, *_: object) -> None:
        assert self._spawn is not None
        self.kill()
        assert self._spawn.stdin is not None
        assert self._spawn.stdout is not None
        self._spawn.stdin.close()
        self._spawn.wait(10)
        self._spawn.stdout.close()

    def start(self) -> float:
        """Start one, and give the seconds until it answers."""
        begun = time.monotonic()
        assert self._spawn is not None
        assert self._spawn.stdin is not None
        self._spawn.stdin.write("go\n")
        self._spawn.stdin.flush()
        self.pid, self.port = (int(self._line()) for _ in range(2))
        return time.monotonic() - begun

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def is_gone(self) -> bool:
        return self._line() == f"gone {signal.SIGKILL:d}"

    def _line(self) -> str:
        assert self._spawn is not None
        out: IO[str] | None = self._spawn.stdout
        assert out is not None
        return out.readline().strip()
