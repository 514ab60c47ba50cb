"""A new runner, from the first question to the next day's plan."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.acts import by, kind, saved, seconds_left
from browser.house import House

WORDS_BEFORE_THE_FIRST_PLAN = 320
SCREENS_BEFORE_THE_FIRST_PLAN = 7


def answer_the_questions(page: Page, **ticked: str) -> list[str]:
    """Every screen as a healthy adult answers it, but for a line ticked on one named by its id; gives what was read."""
    read = [page.locator("main").inner_text()]
    by(page, "begin-questions").click()
    for screen in ("emergency", "same_day", "soon", "health"):
        expect(page.locator(f"input[name={screen}], .exit").first).to_be_attached()
        if page.locator(".exit").count():
            return read
        read.append(page.locator("main").inner_text())
        if screen in ticked:
            page.get_by_label(ticked[screen], exact=True).check()
        by(page, "onward").click()
    about_me(page)
    read.append(page.locator("main").inner_text())
    by(page, "onward").click()
    return read


def about_me(page: Page) -> None:
    page.get_by_label("stretch", exact=True).check()
    page.get_by_label("18 to 54").check()
    page.get_by_label("Right", exact=True).check()
    page.locator(".scale button").nth(2).click()


def words(read: list[str]) -> int:
    return sum(bool(re.search("[A-Za-z]", w)) for text in read for w in text.split())


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)], ids=["phone", "laptop"])
def test_from_screening_to_the_next_days_plan(
    page: Page, own_house_of: Callable[[str], House], size: tuple[int, int]
) -> None:
    own = own_house_of("new")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.clock.install()
    page.goto(own.url)
    read = answer_the_questions(page)
    expect(page.get_by_text("No warning sign in your answers. That is not a diagnosis.")).to_be_visible()
    assert len(read) <= SCREENS_BEFORE_THE_FIRST_PLAN
    assert words(read) <= WORDS_BEFORE_THE_FIRST_PLAN
    profile = own.ask("/profile")
    assert (profile["knees"], profile["usual_pain"], profile["has"]) == (["right"], 2, None)

    expect(page.locator(".asks input").first).to_be_checked()
    by(page, "got-it").click()
    expect(page.locator(".asks")).to_have_count(0)
    assert set(own.ask("/profile")["things"].values()) == {True}  # type: ignore[attr-defined]
    expect(page.locator(".item")).to_have_count(4)
    page.locator(".before .scale button").nth(1).click()
    by(page, "start-session").click()
    expect(by(page, "step-name")).to_be_visible()
    walk_through(page)
    page.locator(".card .scale button").nth(1).click()
    by(page, "finish").click()
    expect(page.get_by_role("heading", name="Done. Well done.")).to_be_visible()
    expect(by(page, "tomorrow")).to_contain_text("Tomorrow: a light day")
    saved(page)

    own.restart("2026-03-13")
    page.goto(own.url)
    by(page, "due-morning").locator(".scale button").nth(1).click()
    by(page, "due-morning").get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Good").click()
    expect(page.locator(".lead-in .eyebrow")).to_have_text("Friday 13 March")
    expect(page.locator(".lead-in")).to_contain_text("A light day: stronger exercises come every other day")
    page.locator(".items summary").first.click()
    expect(page.locator(".items .why").first).to_contain_text("These take turns.")
    page.get_by_role("link", name="Diary").click()
    page.get_by_role("link", name="Thu 12 Mar").click()
    expect(page.locator(".session")).to_contain_text("Today\u2019s few")


def walk_through(page: Page) -> None:
    """Do everything as asked, without waiting for the timers."""
    for _ in range(150):
        page.locator(".player, [data-testid=finish]").first.wait_for()
        if by(page, "finish").count():
            return
        before = page.locator(".player").get_attribute("class"), page.locator(".player").inner_text()
        if kind(page) == "pain":
            asks_effort = page.locator(".effort").count()
            page.locator(".worst .scale button").nth(1).click()
            if asks_effort:
                by(page, "effort-2-3").click()
        elif kind(page) == "hold":
            page.clock.fast_forward(seconds_left(page) * 1000 + 50)
        elif by(page, "done").count():
            by(page, "done").click()
        else:
            by(page, "next").click()
        page.wait_for_function(
            "was => { const p = document.querySelector('.player');"
            "return !p || p.className !== was[0] || p.innerText !== was[1]; }",
            arg=before,
        )
    raise AssertionError("The session does not end.")


@pytest.mark.parametrize(
    ("screen", "line", "head"),
    [
        ("emergency", "Hot knee with fever, or feeling ill", "Stop. Get help now."),
        ("same_day", "Stuck, and will not straighten", "Have it seen today."),
        ("soon", "Catches, or gives way", "See someone first."),
        ("health", "Torn ligament or meniscus", "Ask first."),
    ],
    ids=["emergency", "same-day", "soon", "clinician-first"],
)
def test_a_warning_sign_ends_in_a_text_that_cannot_be_missed(
    page: Page, house_of: Callable[[str], House], screen: str, line: str, head: str
) -> None:
    house = house_of("new")
    page.goto(house.url)
    answer_the_questions(page, **{screen: line})
    expect(page.get_by_role("heading", name=head)).to_be_focused()
    page.goto(f"{house.url}/today")
    expect(page.get_by_role("heading", name=head)).to_be_visible()
    expect(by(page, "start-session")).to_have_count(0)
    expect(by(page, "call")).to_have_count(1 if screen == "emergency" else 0)
    page.goto(f"{house.url}/library/calf-stretch")
    expect(page.locator(".note")).to_contain_text("Not open today.")
    expect(page.get_by_role("link", name="Just this one, today")).to_have_count(0)
    page.goto(f"{house.url}/today")
    by(page, "assessed").click()
    page.get_by_role("button", name="My clinician said yes").click()
    if screen in ("emergency", "same_day"):
        expect(page.locator(".exit, .today, .hello").first).to_be_visible()
    expect(by(page, "start-session")).to_be_visible()


def test_the_number_to_call_is_a_link_to_tap_and_follows_the_settings(
    page: Page, house_of: Callable[[str], House]
) -> None:
    house = house_of("new")
    page.goto(house.url)
    answer_the_questions(page, emergency="Chest pain, or breathless at rest")
    expect(by(page, "call")).to_have_attribute("href", re.compile(r"^tel:\d{3}$"))
    page.get_by_role("link", name="Somewhere else?").click()
    page.get_by_label("Where you are").select_option("GB")
    page.goto(f"{house.url}/today")
    expect(by(page, "call")).to_have_attribute("href", "tel:999")


def test_a_reload_in_the_middle_of_the_questions_keeps_the_answers(
    page: Page, house_of: Callable[[str], House]
) -> None:
    page.goto(house_of("new").url)
    by(page, "begin-questions").click()
    by(page, "onward").click()
    page.get_by_label("Injured this week").check()
    expect(page.get_by_text("About the injury")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Injured this week")).to_be_checked()
    page.get_by_label("Back").click()
    expect(by(page, "onward")).to_have_text("None of these")
    by(page, "onward").click()
    expect(page.get_by_label("Injured this week")).to_be_checked()


def test_what_a_tick_leads_to_has_to_be_answered_before_it_goes_on(
    page: Page, house_of: Callable[[str], House]
) -> None:
    page.goto(house_of("new").url)
    by(page, "begin-questions").click()
    for screen in ("emergency", "same_day", "soon"):
        expect(page.locator(f"input[name={screen}]").first).to_be_attached()
        by(page, "onward").click()
    page.get_by_label("Kneecap that popped out").check()
    expect(by(page, "onward")).to_be_disabled()
    page.get_by_label("More than six weeks ago").check()
    by(page, "onward").click()
    about_me(page)
    by(page, "onward").click()
    expect(page.locator(".item").first).to_be_visible()


def test_pain_now_changes_the_plan_before_it_is_begun(page: Page, house: House) -> None:
    page.goto(f"{house.url}/today")
    page.locator(".before .scale button").nth(4).click()
    expect(page.locator(".lead-in")).to_contain_text("Pain is at 4/10 now")
    page.locator(".before .scale button").nth(4).click()
    expect(page.locator(".lead-in")).not_to_contain_text("Pain is at")


def test_something_new_about_the_knee_stops_the_programme(page: Page, house: House) -> None:
    page.goto(f"{house.url}/today")
    page.get_by_text("Something new about the knee?").click()
    page.get_by_label("Stuck, and will not straighten").check()
    by(page, "save-new").click()
    expect(page.get_by_role("heading", name="Have it seen today.")).to_be_visible()
    page.goto(f"{house.url}/today")
    expect(page.get_by_role("heading", name="Have it seen today.")).to_be_visible()
