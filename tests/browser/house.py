"""A real server in its own process: it can be killed, started again, and given another day."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import BrowserContext

from patella.store import export
from patella.store.keys import Keys, new_key
from patella.store.log import Log
from patella.web.door import cookie_name

READY_WITHIN_S = 60.0
OVERHEARD = Path(__file__).with_name("overheard.py")


class House:
    """One diary folder and the server over it, always on the same port."""

    def __init__(self, folder: Path, day: str) -> None:
        self.folder = folder
        self.day = day
        self.built_s = time.monotonic()
        self.port = _free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.calls = folder.parent / "calls.txt"
        self.key = new_key()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def cookie(self) -> SetCookieParam:
        """What a browser keeps that this house knows."""
        return {"name": cookie_name(self.port), "value": self.key, "url": self.url, "sameSite": "Strict"}

    def known_to(self, context: BrowserContext) -> None:
        """A browser that may come in."""
        context.add_cookies([self.cookie])

    def forget_browsers(self) -> None:
        """They are closed; nothing of them is here."""

    def start(self, *extra: str) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        Keys(self.folder).let_in(self.key)
        command = [sys.executable, str(OVERHEARD), str(self.calls), "--data", str(self.folder)]
        command += ["--port", str(self.port), "--at", self._now(), *extra]
        log = (self.folder.parent / "server.log").open("ab")
        self.process = subprocess.Popen(command, stdout=log, stderr=log)
        log.close()
        until = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < until:
            try:
                if self.ask("/health"):
                    return
            except (URLError, ConnectionError):
                time.sleep(0.05)
        raise AssertionError(f"The server did not start: {(self.folder.parent / 'server.log').read_text()[-800:]}")

    def _now(self) -> str:
        """In the morning of its day, at whatever hour the tests run; over a restart the clock goes on."""
        here = datetime.fromisoformat(f"{self.day}T09:00") + timedelta(seconds=time.monotonic() - self.built_s)
        return here.isoformat()

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None
        assert not self.calls.exists(), f"The server called somebody else: {self.calls.read_text()}"

    def close(self) -> None:
        """The end of it."""
        self.kill()

    def restart(self, day: str | None = None) -> None:
        self.kill()
        self.day = day or self.day
        self.start()

    def fill_disk(self) -> None:
        """From now on no file of the server may grow."""
        self._file_limit("0")

    def free_disk(self) -> None:
        self._file_limit("unlimited")

    def _file_limit(self, size: str) -> None:
        assert self.process is not None
        subprocess.run(["prlimit", f"--pid={self.process.pid}", f"--fsize={size}:unlimited"], check=True)

    def ask(self, path: str) -> dict[str, object]:
        with urlopen(self._request(path), timeout=30) as answer:  # noqa: S310 - our own server
            found: dict[str, object] = json.loads(answer.read())
        return found

    def list(self, path: str) -> list[dict[str, object]]:
        found: list[dict[str, object]] = self.ask(path)  # type: ignore[assignment]
        return found

    def become(self, diary: Path) -> None:
        """Put another diary in the place of this one, through the server that runs."""
        with Log.open(diary) as log:
            export.export_json(log, self.folder.parent / "next.json", replace=True)
        body = (self.folder.parent / "next.json").read_bytes()
        until = time.monotonic() + 20
        while not self._restored(body):
            assert time.monotonic() < until, "the diary is written all the time"

    def _restored(self, body: bytes) -> bool:
        """Whether it was there at once: what was remembered of the one before may just be written."""
        try:
            urlopen(self._request("/restore?replace=true", body), timeout=20).close()  # noqa: S310 - as above
        except HTTPError as busy:
            if busy.code != HTTPStatus.SERVICE_UNAVAILABLE:
                raise
            return False
        return True

    def _request(self, path: str, body: bytes | None = None) -> Request:
        headers = {"Content-Type": "application/json", "Cookie": f"{cookie_name(self.port)}={self.key}"}
        return Request(f"{self.url}/api{path}", body, headers)  # noqa: S310 - as above

    def session(self, session_id: str) -> dict[str, object]:
        return self.ask(f"/sessions/{session_id}")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def find_chromium() -> str | None:
    """A Chromium that is there already; None for Playwright's own."""
    wanted = [os.environ.get("PATELLA_CHROMIUM", ""), "/usr/bin/chromium", "/usr/bin/chromium-browser"]
    wanted += ["/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"]
    return next((w for w in wanted if w and Path(w).exists()), None)
