"""A physiotherapist at a real browser: the list, one runner, and a programme that is set by keyboard and stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browser.clinic import open_clinic
from browser.test_accessibility import RULES, SCAN
from browser.test_people import a_page
from browser.tools import node_modules
from patella.app.programme.setting import programmes_of
from patella.store.people.people import Role
from patella.store.people.sharing import What
from patella.web.people.cookie import NAME
from web.people.test_caseload import Practice, number


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[tuple[Practice, str]]:
    with ExitStack() as stack, open_clinic(tmp_path) as (house, url):
        yield Practice(house, house.join("petra", Role.PHYSIOTHERAPIST), stack, tmp_path), url


def test_a_runner_is_invited_and_who_stops_sharing_is_let_go_of_with_a_way_on(
    browser: Browser, practice: tuple[Practice, str]
) -> None:
    found, url = practice
    anna, _ = found.runner("anna", What.PAIN, What.PROGRAMME)
    with a_page(browser) as page:
        page.context.add_cookies(
            [{"name": NAME, "value": found.petra.key, "url": url.replace("http:", "https:"), "secure": True}]
        )
        page.goto(f"{url}/runners")
        page.get_by_label("Their name").fill("Ben")
        page.get_by_role("button", name="Make a link").click()
        expect(page.get_by_text("Hand this link to Ben yourself.")).to_be_visible()
        page.reload()
        page.get_by_role("button", name="Withdraw the invitation of Ben").click()
        expect(page.get_by_role("heading", name="Invited")).to_have_count(0)
        page.get_by_role("link", name="Anna").click()
        page.get_by_test_id("edit-programme").click()
        page.get_by_test_id("add-exercise").select_option("squat")
        page.context.clear_cookies()  # signed out meanwhile, in another window
        page.get_by_test_id("set-programme").click()
        expect(page.get_by_role("link", name="Sign in, in another tab")).to_be_visible()
        page.context.add_cookies(
            [{"name": NAME, "value": found.petra.key, "url": url.replace("http:", "https:"), "secure": True}]
        )
        anna.post("/api/people/sharing", {"physiotherapist": "petra", "what": []})
        page.get_by_test_id("set-programme").click()
        expect(page.get_by_role("alert")).to_contain_text("This is not shared with you now.")
        page.get_by_role("link", name="Back to Anna").click()
        expect(page.get_by_role("heading", level=1, name="Nothing is shared with you here")).to_be_visible()
        page.get_by_role("link", name="All your runners").click()
        expect(page.get_by_text("Nobody shares anything with you yet.")).to_be_visible()


def test_a_programme_is_set_by_keyboard_from_the_list_on_a_narrow_phone(
    browser: Browser, practice: tuple[Practice, str]
) -> None:
    found, url = practice
    anna, here = found.runner("anna", *What)
    with a_page(browser, width=320, theme="dark") as page:
        page.context.new_cdp_session(page).send("Page.setBypassCSP", {"enabled": True})
        page.context.add_cookies(
            [{"name": NAME, "value": found.petra.key, "url": url.replace("http:", "https:"), "secure": True}]
        )
        page.goto(f"{url}/runners")
        page.get_by_role("link", name="Anna").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/runners/{number(anna)}")
        expect(page.locator("dl.numbers")).to_contain_text("Not known")
        page.get_by_test_id("edit-programme").press("Enter")
        page.get_by_test_id("add-exercise").select_option("squat")
        page.get_by_label("Note", exact=True).fill("Heels down.")
        page.get_by_label("Reps", exact=True).fill("10")
        page.add_script_tag(path=node_modules() / "axe-core/axe.min.js")
        assert page.evaluate(SCAN, RULES) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        page.get_by_test_id("set-programme").press("Enter")
        expect(page.get_by_test_id("said")).to_contain_text("Set.")
    stands = programmes_of(here).now
    assert stands is not None
    assert [(e.exercise, e.start.reps, e.most.reps, e.note) for e in stands.exercises] == [
        ("squat", 10, 12, "Heels down.")
    ]
