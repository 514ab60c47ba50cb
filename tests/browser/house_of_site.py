"""The same house without a server: a site from a folder of static files, with its diary in the browser of the test.

`PATELLA_PAGES=site pytest tests/browser` has every test of the pages that only needs a `House` run over it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Error, Page

from browser.hosted import hosted
from browser.house import House
from patella.store import export
from patella.store.log import Log
from patella.store.private import DIARY
from patella.web.site.site import _put_keeper, version_of

ON_A_SITE = os.environ.get("PATELLA_PAGES") == "site"
CLOCK, BLANK = "clock", "blank"
NOTHING = '<link rel="icon" href="data:,">'
TRIES = 3
# Python's day is that of the test, as it is with a server; the page's own clock is nobody's business here.
PUT_FORWARD = f"""const rightly = Date.now, asked = new XMLHttpRequest();
asked.open("GET", new URL("../../../{CLOCK}", import.meta.url).href, false);
asked.send();
const ahead = Number(asked.responseText);
Date.now = () => rightly() + ahead;
"""
AHEAD = "keepAll().then(keepAhead)"  # what is large is fetched when it is wanted; test_journey.py goes without a host
# Whose page is closed may hold the diary for a moment longer: its worker ends later, and its lock with it.
PLANTED = """(bytes) => navigator.locks.request("patella-diary", async () => {
    const top = await navigator.storage.getDirectory();
    for (const until = performance.now() + 20000;;) {
        try { await top.removeEntry("patella", { recursive: true }); break; }
        catch (error) {
            if (error.name === "NotFoundError") break;
            if (performance.now() > until) throw error;
            await new Promise((next) => setTimeout(next, 50));
        }
    }
    if (!bytes.length) return;
    const folder = await top.getDirectoryHandle("patella", { create: true });
    const stream = await (await folder.getFileHandle("patella.db", { create: true })).createWritable();
    await stream.write(new Uint8Array(bytes));
    await stream.close();
})"""
ASKED = """async ([address, body]) => {
    const { ask } = await import(new URL("transport.js", document.querySelector("script[src]").src).href);
    const sent = body === null ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body };
    const answer = await ask(`/api${address}`, sent);
    return { status: answer.status, text: await answer.text() };
}"""


class SiteHouse(House):
    """A folder of files at an address of its own; who asks for something asks the page that has the diary."""

    def __init__(self, folder: Path, day: str, files: Path, root: str) -> None:
        super().__init__(folder, day)
        self.files, self.root = files, root
        self.contexts: list[BrowserContext] = []
        self.open = False

    @property
    def url(self) -> str:
        return f"{self.root}#"

    def start(self, *extra: str) -> None:
        """Put the diary of the folder into every browser that is there."""
        assert not extra, "A site takes no options."
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self._set_clock()
        self.open = True
        for context in self.contexts:
            self._plant(context)

    def kill(self) -> None:
        """Before a page is open there is nothing that runs; and then nobody but the page could end it."""
        assert not self._pages(), "On a site there is no server to be killed: this test belongs into of_a_server.toml."

    def close(self) -> None:
        """Nothing runs."""

    def restart(self, day: str | None = None) -> None:
        """Another day begins for the Python that is started next."""
        self.day = day or self.day
        self._set_clock()

    def known_to(self, context: BrowserContext) -> None:
        """A browser in which the diary is to be, before its first page."""
        self.contexts.append(context)
        if self.open:
            self._plant(context)

    def forget_browsers(self) -> None:
        self.contexts.clear()

    def become(self, diary: Path) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(diary, self.folder)
        self._set_clock()
        for context in self.contexts:
            if page := next((p for p in context.pages if self._here(p)), None):
                with Log.open(diary) as log:
                    export.export_json(log, self.folder.parent / "next.json", replace=True)
                self._said(page, "/restore?replace=true", (self.folder.parent / "next.json").read_text("utf-8"))
            else:
                self._plant(context)

    def fill_disk(self) -> None:
        self._quota(quotaSize=1)

    def free_disk(self) -> None:
        self._quota()

    def ask(self, path: str) -> dict[str, Any]:
        page = next(iter(self._pages()), None)
        opened = None if page else self.contexts[-1].new_page()
        if opened:
            opened.goto(self.root)
        said = self._said(page or opened, path)
        if opened:
            opened.close()
        found: dict[str, Any] = json.loads(said)
        return found

    def _said(self, page: Page | None, path: str, body: str | None = None) -> str:
        assert page
        for left in reversed(range(TRIES)):
            try:
                answer = page.evaluate(ASKED, [path, body])
                break
            except Error as error:  # the page was on its way to another address
                if not left or "Execution context was destroyed" not in error.message:
                    raise
        assert answer["status"] < 300, f"{path}: {answer}"
        return str(answer["text"])

    def _pages(self) -> list[Page]:
        """Those of this site, the last first: one that was opened later may have taken the diary over."""
        pages = [p for c in self.contexts for p in c.pages if self._here(p)]
        away = "Patella is open in another tab|Patella went on in another tab"
        return [p for p in reversed(pages) if not p.locator(f"text=/{away}/").count()]

    def _here(self, page: Page) -> bool:
        return page.url.startswith(self.root) and not page.url.endswith(BLANK)

    def _plant(self, context: BrowserContext) -> None:
        diary = self.folder / DIARY
        page = context.new_page()
        page.route(f"{self.root}{BLANK}", lambda route: route.fulfill(content_type="text/html", body=NOTHING))
        page.goto(self.root + BLANK)
        page.evaluate(PLANTED, list(diary.read_bytes()) if diary.exists() else [])
        page.close()

    def _set_clock(self) -> None:
        here = datetime.fromisoformat(self._now()).astimezone()
        (self.files / CLOCK).write_text(str(round((here - datetime.now(UTC)).total_seconds() * 1000)))

    def _quota(self, **size: int) -> None:
        page = self._pages()[0]
        told = page.context.new_cdp_session(page)
        origin = "/".join(self.root.split("/")[:3])
        told.send("Storage.overrideQuotaForOrigin", {"origin": origin, **size})


@contextmanager
def site_of_the_tests(site: Path, files: Path) -> Iterator[tuple[Path, str]]:
    """A copy of a site, with a clock that can be set; gives its files and its address."""
    shutil.copytree(site, files, copy_function=os.link)
    _put_another_clock(files)
    with hosted(files, below="") as root:
        yield files, root


def _put_another_clock(files: Path) -> None:
    worker = version_of(files) / "static/app/python.worker.js"
    text = worker.read_text("utf-8")
    for name in (worker, files / "sw.js"):
        name.unlink()  # it is another site's file as well
    worker.write_text(PUT_FORWARD + text, "utf-8")
    _put_keeper(files)
    keeper = (files / "sw.js").read_text("utf-8")
    assert AHEAD in keeper
    (files / "sw.js").write_text(keeper.replace(AHEAD, "keepAll()"), "utf-8")


def open_addresses_whole(patch: pytest.MonkeyPatch, version: str) -> None:
    """What a test opens and asks for as with a server.

    An address is a new page; what follows the # alone would be the same one. A module lies in its version.
    """
    goto, evaluate = Page.goto, Page.evaluate

    def anew(page: Page, url: str, **more: Any) -> object:  # noqa: ANN401 - as Playwright's
        if "#" in url and page.url.partition("#")[0] == url.partition("#")[0]:
            with suppress(Error):
                goto(page, "about:blank")
        return goto(page, url, **more)

    def there(page: Page, expression: str, *more: Any) -> Any:  # noqa: ANN401 - as Playwright's
        return evaluate(page, expression.replace("/static/", f"/{version}/static/"), *more)

    patch.setattr(Page, "goto", anew)
    patch.setattr(Page, "evaluate", there)
