"""A Chromium of one's own over a site, that can be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import BrowserContext, BrowserType, Page

from browser.flags import FLAGS, REPORTS
from browser.house import find_chromium

STARTS_WITHIN_MS = 180_000  # Python, on a machine ten times slower


def opened(context: BrowserContext, address: str) -> Page:
    """A new page at an address."""
    page = context.new_page()
    page.goto(address)
    return page


class Phone:
    """A browser with a profile on the disk; `context` while it runs."""

    def __init__(self, chromium: BrowserType, profile: Path) -> None:
        self.chromium, self.profile = chromium, profile
        self.foreign: list[str] = []
        self.said: list[str] = []

    @contextmanager
    def open(self, origin: str, *flags: str, zone: str = "") -> Iterator[BrowserContext]:
        """Open the browser, in a time zone; at the end of the block it is killed, as a phone's battery would."""
        self.profile.mkdir(exist_ok=True)
        told = self.profile / "DevToolsActivePort"
        told.unlink(missing_ok=True)
        command = [str(find_chromium()), *FLAGS, *flags, "--headless=new", "--remote-debugging-port=0"]
        size = ["--window-size=390,844", f"--user-data-dir={self.profile}", "about:blank"]
        nowhere = subprocess.DEVNULL
        clock = os.environ | ({"TZ": zone} if zone else {})
        process = subprocess.Popen([*command, *size], start_new_session=True, stdout=nowhere, stderr=nowhere, env=clock)
        try:
            browser = self.chromium.connect_over_cdp(f"http://127.0.0.1:{_port(told)}")
            context = browser.contexts[0]
            context.set_default_timeout(STARTS_WITHIN_MS)
            context.add_init_script(REPORTS)
            own = (origin, "data:", "blob:")
            context.on("request", lambda r: self.foreign.extend([] if r.url.startswith(own) else [r.url]))
            context.on("console", lambda m: self.said.extend([m.text] if m.type == "error" else []))
            yield context
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _port(told: Path) -> int:
    end = time.monotonic() + STARTS_WITHIN_MS / 1000
    while not (told.exists() and "\n" in told.read_text()):
        assert time.monotonic() < end, "Chromium does not start."
        time.sleep(0.1)
    return int(told.read_text().split()[0])
