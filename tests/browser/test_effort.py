"""How many more there would have been: asked once an exercise, answered with one tap, or left out with one."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from browser.acts import begin, by, kind, saved, until
from browser.house import House

ASKED = "side-lying-hip-abduction"


def test_after_the_pain_one_tap_says_how_hard_it_was_and_goes_on(page: Page, house: House) -> None:
    session_id = begin(page, house, ASKED)
    until(page, "pain")
    page.locator(".worst .scale button").nth(1).click()
    assert kind(page) == "pain"
    by(page, "effort-4+").click()
    expect(by(page, "finish")).to_be_visible()
    saved(page)
    session = house.session(session_id)
    assert session["peaks"] == {"0": 1}
    assert [(e["item"], e["exercise"], e["left"]) for e in session["efforts"]] == [(0, ASKED, "4+")]  # type: ignore[attr-defined]


def test_it_may_be_said_first_and_the_last_word_counts(page: Page, house: House) -> None:
    session_id = begin(page, house, ASKED)
    until(page, "pain")
    by(page, "effort-0-1").click()
    by(page, "effort-2-3").click()
    expect(by(page, "effort-2-3")).to_have_attribute("aria-pressed", "true")
    expect(by(page, "effort-0-1")).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("u")
    expect(by(page, "effort-0-1")).to_have_attribute("aria-pressed", "true")
    page.locator(".worst .scale button").nth(2).click()
    expect(by(page, "finish")).to_be_visible()
    saved(page)
    assert [e["left"] for e in house.session(session_id)["efforts"]] == ["0-1"]  # type: ignore[attr-defined]


def test_it_may_be_left_out(page: Page, house: House) -> None:
    session_id = begin(page, house, ASKED)
    until(page, "pain")
    expect(page.get_by_role("group", name="How many more could you have done?")).to_be_visible()
    page.locator(".worst .scale button").nth(0).click()
    page.get_by_role("button", name="Leave it out").click()
    expect(by(page, "finish")).to_be_visible()
    saved(page)
    assert house.session(session_id)["efforts"] == []


def test_after_a_red_pain_it_is_not_asked(page: Page, house: House) -> None:
    begin(page, house, ASKED)
    until(page, "pain")
    page.locator(".worst .scale button").nth(7).click()
    expect(by(page, "finish")).to_be_visible()


def test_of_a_stretch_it_is_not_asked(page: Page, house: House) -> None:
    begin(page, house, "strap-stretch")
    until(page, "pain")
    expect(page.locator(".effort")).to_have_count(0)
