"""Why knees hurt, in the pages: a calm card on today, and a page of all."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from browser.acts import by
from browser.house import House


def lessons_of(house: House) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = house.ask("/lessons")["lessons"]  # type: ignore[assignment]
    return found


def test_todays_lesson_opens_is_read_and_is_put_away_with_one_tap(page: Page, house: House) -> None:
    page.goto(f"{house.url}/today")
    card = by(page, "lesson")
    expect(card).to_contain_text("Half a minute")
    expect(by(page, "lesson-read")).to_be_hidden()
    card.locator("summary").first.click()
    expect(card).to_contain_text("load and capacity")
    expect(card.get_by_text("A Contemporary Approach")).to_be_hidden()
    by(page, "lesson-read").click()
    expect(card).to_contain_text("Read today")
    expect(card.get_by_role("status")).to_have_text("Read. Tomorrow brings the next one.")
    expect(card.locator("summary").first).to_be_focused()
    page.reload()
    expect(by(page, "lesson")).to_contain_text("Read today")
    assert [e["id"] for e in lessons_of(house) if e["read_on"]] == ["load"]


def test_a_number_in_a_lesson_leads_to_its_source(page: Page, house: House) -> None:
    page.goto(f"{house.url}/lessons/noises")
    page.get_by_role("link", name=re.compile("Source 2: de Oliveira Silva 2018")).click()
    expect(page.locator("#source-2")).to_be_visible()
    expect(page.locator("#source-2")).to_contain_text("Knee crepitus is prevalent")


def test_every_lesson_is_a_tap_away_from_the_exercises(page: Page, house: House) -> None:
    page.goto(f"{house.url}/library")
    page.get_by_role("link", name="Why knees hurt").click()
    expect(page.locator(".shelf-of-lessons a")).to_have_count(len(lessons_of(house)))
    page.get_by_role("link", name="Stairs and hills come last").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stairs and hills come last")
    by(page, "lesson-read").click()
    expect(page.get_by_text("Read on 12 March")).to_be_visible()
    page.get_by_role("link", name="Why knees hurt").click()
    expect(page.get_by_text("You have read 1 of")).to_be_visible()


def test_a_lesson_that_there_is_not_leads_to_those_there_are(page: Page, house: House) -> None:
    page.goto(f"{house.url}/lessons/nobody")
    page.get_by_role("link", name="All lessons").click()
    expect(page.get_by_role("heading", name="Why knees hurt", level=1)).to_be_visible()


def test_where_the_questions_come_first_the_lessons_say_so(page: Page, house_of: Callable[[str], House]) -> None:
    house = house_of("new")
    page.goto(f"{house.url}/lessons")
    expect(page.locator(".note")).to_contain_text("questions first")
