"""Asks the real server over HTTP, and reads from the kernel what each answer took of a processor."""

from __future__ import annotations

import http.client
import json
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from house import House

OK = 200
IDLE_S, QUIET_S = 0.005, 6  # of processor in each of so many seconds: nothing is being made ready any more
GIVES_UP_S = 600.0
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """Seconds of processor, of all the server's threads, and seconds until the answer was read."""

    processor_s: float
    waited_s: float


class Asking:
    """A browser that is known."""

    def __init__(self, house: House) -> None:
        """`house` is where the server is."""
        self._process = Path("/proc") / str(house.process)
        self._line = http.client.HTTPConnection(house.host, house.port, timeout=GIVES_UP_S)
        self._known = {"Cookie": "=".join(house.cookie), "Origin": house.url}

    def get(self, address: str) -> Took:
        """Ask for an address. Raises ConnectionError where the answer is no."""
        return self._ask("GET", address, None)

    def change(self, entry: str, nprs: int) -> None:
        """Correct a pain."""
        body = json.dumps({"id": str(uuid4()), "body": {"nprs": nprs}})
        self._ask("POST", f"/api/entries/{entry.replace(' ', '%20')}/change", body)

    def settle(self) -> None:
        """Wait until the server has had nothing to do by itself for a while, also on a busy machine."""
        until, quiet = time.monotonic() + GIVES_UP_S, 0
        while quiet < QUIET_S and time.monotonic() < until:
            before = self._processor_s()
            time.sleep(1)
            quiet = quiet + 1 if self._processor_s() - before < IDLE_S else 0

    def most_memory_mb(self) -> float:
        """The most that was resident so far."""
        (line,) = [t for t in (self._process / "status").read_text().splitlines() if t.startswith("VmHWM")]
        return int(line.split()[1]) / 1000

    def _ask(self, method: str, address: str, body: str | None) -> Took:
        self._line.close()  # the server hangs up on a line that is silent for some seconds
        began, before = time.monotonic(), self._processor_s()
        self._line.request(method, address, body, self._known | (JSON if body else {}))
        answer = self._line.getresponse()
        told = answer.read()
        if answer.status != OK:
            raise ConnectionError(f"{method} {address}: {answer.status} {told[:300]!r}")
        return Took(processor_s=self._processor_s() - before, waited_s=time.monotonic() - began)

    def _processor_s(self) -> float:
        return sum(int(s.read_text().split()[0]) for s in self._process.glob("task/*/schedstat")) / 1e9
