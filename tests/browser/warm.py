"""A browser that has been to a site before: its files are kept, and so is Python's memory, as on any second visit."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import BrowserContext, BrowserType, Page, ViewportSize

from browser.house import find_chromium

STARTS_WITHIN_S = 180.0
SIZE = ViewportSize(width=390, height=844)
LANGUAGE = ("--lang=en-GB", "--accept-lang=en-GB")
READY = """async () => {
    const kept = `patella-start ${new URL("./", document.baseURI).pathname}`;
    const there = async () => (await caches.match("whole")) && (await (await caches.open(kept)).keys()).length;
    while (!(await there())) await new Promise((next) => setTimeout(next, 100));
}"""
OF_A_PERSON = "local_storage,indexeddb,file_systems,cookies"


class Warm:
    """One Chromium for many tests; each has a connection of its own, with its own clock and scripts."""

    def __init__(self, chromium: BrowserType, profile: Path, flags: list[str]) -> None:
        self.chromium = chromium
        self.told = profile / "DevToolsActivePort"
        command = [str(find_chromium()), *flags, *LANGUAGE, "--headless=new", "--remote-debugging-port=0"]
        size = [f"--window-size={SIZE['width']},{SIZE['height']}", f"--user-data-dir={profile}", "about:blank"]
        nowhere = subprocess.DEVNULL
        self.process = subprocess.Popen([*command, *size], start_new_session=True, stdout=nowhere, stderr=nowhere)

    def visit(self, address: str) -> None:
        """For the first time, until everything is kept."""
        with self.connected() as context:
            page = context.new_page()
            page.goto(address)
            page.evaluate(READY)
            page.close()

    @contextmanager
    def connected(self, forget: str = "") -> Iterator[BrowserContext]:
        """The window; what a person left at an origin is forgotten first, what was fetched of it is not."""
        browser = self.chromium.connect_over_cdp(f"http://127.0.0.1:{self._port()}")
        context = browser.contexts[0]
        context.set_default_timeout(STARTS_WITHIN_S * 1000)
        blank = _alone(context)
        if forget:
            about = {"origin": forget, "storageTypes": OF_A_PERSON}
            context.new_cdp_session(blank).send("Storage.clearDataForOrigin", about)
        try:
            yield context
        finally:
            _alone(context)
            browser.close()

    def end(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _port(self) -> int:
        end = time.monotonic() + STARTS_WITHIN_S
        while not (self.told.exists() and "\n" in self.told.read_text()):
            assert time.monotonic() < end, "Chromium does not start."
            time.sleep(0.1)
        return int(self.told.read_text().split()[0])


def _alone(context: BrowserContext) -> Page:
    """An empty page, and no other: one that stayed would hold the diary's files."""
    blank = context.new_page()
    for page in context.pages:
        if page != blank:
            page.close()
    return blank
