"""The way back to running: a card on today, a view of its own, and a timer that loses nothing."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from browser.acts import by
from browser.house import House

NOTE_SWELLING = "async () => (await import('/static/app/api.js')).api.symptom('swelling')"


def begin_back(page: Page, house: House) -> None:
    page.goto(f"{house.url}/walkrun")
    by(page, "begin-back").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("3 minutes running, 2 walking")


def test_one_tap_begins_the_stages_and_today_has_a_card(page: Page, house: House) -> None:
    page.goto(f"{house.url}/walkrun")
    expect(page.get_by_role("heading", level=1)).to_have_text("Coming back to running?")
    expect(page.locator(".stages li")).to_have_count(12)
    begin_back(page, house)
    page.goto(f"{house.url}/today")
    expect(by(page, "way-back")).to_contain_text("1 of 12")
    by(page, "way-back").get_by_role("link", name="Set out").click()
    expect(by(page, "set-out")).to_be_visible()


def test_the_timer_goes_by_the_clock_over_a_hidden_page_and_a_reload(page: Page, house: House) -> None:
    page.clock.install()
    begin_back(page, house)
    by(page, "set-out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Walk")
    page.clock.fast_forward("05:10")
    expect(page.get_by_role("heading", level=1)).to_have_text("Run")
    expect(page.locator('.piece[aria-current="step"]')).to_have_text("Run 3 min")
    page.reload()
    page.clock.fast_forward("03:00")
    expect(page.get_by_role("heading", level=1)).to_have_text("Walk")
    by(page, "pause-outing").click()
    page.clock.fast_forward("20:00")
    expect(page.get_by_role("heading", level=1)).to_have_text("Walk")
    expect(page.get_by_text("Paused. Nothing is lost.")).to_be_visible()


def test_an_outing_ends_with_a_question_and_is_a_run_in_the_diary(page: Page, house: House) -> None:
    begin_back(page, house)
    by(page, "set-out").click()
    for _ in range(7):
        by(page, "skip-piece").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Well done.")
    page.locator(".scale button").nth(1).click()
    by(page, "save-outing").click()
    expect(page.get_by_text("that decides whether it counts")).to_be_visible()
    page.get_by_role("button", name="Good").click()
    expect(page.get_by_text("Next outing:")).to_be_visible()
    page.goto(f"{house.url}/diary/2026-03-12")
    expect(page.get_by_text("3 minutes running, 2 walking")).to_be_visible()


def test_stopping_early_is_kept_and_said_kindly(page: Page, house: House) -> None:
    begin_back(page, house)
    by(page, "set-out").click()
    by(page, "skip-piece").click()
    by(page, "end-outing").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Stopping was your decision")
    by(page, "save-outing").click()
    expect(page.get_by_text("The last outing was another one, or shorter.").first).to_be_visible()


def test_where_running_has_to_wait_there_is_no_timer(page: Page, house: House) -> None:
    page.goto(f"{house.url}/today")
    assert page.evaluate(NOTE_SWELLING)
    page.goto(f"{house.url}/walkrun")
    expect(page.get_by_role("heading", level=1)).to_have_text("Running has to wait.")
    expect(page.get_by_text("Book a doctor or a physiotherapist within days.")).to_be_visible()
