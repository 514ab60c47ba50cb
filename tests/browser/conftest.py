"""A real Chromium, a real server, and one guard over every page: no console error, no report, no foreign request."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, expect, sync_playwright

from browser.house import House, find_chromium
from browser.people import a_runner_in_week_three, a_screened_runner
from browser.tools import made_site

DAY = "2026-03-12"
PATIENCE_MS = 15_000  # two busy cores
NOT_WANTED = (  # of a Chromium that nobody types an address into: two pages behind its address bar, in each window
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    # and what Playwright leaves out, as this replaces its own list
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "PreconnectToSearch",
)
FLAGS = [
    f"--disable-features={','.join(NOT_WANTED)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
UNREACHED = (
    r"net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|FAILED|ABORTED|SOCKET_NOT_CONNECTED|"
    r"INCOMPLETE_CHUNKED_ENCODING|CONTENT_LENGTH_MISMATCH)"
)
REPORTS = """
addEventListener("securitypolicyviolation", (e) => console.error(`CSP ${e.violatedDirective} ${e.blockedURI}`));
addEventListener("unhandledrejection", (e) => console.error(`unhandled ${e.reason}`));
"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            launched = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        except Error as error:
            pytest.fail(
                "The browser tests need a Chromium: install one (apt-get install chromium, or "
                f"`playwright install chromium`), or name it in PATELLA_CHROMIUM. {str(error).splitlines()[0]}"
            )
        expect.set_options(timeout=PATIENCE_MS)
        yield launched
        launched.close()


class Guard:
    """What went wrong on the pages of a test, and what of it was to be expected."""

    def __init__(self, *houses: House) -> None:
        self.houses = houses
        self.seen: list[str] = []
        self.allowed: list[str] = []
        self.dialogs = 0

    def allow(self, pattern: str) -> None:
        """Expect messages like this one; a test that takes the server away says so."""
        self.allowed.append(pattern)

    def allow_a_server_that_is_gone(self) -> None:
        self.allow(UNREACHED)

    def watch(self, context: BrowserContext) -> None:
        """From now on; and every house of the test knows this browser."""
        context.add_cookies([house.cookie for house in self.houses])
        context.add_init_script(REPORTS)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.seen.append(f"uncaught {error.error}"))
        context.on("request", lambda request: self._request(request.url))
        context.on("dialog", lambda dialog: self._dialog(dialog.dismiss))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.seen.append(f"{message.type} {message.text} {message.location.get('url', '')}")

    def _request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.hostname != "127.0.0.1":
            self.seen.append(f"foreign request {url}")

    def _dialog(self, dismiss: Callable[[], None]) -> None:
        self.seen.append("dialog")
        dismiss()

    def found(self) -> list[str]:
        return [s for s in self.seen if not any(re.search(a, s) for a in self.allowed)]


@pytest.fixture
def guard(shared: House, own: House) -> Iterator[Guard]:
    made = Guard(shared, own)
    yield made
    assert made.found() == []


@pytest.fixture
def context(browser: Browser, guard: Guard) -> Iterator[BrowserContext]:
    """A fresh browser window. It closes before any server does, so that nothing asks a server that is gone."""
    made = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
    made.set_default_timeout(PATIENCE_MS)
    guard.watch(made)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Diaries made once and copied for each test."""
    root = tmp_path_factory.mktemp("diaries")
    a_screened_runner(root / "screened", DAY)
    a_runner_in_week_three(root / "third-week", DAY)
    (root / "new").mkdir()
    return {p.name: p for p in root.iterdir()}


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One server for all tests that leave it alone; its diary is put in anew for each."""
    house = House(tmp_path_factory.mktemp("shared") / "diary", DAY)
    house.start()
    yield house
    house.kill()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site, made once; who changes it takes a copy."""
    return made_site(tmp_path_factory.mktemp("site") / "patella")


@pytest.fixture
def house_of(shared: House, kept: dict[str, Path]) -> Callable[[str], House]:
    """The shared server over one of the kept diaries. For tests that do not kill it."""

    def reopen(diary: str) -> House:
        shared.become(kept[diary])
        return shared

    return reopen


@pytest.fixture
def house(house_of: Callable[[str], House]) -> House:
    """The shared server over the diary of a screened runner who has not trained yet."""
    return house_of("screened")


@pytest.fixture
def own(tmp_path: Path) -> Iterator[House]:
    """A house of a test's own in which nobody is yet."""
    house = House(tmp_path / "diary", DAY)
    yield house
    house.kill()


@pytest.fixture
def own_house_of(kept: dict[str, Path], own: House) -> Callable[[str], House]:
    """A server of a test's own, to be killed and started again."""

    def open_house(diary: str) -> House:
        shutil.copytree(kept[diary], own.folder)
        own.start()
        return own

    return open_house


@pytest.fixture
def own_house(own_house_of: Callable[[str], House]) -> House:
    return own_house_of("screened")
