"""What the diary asks to be shown to somebody, and the end of the programme, on the page of today."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from browser.acts import by
from browser.conftest import DAY
from browser.house import House
from browser.people import a_runner_at_the_end, a_runner_with_severe_pain


def test_severe_pain_says_whom_to_see_until_somebody_has(page: Page, house: House, tmp_path: Path) -> None:
    a_runner_with_severe_pain(tmp_path / "severe", DAY)
    house.become(tmp_path / "severe")
    page.goto(f"{house.url}/today")
    card = by(page, "concerns")
    expect(card).to_contain_text("have a doctor look at this knee")
    expect(card.get_by_role("link", name="Report for your physiotherapist")).to_be_visible()
    by(page, "seen").click()
    expect(card).to_have_count(0)
    page.reload()
    expect(page.locator(".item").first).to_be_visible()
    expect(card).to_have_count(0)


def test_the_end_is_said_once_and_five_minutes_keep_it(page: Page, house: House, tmp_path: Path) -> None:
    a_runner_at_the_end(tmp_path / "end", DAY)
    house.become(tmp_path / "end")
    page.goto(f"{house.url}/today")
    expect(by(page, "the-end")).to_contain_text("this is the end of the programme")
    by(page, "keep").click()
    expect(by(page, "the-end")).to_have_count(0)
    expect(page.locator(".lead-in")).to_contain_text("The programme is done; this keeps it.")
    expect(page.locator(".item")).to_have_count(2)


def test_about_ten_minutes_are_offered(page: Page, house: House) -> None:
    page.goto(f"{house.url}/today")
    page.get_by_role("link", name="About ten minutes").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Two things that matter")
    expect(page.locator(".item")).to_have_count(2)
