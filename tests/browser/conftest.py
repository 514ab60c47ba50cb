"""A real Chromium, a real server, and one guard over every page: no console error, no report, no foreign request."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, expect, sync_playwright

from browser.flags import FLAGS, REPORTS
from browser.house import House, find_chromium
from browser.house_of_site import ON_A_SITE, SiteHouse, open_addresses_whole, site_of_the_tests
from browser.people import a_runner_in_week_three, a_screened_runner
from browser.tools import made_site
from browser.warm import SIZE, Warm
from patella.web.site.site import version_of

DAY = "2026-03-12"
PATIENCE_MS = 60_000 if ON_A_SITE else 15_000  # two busy cores; with a site Python begins on each page
UNREACHED = (
    r"net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|FAILED|ABORTED|SOCKET_NOT_CONNECTED|"
    r"INCOMPLETE_CHUNKED_ENCODING|CONTENT_LENGTH_MISMATCH)"
)


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
        for house in self.houses:
            house.known_to(context)
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
    for house in made.houses:
        house.forget_browsers()
    assert made.found() == []


@pytest.fixture
def context(browser: Browser, guard: Guard, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A fresh browser window. It closes before any server does, so that nothing asks a server that is gone."""
    if ON_A_SITE:
        known, address = request.getfixturevalue("warm")
        with known.window(address) as window:
            window.set_default_timeout(PATIENCE_MS)
            guard.watch(window)
            yield window
        return
    made = browser.new_context(viewport=SIZE, locale="en-GB")
    made.set_default_timeout(PATIENCE_MS)
    guard.watch(made)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    made = context.new_page()
    if ON_A_SITE:
        made.set_viewport_size(SIZE)
    return made


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Diaries made once and copied for each test."""
    root = tmp_path_factory.mktemp("diaries")
    a_screened_runner(root / "screened", DAY)
    a_runner_in_week_three(root / "third-week", DAY)
    (root / "new").mkdir()
    return {p.name: p for p in root.iterdir()}


@pytest.fixture(scope="session")
def served(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The files of a site and its address, for every house that is one."""
    with site_of_the_tests(site, tmp_path_factory.mktemp("served") / "site") as found:
        yield found


@pytest.fixture(scope="session")
def warm(browser: Browser, served: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> tuple[Warm, str]:
    """A browser that knows the site, and the site's address."""
    made = Warm(browser.browser_type, tmp_path_factory.mktemp("profile"))
    made.visit(served[1])
    return made, served[1]


@pytest.fixture(scope="session")
def house_at(request: pytest.FixtureRequest) -> Callable[[Path], House]:
    """A house over a folder: a server, or the site where `PATELLA_PAGES=site` asks for it."""
    if not ON_A_SITE:
        return lambda folder: House(folder, DAY)
    files, root = request.getfixturevalue("served")
    return lambda folder: SiteHouse(folder, DAY, files, root)


@pytest.fixture(scope="session", autouse=ON_A_SITE)
def whole_pages(served: tuple[Path, str]) -> Iterator[None]:
    """On a site each address that a test opens is loaded."""
    with pytest.MonkeyPatch.context() as patch:
        open_addresses_whole(patch, version_of(served[0]).name)
        yield


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, house_at: Callable[[Path], House]) -> Iterator[House]:
    """One server for all tests that leave it alone; its diary is put in anew for each."""
    house = house_at(tmp_path_factory.mktemp("shared") / "diary")
    house.start()
    yield house
    house.close()


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
def own(tmp_path: Path, house_at: Callable[[Path], House]) -> Iterator[House]:
    """A house of a test's own in which nobody is yet."""
    house = house_at(tmp_path / "diary")
    yield house
    house.close()


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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what only a server has, where the house is a site."""
    if not ON_A_SITE:
        return
    left_out = tomllib.loads(Path(__file__).with_name("of_a_server.toml").read_text("utf-8"))
    for item in items:
        module, name = item.path.stem, item.name.partition("[")[0]
        single = left_out["tests"].get(module, {})
        if reason := left_out["modules"].get(module) or single.get(item.name) or single.get(name):
            item.add_marker(pytest.mark.skip(reason=reason))
