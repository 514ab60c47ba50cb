"""What a person does on the pages, in a word each."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from browser.house import House
from browser.house_of_site import ON_A_SITE


def by(page: Page, name: str) -> Locator:
    return page.get_by_test_id(name)


def begin(page: Page, house: House, only: str | None = None) -> str:
    """Begin today's session, or one of a single exercise, and give its id."""
    page.goto(f"{house.url}/today" + (f"?scope=one&only={only}" if only else ""))
    by(page, "start-session").click()
    expect(by(page, "step-name")).to_be_visible()
    return session_id(page)


def session_id(page: Page) -> str:
    found = re.search(r"/(?:player|finish)/([0-9a-f-]{36})", page.url)
    assert found, page.url
    return found[1]


def kind(page: Page) -> str:
    """The kind of step the player is at."""
    shown = page.locator(".player").get_attribute("class") or ""
    return shown.split("at-")[-1].strip()


def until(page: Page, wanted: str) -> None:
    """On, step by step, to one of this kind."""
    for _ in range(60):
        if kind(page) == wanted:
            return
        before = page.locator(".player").inner_text()
        by(page, "next").click()
        page.wait_for_function("was => document.querySelector('.player')?.innerText !== was", arg=before)
    raise AssertionError(f"There is no step of kind {wanted}.")


def wait(page: Page, for_it: Callable[[], bool], within_s: float = 30.0) -> None:
    """Until it is so, while the page goes on."""
    end = time.monotonic() + within_s
    while not for_it():
        assert time.monotonic() < end, "It did not come."
        page.wait_for_timeout(50)


def saved(page: Page) -> None:
    """Everything that was entered is on disk."""
    expect(by(page, "saved")).to_have_attribute("data-waiting", "0")


def take_over(page: Page) -> None:
    """On a site one tab has the diary; from a server all may."""
    if ON_A_SITE:
        page.get_by_role("button", name="Use it here").click()


def seconds_left(page: Page) -> int:
    minutes, _, seconds = by(page, "timer").inner_text().rpartition(":")
    return int(minutes or 0) * 60 + int(seconds)
