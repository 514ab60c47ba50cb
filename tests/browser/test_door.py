"""Who gets in: a link that is good once, a page that says how, and a browser that is forgotten in the middle."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.acts import begin, by, saved, until
from browser.conftest import Guard
from browser.house import House
from browser.test_accessibility import RULES, SCAN
from browser.tools import node_modules
from patella.store.keys import Keys
from patella.web.door import link_to

Theme = Literal["light", "dark"]
SHUT = r"status of 401"
NOTE = r"foreign request file:.*note\.html"


@pytest.fixture
def stranger(context: BrowserContext, guard: Guard) -> Page:
    """A browser that was never let in."""
    guard.allow(SHUT)
    context.clear_cookies()
    return context.new_page()


def link_of(house: House) -> str:
    return link_to(house.port, Keys(house.folder).make_link())


def test_a_link_lets_a_browser_in_and_stands_in_no_address_and_no_way_back(stranger: Page, house: House) -> None:
    link = link_of(house)
    stranger.goto("about:blank")
    stranger.goto(link)
    expect(stranger.get_by_test_id("start-session")).to_be_visible()
    assert stranger.url == f"{house.url}/"
    assert stranger.evaluate("document.referrer") == ""
    assert stranger.evaluate("history.length") == 2
    assert "patella" not in stranger.evaluate("document.cookie")
    stranger.reload()
    expect(stranger.get_by_test_id("start-session")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1366])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_bookmark_that_nobody_let_in_says_how_to_get_in(
    browser: Browser, guard: Guard, house: House, theme: Theme, width: int, *, scripts: bool
) -> None:
    guard.allow(SHUT)
    context = browser.new_context(
        viewport={"width": width, "height": 844}, java_script_enabled=scripts, bypass_csp=scripts
    )
    guard.watch(context)
    context.clear_cookies()
    page = context.new_page()
    page.emulate_media(color_scheme=theme)
    answer = page.goto(f"{house.url}/timeline")
    assert answer is not None
    assert answer.status == 401
    expect(page.get_by_role("heading", level=1, name="Let this browser in")).to_be_visible()
    expect(page.get_by_text("patella link", exact=True)).to_be_visible()
    if scripts:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.add_script_tag(path=node_modules() / "axe-core/axe.min.js")
        assert page.evaluate(SCAN, RULES) == []
    context.close()


def test_a_link_from_another_program_or_page_finds_a_known_browser(
    page: Page, house: House, tmp_path: Path, guard: Guard
) -> None:
    """SameSite=Strict: the browser shows no cookie on the way in from elsewhere; the page lets it come again."""
    guard.allow(f"{SHUT}|{NOTE}")
    note = tmp_path / "note.html"
    note.write_text(f'<!doctype html><title>note</title><a href="{house.url}/diary">the diary</a>')
    page.goto(note.as_uri())
    page.get_by_role("link").click()
    expect(page.get_by_role("link", name="Report for your physiotherapist")).to_be_visible()
    assert page.url == f"{house.url}/diary"


def test_a_link_opened_from_another_page_lets_in_too(
    stranger: Page, house: House, tmp_path: Path, guard: Guard
) -> None:
    guard.allow(NOTE)
    note = tmp_path / "note.html"
    note.write_text(f'<!doctype html><title>note</title><a href="{link_of(house)}">in</a>')
    stranger.goto(note.as_uri())
    stranger.get_by_role("link").click()
    expect(stranger.get_by_test_id("start-session")).to_be_visible()


def test_a_browser_that_is_forgotten_in_a_session_loses_nothing(
    page: Page, own_house_of: Callable[[str], House], guard: Guard
) -> None:
    house = own_house_of("screened")
    guard.allow(SHUT)
    guard.allow("WebSocket")
    session = begin(page, house, "dance-patella-dance")
    until(page, "reps")
    saved(page)
    Keys(house.folder).forget()
    by(page, "add-rep").click()
    by(page, "done").click()
    expect(by(page, "saved")).not_to_have_attribute("data-waiting", "0")
    page.goto(f"{house.url}/today")
    expect(page.get_by_role("heading", level=1, name="Let this browser in")).to_be_visible()
    page.goto(link_of(house))
    house_knows = page.context.cookies(house.url)
    assert len(house_knows) >= 1
    page.goto(f"{house.url}/player/{session}")
    saved(page)
    house.key = next(c["value"] for c in house_knows if c["name"] == house.cookie["name"])
    sets: list[dict[str, object]] = house.session(session)["sets"]  # type: ignore[assignment]
    assert [s["reps"] for s in sets] == [1]


def test_a_page_that_is_open_while_it_is_forgotten_shows_the_way_in_and_goes_on_by_itself(
    page: Page, own_house_of: Callable[[str], House], guard: Guard
) -> None:
    house = own_house_of("screened")
    guard.allow(SHUT)
    page.goto(f"{house.url}/settings")
    expect(page.get_by_role("heading", level=1, name="Settings")).to_be_visible()
    Keys(house.folder).forget()
    page.evaluate("async () => (await import('/static/app/api.js')).api.health().catch(() => null)")
    shown = page.get_by_role("heading", level=1, name="Let this browser in")
    expect(shown).to_be_visible()
    words = page.locator(".way-in").inner_text()
    other = page.context.new_page()
    other.goto(f"{house.url}/diary")
    said = other.locator(".way-in").inner_text()
    assert re.split(r"\n+", words)[:-1] == re.split(r"\n+", said)[:-1]  # but for the last line, the same words
    other.goto(link_of(house))
    expect(other.get_by_test_id("start-session")).to_be_visible()
    expect(shown).to_be_hidden()
    expect(page.get_by_role("heading", level=1, name="Settings")).to_be_visible()


def test_the_other_browsers_are_forgotten_in_the_settings(page: Page, own_house_of: Callable[[str], House]) -> None:
    house = own_house_of("screened")
    other = Keys(house.folder).let_in()
    page.goto(f"{house.url}/settings")
    section = page.locator("section", has=page.get_by_role("heading", name="Who may look"))
    expect(section).to_contain_text("this one and 1 more")
    by(page, "forget").click()
    expect(section).to_contain_text("this one alone")
    expect(by(page, "forget")).to_be_hidden()
    assert not Keys(house.folder).knows(other)


def test_the_address_of_the_feed_opens_the_reminders_for_a_calendar(page: Page, house: House) -> None:
    page.goto(f"{house.url}/settings")
    page.get_by_role("button", name="Copy the feed").click()
    address = page.locator(".feed").inner_text()
    page.context.clear_cookies()
    answer = page.request.get(address)
    assert answer.status == 200
    assert b"BEGIN:VCALENDAR" in answer.body()


def test_without_a_server_the_shell_opens_and_shows_nothing_of_the_diary(
    page: Page, own_house_of: Callable[[str], House], guard: Guard
) -> None:
    house = own_house_of("screened")
    guard.allow_a_server_that_is_gone()
    page.goto(f"{house.url}/today")
    expect(by(page, "start-session")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    expect(by(page, "start-session")).to_be_visible()
    house.kill()
    page.context.clear_cookies()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Patella is not answering")
    expect(by(page, "start-session")).to_be_hidden()
