"""A phone at the door of a computer: the code typed by keyboard, a session, forgotten in the middle, and back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.acts import by, saved, session_id, until
from browser.conftest import DAY
from browser.flags import REPORTS
from browser.house import House
from browser.test_accessibility import RULES, SCAN
from browser.tools import node_modules
from patella.store.code import Codes, spaced
from patella.store.keys import Keys
from patella.store.served import addresses_served

DOOR = "127.0.0.5"  # in the place of an address of the network at home: nobody else reaches it
EXPECTED = (
    "status of 401",
    "status of 422",
    "net::ERR_INTERNET_DISCONNECTED",
    "SSL certificate error occurred when fetching the script",
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, kept: dict[str, Path]) -> Iterator[House]:
    """A computer whose door is open for phones, with the diary of a screened runner."""
    found = House(tmp_path_factory.mktemp("home") / "diary", DAY)
    shutil.copytree(kept["screened"], found.folder)
    found.start("--lan", DOOR, "--lan-port", "0")
    yield found
    found.kill()


@pytest.fixture
def door(house: House) -> str:
    """The address that the phone scans."""
    return addresses_served(house.folder)[0].removesuffix("/")


def a_phone(browser: Browser, theme: Literal["light", "dark"] = "light") -> tuple[Page, list[str]]:
    """Somebody has compared the fingerprint and goes on past the warning; and what goes wrong on that page."""
    context = browser.new_context(
        viewport={"width": 320, "height": 700}, ignore_https_errors=True, color_scheme=theme, locale="en-GB"
    )
    context.add_init_script(REPORTS)
    page, wrong = context.new_page(), list[str]()
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    context.on("weberror", lambda e: wrong.append(str(e.error)))
    return page, wrong


def test_a_phone_types_the_code_trains_is_forgotten_and_comes_back_with_nothing_lost(
    browser: Browser, house: House, door: str
) -> None:
    page, wrong = a_phone(browser)
    page.goto(f"{door}/today?scope=one&only=dance-patella-dance")
    type_code(page, "000 00")
    expect(page.get_by_role("alert")).to_have_text("A code has six digits. Nothing was tried yet.")
    expect(page.get_by_label("Six digits")).to_be_focused()
    type_code(page, code_of(house), "Anna's phone")
    by(page, "start-session").click()
    expect(by(page, "step-name")).to_be_visible()
    session = session_id(page)
    assert page.evaluate("isSecureContext && Boolean(navigator.mediaDevices)"), "the camera can be asked for"
    until(page, "reps")
    saved(page)
    (phone,) = [d for d in Keys(house.folder).devices() if d.name == "Anna's phone"]
    Keys(house.folder).forget_one(phone.id)
    by(page, "add-rep").click()
    by(page, "done").click()
    expect(by(page, "saved")).not_to_have_attribute("data-waiting", "0")
    page.goto(f"{door}/player/{session}")
    type_code(page, code_of(house))
    saved(page)
    sets: list[dict[str, object]] = house.session(session)["sets"]  # type: ignore[assignment]
    assert [s["reps"] for s in sets] == [1]
    assert [w for w in wrong if not any(e in w for e in EXPECTED)] == []
    page.context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_that_asks_for_the_code_fits_and_is_told_to_who_listens(
    browser: Browser, door: str, theme: Literal["light", "dark"]
) -> None:
    page, wrong = a_phone(browser, theme)
    page.goto(f"{door}/settings")
    expect(page.get_by_role("heading", level=1, name="Let this phone in")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    expect(page.get_by_label("Six digits")).to_have_attribute("inputmode", "numeric")
    page.context.new_cdp_session(page).send("Page.setBypassCSP", {"enabled": True})
    page.reload()
    page.add_script_tag(path=node_modules() / "axe-core/axe.min.js")
    assert page.evaluate(SCAN, RULES) == []
    page.context.set_offline(offline=True)
    type_code(page, "123456")
    expect(page.get_by_role("alert")).to_contain_text("Your computer is not answering")
    assert [w for w in wrong if not any(e in w for e in EXPECTED)] == []
    page.context.close()


def test_a_page_that_is_open_while_its_phone_is_forgotten_says_where_the_code_is(
    browser: Browser, house: House, door: str
) -> None:
    page, _ = a_phone(browser)
    page.goto(f"{door}/settings")
    type_code(page, code_of(house))
    expect(page.get_by_role("heading", level=1, name="Settings")).to_be_visible()
    Keys(house.folder).let_in(name="A laptop")
    page.reload()
    section = page.locator("section", has=page.get_by_role("heading", name="Who may look"))
    section.get_by_role("button", name="Forget A laptop", exact=True).click()
    expect(section).not_to_contain_text("A laptop")
    Keys(house.folder).forget()
    Keys(house.folder).let_in(house.key)  # the other tests look in as this computer
    page.evaluate("async () => (await import('/static/app/api.js')).api.health().catch(() => null)")
    expect(page.get_by_text("does not know this phone any more")).to_be_visible()
    page.get_by_role("button", name="Type the code").click()
    type_code(page, code_of(house))
    expect(page.get_by_role("heading", level=1, name="Settings")).to_be_visible()
    page.context.close()


def code_of(house: House) -> str:
    """As the terminal shows it."""
    return spaced(Codes(Keys(house.folder)).make())


def type_code(page: Page, code: str, name: str = "") -> None:
    """By keyboard alone."""
    page.get_by_label("Six digits").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(code)
    page.keyboard.press("Tab")
    page.keyboard.type(name)
    page.keyboard.press("Enter")
