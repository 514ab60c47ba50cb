"""Other engines than Chromium, each driven by what it brings: Firefox by Marionette, WebKitGTK by its inspector."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol
from urllib.request import urlopen

from websockets.sync.client import connect

ASKED_FOR = "PATELLA_ENGINES"
BEGINS_WITHIN_S = 120.0
ANSWERS_WITHIN_S = 300.0
MINI_BROWSERS = "webkit2gtk-4.*/MiniBrowser"
# A page's own files: in Safari for years, in WebKitGTK 2.50 there but switched off.
AS_IN_SAFARI = "--features=+StorageAPI,+FileSystem,+AccessHandle,+FileSystemWritableStream"
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
    """Web Inspector's protocol, over a WebSocket: its WebDriver opens a private window, and can open no other."""

    def __init__(self, port: int) -> None:
        self.line = connect(_inspected(port), compression=None, ping_interval=None, max_size=None)
        self.target, self.number = "", 0
        while not self.target:
            self._hear()

    def open(self, address: str) -> None:
        self.do("location.href = arguments[0]", address)
        there = "return document.readyState === 'complete' && location.href.split('#')[0] === arguments[0]"
        end = time.monotonic() + ANSWERS_WITHIN_S
        while not self.do(there, address.partition("#")[0]):
            assert time.monotonic() < end, f"{address} did not open."
            time.sleep(0.1)

    def do(self, script: str, *values: object) -> Any:  # noqa: ANN401 - as above
        self.number += 1
        asked, of = self.number, self.target
        call = f"(function () {{ {script} }}).apply(null, {json.dumps(values)})"
        told = {"expression": call, "returnByValue": True}
        inner = json.dumps({"id": asked, "method": "Runtime.evaluate", "params": told})
        within = {"targetId": of, "message": inner}
        self.line.send(json.dumps({"id": asked, "method": "Target.sendMessageToTarget", "params": within}))
        while of == self.target:  # else another page has taken this one's place, and nothing is answered any more
            answer = self._hear()
            if answer.get("id") == asked:
                assert not answer["result"].get("wasThrown"), answer
                return answer["result"]["result"].get("value")
        return None

    def _hear(self) -> dict[str, Any]:
        """What the page answered; nothing where it was told of pages that come and go."""
        heard = json.loads(self.line.recv(timeout=ANSWERS_WITHIN_S))
        told = heard.get("params", {})
        match heard.get("method"):
            case "Target.targetCreated" if told["targetInfo"]["type"] == "page" and not self.target:
                self.target = told["targetInfo"]["targetId"]
            case "Target.didCommitProvisionalTarget" if told["oldTargetId"] == self.target:
                self.target = told["newTargetId"]
            case "Target.dispatchMessageFromTarget" if told["targetId"] == self.target:
                answer: dict[str, Any] = json.loads(told["message"])
                return answer
        return {}


def _inspected(port: int) -> str:
    """Where the first page of a WebKit that has begun is inspected."""
    end = time.monotonic() + BEGINS_WITHIN_S
    while True:
        with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/") as listed:
            if found := re.search(r"/socket/\d+/\d+/WebPage", listed.read().decode()):
                return f"ws://127.0.0.1:{port}{found[0]}"
        assert time.monotonic() < end, "WebKit does not start."
        time.sleep(0.2)


def why_not(name: str) -> str | None:
    """Why this engine cannot be driven here; None where it can."""
    wanted: dict[str, tuple[bool, str]] = {
        "Firefox": (bool(_firefox()), "apt-get install firefox-esr"),
        "WebKit": (bool(_mini_browser()), "apt-get install libwebkit2gtk-4.1-0"),
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
def engine(name: str, profile: Path, *, private: bool = False) -> Iterator[Engine]:
    """A window of this engine, with a profile of its own; at the end of the block the whole of it is killed."""
    port, screen = _free_port(), profile / "screen"
    profile.mkdir(exist_ok=True)
    own = os.environ | {"HOME": str(profile), "XDG_DATA_HOME": str(profile / "data"), "MOZ_HEADLESS": "1"}
    started: list[subprocess.Popen[bytes]] = []
    try:
        if name == "Firefox":
            settings = f'user_pref("marionette.port", {port});\n'
            (profile / "user.js").write_text(settings, "utf-8")
            window = ["--private-window"] * private
            command = [str(_firefox()), "--marionette", "--no-remote", "--profile", str(profile), *window]
            started.append(_begun([*command, "about:blank"], own))
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
            own |= {"WEBKIT_INSPECTOR_HTTP_SERVER": f"127.0.0.1:{port}"}
            command = [str(_mini_browser()), AS_IN_SAFARI, *["--private"] * private, "about:blank"]
            started.append(_begun(command, own))
            webkit = _WebKit(port)
            with webkit.line:
                yield webkit
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
