"""A shared Patella in processes of its own, on a PostgreSQL of its own, for the tests that need one."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from patella.store.people import invitations
from patella.store.people.people import Role, people_in
from patella.store.postgresql import engine_at
from postgresql import Server

HOST = "knee.example"
PASSWORD = "a stone in the left shoe"  # noqa: S105 - of somebody made up
READY_S = 120.0


@dataclass(slots=True)
class Somebody:
    """Who is signed in, asking over a line of their own each time."""

    port: int
    cookie: str = ""
    waits_s: float = 60.0

    def ask(
        self, method: str, path: str, body: object = None, kind: str = "application/json"
    ) -> tuple[int, dict[str, object]]:
        """The status and the answer. Raises OSError or HTTPException where nobody answers."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.waits_s)
        headers = {"Host": HOST, "Origin": f"https://{HOST}", "Patella-Zone": "Pacific/Auckland"}
        headers |= {"Cookie": self.cookie} if self.cookie else {}
        content = body if isinstance(body, bytes) or body is None else json.dumps(body)
        headers |= {} if content is None else {"Content-Type": kind}
        try:
            line.request(method, path, content, headers)
            answer = line.getresponse()
            found = json.loads(answer.read())
            if answer.headers["set-cookie"]:
                self.cookie = answer.headers["set-cookie"].partition(";")[0]
            return answer.status, found
        finally:
            line.close()


@dataclass(slots=True)
class Club:
    """The server that runs."""

    port: int
    process: subprocess.Popen[str]
    database: str
    joined: list[str] = field(default_factory=list)

    def join(self, handle: str, role: Role = Role.RUNNER) -> Somebody:
        """Somebody new, who was invited."""
        engine = engine_at(self.database, connections=1)
        key = invitations.invite(people_in(engine), name=handle.title(), role=role)
        engine.dispose()
        somebody = Somebody(self.port)
        said = {"key": key, "handle": handle, "name": handle.title(), "password": PASSWORD}
        status, answer = somebody.ask("POST", "/api/people/invitation/accept", said)
        assert status == 201, answer
        return somebody

    def workers(self) -> list[int]:
        """The processes that answer, and the one that takes imports: when all of them began together it is the last."""
        found = subprocess.run(
            ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(self.process.pid)],
            capture_output=True,
            text=True,
            check=True,
        )
        return [int(line.split()[0]) for line in found.stdout.splitlines() if "spawn_main" in line]

    def kill(self, number: int) -> None:
        """Kill one worker."""
        until = time.monotonic() + READY_S
        while not (workers := self.workers()):
            assert self.process.poll() is None, "the server ended"
            assert time.monotonic() < until, "no worker took the place of those that were killed"
            time.sleep(0.05)
        with suppress(ProcessLookupError):
            os.kill(workers[number % len(workers)], signal.SIGKILL)

    def wait(self) -> None:
        """Until it answers."""
        until = time.monotonic() + READY_S
        while time.monotonic() < until:
            with suppress(OSError, http.client.HTTPException):
                if Somebody(self.port, waits_s=5).ask("GET", "/api/health")[0] == 401:
                    return
            assert self.process.poll() is None, "the server ended"
            time.sleep(0.05)
        raise AssertionError("the server does not answer")


@contextmanager
def club(server: Server, folder: Path, *, workers: int = 2) -> Iterator[Club]:
    """A shared Patella on a new database of this PostgreSQL."""
    database = server.fresh()
    command = [sys.executable, "-u", "-m", "patella.cli", "serve", "--shared", "--host", HOST, "--port", "0"]
    command += ["--workers", str(workers), "--data", str(folder)]
    log = (folder.parent / f"{folder.name}.log").open("w+")
    environment = {**os.environ, "PATELLA_DATABASE": database}
    with log, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"127\.0\.0\.1:(\d+)", process.stdout.readline())
            assert found, Path(log.name).read_text()
            running = Club(int(found[1]), process, database)
            running.wait()
            yield running
        finally:
            process.terminate()
            process.wait(20)
