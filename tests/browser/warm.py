"""A browser that has been to a site before: its files are kept, and so is Python's memory, as on any second visit."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, BrowserType, ViewportSize

from browser.sites import Phone

SIZE = ViewportSize(width=390, height=844)
AS_ON_A_PHONE = ("--lang=en-GB", "--accept-lang=en-GB", "--hide-scrollbars")
OF_A_RUN = "Singleton*"
READY = """async () => {
    const kept = `patella-start ${new URL("./", document.baseURI).pathname}`;
    const there = async () => (await caches.match("whole")) && (await (await caches.open(kept)).keys()).length;
    while (!(await there())) await new Promise((next) => setTimeout(next, 100));
}"""
PUT_DOWN = "() => new Promise((next) => setTimeout(next, 2000))"  # what is kept is on the disk a moment later


class Warm:
    """A profile that knows a site; each test has a browser of its own over a copy of it."""

    def __init__(self, chromium: BrowserType, profile: Path) -> None:
        self.chromium, self.profile = chromium, profile

    def visit(self, address: str) -> None:
        """For the first time, until everything is kept."""
        with Phone(self.chromium, self.profile).open(address, *AS_ON_A_PHONE) as context:
            page = context.new_page()
            page.goto(address)
            page.evaluate(READY)
            page.goto("about:blank")
            page.evaluate(PUT_DOWN)

    @contextmanager
    def window(self, address: str) -> Iterator[BrowserContext]:
        """A browser that has been there, in which nobody has begun a diary."""
        with tempfile.TemporaryDirectory(prefix="profile-", ignore_cleanup_errors=True) as folder:
            copy = Path(folder) / "copy"
            shutil.copytree(self.profile, copy, symlinks=True, ignore=shutil.ignore_patterns(OF_A_RUN))
            shutil.rmtree(copy / "Default/File System", ignore_errors=True)
            with Phone(self.chromium, copy).open(address, *AS_ON_A_PHONE) as context:
                yield context
