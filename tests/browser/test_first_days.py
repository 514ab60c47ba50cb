"""A new runner, from the first question to the next day's plan."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.acts import by, kind, saved
from browser.house import House
from browser.people import EVERYTHING


def answer_the_questions(page: Page, **other: str) -> None:
    """Every question as a healthy adult answers it, but for those named by a part of their text."""
    page.get_by_test_id("begin-questions").click()
    for _ in range(17):
        question = page.locator("h1.question").inner_text()
        wanted = next((answer for part, answer in other.items() if part in question), None)
        if wanted:
            page.get_by_role("button", name=wanted, exact=True).click()
        elif "How old" in question:
            page.get_by_role("button", name="18 or older").click()
        elif page.get_by_role("button", name="None of these").count():
            page.get_by_role("button", name="None of these").click()
        else:
            page.locator("button.choice").first.click()
        page.wait_for_function("was => document.querySelector('h1')?.innerText !== was", arg=question)
        if not page.locator("h1.question").count():
            return


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)], ids=["phone", "laptop"])
def test_from_screening_to_the_next_days_plan(
    page: Page, own_house_of: Callable[[str], House], size: tuple[int, int]
) -> None:
    own = own_house_of("new")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.clock.install()
    page.goto(own.url)
    answer_the_questions(page)
    page.get_by_role("button", name="My right knee").click()
    page.locator(".scale button").nth(2).click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="at hand")).to_be_visible()
    for box in page.locator(".ticket input").all():
        box.check()
    page.get_by_role("button", name="That is all").click()
    by(page, "to-today").click()
    assert sorted(own.ask("/profile")["has"]) == sorted(EVERYTHING)  # type: ignore[call-overload]

    expect(page.locator(".item")).to_have_count(4)
    page.locator(".before .scale button").nth(1).click()
    by(page, "start-session").click()
    expect(by(page, "step-name")).to_be_visible()
    walk_through(page)
    page.locator(".card .scale button").nth(1).click()
    by(page, "finish").click()
    expect(page.get_by_role("heading", name="Done. Well done.")).to_be_visible()
    saved(page)

    own.restart("2026-03-13")
    page.goto(own.url)
    by(page, "due-morning").locator(".scale button").nth(1).click()
    by(page, "due-morning").get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Good").click()
    expect(page.locator(".eyebrow")).to_have_text("Friday 13 March")
    expect(page.locator(".lead-in")).to_contain_text("A light day: stronger exercises come every other day")
    page.locator(".items summary").first.click()
    expect(page.locator(".items .why").first).to_contain_text("Part of the routine")
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
            page.locator(".worst .scale button").nth(1).click()
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
    ("part", "answer", "head"),
    [
        ("changed shape", "Yes", "Stop. Get help now."),
        ("feel a pop", "Yes", "Have it seen today."),
        ("give way", "Yes, without an injury", "See someone first."),
    ],
    ids=["emergency", "same-day", "soon"],
)
def test_a_warning_sign_ends_in_a_text_that_cannot_be_missed(
    page: Page, house_of: Callable[[str], House], part: str, answer: str, head: str
) -> None:
    house = house_of("new")
    page.goto(house.url)
    answer_the_questions(page, **{part: answer})
    for button in ("My right knee", "I cannot say", "That is all"):
        if page.get_by_role("button", name=button).count():
            page.get_by_role("button", name=button).click()
            page.wait_for_timeout(300)
    expect(page.get_by_role("heading", name=head)).to_be_focused()
    page.goto(f"{house.url}/today")
    expect(page.get_by_role("heading", name=head)).to_be_visible()
    expect(by(page, "start-session")).to_have_count(0)
    by(page, "assessed").click()
    page.get_by_role("button", name="Yes, I was told to exercise").click()
    expect(by(page, "start-session")).to_be_visible()


def test_a_reload_in_the_middle_of_the_questions_keeps_the_answers(
    page: Page, house_of: Callable[[str], House]
) -> None:
    page.goto(house_of("new").url)
    by(page, "begin-questions").click()
    page.get_by_role("button", name="Twice a week or more").click()
    expect(page.locator(".way")).to_contain_text("2 of")
    page.reload()
    expect(page.locator(".way")).to_contain_text("2 of")
    page.get_by_label("Back").click()
    expect(page.get_by_role("button", name="Twice a week or more")).to_have_attribute("aria-pressed", "true")


def test_pain_now_changes_the_plan_before_it_is_begun(page: Page, house: House) -> None:
    page.goto(f"{house.url}/today")
    page.locator(".before .scale button").nth(4).click()
    expect(page.locator(".lead-in")).to_contain_text("Pain is at 4/10 now")
    page.locator(".before .scale button").nth(4).click()
    expect(page.locator(".lead-in")).not_to_contain_text("Pain is at")


def test_something_new_about_the_knee_stops_the_programme(page: Page, house: House) -> None:
    page.goto(f"{house.url}/today")
    page.get_by_text("Something new about the knee?").click()
    page.get_by_role("button", name="It locks").click()
    expect(page.locator(".way")).to_contain_text("1 of")
    page.goto(f"{house.url}/today")
    expect(page.get_by_role("heading", name="The questions again, please.")).to_be_visible()
