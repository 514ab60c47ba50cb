"""Other engines than Chromium, each driven by what it brings: Firefox by Marionette, WebKitGTK by its WebDriver."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

ASKED_FOR = "PATELLA_ENGINES"
BEGINS_WITHIN_S = 120.0
ANSWERS_WITHIN_S = 300.0
MINI_BROWSERS = "webkit2gtk-4.*/MiniBrowser"
PLACES = (Path("/usr/lib"), Path("/usr/libexec"))


class Engine(Protocol):
    """A browser window."""

    def open(self, address: str) -> None:
        """Go there."""

    def do(self, script: str, *values: object) -> Any:  # noqa: ANN401 - whatever JSON can tell
        """The body of a function in the page; what it returns."""


class _Firefox:
    """Marionette: length, colon, JSON, over a socket."""

    def __init__(self, port: int) -> None:
        end = time.monotonic() + BEGINS_WITHIN_S
        while True:
            try:
                self.line = socket.create_connection(("127.0.0.1", port), timeout=ANSWERS_WITHIN_S)
                break
            except OSError:
                assert time.monotonic() < end, "Firefox does not start."
                time.sleep(0.2)
        self.number = 0
        self._hear()
        self._say("WebDriver:NewSession", {})
        self._say("WebDriver:SetTimeouts", {"pageLoad": 300_000, "script": 300_000})

    def open(self, address: str) -> None:
        self._say("WebDriver:Navigate", {"url": address})

    def do(self, script: str, *values: object) -> Any:  # noqa: ANN401 - as above
        return self._say("WebDriver:ExecuteScript", {"script": script, "args": list(values)})["value"]

    def _say(self, name: str, body: dict[str, object]) -> dict[str, Any]:
        self.number += 1
        text = json.dumps([0, self.number, name, body])
        self.line.sendall(f"{len(text.encode())}:{text}".encode())
        _, _, error, found = self._hear()
        assert not error, error
        told: dict[str, Any] = found
        return told

    def _hear(self) -> Any:  # noqa: ANN401 - as above
        length = b""
        while not length.endswith(b":"):
            length += self.line.recv(1)
        text = b""
        while len(text) < int(length[:-1]):
            text += self.line.recv(int(length[:-1]) - len(text))
        return json.loads(text)


class _WebKit:
    """The W3C's WebDriver, over HTTP."""

    def __init__(self, port: int, program: Path) -> None:
        self.at = f"http://127.0.0.1:{port}"
        options = {"binary": str(program), "args": ["--automation"]}
        always = {"browserName": "MiniBrowser", "webkitgtk:browserOptions": options}
        end = time.monotonic() + BEGINS_WITHIN_S
        while True:
            try:
                told = self._say("/session", {"capabilities": {"alwaysMatch": always}})
                break
            except URLError:
                assert time.monotonic() < end, "WebKit does not start."
                time.sleep(0.2)
        self.at += f"/session/{told['sessionId']}"
        self._say("/timeouts", {"pageLoad": 300_000, "script": 300_000})

    def open(self, address: str) -> None:
        self._say("/url", {"url": address})

    def do(self, script: str, *values: object) -> Any:  # noqa: ANN401 - as above
        return self._say("/execute/sync", {"script": script, "args": list(values)})

    def _say(self, path: str, body: dict[str, object]) -> Any:  # noqa: ANN401 - as above
        asked = Request(self.at + path, json.dumps(body).encode(), {"Content-Type": "application/json"})  # noqa: S310
        try:
            with urlopen(asked, timeout=ANSWERS_WITHIN_S) as answer:  # noqa: S310 - a driver of our own
                return json.loads(answer.read())["value"]
        except HTTPError as error:
            raise AssertionError(error.read().decode()) from None


def why_not(name: str) -> str | None:
    """Why this engine cannot be driven here; None where it can."""
    wanted: dict[str, tuple[bool, str]] = {
        "Firefox": (bool(_firefox()), "apt-get install firefox-esr"),
        "WebKit": (bool(_mini_browser() and shutil.which("WebKitWebDriver")), "apt-get install webkit2gtk-driver"),
    }
    if name not in os.environ.get(ASKED_FOR, ""):
        return f"It takes minutes: {ASKED_FOR}=WebKit,Firefox asks for it."
    there, how = wanted[name]
    if not there:
        return f"{name} is not installed here ({how})."
    if name == "WebKit" and not (os.environ.get("DISPLAY") or shutil.which("Xvfb")):
        return "WebKit needs a screen, or Xvfb (apt-get install xvfb)."
    return None


@contextmanager
def engine(name: str, profile: Path) -> Iterator[Engine]:
    """A window of this engine, with a profile of its own; it is ended with the block."""
    port, screen = _free_port(), profile / "screen"
    profile.mkdir(exist_ok=True)
    own = os.environ | {"HOME": str(profile), "XDG_DATA_HOME": str(profile / "data"), "MOZ_HEADLESS": "1"}
    started: list[subprocess.Popen[bytes]] = []
    try:
        if name == "Firefox":
            settings = f'user_pref("marionette.port", {port});\n'
            (profile / "user.js").write_text(settings, "utf-8")
            command = [str(_firefox()), "--marionette", "--no-remote", "--profile", str(profile), "about:blank"]
            started.append(_begun(command, own))
            firefox = _Firefox(port)
            with firefox.line:
                yield firefox
        else:
            if "DISPLAY" not in own:
                number = 90 + os.getpid() % 400
                started.append(_begun(["Xvfb", f":{number}", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"], own))
                own["DISPLAY"] = f":{number}"
                _appears(Path(f"/tmp/.X11-unix/X{number}"), screen)  # noqa: S108 - where X keeps it
            own |= {"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1", "LIBGL_ALWAYS_SOFTWARE": "1"}
            started.append(_begun(["WebKitWebDriver", f"--port={port}"], own))
            yield _WebKit(port, Path(str(_mini_browser())))
    finally:
        for one in reversed(started):
            with suppress(ProcessLookupError):
                os.killpg(one.pid, signal.SIGKILL)
            one.wait()


def _begun(command: list[str], own: dict[str, str]) -> subprocess.Popen[bytes]:
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(command, env=own, stdout=nowhere, stderr=nowhere, start_new_session=True)


def _appears(place: Path, what: Path) -> None:
    end = time.monotonic() + BEGINS_WITHIN_S
    while not place.exists():
        assert time.monotonic() < end, f"No {what.name} appeared."
        time.sleep(0.1)


def _firefox() -> str | None:
    return shutil.which("firefox-esr") or shutil.which("firefox")


def _mini_browser() -> Path | None:
    found = (f for place in PLACES for f in (*place.glob(MINI_BROWSERS), *place.glob(f"*/{MINI_BROWSERS}")))
    return next(found, None)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port
